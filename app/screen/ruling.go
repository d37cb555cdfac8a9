package screen

import (
	"cmp"

	"zhibu/app/branch"
	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Apply is Store.Apply for the person at this laptop: what their role may not change
// (decisions.md 20), what the district signed and what is of a closed year is refused
// before anything is written. A branch without a district has no roles, and an
// enrolment that names none is the secretary's.
func (b *Book) Apply(edits ...record.Edit) ([]record.Record, error) {
	asked := map[string]bool{}
	for _, edit := range edits {
		if !asked[edit.Kind] {
			if err := b.Barred(edit.Kind); err != nil {
				return nil, err
			}
			asked[edit.Kind] = true
		}
		now, _ := b.Get(edit.Kind, edit.ID)
		for _, path := range edit.Set.Paths() {
			if now.Values[path] == edit.Set[path] {
				continue
			}
			if err := cmp.Or(b.owned(now, path), branch.OnlyRead(now, path, b)); err != nil {
				return nil, err
			}
		}
	}
	return b.Store.Apply(edits...)
}

// owned refuses a change of what the district signed: there it would be refused too.
func (b *Book) owned(now record.Record, path string) error {
	of, isSeal := record.SealedPath(path)
	if !isSeal {
		of = path
	}
	switch {
	case !now.Values.Sealed(of):
		return nil
	case of == record.DeletedPath:
		return record.Refuse("MOVED_AWAY", "“"+b.Title(now)+"”已转往“"+now.Values["transferred_to"]+"”，没有恢复。要转回来请向区里提出；这里的内容都在。")
	}
	return fieldSealed()
}

func fieldSealed() error {
	return record.Refuse("FIELD_SEALED", "区里已批复，这一项锁定。要改请向区里提出；其他内容照常能改。")
}

// register names the register of a kind for a sentence.
func (b *Book) register(kind string) string {
	if k, err := b.Kind(kind); err == nil {
		return "“" + k.Page + "”"
	}
	return "这类记录"
}

// enrolment returns where the laptop is enrolled, if it is.
func (b *Book) enrolment() (record.Enrolment, bool) {
	replica, ok := b.Store.(Replica)
	if !ok {
		return record.Enrolment{}, false
	}
	return replica.Enrolment()
}

// Parameter is one line of the page 规则与参数.
type Parameter struct {
	rules.Param
	Shown string        // the value as people read it
	Next  []rules.Param // values that begin later
	Fixed bool          // 由区里统一规定: not to be changed here
}

// Parameters returns what a place may settle in the rules in force on a day, with
// the basis of each, since when it holds and who set it.
func (b *Book) Parameters(on record.Date) []Parameter {
	_, joined := b.enrolment()
	var out []Parameter
	for _, p := range branch.RulesOn(b, on).Params {
		if p.Settable() {
			out = append(out, Parameter{Param: p, Shown: p.Show(p.Value), Next: branch.Coming(b, p.Name, on), Fixed: joined})
		}
	}
	return out
}

// SetParameter gives a parameter a new value from a typed day on ("" is today),
// with the reason. A branch that has joined a district takes its rules.
func (b *Book) SetParameter(name, value, from, basis string) (Done, error) {
	if _, joined := b.enrolment(); joined {
		return Done{}, record.Refuse("RULESET_DISTRICT", "规则由区里统一规定，本支部不能改。有不同意见请向区里反映；现用规则不变。")
	}
	day := b.Today()
	if from != "" {
		var err error
		if day, err = record.ParseDate(record.ExpandDate(from, day)); err != nil {
			return Done{}, err
		}
	}
	edits, complaints := branch.SetParameter(name, value, day, basis, b)
	return b.act("从 "+day.String()+" 起按新的参数办", edits, complaints)
}
