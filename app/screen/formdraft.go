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
	now := f.book.Now()
	d := record.Draft{Key: f.Key(), Kind: f.Kind.Name, ID: f.id, Typed: maps.Clone(f.typed), At: now.UnixMilli(), Mends: f.mends}
	if f.offer != nil { // what was left before waits as well
		d.Typed, d.Mends = maps.Clone(f.offer.Typed), f.offer.Mends
		maps.Copy(d.Typed, f.typed)
	}
	if len(d.Typed) == 0 {
		f.dirty = false
		return f.book.DropDraft(d.Key)
	}
	if err := f.book.SaveDraft(d); err != nil {
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

// leave drops the draft of what was saved under key. An offer that was neither taken nor
// refused waits on.
func (f *Form) leave(key string, offer *record.Draft, fresh bool) error {
	if offer == nil {
		return f.book.DropDraft(key)
	}
	if !fresh {
		f.offer = offer
	}
	return f.book.SaveDraft(*offer)
}

// RefuseOffer drops the draft.
func (f *Form) RefuseOffer() error {
	f.offer, f.dirty = nil, true
	if err := f.book.DropDraft(f.Key()); err != nil {
		return err
	}
	return f.Keep()
}
