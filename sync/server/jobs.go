package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Kinds of jobs.
const (
	jobClaim    = "claim"    // a value that only one person of the district may have
	jobSerial   = "serial"   // a number given offline that wants confirming
	jobTransfer = "transfer" // a record on its way to another branch
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

// employ notes the work that an op makes beyond its branch's log.
func (p *pushing) employ(c record.Change) error {
	for _, path := range p.rules.Unique[c.Kind] {
		if value := c.Set[path]; value != "" {
			if err := p.employOn(jobClaim, claim{p.seal.hide(c.Kind, path, value), c.Kind, c.Record, path}); err != nil {
				return err
			}
		}
	}
	if path := p.rules.Serials[c.Kind]; path != "" && c.Set[path] != "" {
		return p.employOn(jobSerial, serial{c.Kind, c.Record, path, c.Set[path]})
	}
	return nil
}

// employOn notes work that the newest row makes.
func (p *pushing) employOn(do string, body any) error {
	raw, err := record.Encode(body)
	if err != nil {
		return fmt.Errorf("job %s: %w", do, err)
	}
	p.jobs = append(p.jobs, job{Do: do, Body: raw, Row: p.head.Seq})
	return nil
}

func (p *pushing) saveJobs() error {
	if len(p.jobs) == 0 {
		return nil
	}
	js, err := p.tx.jobs()
	if err != nil {
		return err
	}
	js = append(js, p.jobs...)
	p.head.Jobs = len(js)
	return p.tx.putJobs(js)
}

// work does the jobs of a branch. What fails stays for the next time; the
// exchange that made it is not held up.
func (s *Server) work(ctx context.Context, branch string) {
	if err := s.workOff(ctx, branch); err != nil {
		s.opt.Log.Error("job left for later", "branch", branch, "error", err.Error())
	}
}

func (s *Server) workOff(ctx context.Context, branch string) error {
	var js []job
	err := s.ledger.view(ctx, branch, func(tx branchTx) (err error) {
		js, err = tx.jobs()
		return err
	})
	if err != nil || len(js) == 0 {
		return err
	}
	for _, j := range js {
		if err := s.do(ctx, branch, j); err != nil {
			return fmt.Errorf("job %s: %w", j.Do, err)
		}
	}
	return s.ledger.update(ctx, branch, func(tx branchTx) error {
		head, err := tx.head()
		if err != nil {
			return err
		}
		now, err := tx.jobs()
		if err != nil {
			return err
		}
		done := js[len(js)-1].Row // another request may have cut the same jobs, and new ones be there
		left := slices.DeleteFunc(now, func(j job) bool { return j.Row <= done })
		head.Jobs = len(left)
		if err := tx.putJobs(left); err != nil {
			return err
		}
		return tx.setHead(head)
	})
}

func (s *Server) do(ctx context.Context, branch string, j job) error {
	switch j.Do {
	case jobClaim:
		var c claim
		if err := record.Decode(j.Body, &c); err != nil {
			return err
		}
		return s.settle(ctx, branch, c)
	case jobSerial:
		var n serial
		if err := record.Decode(j.Body, &n); err != nil {
			return err
		}
		return s.confirm(ctx, branch, n)
	case jobTransfer:
		var t handOver
		if err := record.Decode(j.Body, &t); err != nil {
			return err
		}
		return s.receive(ctx, branch, t)
	}
	return fmt.Errorf("unknown job %q", j.Do)
}

// holder is who has a unique value.
type holder struct {
	Branch string `cbor:"1,keyasint"`
	Record string `cbor:"2,keyasint"`
}

// settle gives a unique value to the record that claims it. If another live
// record has it, both stay as they are and the branches concerned get an item
// to review: the same person twice, or a transfer or joint management.
func (s *Server) settle(ctx context.Context, branch string, c claim) error {
	me := holder{Branch: branch, Record: c.Record}
	var other holder
	err := s.ledger.registry(ctx, func(tx registryTx) error {
		other = holder{}
		had, err := load(tx, tablePerson, c.Key, &other)
		if err != nil || had {
			return err
		}
		return saveNew(tx, tablePerson, c.Key, me)
	})
	if err != nil || other == (holder{}) || other == me {
		return err
	}
	live, err := s.holds(ctx, other, c)
	if err != nil {
		return err
	}
	if !live {
		return s.ledger.registry(ctx, func(tx registryTx) error { return save(tx, tablePerson, c.Key, me) })
	}
	if other.Branch == branch {
		return s.review(ctx, branch, c, record.Values{
			record.ConflictRecord: c.Record, record.ConflictKept: other.Record, record.ConflictOther: c.Record, record.ConflictSame: "branch"})
	}
	for _, side := range []struct{ here, there holder }{{me, other}, {other, me}} {
		there, err := s.FindBranch(ctx, side.there.Branch)
		if err != nil {
			return err
		}
		err = s.review(ctx, side.here.Branch, c, record.Values{
			record.ConflictRecord: side.here.Record, record.ConflictOther: there.Name, record.ConflictSame: "district"})
		if err != nil {
			return err
		}
	}
	return nil
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

// review writes one item "the same person?" into a branch, once for each pair.
func (s *Server) review(ctx context.Context, branch string, c claim, item record.Values) error {
	pair := []string{item[record.ConflictKept], item[record.ConflictRecord], item[record.ConflictOther]}
	slices.Sort(pair)
	once := "same " + c.Key + strings.Join(pair, " ")
	sum := sha256.Sum256([]byte(branch + once))
	item[record.ConflictOf], item[record.ConflictPath] = c.Kind, c.Path
	_, err := s.Write(ctx, branch, Edit{Kind: record.ConflictKind, Record: hex.EncodeToString(sum[:16]), Set: item, Once: once,
		By: "区里核对"})
	return err
}

// confirm turns a number given offline into the branch's own: the same if it is
// free, else the next free one. What was printed stays as an alias.
func (s *Server) confirm(ctx context.Context, branch string, n serial) error {
	wanted, _, offline := strings.Cut(n.Value, offlineMark)
	given := wanted
	err := s.ledger.registry(ctx, func(tx registryTx) error {
		for given = wanted; ; given = nextSerial(given) {
			key := branch + "|" + n.Kind + "|" + given
			had, err := tx.get(tableSerial, key)
			if err != nil {
				return err
			}
			if len(had) == 0 {
				return tx.add(tableSerial, key, []byte(n.Record))
			}
			if string(had) == n.Record {
				return nil
			}
			if !offline {
				return nil // final as given; another record has it too, and a person must say which moves
			}
		}
	})
	if err != nil || !offline {
		return err
	}
	_, err = s.Write(ctx, branch, Edit{Kind: n.Kind, Record: n.Record, Once: "serial " + n.Record + " " + n.Value, By: "区里编号",
		Set: map[string]string{n.Path: given, n.Path + sync.AliasSuffix: n.Value}})
	return err
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
