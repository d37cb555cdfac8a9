package storage

import (
	"cmp"
	"fmt"
	"slices"

	"zhibu/storage/record"
)

// Enrol joins a district, in one transaction. Every record of a branch that
// worked without one becomes a pending op with all its values (decisions.md 10);
// joined already, the pending ops are numbered anew under the new device id,
// clocks and ids kept (sync.md §6). Another branch is refused: its records and ours
// would become one, on both sides (sync.md §12, I4).
func (s *Store) Enrol(e record.Enrolment) error {
	return s.change(func(t *stage) error {
		if had, _ := t.s.Enrolment(); t.st.Joined && e.Branch != t.st.Branch {
			return otherBranch(had.Name, e.Name)
		}
		waiting := t.pendings()
		t.st.Branch, t.st.Lease = e.Branch, ""
		if err := t.nameMachine(t.st.Device, t.s.opt.Machine); err != nil {
			return err
		}
		t.st.Device, t.st.N, t.st.Head, t.st.Acked, t.st.Again = e.Device, 0, nil, 0, 0
		if err := t.keepEnrolment(e); err != nil {
			return err
		}
		if t.st.Joined {
			return t.renumber(waiting)
		}
		t.st.Joined = true
		return t.offerAll()
	})
}

func otherBranch(ours, other string) error {
	ours, other = record.Quoted(ours), record.Quoted(other)
	return record.Refuse("OTHER_BRANCH", "这份台账是"+ours+"的，这个加入码是"+other+"的，没有加入。请向区里要"+ours+"的加入码；"+other+"要另外建一份台账再加入。本机内容没有变，也没有报给"+other+"。")
}

// nameMachine notes what the machine of a device is called, for the history.
func (t *stage) nameMachine(device, name string) error {
	key := settingMachine + device
	if name == "" || t.s.shelf.local[key] == name {
		return nil
	}
	t.local[key] = &name
	return t.encodePut(bLocal, t.s.keys.ID(bLocal, key), localRow{Key: key, Value: []byte(name)})
}

func (t *stage) keepEnrolment(e record.Enrolment) error {
	data, err := record.Encode(e)
	if err != nil {
		return fmt.Errorf("encode enrolment: %w", err)
	}
	t.enrol = &e
	return t.encodePut(bLocal, t.s.keys.ID(bLocal, settingEnrolment), localRow{Key: settingEnrolment, Value: data})
}

// renumber chains the ops that were not confirmed under the device's new id.
func (t *stage) renumber(waiting []*pending) error {
	for _, p := range waiting {
		t.settle(p.change.N)
	}
	for _, p := range waiting {
		c := p.change
		c.Device, c.N, c.Prev = t.st.Device, t.st.N+1, t.st.Head
		raw, err := c.Bytes()
		if err != nil {
			return fmt.Errorf("encode op: %w", err)
		}
		t.number(c, raw)
		if err := t.keep(&pending{change: c, raw: raw}); err != nil {
			return err
		}
	}
	return nil
}

// offerAll turns every record into a pending op, oldest record first.
func (t *stage) offerAll() error {
	var all []*base
	for _, cells := range t.s.shelf.cells {
		for _, c := range cells {
			if c.base != nil {
				all = append(all, c.base)
			}
		}
	}
	slices.SortFunc(all, func(a, b *base) int { return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.kind, b.kind)) })
	for _, b := range all {
		set, saw := map[string]string{}, map[string]string{}
		for path, value := range b.values {
			if value != "" {
				set[path], saw[path] = value, b.from[b.which[path]].Op
			}
		}
		if len(set) == 0 {
			continue
		}
		if err := t.op(record.Change{Kind: b.kind, Record: b.id, Set: set, Saw: saw, Why: "加入区里时报上"}); err != nil {
			return err
		}
	}
	return nil
}
