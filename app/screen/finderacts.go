package screen

import "zhibu/app/branch"

// acts are what can be done: print the best person's forms, print a form whose
// name matches, register what was typed.
func (f *Finder) acts(q query) []*Found {
	if q.text == "" {
		return nil
	}
	var out []*Found
	if best := f.best(); best != nil {
		if form, ok := f.formOf(best.Target.Kind); ok {
			out = append(out, &Found{Title: "打印" + best.Title + "的" + form.Name,
				Target: Target{Act: ToPrint, Form: form.Code, Kind: best.Target.Kind, ID: best.Target.ID}, rank: 1})
		}
	}
	for _, form := range f.forms {
		if branch.Matches(q.text, form.Name, form.Code) {
			out = append(out, &Found{Title: "打印" + form.Name, Note: form.Code, Target: Target{Act: ToPrint, Form: form.Code}, rank: 2})
		}
	}
	return append(out, &Found{Title: "登记党员", Note: "新登记一位“" + q.text + "”", Target: Target{Act: ToCreate, Kind: "member", Text: q.text}, rank: 3})
}

// cardForm is the code of 登记表, which prints one record of any register whole.
const cardForm = "CARD"

// formOf returns the form that a record of kind is printed on when nobody says
// which: the first of its own. A member's own are for special occasions (介绍信,
// 采集表), so a member is printed on the 登记表.
func (f *Finder) formOf(kind string) (FormInfo, bool) {
	for _, form := range f.forms {
		if form.Prints(kind) && !form.List && (kind != "member" || form.Code == cardForm) {
			return form, true
		}
	}
	return FormInfo{}, false
}

// Print returns what prints the highlighted record.
func (f *Finder) Print() (Target, bool) {
	now, ok := f.Current()
	if !ok || now.Target.Act != ToOpen {
		return Target{}, false
	}
	form, ok := f.formOf(now.Target.Kind)
	return Target{Act: ToPrint, Form: form.Code, Kind: now.Target.Kind, ID: now.Target.ID}, ok
}

// best returns the first record found whose own title matched.
func (f *Finder) best() *Found {
	for _, found := range f.flat {
		if found.Target.Act == ToOpen && found.rank < rankNumber {
			return found
		}
	}
	return nil
}
