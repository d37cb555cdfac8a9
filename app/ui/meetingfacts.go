package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// factsCard is 基本情况: sort, time, place, who chairs and records, and a link to
// what only this sort of meeting needs.
type factsCard struct {
	p               *meetingPage
	card            *kit.Card
	kind            *kit.Select
	day, from, to   *kit.Entry
	place           *kit.Entry
	chair, recorder *kit.Select
	members         map[string]string // name as offered → id
	special         *kit.Button
	write, read     *fyne.Container // boxes of a draft, text of a finalised meeting
	when            *kit.FormRow
}

// factLabel is the width of the labels in the card.
const factLabel = 34

func newFactsCard(p *meetingPage) *factsCard {
	f := &factsCard{p: p}
	k := p.a.kit
	f.kind = k.Select(p.m.Labels("kind"), "", func(label string) { p.m.SetKind(label); p.refresh() })
	f.day, f.from, f.to = k.Entry("11-20"), k.Entry("14:00"), k.Entry("15:20")
	for _, e := range []*kit.Entry{f.day, f.from, f.to} {
		e.OnChanged = func(string) { f.timed() }
		e.OnFocus = func(in bool) {
			if !in {
				f.showTimes()
			}
		}
	}
	f.place = k.Entry("")
	f.place.OnChanged = func(s string) { p.m.Type("place", s); p.m.Settle(); p.changed() }
	f.place.OnKey = func(key string) bool { return key == "↓" && f.offerPlaces() }
	names := f.names()
	f.chair = k.Select(names, "", func(s string) { f.person("chair", s) })
	f.recorder = k.Select(names, "", func(s string) { f.person("recorder", s) })
	f.special = k.Button(kit.Quiet, "", kit.IconEdit, f.openSpecial)
	places := k.Button(kit.Normal, "", kit.IconMenuDown, func() { f.offerPlaces() })
	row := func(label string, box fyne.CanvasObject) *kit.FormRow {
		return kit.NewFormRow(label, false, box).LabelWidth(factLabel)
	}
	f.when = row("时间", kit.Columns(8, []float32{80, 0, 0}, f.day, f.from, f.to))
	pair := kit.Columns(5, []float32{0, 30, 0}, kit.Yielding(f.chair), kit.NewSoft("记录"), kit.Yielding(f.recorder))
	f.write = kit.Column(5, row("类型", f.kind), f.when, row("地点", kit.Columns(0, []float32{0, 34}, f.place, places)), row("主持", pair))
	f.read = kit.Column(6)
	f.card = kit.NewFixedCard("基本情况", kit.Stack(f.write, f.read)).Actions(f.special)
	return f
}

func (f *factsCard) first() fyne.Focusable { return f.kind }

// names offers the members; one of two of the same name carries what tells them apart.
func (f *factsCard) names() []string {
	f.members = map[string]string{}
	var names []string
	for _, pick := range f.p.m.Picks("chair", "") {
		name := pick.Label
		if _, taken := f.members[name]; taken {
			name += "（" + pick.Note + "）"
		}
		f.members[name] = pick.ID
		names = append(names, name)
	}
	return names
}

func (f *factsCard) person(path, name string) {
	f.p.m.Type(path, f.members[name])
	f.p.m.Settle()
	f.p.changed()
}

func (f *factsCard) timed() {
	f.p.m.SetTimes(f.day.Text(), f.from.Text(), f.to.Text())
	f.p.changed()
	f.say()
}

// say marks a time that can't be read and says why.
func (f *factsCard) say() {
	said := ""
	for _, path := range []string{"start", "end"} {
		if c, bad := f.p.m.Complaint(path); bad && c.Severity == record.Block && said == "" {
			said = c.Say
		}
	}
	f.when.SetError(said)
	f.card.Refresh()
}

func (f *factsCard) offerPlaces() bool {
	var items []kit.MenuItem
	for _, place := range f.p.m.Places() {
		items = append(items, kit.MenuItem{Text: place, Do: func() { f.place.Type(place) }})
	}
	if len(items) == 0 {
		return false
	}
	f.p.a.kit.MenuUnder(f.place, items...)
	return true
}

func (f *factsCard) refresh() {
	m, off := f.p.m, f.p.m.Closed()
	f.kind.SetValue(m.KindLabel())
	f.showTimes()
	if f.place.Text() != m.Text("place") {
		f.place.SetText(m.Text("place"))
	}
	f.chair.SetValue(m.Name("chair"))
	f.recorder.SetValue(m.Name("recorder"))
	f.write.Hidden, f.read.Hidden = off, !off
	when := m.When()
	if f.p.a.large() {
		when = strings.Replace(when, " ", "\n", 1)
	}
	f.read.Objects = []fyne.CanvasObject{kit.Fact("类型", m.KindLabel()), kit.FactWith("时间", kit.NewPara(when)), kit.FactWith("地点", kit.NewPara(m.Text("place"))),
		kit.Fact("主持", m.Name("chair")), kit.Fact("记录", m.Name("recorder")), kit.Fact("编号", m.Text("serial"))}
	f.read.Refresh()
	f.special.Set(f.specialLabel(), map[bool]kit.Icon{true: kit.IconList, false: kit.IconEdit}[off])
}

// showTimes shows the boxes tidied: days of this year without the year.
func (f *factsCard) showTimes() {
	start, end := f.p.m.Record().Values["start"], f.p.m.Record().Values["end"]
	day, from, _ := strings.Cut(start, " ")
	_, to, _ := strings.Cut(end, " ")
	if _, bad := f.p.m.Complaint("start"); bad {
		return // what can't be read stays as typed
	}
	for _, b := range []struct {
		box  *kit.Entry
		text string
	}{{f.day, screen.ShortDay(day, f.p.a.Book().Today())}, {f.from, from}, {f.to, to}} {
		if b.box != f.p.a.kit.Focused() && b.box.Text() != b.text {
			b.box.SetText(b.text)
		}
	}
}

// specialLabel names what this sort of meeting needs besides.
func (f *factsCard) specialLabel() string {
	switch fields := f.p.m.Special(); {
	case len(fields) > 1:
		return fields[0].Label + "等"
	default:
		return "决议"
	}
}

// openSpecial shows the fields of this sort of meeting and the resolutions.
func (f *factsCard) openSpecial() {
	var rows []*box
	maker := &boxes{a: f.p.a, form: f.p.m.Form}
	maker.typed = func(path, text string) {
		if path != "" {
			f.p.m.Type(path, text)
		}
		f.p.m.Settle()
		for _, b := range rows {
			maker.sync(b, b.path == path)
		}
		f.p.changed()
	}
	body := kit.Column(6)
	for _, field := range f.p.m.Special() {
		b := maker.make(field.Name, field)
		rows = append(rows, b)
		maker.sync(b, false)
		body.Add(b.row)
	}
	note, word := "和会议一起保存", "填好了"
	if f.p.m.ReadOnly() != nil {
		note, word = "", "看好了"
	}
	var panel *kit.Modal
	done := f.p.a.kit.Button(kit.Primary, word, kit.IconCheck, func() { panel.Close() })
	panel = f.p.a.kit.Show(kit.Panel{Title: f.p.m.KindLabel() + "的专项内容和决议", Note: note, Width: kit.DialogMiddle,
		Body: body, Foot: kit.Row(8, kit.Space(), done), First: firstFocus(rows)})
}
