package storage

import (
	"cmp"
	"slices"
	"strings"

	"zhibu/storage/record"
)

// settingBy is the setting that names who works here; it is written into every
// op as By.
const settingBy = "by"

// Settings the store keeps for itself.
const (
	settingMachine   = "machine/" // + device id, of this laptop once or of another → its machine
	settingEnrolment = "enrolment"
)

// localRow is one setting as stored.
type localRow struct {
	_     struct{} `cbor:",toarray"`
	Key   string
	Value []byte
}

// Setting returns a value kept on this laptop only, "" if there is none.
func (s *Store) Setting(key string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.shelf.local[key]
}

// SetSetting keeps a value, sealed, on this laptop only; "" removes it.
func (s *Store) SetSetting(key, value string) error {
	return s.change(func(t *stage) error {
		at := t.s.keys.ID(bLocal, key)
		if value == "" {
			t.local[key] = nil
			t.drop(bLocal, at)
			return nil
		}
		value = strings.ToValidUTF8(value, "")
		t.local[key] = &value
		return t.encodePut(bLocal, at, localRow{Key: key, Value: []byte(value)})
	})
}

// SaveDraft keeps unsaved typing. At is set when it is zero.
func (s *Store) SaveDraft(d record.Draft) error {
	return s.change(func(t *stage) error {
		if d.At == 0 {
			d.At = s.opt.Now().UnixMilli()
		}
		d.Typed = cleaned(d.Typed)
		t.drafts[d.Key] = &d
		return t.encodePut(bDraft, t.s.keys.ID(bDraft, d.Key), d)
	})
}

// Drafts returns the drafts, newest first.
func (s *Store) Drafts() []record.Draft {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make([]record.Draft, 0, len(s.shelf.drafts))
	for _, d := range s.shelf.drafts {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b record.Draft) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// DropDraft forgets a draft; one that is not there is no error.
func (s *Store) DropDraft(key string) error {
	return s.change(func(t *stage) error {
		t.dropDraft(key)
		return nil
	})
}

func (t *stage) dropDraft(key string) {
	if _, ok := t.s.shelf.drafts[key]; ok {
		t.drafts[key] = nil
		t.drop(bDraft, t.s.keys.ID(bDraft, key))
	}
}

// cleaned returns a copy of values without bytes that are no UTF-8: they could
// be stored but not read back.
func cleaned(values map[string]string) map[string]string {
	out := make(map[string]string, len(values))
	for path, value := range values {
		out[strings.ToValidUTF8(path, "")] = strings.ToValidUTF8(value, "")
	}
	return out
}
