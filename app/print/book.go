package print

import (
	"fmt"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// book is 年度一本账: the year of a branch as one volume — cover, contents, roster,
// meetings in order, dues, pool, appraisal, demands, posts — with bookmarks and
// running page numbers. Source: ours; its parts are the forms named by it.
func book() Form {
	return Form{Code: "BOOK", Name: "年度一本账", Whole: true, Yearly: true, Ordered: true, Source: "由本程序各表编成；没有空白的，要空白表请打各张表", draw: func(d *draft) { d.volume() }}
}

// chapter is one part of the book.
type chapter struct {
	title   string
	code    string // form
	variant string
	ids     []string // records, one entry in the contents each
	kind    string
}

// entry is one line of the contents.
type entry struct {
	level int
	title string
	page  int // counted from 1 behind cover and contents
}

func (d *draft) chapters() []chapter {
	var meetings []string
	for _, m := range d.meetingsOf() {
		meetings = append(meetings, m.ID)
	}
	return []chapter{
		{title: "党员花名册", code: "F15"},
		{title: "三会一课年度情况", code: "F22", variant: "YEAR"},
		{title: "会议记录", code: "F01", kind: "meeting", ids: meetings},
		{title: "民主评议党员", code: "F14", variant: "SUMMARY"},
		{title: "党费收缴", code: "F16", variant: "YEAR"},
		{title: "党费汇总", code: "F16", variant: "SUMMARY"},
		{title: "发展党员", code: "LIST", variant: "pool"},
		{title: "学习培训", code: "LIST", variant: "training"},
		{title: "表彰奖励", code: "LIST", variant: "honour"},
		{title: "诉求办理", code: "LIST", variant: "demand"},
		{title: "党员示范岗", code: "LIST", variant: "post"},
		{title: "党员责任区", code: "LIST", variant: "zone"},
		{title: "党支部统计页", code: "F22", variant: "STATS"},
	}
}

// volume assembles the book.
func (d *draft) volume() {
	d.title = fmt.Sprintf("%d年度一本账", d.opt.Year)
	d.numbered = func(*draft) {}
	var body []*page.Page
	var entries []entry
	chapters := d.chapters()
	for i, c := range chapters {
		if d.opt.Progress != nil && !d.opt.Progress(i, len(chapters)) {
			d.stopped = true
			return
		}
		entries = append(entries, entry{0, ordinal(i+1) + "、" + c.title, len(body) + 1})
		pages, sub := d.chapter(c, len(body))
		if len(pages) > 0 {
			pages[0].Items = append([]page.Item{page.Mark{Title: c.title}}, pages[0].Items...)
		}
		body, entries = append(body, pages...), append(entries, sub...)
	}
	d.paper(page.Portrait)
	d.bookCover()
	d.contents(entries)
	for i, p := range body {
		d.foot(p, fmt.Sprintf("— %d —", i+1), page.Center)
	}
	d.Pages = append(d.Pages, body...)
}

// chapter draws one part by its form; the records of a part get an entry and a
// bookmark each.
func (d *draft) chapter(c chapter, before int) ([]*page.Page, []entry) {
	form, _ := FormOf(c.code)
	var entries []entry
	var pages []*page.Page
	draw := func(records []record.Record) {
		sub := &draft{form: form, variant: c.variant, opt: d.opt, faces: d.faces, in: d.in, records: records, profile: d.profile, seen: d.seen, inBook: true}
		sub.opt.Progress, sub.title = nil, c.title
		if sub.variant == "" && len(form.Variants) > 0 {
			sub.variant = form.Variants[0].ID
		}
		form.draw(sub)
		pages = append(pages, sub.Pages...)
		d.complaints, d.told, d.unknown = append(d.complaints, sub.complaints...), append(d.told, sub.told...), append(d.unknown, sub.unknown...)
	}
	if c.kind == "" {
		draw(nil)
		return pages, nil
	}
	for _, id := range c.ids {
		r, ok := d.in.Get(c.kind, id)
		if !ok {
			continue
		}
		first := len(pages)
		draw([]record.Record{r})
		title := d.bookEntry(r)
		pages[first].Items = append([]page.Item{page.Mark{Title: title, Level: 1}}, pages[first].Items...)
		entries = append(entries, entry{1, title, before + first + 1})
	}
	if len(pages) == 0 { // a part without records says so
		sub := &draft{form: form, opt: d.opt, faces: d.faces, in: d.in, profile: d.profile, seen: d.seen, inBook: true}
		sub.paper(page.Portrait)
		sub.heading(c.title)
		sub.Text(page.Para{{Text: "本年度没有记录。", Style: d.song(size4s)}})
		pages = sub.Pages
	}
	return pages, entries
}

// bookEntry names a meeting in the contents.
func (d *draft) bookEntry(m record.Record) string {
	day := dayOf(m.Values["start"])
	text := fmt.Sprintf("%d月%d日　%s", day.Month, day.Day, d.shown(m, "kind", m.Values["kind"], false))
	if serial := m.Values["serial"]; serial != "" {
		text += "（" + serial + "）"
	}
	return text
}

func (d *draft) bookCover() {
	d.Gap(60)
	big := d.titleStyle(42)
	d.Text(page.Para{{Text: "年度一本账", Style: big}})
	d.Gap(10)
	year := d.titleStyle(28)
	d.Text(page.Para{{Text: fmt.Sprintf("（%d年）", d.opt.Year), Style: year}})
	d.Gap(80)
	s := d.hei(size3)
	s.Align = page.Center
	s.Lead = 12
	d.Text(page.Para{{Text: d.branchOr(""), Style: s}})
	d.Text(page.Para{{Text: cnDate(d.in.Today().String()), Style: s}})
}

// contents writes the table of contents, page numbers at the right behind dots.
func (d *draft) contents(entries []entry) {
	d.Break()
	d.Text(page.Para{{Text: "目　　录", Style: d.titleStyle(size2)}})
	d.Gap(6)
	width := d.Sheet.Area().W
	for _, e := range entries {
		s := d.song(size4s)
		s.Lead = 8.6
		indent := 8.0 * float64(e.level)
		if e.level == 0 {
			s.Face = d.faces.Hei
		}
		number := fmt.Sprint(e.page)
		d.Need(s.Lead)
		room := width - indent - 14
		for s.Width(e.title) > room {
			s.Size *= 0.95
		}
		page.DrawLines(d.Page(), page.Lines([]page.Para{{{Text: e.title, Style: s}}}, room), d.Sheet.Left+indent, d.Y)
		from := d.Sheet.Left + indent + s.Width(e.title) + 2
		y := d.Y + s.Lead/2 + 0.3*s.Em()
		d.Page().Add(page.Line{X1: from, Y1: y, X2: d.Sheet.Left + width - 13, Y2: y, Width: 0.25, Dash: 0.8, Color: page.Grey, Stroke: page.Deco})
		right := d.song(size4s)
		right.Align, right.Lead = page.Right, s.Lead
		page.DrawLines(d.Page(), page.Lines([]page.Para{{{Text: number, Style: right}}}, 12), d.Sheet.Left+width-12, d.Y)
		d.Y += s.Lead
	}
}

// yearOf reports whether a record belongs to the form's year by its date.
func (d *draft) yearOf(r record.Record) bool {
	for _, path := range []string{"date", "raised_at", "start"} {
		if day := dayOf(r.Values[path]); !day.IsZero() {
			return day.Year == d.opt.Year
		}
	}
	return true
}

// poolGone reports whether a person of the pool left it before the year.
func poolGone(p record.Record, year int) bool {
	out := record.ReadDate(p.Values["exit_date"])
	full := record.ReadDate(p.Values["effective_full_date"])
	return p.Kind == "pool" && (!out.IsZero() && out.Year < year || p.Values["stage"] == branch.FullMember && !full.IsZero() && full.Year < year)
}
