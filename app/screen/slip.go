package screen

import (
	"maps"

	"zhibu/storage/record"
)

// Slip keeps what is typed into a dialog that asks for more than a date, before its
// verb is pressed: the words of a correction, of an answer. It is stored like every
// draft and fills the same dialog of the same record when that opens again.
type Slip struct {
	book  *Book
	draft record.Draft
	found bool // something was left on it
	dirty bool
}

// Slip returns the slip of an act on a record: 开更正 of a meeting.
func (b *Book) Slip(act, kind, id string) *Slip {
	s := &Slip{book: b, draft: record.Draft{Key: slipKey(act, kind, id), Kind: kind, ID: id, Typed: map[string]string{}}}
	for _, d := range b.Drafts() {
		if d.Key == s.draft.Key {
			s.draft.Typed, s.found = maps.Clone(d.Typed), len(d.Typed) > 0
		}
	}
	return s
}

func slipKey(act, kind, id string) string { return kind + "/" + id + "/" + act }

// Found reports whether something was left on the slip.
func (s *Slip) Found() bool { return s.found }

// Text returns what was written into a box, by its label.
func (s *Slip) Text(box string) string { return s.draft.Typed[box] }

// Type takes what now stands in a box.
func (s *Slip) Type(box, text string) {
	s.dirty = true
	if text == "" {
		delete(s.draft.Typed, box)
		return
	}
	s.draft.Typed[box] = text
}

// Keep stores the slip when something was typed since the last Keep.
func (s *Slip) Keep() error {
	if !s.dirty {
		return nil
	}
	s.dirty = false
	if len(s.draft.Typed) == 0 {
		return s.book.DropDraft(s.draft.Key)
	}
	d := s.draft
	d.Typed, d.At = maps.Clone(d.Typed), s.book.Now().UnixMilli()
	return s.book.SaveDraft(d)
}

// Drop throws the slip away: what it was for is done.
func (s *Slip) Drop() error {
	s.dirty = false
	return s.book.DropDraft(s.draft.Key)
}
