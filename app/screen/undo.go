package screen

import (
	"maps"

	"zhibu/storage/record"
)

// Done is something that was just done and can be taken back: what the toast
// says and what its 「撤销」 and Ctrl+Z do.
type Done struct {
	Say  string        // 「已登记 3 人 11 月党费」
	back []record.Edit // what puts everything back as it was
}

// Undoable reports whether there is anything to take back.
func (d Done) Undoable() bool { return len(d.back) > 0 }

// Reversal returns the edit that puts after back to what before was. It names
// the op it compensates; a record that did not exist before goes to the bin.
func Reversal(before, after record.Record) record.Edit {
	edit := record.Edit{Kind: after.Kind, ID: after.ID, Set: record.Values{}, Undoes: after.Writer, Shown: &after}
	if before.ID == "" {
		edit.Set[record.DeletedPath] = "1"
		return edit
	}
	maps.Copy(edit.Set, difference(after.Values, before.Values))
	for path, value := range after.Values {
		if _, had := before.Values[path]; !had && value != "" {
			edit.Set[path] = ""
		}
	}
	return edit
}

// DoneSaving describes a save and how to take it back.
func DoneSaving(say string, before, after record.Record) Done {
	return Done{Say: say, back: []record.Edit{Reversal(before, after)}}
}

// And adds what else belongs to the same act.
func (d Done) And(before, after record.Record) Done {
	d.back = append(d.back, Reversal(before, after))
	return d
}

// Undo takes back what d tells of, in one transaction, and returns how to do it
// again. What was just done was done on purpose, in a closed year too.
func (b *Book) Undo(d Done) (again Done, err error) {
	if !d.Undoable() {
		return Done{}, nil
	}
	before := map[string]record.Record{}
	for _, e := range d.back {
		before[e.Kind+"/"+e.ID] = b.either(e.Kind, e.ID)
	}
	done, err := b.Amending().Apply(d.back...)
	if err != nil {
		return Done{}, err
	}
	again.Say = d.Say
	for _, r := range done {
		again = again.And(before[r.Kind+"/"+r.ID], r)
	}
	return again, nil
}

// either returns the record whether it is live or in the recycle bin.
func (b *Book) either(kind, id string) record.Record {
	if r, ok := b.Get(kind, id); ok {
		return r
	}
	for _, r := range b.Trash(kind) {
		if r.ID == id {
			return r
		}
	}
	return record.Record{}
}

// Trashed moves records to the recycle bin in one transaction and says how to get them
// back. One of several that may not go is named, and all of them stay.
func (b *Book) Trashed(kind string, ids ...string) (Done, error) {
	k, err := b.Kind(kind)
	if err != nil {
		return Done{}, err
	}
	say := "已把 " + number(len(ids)) + " 条" + k.Label + "移到回收站"
	var edits []record.Edit
	for _, id := range ids {
		r, _ := b.Get(kind, id)
		err := b.MayDelete(kind, id)
		switch {
		case len(ids) == 1:
			say = "已把“" + b.Title(r) + "”移到回收站"
		case err != nil:
			err = record.Wrap(err, record.CodeOf(err), "“"+b.Title(r)+"”移不了，所以一条也没有移："+record.SayOf(err))
		}
		if err != nil {
			return Done{}, err
		}
		edits = append(edits, record.Edit{Kind: kind, ID: id, Set: record.Values{record.DeletedPath: "1"}})
	}
	return b.act(say, edits, nil)
}
