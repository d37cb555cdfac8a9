package ui

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// formPage is the form of one record of any kind, its history beside it.
type formPage struct {
	a     *App
	form  *screen.Form
	place Place

	head    *kit.PageHead
	unsaved *kit.Pill
	bands   *fyne.Container
	tabs    *kit.Tabs
	cards   []*formTab
	body    *fyne.Container // boxes of the tab chosen
	history *fyne.Container
	settle  func() // stops the settling that is due
	typing  string // path being typed in
	tab     int
}

// formTab is the boxes under one tab; they are made when it is first shown.
type formTab struct {
	boxes []*box
	body  fyne.CanvasObject
}

// pause is how long typing rests before it is parsed.
const pause = 400 * time.Millisecond

func newFormPage(a *App, p Place) (Page, error) {
	kind := p.Kind
	if kind == "" {
		kind = p.Page
	}
	form, err := screen.NewForm(a.Book(), kind, p.ID)
	if err != nil {
		return nil, err
	}
	f := &formPage{a: a, form: form, place: p, settle: func() {}}
	f.cards = make([]*formTab, len(form.Tabs()))
	return f, nil
}

// Content implements Page.
func (f *formPage) Content() fyne.CanvasObject {
	k := f.a.kit
	f.bands, f.body, f.history = kit.Column(8), kit.Stack(), kit.Stack()
	f.unsaved = kit.NewPill(kit.Due, "").With(kit.IconDraft)
	f.head = kit.NewPageHead("", "").Back(k, f.form.Kind.Page, f.a.Back).Alarm(f.unsaved)
	var tabs []kit.Tab
	for i, t := range f.form.Tabs() {
		tabs = append(tabs, kit.Tab{ID: strconv.Itoa(i), Label: t.Name})
	}
	f.tabs = k.Tabs(tabs, func(id string) { f.show(record.Int(id)) })
	f.tabs.SetCurrent(strconv.Itoa(f.tab))
	f.show(f.tab)
	f.refresh()
	card := kit.NewFlushCard("", kit.Column(0, f.tabs, kit.Grow(f.body)))
	if f.a.large() {
		return kit.Page(f.head, kit.Column(0, f.bands, kit.Grow(card)))
	}
	history := kit.NewCard("变更记录", f.history)
	return kit.Page(f.head, kit.Column(0, f.bands, kit.Grow(kit.Columns(14, []float32{0, 296}, card, history))))
}

// verbs are what can be done with the whole form.
func (f *formPage) verbs() []fyne.CanvasObject {
	k := f.a.kit
	if f.form.ReadOnly() != nil {
		if len(f.a.formsFor(f.form.Kind.Name, 1)) == 0 {
			return nil
		}
		return []fyne.CanvasObject{k.Button(kit.Primary, "打印", kit.IconPrint, f.print)}
	}
	out := []fyne.CanvasObject{k.Button(kit.Normal, "取消", "", f.a.Back)}
	if f.form.Kind.Name != "branch" && !f.a.large() {
		out = append(out, k.Button(kit.Normal, "保存并登记下一"+f.next(), f.nextIcon(), f.saveAndNext))
	}
	return append(out, k.Button(kit.Primary, "保存", kit.IconSave, func() { f.save(f.a.Back) }))
}

// next is what the next record is called: 位 for people, 条 for the rest.
func (f *formPage) next() string {
	if f.form.Kind.Name == "member" || f.form.Kind.Name == "pool" {
		return "位"
	}
	return "条"
}

func (f *formPage) nextIcon() kit.Icon {
	if f.next() == "位" {
		return kit.IconMemberAdd
	}
	return kit.IconAdd
}

// show makes the boxes of a tab when it is first shown.
func (f *formPage) show(tab int) {
	f.tab = tab
	if f.cards[tab] == nil {
		f.cards[tab] = f.build(f.form.Tabs()[tab])
	}
	f.body.Objects = []fyne.CanvasObject{f.cards[tab].body}
	f.body.Refresh()
	f.sync()
}

func (f *formPage) build(tab screen.Tab) *formTab {
	maker := &boxes{a: f.a, form: f.form, typed: f.typed}
	t := &formTab{}
	var rows []fyne.CanvasObject
	var beside fyne.CanvasObject
	room := labelRoom(tab.Fields)
	for _, field := range tab.Fields {
		b := maker.make(field.Name, field)
		b.row.LabelWidth(room)
		t.boxes = append(t.boxes, b)
		switch {
		case b.beside && !f.a.large():
			beside = b.row.Bare()
		case b.wide:
			rows = append(rows, kit.Across(b.row))
		default:
			rows = append(rows, b.row)
		}
		maker.sync(b, false)
	}
	form := kit.Form(18, rows...)
	if beside != nil {
		form = kit.Columns(16, []float32{0, photoWidth}, form, kit.Column(0, beside))
	}
	t.body = container.NewVScroll(kit.Pad(form, 14, 16, 14, 8))
	return t
}

