package screen

import "zhibu/storage/record"

// act applies what a rule answered: a blocking complaint is the refusal, else
// the edits are stored in one transaction. Done tells how to take them back.
func (b *Book) act(say string, edits []record.Edit, complaints []record.Complaint) (Done, error) {
	for _, c := range complaints {
		if c.Severity == record.Block {
			return Done{}, record.Refuse(c.Code, c.Say)
		}
	}
	if len(edits) == 0 {
		return Done{Say: say}, nil
	}
	before := make([]record.Record, len(edits))
	for i, e := range edits {
		before[i], _ = b.Get(e.Kind, e.ID)
	}
	after, err := b.Apply(edits...)
	if err != nil {
		return Done{}, err
	}
	d := Done{Say: say}
	for i, r := range after {
		d = d.And(before[i], r)
	}
	return d, nil
}
