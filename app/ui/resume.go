package ui

import (
	"fmt"
	"slices"

	"zhibu/app/screen"
)

// resumer is a page with dialogs that may be left half written; act is what the dialog
// does, as its draft is named.
type resumer interface{ resume(act string) }

func (p *poolPage) resume(act string) {
	var n int
	open := p.do
	if _, err := fmt.Sscanf(act, "改第 %d 步期限", &n); err == nil {
		open = func() {
			if d, ok := p.p.Detail(); ok {
				p.deadline(d)
			}
		}
	} else if _, err := fmt.Sscanf(act, "第 %d 步", &n); err != nil {
		return
	}
	p.p.ChooseStep(n)
	p.refresh()
	open()
}

func (p *demandsPage) resume(act string) {
	path, _ := p.d.Path()
	verbs := append(p.d.Verbs(), path.Verb)
	if at := slices.IndexFunc(verbs, func(v screen.DemandVerb) bool { return v.Say == act }); at >= 0 {
		p.act(verbs[at])
	}
}

func (p *signsPage) resume(act string) {
	d, _ := p.s.Detail()
	if at := slices.IndexFunc(d.Acts, func(v screen.SignVerb) bool { return v.Say == act }); at >= 0 {
		p.act(d.Acts[at])
	}
}

func (p *meetingPage) resume(string) { p.correct() }

func (l *listPage) resume(string) { l.a.happen(l.list.Current()) }