// The labels of a form take what the longest of its tab needs, within bounds.
const leastLabel, mostLabel = 104, 172

func labelRoom(fields []record.Field) float32 {
	room := float32(leastLabel)
	for _, f := range fields {
		text := f.Label
		if n, ok := f.Type.(record.Number); ok && n.Unit != "" {
			text += "（" + n.Unit + "）"
		}
		room = max(room, float32(screen.HalfWidths(text))*7.6+14)
	}
	return min(room, mostLabel)
}

// typed takes a change of a box; "" means that rows changed.
func (f *formPage) typed(path, text string) {
	if path != "" {
		f.form.Type(path, text)
	}
	f.typing = path
	f.settle()
	f.settle = f.a.after(pause, f.settled)
	f.counts()
}

// settled parses after a pause and shows what follows.
func (f *formPage) settled() {
	f.form.Settle()
	f.sync()
	f.typing = ""
	f.refresh()
}

// sync shows what the form says in every box made so far.
func (f *formPage) takeOffer() {
	f.form.TakeOffer()
	f.sync()
	f.refresh()
}

func (f *formPage) sync() {
	maker := &boxes{a: f.a, form: f.form, typed: f.typed}
	for _, t := range f.cards {
		if t == nil {
			continue
		}
		for _, b := range t.boxes {
			maker.sync(b, b.path == f.typing)
		}
	}
	for i, t := range f.form.Tabs() {
		f.tabs.SetBadge(strconv.Itoa(i), t.Errors)
	}
}

// counts shows how many boxes differ from what is stored.
func (f *formPage) counts() {
	n := f.form.Changes()
	f.unsaved.Hidden = n == 0
	f.unsaved.Set(kit.Due, "有 "+strconv.Itoa(n)+" 处未保存")
	f.unsaved.With(kit.IconDraft).Refresh()
	f.head.Refresh()
}

// remake makes the boxes anew: as text where nothing may be typed any more, or to type
// in once the record was opened.
func (f *formPage) remake() {
	clear(f.cards)
	f.a.frame.put(f.a.place, f)
	f.Shown()
}

// amend opens a record of a closed year for this once.
func (f *formPage) amend() {
	f.form.Amend()
	f.remake()
}

// refresh shows title, verbs, bands and history.
func (f *formPage) refresh() {
	f.head.SetTitle(f.form.Title())
	note := "信息编辑"
	if f.form.ReadOnly() != nil {
		note = "信息"
	}
	f.head.SetNote(f.form.Kind.Label + note)
	f.head.Actions(f.verbs()...)
	f.counts()
	f.bands.Objects = f.notices()
	f.bands.Refresh()
	var events []screen.Event
	if !f.form.New() {
		var err error
		if events, err = f.a.Book().Events(f.form.Kind.Name, f.form.ID()); err != nil {
			f.a.Fail(err)
		}
	}
	f.history.Objects = []fyne.CanvasObject{timeline(f.form.Unsaved(), events)}
	f.history.Refresh()
}

// notices are the bands over the form: a draft to take up, changes that came in,
// findings about the record as a whole.
func (f *formPage) notices() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, b := range f.form.Standing() {
		out = append(out, f.a.standing(b, f.amend))
	}
	if d, ok := f.form.Offer(); ok {
		at := screen.ShortMoment(time.UnixMilli(d.At).In(f.a.cfg.Now().Location()), f.a.Book().Today())
		take := f.a.kit.Button(kit.Primary, "接着填", "", f.takeOffer)
		drop := f.a.kit.Button(kit.Normal, "不要了", "", func() { f.check(f.form.RefuseOffer()); f.refresh() })
		out = append(out, kit.NewBand(kit.Draft, "上次没有存完", at+" 填了 "+strconv.Itoa(len(d.Typed))+" 处，存在本机草稿里。", "").Right(take, drop))
	}
	for _, n := range f.form.News() {
		field, _ := f.form.Kind.Field(n.Path)
		mine := f.a.kit.Button(kit.Normal, "用我填的", "", func() { f.form.KeepMine(n.Path); f.refresh() })
		theirs := f.a.kit.Button(kit.Normal, "用对方的", "", func() { f.form.Untouched(n.Path); f.sync(); f.refresh() })
		by := n.By
		if by == "" {
			by = "另一台电脑"
		}
		out = append(out, kit.NewBand(kit.Conflict, by+"刚改了“"+field.Label+"”", "对方改成：“"+n.Text+"”。这里填的还在框里。", "").Right(mine, theirs))
	}
	for _, c := range f.form.Overall() {
		if c.Severity == record.Block {
			out = append(out, refusal(record.Refuse(c.Code, c.Say)))
			continue
		}
		out = append(out, kit.NewBand(kit.Due, "", c.Say, ""))
	}
	if len(out) > 0 {
		out = append(out, kit.Space())
	}
	return out
}

func (f *formPage) check(err error) {
	if err != nil {
		f.a.Fail(err)
	}
}
