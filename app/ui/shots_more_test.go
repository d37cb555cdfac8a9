package ui

import (
	"os"
	"path/filepath"

	"zhibu/app/screen"
)

// newest returns the newest meeting of a kind and state.
func (w *window) newest(kind, state string) string {
	m, err := screen.NewMeetings(w.Book())
	if err != nil {
		panic(err) // the sample holds them: a picture without it is no picture
	}
	m.Filter(kind, state)
	return m.Rows()[0].ID
}

// morePictures are those of meetings, printing, finding, importing.
func morePictures() []picture {
	at := func(p Place) func(*window) { return func(w *window) { w.Go(p) } }
	meeting := func(view, state, note string) func(*window) {
		return func(w *window) {
			w.Go(Place{Page: "meeting", View: view, Kind: "meeting", ID: w.newest("支部党员大会", state), Note: note})
		}
	}
	return []picture{
		{name: "meetings", reach: at(Place{Page: "meeting"})},
		{name: "meetings-calendar", reach: func(w *window) {
			w.Go(Place{Page: "meeting"})
			w.page.(*meetingsPage).view.Choose(asCalendar)
		}},
		{name: "e-meeting-editor", reach: meeting("form", "草稿", "")},
		{name: "e-meeting-final", reach: meeting("form", "已定稿", "")},
		{name: "e-meeting-ask", reach: func(w *window) {
			meeting("form", "草稿", "")(w)
			w.page.(*meetingPage).finalise()
		}},
		{name: "e-meeting-vote", reach: func(w *window) {
			meeting("form", "草稿", "")(w)
			votes := w.page.(*meetingPage).votes
			votes.open(votes.lines[0].row)
		}},
		{name: "f-print-preview", reach: meeting("print", "草稿", "F01")},
		{name: "p-finder", reach: func(w *window) { w.openFinder("lw") }},
		{name: "print-centre", reach: at(Place{Page: "print"})},
		{name: "excel", reach: at(Place{Page: "excel"})},
		{name: "k-excel-import-1", reach: at(Place{Page: "excel", View: "import", Kind: "member"})},
		{name: "k-excel-import", reach: importRoster},
		{name: "d-development", reach: at(Place{Page: "pool"})},
		{name: "l-fee-month", reach: func(w *window) {
			w.Go(Place{Page: "dues"})
			p := w.page.(*duesPage)
			for row := range 3 {
				p.sheet.Tick(row, true)
			}
			p.redraw()
		}},
		{name: "g-posts", reach: at(Place{Page: "post"})},
		{name: "g-evaluate", reach: func(w *window) {
			w.Go(Place{Page: "post"})
			w.page.(*signsPage).evaluate()
		}},
		{name: "m-demands", reach: at(Place{Page: "demand"})},
		{name: "n-statistics", reach: at(Place{Page: "stats"})},
		{name: "n-members", reach: func(w *window) {
			w.Go(Place{Page: "stats"})
			p := w.page.(*statsPage)
			p.s.Show("党员")
			p.refresh()
		}},
		{name: "dossiers", reach: at(Place{Page: "dossier"})},
		{name: "services", reach: at(Place{Page: "service"})},
		{name: "help", reach: func(w *window) { w.Go(Place{Page: "pool"}); w.help() }},
		{name: "learning", reach: at(Place{Page: "training"})},
		{name: "d-step", reach: func(w *window) {
			w.Go(Place{Page: "pool"})
			w.page.(*poolPage).do()
		}},
	}
}

// importRoster brings the wizard to the problems of a nasty roster.
func importRoster(w *window) {
	w.Go(Place{Page: "excel", View: "import", Kind: "member"})
	path := filepath.Join("..", "sheet", "testdata", "samples", "01_街道名册_合并标题双行表头.xlsx")
	if _, err := os.Stat(path); err != nil {
		panic(err)
	}
	p := w.page.(*importPage)
	p.take(path)
	p.next()
}
