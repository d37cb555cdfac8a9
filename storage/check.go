package storage

import (
	"context"
	"errors"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// Report is what Check found.
type Report struct {
	OK       bool
	Records  int      // confirmed records, conflicts included
	History  int      // history entries
	Pending  int      // own ops the district has not confirmed
	Refused  int      // own ops it refused
	Drafts   int      // unsaved typing
	Audit    int      // entries of the audit chain
	Files    int      // attachments
	Bytes    int64    // size of the database file
	Problems []string // one Chinese line each; empty when OK

	memory struct { // what the store held when the check began
		records int
		changes uint64
	}
	watch func(done int) error // told of every value read; nil: nobody watches
}

// Progress is told how far long work has come. It may be nil.
type Progress func(done, total int)

func (p Progress) at(done, total int) {
	if p != nil {
		p(done, total)
	}
}

// read counts what was read so far to whoever watches.
func (rep *Report) read() error {
	if rep.watch == nil {
		return nil
	}
	return rep.watch(rep.History + rep.Audit + rep.Files)
}

func (rep *Report) problem(part string, err error) {
	rep.Problems = append(rep.Problems, part+"：有内容损坏或者对不上（"+err.Error()+"）。请从备份恢复。")
}

// Check reads everything in the file and holds it against its seals, sums and
// chains, and the memory against the file. Where Options.Child names a process for
// it, the structure of the pages is verified too, on a copy. It changes nothing,
// saves go on meanwhile, and a ctx that ends stops it.
func (s *Store) Check(ctx context.Context, progress Progress) (Report, error) {
	rep, err := s.check(ctx, progress)
	if err != nil || !rep.OK || len(s.opt.Child) == 0 {
		return rep, err
	}
	temp, _, err := s.verifiedCopy(s.dir)
	if record.CodeOf(err) == "DAMAGED" {
		rep.problem("文件结构", err)
		rep.OK = false
		return rep, nil
	}
	if err != nil {
		return rep, err
	}
	return rep, place(remove(temp))
}

func (s *Store) check(ctx context.Context, progress Progress) (Report, error) {
	s.reading.RLock()
	defer s.reading.RUnlock()
	var rep Report
	b, keys, err := s.still(&rep)
	if err != nil {
		return rep, err
	}
	defer keys.Drop()
	err = protect(func() error { return rep.all(ctx, b, keys, progress) })
	if isFault(err) {
		return rep, s.fail(err) // b cannot be ended either
	}
	rep.OK = len(rep.Problems) == 0 && err == nil
	return rep, errors.Join(err, b.Rollback())
}

// still begins to read the file as it is, and notes what memory holds at this
// moment. Saves go on behind it.
func (s *Store) still(rep *Report) (b *bolt.Tx, keys *vault.Keys, err error) {
	s.write.Lock()
	defer s.write.Unlock()
	db, keys, err := s.apart()
	if err != nil {
		return nil, nil, err
	}
	rep.memory.records, rep.memory.changes = s.records(), s.st.Changes
	err = protect(func() error {
		b, err = db.Begin(false)
		return err
	})
	if isFault(err) {
		err = s.fail(err)
	}
	return b, keys, err
}

// all reads what transaction b sees.
func (rep *Report) all(ctx context.Context, b *bolt.Tx, keys *vault.Keys, progress Progress) error {
	h, st, err := loadFrom(b, keys)
	if isFault(err) {
		return err
	}
	if err != nil {
		rep.problem("台账", err)
		return nil
	}
	for _, cells := range h.cells {
		for _, c := range cells {
			if c.base != nil {
				rep.Records++
			}
		}
	}
	rep.Pending, rep.Refused, rep.Drafts, rep.Bytes = len(h.outs), len(h.refused), len(h.drafts), b.Size()
	if st.Changes != rep.memory.changes || rep.Records != rep.memory.records {
		rep.problem("台账", errors.New("memory and file differ"))
	}
	total := int(st.Log + st.Audit + st.Sums[bFile].Count)
	rep.watch = func(done int) error {
		if done%200 == 0 {
			progress.at(done, total)
		}
		return ctx.Err()
	}
	return errors.Join(rep.walk(b, keys, st), ctx.Err())
}

func (s *Store) records() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n := 0
	for _, cells := range s.shelf.cells {
		for _, c := range cells {
			if c.base != nil {
				n++
			}
		}
	}
	return n
}
