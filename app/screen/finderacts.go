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
		for _, form := range f.forms {
			if form.Prints(best.Target.Kind) && !form.List {
				out = append(out, &Found{Title: "打印" + best.Title + "的" + form.Name,
					Target: Target{Act: ToPrint, Form: form.Code, Kind: best.Target.Kind, ID: best.Target.ID}, rank: 1})
				break
			}
		}
	}
	for _, form := range f.forms {
		if branch.Matches(q.text, form.Name, form.Code) {
			out = append(out, &Found{Title: "打印" + form.Name, Note: form.Code, Target: Target{Act: ToPrint, Form: form.Code}, rank: 2})
		}
	}
	return append(out, &Found{Title: "登记党员", Note: "新登记一位“" + q.text + "”", Target: Target{Act: ToCreate, Kind: "member", Text: q.text}, rank: 3})
}

// Print returns the form to print of the highlighted record: the one its own kind
// is printed on first.
func (f *Finder) Print() (Target, bool) {
	now, ok := f.Current()
	if !ok || now.Target.Act != ToOpen {
		return Target{}, false
	}
	for _, form := range f.forms {
		if form.Prints(now.Target.Kind) && !form.List {
			return Target{Act: ToPrint, Form: form.Code, Kind: now.Target.Kind, ID: now.Target.ID}, true
		}
	}
	return Target{}, false
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
