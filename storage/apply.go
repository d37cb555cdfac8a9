package storage

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"zhibu/storage/record"
)

// change runs work as one transaction and tells the hooks what changed.
func (s *Store) change(work func(t *stage) error) error {
	touched, err := s.changed(work)
	if err != nil {
		return err
	}
	s.notify(touched)
	return nil
}

func (s *Store) changed(work func(t *stage) error) (map[ref]bool, error) {
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.writable(); err != nil {
		return nil, err
	}
	t := s.stage()
	if err := work(t); err != nil {
		return nil, err
	}
	if len(t.order) == 0 && len(t.bases) == 0 && !t.dirty {
		return nil, nil
	}
	return s.commit(t)
}

// Apply saves edits in one transaction, one op each, and returns the records as
// they are afterwards, in the same order. Paths that already hold the value the
// editor was shown are left out; an edit that changes nothing makes no op. The
// draft an edit finishes and the refused op it mends are dropped in the same
// transaction.
func (s *Store) Apply(edits ...record.Edit) ([]record.Record, error) {
	refs := make([]ref, len(edits))
	err := s.change(func(t *stage) error {
		for i, e := range edits {
			var err error
			if refs[i], err = t.edit(e); err != nil {
				return err
			}
			t.dropDraft(e.Draft)
			t.dropRefused(e.Mends)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]record.Record, len(refs))
	for i, r := range refs {
		out[i], _ = s.Get(r.kind, r.id)
	}
	return out, nil
}

// edit stages one edit as one op.
func (t *stage) edit(e record.Edit) (ref, error) {
	if e.Kind == "" {
		return ref{}, record.Refuse("KIND_MISSING", "没有说明要存到哪一本台账。请从对应的页面再存一次；已填内容都在。")
	}
	r := ref{e.Kind, e.ID}
	if r.id == "" {
		r.id = newID()
	}
	shown := t.shown(r, e)
	set, saw := map[string]string{}, map[string]string{}
	for path, value := range cleaned(e.Set) {
		if shown.Values[path] == value {
			continue
		}
		set[path] = value
		if w := shown.WriterOf(path); w != "" {
			saw[path] = w
		}
	}
	if len(set) == 0 {
		return r, nil
	}
	for _, path := range t.s.opt.Guards.Seals(r.kind) { // that it was closed or deleted was shown as well
		if w := shown.WriterOf(path); w != "" {
			saw[path] = w
		}
	}
	return r, t.op(record.Change{Kind: r.kind, Record: r.id, Set: set, Saw: saw,
		Why: e.Why, Batch: e.Batch, Undoes: e.Undoes})
}

func (t *stage) shown(r ref, e record.Edit) record.Record {
	if e.Shown != nil {
		return *e.Shown
	}
	shown, _ := t.view(r)
	return shown
}

// op numbers, stamps and chains c, then keeps it as pending or, in a branch
// without a district, confirms it at once (decisions.md 10).
func (t *stage) op(c record.Change) error {
	clock := record.Clock{Last: t.st.Clock}
	c.Device, c.N, c.Prev, c.Schema = t.st.Device, t.st.N+1, t.st.Head, Schema
	c.Stamp = clock.Tick(t.st.now(t.s.opt.Now()))
	if c.ID == "" {
		c.ID = newID()
	}
	if c.By == "" {
		c.By = t.s.shelf.local[settingBy]
	}
	c.Why = strings.ToValidUTF8(c.Why, "")
	if len(c.Saw) == 0 {
		c.Saw = nil
	}
	raw, err := c.Bytes()
	if err != nil {
		return fmt.Errorf("encode op: %w", err)
	}
	t.number(c, raw)
	t.st.Clock = clock.Last
	return t.place(c, raw)
}

// number moves the op counter and the hash chain on and notes the op for the
// journal.
func (t *stage) number(c record.Change, raw []byte) {
	if len(t.ops) == 0 {
		t.first = c.N
	}
	t.ops = append(t.ops, raw)
	t.st.N, t.st.Head = c.N, chain(c.Prev, raw)
}

func (t *stage) place(c record.Change, raw []byte) error {
	if t.st.Joined {
		return t.keep(&pending{change: c, raw: raw})
	}
	return t.confirm(turn{op: record.Stamped{Stamp: c.Stamp, Change: c}, raw: raw})
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }
