package server

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"zhibu/storage/record"
	"zhibu/sync"
)

// claim says that a record carries a unique value, known by its hidden key.
type claim struct {
	Key    string `cbor:"1,keyasint"`
	Kind   string `cbor:"2,keyasint"`
	Record string `cbor:"3,keyasint"`
	Path   string `cbor:"4,keyasint"`
}

// serial says that a record got a number offline.
type serial struct {
	Kind   string `cbor:"1,keyasint"`
	Record string `cbor:"2,keyasint"`
	Path   string `cbor:"3,keyasint"`
	Value  string `cbor:"4,keyasint"`
}

// offlineMark stands between a number and the mark of the device that gave it.
const offlineMark = "·"

// holder is who has a unique value.
type holder struct {
	Branch string `cbor:"1,keyasint"`
	Record string `cbor:"2,keyasint"`
}

// disputed is a claim to what another record has.
type disputed struct {
	claim
	other holder
}

// settle gives unique values to the records that claim them, all in one
// transaction. If another live record has one, both stay as they are and the
// branches concerned get an item to review: the same person twice, or a transfer
// or joint management. What a record has let go is claimed anew.
func (s *Server) settle(ctx context.Context, branch string, cs []claim) error {
	disputes, err := s.take(ctx, branch, cs)
	if err != nil {
		return err
	}
	var free []disputed
	items := map[string][]Edit{}
	for _, d := range disputes {
		live, err := s.holds(ctx, d.other, d.claim)
		if err != nil {
			return err
		}
		if !live {
			free = append(free, d)
			continue
		}
		if err := s.review(ctx, items, holder{branch, d.Record}, d); err != nil {
			return err
		}
	}
	for _, b := range slices.Sorted(maps.Keys(items)) {
		if _, err := s.Write(ctx, b, items[b]...); err != nil {
			return err
		}
	}
	if len(free) == 0 {
		return nil
	}
	again, err := s.release(ctx, free)
	if err != nil {
		return err
	}
	return s.settle(ctx, branch, again)
}

// take notes who has the claimed values and returns the claims to what another
// record has.
func (s *Server) take(ctx context.Context, branch string, cs []claim) (disputes []disputed, err error) {
	slices.SortStableFunc(cs, func(a, b claim) int { return cmp.Compare(a.Key, b.Key) }) // so that two requests never wait for each other
	err = s.ledger.registry(ctx, func(tx registryTx) error {
		disputes = nil
		for _, c := range cs {
			me := holder{branch, c.Record}
			var other holder
			had, err := load(tx, tablePerson, c.Key, &other)
			if err == nil && !had {
				err = saveNew(tx, tablePerson, c.Key, me)
			}
			if err != nil {
				return err
			}
			if had && other != me {
				disputes = append(disputes, disputed{c, other})
			}
		}
		return nil
	})
	return disputes, err
}

// release takes values from the records that no longer carry them and returns the
// claims to them.
func (s *Server) release(ctx context.Context, free []disputed) (cs []claim, err error) {
	err = s.ledger.registry(ctx, func(tx registryTx) error {
		cs = nil
		for _, d := range free {
			cs = append(cs, d.claim)
			var now holder
			if had, err := load(tx, tablePerson, d.Key, &now); err != nil || !had || now != d.other {
				if err != nil {
					return err
				}
				continue // somebody was quicker
			}
			if err := tx.drop(tablePerson, d.Key); err != nil {
				return err
			}
		}
		return nil
	})
	return cs, err
}

// holds reports whether a record still carries the claimed value.
func (s *Server) holds(ctx context.Context, h holder, c claim) (bool, error) {
	live := false
	err := s.ledger.view(ctx, h.Branch, func(tx branchTx) error {
		got, err := tx.records([]string{h.Record})
		if err != nil || got[h.Record] == nil {
			return err
		}
		regs := got[h.Record].Registers
		live = regs[record.DeletedPath].Value != "1" && s.sealer().hide(c.Kind, c.Path, regs[c.Path].Value) == c.Key
		return nil
	})
	return live, err
}

// review adds the items "the same person?" to what the branches concerned get.
func (s *Server) review(ctx context.Context, items map[string][]Edit, me holder, d disputed) error {
	if d.other.Branch == me.Branch {
		items[me.Branch] = append(items[me.Branch], same(me.Branch, d.claim, record.Values{
			record.ConflictRecord: me.Record, record.ConflictKept: d.other.Record, record.ConflictOther: me.Record, record.ConflictSame: "branch"}))
		return nil
	}
	for _, side := range []struct{ here, there holder }{{me, d.other}, {d.other, me}} {
		there, err := s.FindBranch(ctx, side.there.Branch)
		if err != nil {
			return err
		}
		items[side.here.Branch] = append(items[side.here.Branch], same(side.here.Branch, d.claim, record.Values{
			record.ConflictRecord: side.here.Record, record.ConflictOther: there.Name, record.ConflictSame: "district"}))
	}
	return nil
}

// same is one item "the same person?" of a branch, once for each pair.
func same(branch string, c claim, item record.Values) Edit {
	pair := []string{item[record.ConflictKept], item[record.ConflictRecord], item[record.ConflictOther]}
	slices.Sort(pair)
	once := "same " + c.Key + strings.Join(pair, " ")
	sum := sha256.Sum256([]byte(branch + once))
	item[record.ConflictOf], item[record.ConflictPath] = c.Kind, c.Path
	return Edit{Kind: record.ConflictKind, Record: hex.EncodeToString(sum[:16]), Set: item, Once: once, By: "区里核对"}
}

// confirm turns numbers given offline into the branch's own: the same if it is
// free, else the next free one. What was printed stays as an alias.
func (s *Server) confirm(ctx context.Context, branch string, ns []serial) error {
	var edits []Edit
	err := s.ledger.registry(ctx, func(tx registryTx) error {
		edits = nil
		for _, n := range ns {
			given, offline, err := reserve(tx, branch, n)
			if err != nil {
				return err
			}
			if offline {
				edits = append(edits, Edit{Kind: n.Kind, Record: n.Record, Once: "serial " + n.Record + " " + n.Value, By: "区里编号",
					Set: map[string]string{n.Path: given, n.Path + sync.AliasSuffix: n.Value}})
			}
		}
		return nil
	})
	if err != nil || len(edits) == 0 {
		return err
	}
	_, err = s.Write(ctx, branch, edits...)
	return err
}

// reserve returns the number that a record gets: of one given offline the first
// that is free from there on.
func reserve(tx registryTx, branch string, n serial) (given string, offline bool, err error) {
	given, _, offline = strings.Cut(n.Value, offlineMark)
	for {
		key := branch + "|" + n.Kind + "|" + given
		had, err := tx.get(tableSerial, key)
		switch {
		case err != nil:
			return "", false, err
		case len(had) == 0:
			return given, offline, tx.add(tableSerial, key, []byte(n.Record))
		case string(had) == n.Record, !offline:
			return given, offline, nil // final as given; if another record has it too, a person must say which moves
		}
		given = nextSerial(given)
	}
}

// nextSerial adds one to the digits at the end and keeps their width.
func nextSerial(s string) string {
	i := len(s)
	for i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
		i--
	}
	n, err := strconv.ParseUint(s[i:], 10, 32)
	if err != nil {
		return s + "-2"
	}
	return fmt.Sprintf("%s%0*d", s[:i], len(s)-i, n+1)
}
