package server

import (
	"context"
	"fmt"
	"slices"

	"zhibu/storage/record"
)

// Kinds of jobs.
const (
	jobClaim    = "claim"    // a value that only one person of the district may have
	jobSerial   = "serial"   // a number given offline that wants confirming
	jobTransfer = "transfer" // a record on its way to another branch
)

// employ notes the work that the next row makes beyond its branch's log: what its op
// wrote and stands, and what stands again because it took the record out of the
// recycle bin. A record that lies there claims nothing.
func (p *pushing) employ(c record.Change) error {
	now := p.registers(c.Record)
	deleted := now[record.DeletedPath]
	if deleted.Value == "1" {
		return nil
	}
	claims := func(path string) bool { return now[path].Value != "" && (now[path].Op == c.ID || deleted.Op == c.ID) }
	for _, path := range p.rules.Unique[c.Kind] {
		if claims(path) {
			if err := p.employOn(jobClaim, claim{p.seal.hide(c.Kind, path, now[path].Value), c.Kind, c.Record, path}); err != nil {
				return err
			}
		}
	}
	if path := p.rules.Serials[c.Kind]; claims(path) {
		return p.employOn(jobSerial, serial{c.Kind, c.Record, path, now[path].Value})
	}
	return nil
}

// employOn notes work that the next row makes.
func (p *pushing) employOn(do string, body any) error {
	raw, err := record.Encode(body)
	if err != nil {
		return fmt.Errorf("job %s: %w", do, err)
	}
	p.jobs = append(p.jobs, job{Do: do, Body: raw, Row: p.head.Seq + 1})
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
	for from, to := 0, 0; from < len(js); from = to {
		for to < len(js) && js[to].Do == js[from].Do {
			to++
		}
		if err := s.do(ctx, branch, js[from:to]); err != nil {
			return fmt.Errorf("job %s: %w", js[from].Do, err)
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

// do does a run of jobs of one kind.
func (s *Server) do(ctx context.Context, branch string, js []job) error {
	switch js[0].Do {
	case jobClaim:
		return with(js, func(cs []claim) error { return s.settle(ctx, branch, cs) })
	case jobSerial:
		return with(js, func(ns []serial) error { return s.confirm(ctx, branch, ns) })
	case jobTransfer:
		return with(js, func(ts []handOver) error {
			for _, t := range ts {
				if err := s.receive(ctx, branch, t); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return fmt.Errorf("unknown job %q", js[0].Do)
}

// with reads the bodies of jobs.
func with[T any](js []job, do func([]T) error) error {
	out := make([]T, len(js))
	for i, j := range js {
		if err := record.Decode(j.Body, &out[i]); err != nil {
			return err
		}
	}
	return do(out)
}
