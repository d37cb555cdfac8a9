package screen

import (
	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Same is what a Dispute asks about one ID number that stands twice.
type Same struct {
	Item string // id of the conflict record
	// Other is the second record of this branch, without an ID when it is
	// Elsewhere: in the branch of that name.
	Other     record.Record
	Elsewhere string
}

// The ways to close a question about one person, as the conflict record keeps
// them: made one, two people after all, or taken note of.
const (
	sameUnited   = "same"
	sameDistinct = "distinct"
	sameNoted    = "noted"
)

// twins returns the dispute about an item 「可能是同一人」: the older record and
// the younger one side by side, field by field where both say something else.
func (b *Book) twins(c record.Record) (Dispute, bool) {
	d, ok := b.dispute(c)
	if !ok || d.Record.Deleted() {
		return d, false
	}
	d.Same = &Same{Item: c.ID}
	if c.Values[record.ConflictSame] == "district" {
		d.Same.Elsewhere = c.Values[record.ConflictOther]
		return d, true
	}
	other := c.Values[record.ConflictKept]
	if other == d.Record.ID {
		other = c.Values[record.ConflictOther]
	}
	if d.Same.Other, ok = b.Get(d.Kind.Name, other); !ok || d.Same.Other.Deleted() {
		return d, false
	}
	if d.Record.ID > d.Same.Other.ID {
		d.Record, d.Same.Other = d.Same.Other, d.Record
	}
	d.Contests = b.differences(d)
	return d, true
}

func (b *Book) differences(d Dispute) []Contest {
	var out []Contest
	for _, f := range d.Kind.Fields {
		mine, theirs := d.Record.Values[f.Name], d.Same.Other.Values[f.Name]
		if mine == "" || theirs == "" || mine == theirs {
			continue // what only one has is kept without asking
		}
		out = append(out, Contest{Path: f.Name, Label: f.Label, Answer: Kept, Kept: b.side(f, mine, "", ""), Other: b.side(f, theirs, "", "")})
	}
	return out
}

// Note tells where the second record is and what can be done.
func (s *Same) Note() string {
	if s.Elsewhere != "" {
		return "另一条在“" + s.Elsewhere + "”：与那边商量办转接或双纳管"
	}
	return "两条并排看，合并成一人或记下不是同一人"
}

// unite returns the edits that make one record of the two.
func (b *Book) unite(d Dispute) []record.Edit {
	chosen := map[string]bool{}
	for _, c := range d.Contests {
		chosen[c.Path] = c.Answer == Other
	}
	batch := NewRow()
	edits := branch.Unite(branch.Twins{Kind: d.Kind.Name, Keep: d.Record.ID, Drop: d.Same.Other.ID}, chosen, batch, b)
	return append(edits, d.Same.closed(sameUnited, batch))
}

func (s *Same) closed(how, batch string) record.Edit {
	return record.Edit{Kind: record.ConflictKind, ID: s.Item, Set: record.Values{record.ConflictResolved: how}, Batch: batch}
}

// Distinct closes the question about one person without changing either record:
// they are two, or the other branch was told.
func (b *Book) Distinct(d Dispute) (Done, error) {
	if d.Same == nil {
		return Done{}, record.Refuse("DISPUTE_OTHER", "这一处不是“可能是同一人”。请选留哪一边。")
	}
	how, say := sameDistinct, "已记下：不是同一人，两条都留着"
	if d.Same.Elsewhere != "" {
		how, say = sameNoted, "已记下：“"+d.Title+"”在“"+d.Same.Elsewhere+"”也有登记"
	}
	return b.act(say, []record.Edit{d.Same.closed(how, "")}, nil)
}
