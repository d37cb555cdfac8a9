package print

import (
	"fmt"
	"strconv"

	"zhibu/app/print/page"
)

// restPages prints what fixed cells could not hold, on numbered continuation pages.
func (d *draft) restPages() {
	rest := d.Overflow()
	if len(rest) == 0 {
		return
	}
	d.Break()
	first := len(d.Pages) - 1
	d.Text(page.Para{{Text: d.form.Name + "续页", Style: d.titleStyle(16)}})
	d.Gap(4)
	for _, r := range rest {
		d.Need(20)
		d.Text(page.Para{{Text: fmt.Sprintf("续页 %d　%s", r.No, r.Label), Style: d.hei(11)}})
		for _, p := range r.Paras {
			if len(p) == 0 { // an empty line
				d.Gap(3)
				continue
			}
			p[0].Style.Align, p[0].Style.First = page.Justify, 2
			d.Text(p)
		}
		d.Gap(3)
	}
	for _, p := range d.Pages[first:] {
		p.Plain = true
	}
}

// number writes page numbers under the pages drawn since the last call.
func (d *draft) number() {
	if d.inBook {
		return
	}
	if d.numbered != nil {
		d.numbered(d)
		return
	}
	pages := d.Pages[d.began:]
	for i, p := range pages {
		d.foot(p, fmt.Sprintf("第 %d 页　共 %d 页", i+1, len(pages)), page.Center)
	}
}

// foot writes a line into the bottom margin.
func (d *draft) foot(p *page.Page, text string, align page.Align) {
	s := d.song(9)
	s.Align = align
	lines := page.Lines([]page.Para{{{Text: text, Style: s}}}, p.Area.W)
	scratch := &page.Page{}
	page.DrawLines(scratch, lines, p.Area.X, p.Area.Bottom()+5)
	p.Add(free(scratch.Items)...)
}

// free marks runs as standing outside the type area on purpose.
func free(items []page.Item) []page.Item {
	for i, item := range items {
		if run, ok := item.(page.Run); ok {
			run.Free = true
			items[i] = run
		}
	}
	return items
}

// finish adds what every document gets in the end.
func (d *draft) finish() {
	if d.began < len(d.Pages) {
		d.number()
	}
	if d.opt.Prints > 0 {
		for _, p := range d.Pages {
			s := d.song(9)
			s.Align = page.Right
			scratch := &page.Page{}
			lines := page.Lines([]page.Para{{{Text: "补打第 " + strconv.Itoa(d.opt.Prints) + " 次", Style: s}}}, p.Area.W)
			page.DrawLines(scratch, lines, p.Area.X, max(p.Area.Y-7, 2))
			p.Add(free(scratch.Items)...)
		}
	}
	if d.opt.Overlay != nil {
		for _, p := range d.Pages {
			if !p.Plain {
				p.Items = overlay(p.Items, *d.opt.Overlay)
			}
		}
	}
}
