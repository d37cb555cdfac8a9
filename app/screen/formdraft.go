package screen

import (
	"maps"
	"time"

	"zhibu/storage/record"
)

// Key names what is being edited, as drafts are kept under it.
func (f *Form) Key() string {
	switch {
	case f.id == "":
		return f.Kind.Name + "/new"
	case f.doing != "":
		return f.Kind.Name + "/" + f.id + "/" + f.doing
	}
	return f.Kind.Name + "/" + f.id
}

// Keep stores the draft when something was typed since the last Keep.
func (f *Form) Keep() error {
	if !f.dirty {
		return nil
	}
	if len(f.typed) == 0 {
		f.dirty = false
		return f.book.DropDraft(f.Key())
	}
	now := f.book.Now()
	err := f.book.SaveDraft(record.Draft{Key: f.Key(), Kind: f.Kind.Name, ID: f.id,
		Typed: maps.Clone(f.typed), At: now.UnixMilli(), Mends: f.mends})
	if err != nil {
		return err
	}
	f.dirty, f.keptAt = false, now
	return nil
}

// KeptAt returns when the draft was last stored; zero if it never was.
func (f *Form) KeptAt() time.Time { return f.keptAt }

// Offer returns the draft that was found when the form was opened and has been
// neither taken nor refused. Where nothing may be typed it waits.
func (f *Form) Offer() (record.Draft, bool) {
	if f.offer == nil || f.shut != nil {
		return record.Draft{}, false
	}
	return *f.offer, true
}

// TakeOffer goes on from the draft.
func (f *Form) TakeOffer() {
	if f.offer == nil {
		return
	}
	f.load(f.offer.Typed)
	f.keptAt, f.mends = time.UnixMilli(f.offer.At), f.offer.Mends
	f.offer = nil
	f.Settle()
}

// RefuseOffer drops the draft.
func (f *Form) RefuseOffer() error {
	f.offer = nil
	return f.book.DropDraft(f.Key())
}
