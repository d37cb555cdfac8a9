package screen

import (
	"slices"
	"time"

	"zhibu/storage/record"
)

// KeepDays is how long a deleted record is offered for restoring.
const KeepDays = 30

// Binned is one record in the recycle bin.
type Binned struct {
	Record record.Record
	Kind   record.Kind
	Title  string
	At     time.Time // when it was deleted; zero if the history does not tell
	By     string
	Left   int // days it is still offered
}

// Bin returns the records deleted in the last KeepDays, newest first.
func (b *Book) Bin() ([]Binned, error) {
	var out []Binned
	for _, k := range b.kinds {
		for _, r := range b.Trash(k.Name) {
			item := Binned{Record: r, Kind: k, Title: b.Title(r), Left: KeepDays}
			events, err := b.Events(k.Name, r.ID)
			if err != nil {
				return nil, err
			}
			for _, e := range events {
				if e.What == "移到回收站" {
					item.At, item.By = e.At, e.By
					item.Left = KeepDays - record.DateOf(e.At).DaysUntil(b.Today())
					break
				}
			}
			if item.Left > 0 {
				out = append(out, item)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Binned) int { return y.At.Compare(x.At) })
	return out, nil
}

// Unbin brings records back out of the bin, all or none; it can be taken back.
func (b *Book) Unbin(items ...Binned) (Done, error) {
	var edits []record.Edit
	for _, i := range items {
		edits = append(edits, record.Edit{Kind: i.Kind.Name, ID: i.Record.ID, Set: record.Values{record.DeletedPath: ""}})
	}
	done := Done{Say: "已恢复 " + number(len(items)) + " 条"}
	after, err := b.Apply(edits...)
	if err != nil {
		return Done{}, err
	}
	for i, r := range after {
		done = done.And(items[i].Record, r)
	}
	return done, nil
}

// MayDelete returns why a record may not be moved to the recycle bin, nil where it may.
func (b *Book) MayDelete(kind, id string) error {
	k, before, err := b.Find(kind, id)
	if err != nil {
		return err
	}
	after := before
	after.Values = before.Values.Clone()
	after.Values[record.DeletedPath] = "1"
	if k.Allow != nil {
		for _, c := range k.Allow(before, after, b) {
			if c.Severity == record.Block {
				return record.Refuse(c.Code, c.Say)
			}
		}
	}
	return nil
}

// Delete moves a record to the recycle bin.
func (b *Book) Delete(kind, id string) error {
	if err := b.MayDelete(kind, id); err != nil {
		return err
	}
	_, err := b.Apply(record.Edit{Kind: kind, ID: id, Set: record.Values{record.DeletedPath: "1"}})
	return err
}
