package server

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"zhibu/storage/record"
	"zhibu/sync"
)

// handOver is a record on its way to another branch.
type handOver struct {
	To     string      `cbor:"1,keyasint"`
	From   string      `cbor:"2,keyasint"` // name of the branch it comes from
	Number string      `cbor:"3,keyasint"` // names this hand-over
	Packed sync.Packed `cbor:"4,keyasint"`
	By     string      `cbor:"5,keyasint,omitempty"`
}

// Transfer hands a record from one branch to another: in the first it lies in
// the recycle bin with the name of the second, in the second it appears under
// the same id. The two steps are two transactions joined by a job, so that it
// arrives once however often it is asked for, wherever the server dies.
func (s *Server) Transfer(ctx context.Context, from, kind, id, to, by string) error {
	a, err := s.FindBranch(ctx, from)
	if err != nil {
		return err
	}
	b, err := s.FindBranch(ctx, to)
	if err != nil {
		return err
	}
	if a.ID == b.ID {
		return record.Refuse("TRANSFER_SAME", "转出和转入是同一个支部。请核对编号；没有转接。")
	}
	err = s.ledger.update(ctx, a.ID, func(tx branchTx) error {
		head, err := tx.head()
		if err != nil {
			return err
		}
		got, err := tx.records([]string{id})
		if err != nil {
			return err
		}
		h := got[id]
		if h == nil || h.Kind != kind || h.Registers[record.DeletedPath].Value == "1" {
			return record.Refuse("TRANSFER_MISSING", "转出支部没有这条记录，或它已在回收站。请核对编号；没有转接。")
		}
		p := s.pushing(tx, head, Device{})
		number := fmt.Sprintf("%s>%s %d", a.ID, b.ID, head.DistrN+1)
		if err := p.employOn(jobTransfer, handOver{To: b.ID, From: a.Name, Number: number, Packed: sync.PackHolding(*h), By: by}); err != nil {
			return err
		}
		_, err = p.write(Edit{Kind: kind, Record: id, By: by, Why: "转往" + b.Name, Seal: true,
			Set: map[string]string{record.DeletedPath: "1", sync.ForwardPath: b.Name}})
		if err != nil {
			return err
		}
		return p.save()
	})
	if err == nil {
		err = s.workOff(ctx, a.ID)
	}
	if err == nil {
		s.work(ctx, b.ID) // what it claims there
	}
	return err
}

// receive writes the handed-over record into its new branch: what it was in the
// old one, with what the rules change by that. What the superior had signed is
// signed there too.
func (s *Server) receive(ctx context.Context, from string, t handOver) error {
	h, err := t.Packed.Holding()
	if err != nil {
		return err
	}
	set, own, err := s.arriving(ctx, from, t, h)
	if err != nil {
		return err
	}
	if err := s.shareBlobs(ctx, from, t.To, set); err != nil {
		return err
	}
	_, err = s.Write(ctx, t.To, Edit{Kind: h.Kind, Record: h.ID, Set: set, Own: own, By: t.By, Why: "由" + t.From + "转入", Once: "transfer " + t.Number})
	return err
}

// arriving returns the values of a record on its way and those among them that the
// district owns. Who comes back to a branch has nothing left of what he was there.
func (s *Server) arriving(ctx context.Context, from string, t handOver, h record.Holding) (set map[string]string, own []string, err error) {
	to, err := s.FindBranch(ctx, t.To)
	if err != nil {
		return nil, nil, err
	}
	set = map[string]string{}
	err = s.ledger.view(ctx, t.To, func(tx branchTx) error {
		before, err := tx.records([]string{h.ID})
		if old := before[h.ID]; err == nil && old != nil {
			for path := range valuesOf(*old) {
				set[path] = ""
			}
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	values := valuesOf(h)
	maps.Copy(set, values)
	for path := range values {
		if record.Stands(h.Registers[record.SealPath(path)].Value) && s.sealer().proves(from, h, path) {
			own = append(own, path)
		}
	}
	if s.opt.Arrive != nil {
		maps.Copy(set, s.opt.Arrive(h.Kind, h.ID, values, t.From, to.Name, s.opt.Now()))
	}
	set[sync.ForwardPath], set[sync.OriginPath], set[record.DeletedPath] = "", t.From, ""
	return set, own, nil
}

// shareBlobs lets a branch have the attachments that the values name and another
// branch has: they go along with a record.
func (s *Server) shareBlobs(ctx context.Context, from, to string, set map[string]string) error {
	var refs []blobRef
	named := slices.Collect(maps.Values(set))
	err := s.ledger.view(ctx, from, func(tx branchTx) (err error) {
		refs, err = tx.blobs()
		refs = slices.DeleteFunc(refs, func(ref blobRef) bool { return !slices.Contains(named, ref.SHA) })
		return err
	})
	if err != nil || len(refs) == 0 {
		return err
	}
	return s.ledger.update(ctx, to, func(tx branchTx) error {
		for _, ref := range refs {
			ref.Loose = 0
			if err := tx.putBlob(ref); err != nil {
				return err
			}
		}
		return nil
	})
}
