package server

import (
	"cmp"
	"context"
	"unicode/utf8"

	"zhibu/storage/record"
)

// settingBranch stands before a branch's name in the settings: its id.
const settingBranch = "branch "

// AddBranch creates a branch. No two of the district have one name.
func (s *Server) AddBranch(ctx context.Context, b Branch) (Branch, error) {
	b = Branch{ID: s.names.id(8), Name: b.Name, Street: b.Street, Industry: b.Industry, Created: s.opt.Now().UnixMilli()}
	err := s.ledger.registry(ctx, func(tx registryTx) error {
		if err := takeName(tx, b); err != nil {
			return err
		}
		return save(tx, tableBranch, b.ID, b)
	})
	if err != nil {
		return b, err
	}
	return b, s.ledger.update(ctx, b.ID, func(tx branchTx) error { return tx.setHead(b) }) // also where only it writes: the street's column
}

// takeName gives a branch its name, which no other may have.
func takeName(tx registryTx, b Branch) error {
	if b.Name == "" || utf8.RuneCountInString(b.Name) > 100 {
		return record.Refuse("BRANCH_NAME", "支部名称要有 1 到 100 个字。请改好再试；没有改动任何内容。")
	}
	had, err := tx.get(tableSetting, settingBranch+b.Name)
	if err != nil {
		return err
	}
	if had != nil {
		return record.Refuse("BRANCH_TWICE", "区里已经有“"+b.Name+"”，编号 "+string(had)+"。请用那个编号，或写另一个支部的全称；没有改动任何内容。")
	}
	return tx.add(tableSetting, settingBranch+b.Name, []byte(b.ID))
}

// CorrectBranch gives a branch another name, street or industry; what is "" stays.
func (s *Server) CorrectBranch(ctx context.Context, id, name, street, industry string) (b Branch, err error) {
	correct := func(b *Branch) {
		b.Name, b.Street, b.Industry = cmp.Or(name, b.Name), cmp.Or(street, b.Street), cmp.Or(industry, b.Industry)
	}
	err = s.ledger.registry(ctx, func(tx registryTx) error {
		b = Branch{} // a run before may have lost a race
		if known, err := load(tx, tableBranch, id, &b); err != nil || !known {
			return cmp.Or(err, error(errBranchUnknown))
		}
		was := b.Name
		if correct(&b); b.Name != was {
			if err := cmp.Or(takeName(tx, b), tx.drop(tableSetting, settingBranch+was)); err != nil {
				return err
			}
		}
		return save(tx, tableBranch, id, b)
	})
	if err != nil {
		return b, err
	}
	return b, s.ledger.update(ctx, id, func(tx branchTx) error {
		head, err := tx.head()
		if err != nil {
			return err
		}
		correct(&head)
		return tx.setHead(head)
	})
}

// Branches lists the branches in order of their ids.
func (s *Server) Branches(ctx context.Context) ([]Branch, error) {
	out := []Branch{}
	err := s.ledger.look(ctx, func(tx registryTx) error {
		return tx.each(tableBranch, "", "", func(_ string, raw []byte) (bool, error) {
			var b Branch
			err := record.Decode(raw, &b)
			out = append(out, b)
			return true, err
		})
	})
	return out, err
}

var errBranchUnknown = record.Refuse("BRANCH_UNKNOWN", "区里没有这个支部。请用 branch list 核对编号或全称；没有改动任何内容。")

// FindBranch returns the branch with this id or this very name.
func (s *Server) FindBranch(ctx context.Context, idOrName string) (b Branch, err error) {
	known := false
	err = s.ledger.look(ctx, func(tx registryTx) error {
		id, err := tx.get(tableSetting, settingBranch+idOrName)
		if err != nil {
			return err
		}
		known, err = load(tx, tableBranch, cmp.Or(string(id), idOrName), &b)
		return err
	})
	if err == nil && !known {
		err = errBranchUnknown
	}
	return b, err
}
