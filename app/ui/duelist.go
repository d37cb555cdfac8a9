package ui

import (
	"cmp"
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// dueList is the to-do list of the desk: headings, two-line rows, a verb each.
type dueList struct {
	a      *App
	ledger *kit.Ledger
	rows   []dueRow
}

// dueRow is a heading or a duty.
type dueRow struct {
	head *kit.Heading
	duty screen.Duty
}

func newDueList(a *App) *dueList {
	l := &dueList{a: a}
	l.ledger = a.kit.Ledger([]kit.Col{
		{Width: 102, Cell: func(row int) kit.Cell {
			d := l.rows[row].duty
			return kit.Cell{Text: d.Mark.Say, Pill: true, State: stateOf(d.Mark.Tone)}
		}},
		{Width: 180, Flex: 1, Cell: func(row int) kit.Cell {
			d := l.rows[row].duty
			if a.large() {
				return kit.Cell{Text: cmp.Or(d.Brief, d.Title), Under: d.Note, Bold: true}
			}
			return kit.Cell{Text: d.Title, Under: d.Note}
		}},
		{Width: 78, Align: fyne.TextAlignTrailing, Cell: func(row int) kit.Cell {
			return kit.Cell{Text: l.rows[row].duty.Verb, Link: true}
		}},
	}, func() int { return len(l.rows) })
	l.ledger.Double, l.ledger.Headless, l.ledger.Idle = true, true, true
	l.ledger.Head = func(row int) (kit.Heading, bool) {
		if h := l.rows[row].head; h != nil {
			return *h, true
		}
		return kit.Heading{}, false
	}
	l.ledger.OnOpen = func(row int) { a.goDuty(l.rows[row].duty) }
	l.ledger.OnMenu = func(row int) []kit.MenuItem {
		d := l.rows[row].duty
		return []kit.MenuItem{{Text: d.Verb, Icon: kit.IconForward, Key: "Enter", Do: func() { a.goDuty(d) }},
			{Text: "不再提醒…", Icon: kit.IconHide, Key: "Delete", Do: func() { a.mute(d) }}}
	}
	l.ledger.OnKey = func(key string, row int) bool {
		if key != "Delete" || l.rows[row].head != nil {
			return false
		}
		a.mute(l.rows[row].duty)
		return true
	}
	l.ledger.Empty = kit.Empty(kit.IconDone, "没有要办的事", "到期的、逾期的都会自动排到这里。",
		a.kit.Button(kit.Normal, "记一次会议", kit.IconMeeting, func() { a.kit.Press("F2") }))
	return l
}

// fill shows the duties of the desk; 大字版 has no headings.
func (l *dueList) fill(groups []screen.DutyGroup) {
	l.rows = nil
	for _, g := range groups {
		if !l.a.large() {
			h := kit.Heading{Title: g.Span.String(), Note: strconv.Itoa(len(g.Duties)) + " 件"}
			if g.Span == screen.SpanLate {
				h.Color = kit.ColorOverdue
			}
			l.rows = append(l.rows, dueRow{head: &h})
		}
		for _, d := range g.Duties {
			l.rows = append(l.rows, dueRow{duty: d})
		}
	}
	l.ledger.Refresh()
}

// goDuty goes where a duty is done.
func (a *App) goDuty(d screen.Duty) {
	if d.Rule == "DRAFT" && d.ID == "" && (d.Kind == "member" || d.Kind == "demand") {
		a.quick(d.Kind, "") // a registration goes on where it was begun
		return
	}
	a.Go(placeOf(d))
}

// placeOf returns where a duty is done: in the form, or on the page with a face
// of its own that asks for the next step.
func placeOf(d screen.Duty) Place {
	switch {
	case d.Page == "sync" || d.Kind == "":
		return Place{Page: d.Page}
	case d.Rule == "MOVED":
		return Place{Page: d.Page, View: "bin"}
	case d.Act != "" && d.Kind != "meeting":
		return Place{Page: d.Page, Kind: d.Kind, ID: d.ID, Act: d.Act}
	case d.Kind == "dues":
		return Place{Page: "dues", Note: d.Path} // the month
	case !d.Left && (d.Kind == "pool" || d.Kind == "demand"):
		return Place{Page: d.Kind, ID: d.ID}
	}
	return Place{Page: d.Page, View: "form", Kind: d.Kind, ID: d.ID, Note: d.Path, Act: d.Act}
}

// large reports whether 大字版 is in use.
func (a *App) large() bool { return a.kit.Face() == kit.Large }
