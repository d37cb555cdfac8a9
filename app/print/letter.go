package print

import (
	"fmt"
	"strings"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// The grid of GB/T 9704-2012: 22 lines of 28 characters of 三号 in 156 × 225 mm.
const (
	gridLines, gridChars = 22, 28
	gridLine             = 225.0 / gridLines
	gridPitch            = (156.0 - gridChars*size3*page.MM) / (gridChars - 1) // 28 characters of 16 pt are wider than 156 mm: a little closer together
	gridCell             = size3*page.MM + gridPitch
)

// letter is an official document (公文).
type letter struct {
	title   string
	up      bool        // goes to a superior (上行文)
	sent    bool        // has a 主送机关
	to      string      // 主送机关, without the colon; a 请示 has exactly one
	body    []page.Para // d.grid paragraphs
	annex   []string    // 附件
	by      string      // 署名
	date    string
	contact string // 联系人及电话, in brackets under the date
	copies  string // 抄送
}

// grid is the style of body text.
func (d *draft) grid() page.Style {
	return page.Style{Face: d.faces.Fang, Size: size3, Lead: gridLine, Pitch: gridPitch, Align: page.Justify, First: 2, Color: page.Black}
}

// para fills a template as a paragraph of body text; 一、 stands in 黑体, （一） in 楷体.
func (d *draft) para(template string, values map[string]string) page.Para {
	s := d.grid()
	s.Face = d.body(template)[0].Style.Face
	return d.sentence(s, template, values)
}

// plain writes one line of body text that is not justified.
func (d *draft) plain(s page.Style, indent float64, text string) page.Para {
	s.Align, s.First = page.Left, indent
	return page.Para{{Text: text, Style: s}}
}

// writeLetter draws a document by GB/T 9704-2012.
func (d *draft) writeLetter(l letter) {
	d.numbered = letterNumbers
	if d.opt.RedHead {
		d.redHead(l.up)
	}
	top := d.titleStyle(size2)
	top.Lead = gridLine * 1.2
	for i := 0; i < 2 && (d.opt.RedHead || i == 0); i++ {
		d.Gap(gridLine)
	}
	for _, line := range titleLines(top, l.title, d.Sheet.Area().W) {
		d.Text(page.Para{{Text: line, Style: top}})
	}
	d.Gap(gridLine)
	if l.sent {
		d.Text(d.sentence(leftGrid(d.grid()), "{to:60}：", map[string]string{"to": l.to}))
	}
	for i, p := range l.body {
		d.keepSignature(p, i == len(l.body)-1, l)
		if headingLevel(p[0].Text) > 0 {
			d.Need(2 * gridLine) // no heading alone at the foot of a page
		}
		d.Text(p)
	}
	d.annexes(l.annex)
	d.subscribe(l)
	if l.copies != "" {
		d.colophon(l)
	}
}

func leftGrid(s page.Style) page.Style {
	s.Align, s.First = page.Left, 0
	return s
}

// titleLines breaks a title by meaning into lines of near length: before 关于,
// after 的 or 同志, never before 的 or inside 同志 (梯形或菱形).
func titleLines(s page.Style, title string, width float64) []string {
	if s.Width(title) <= width {
		return []string{title}
	}
	runes := []rune(title)
	n := 2
	for s.Width(title)/float64(n) > width {
		n++
	}
	target := len(runes) / n
	best, cost := target, 1<<30
	for i := 1; i < len(runes); i++ {
		before, rest := string(runes[:i]), string(runes[i:])
		if s.Width(before) > width || !mayBreakTitle(runes, i) {
			continue
		}
		c := (i - target) * (i - target)
		if !strings.HasPrefix(rest, "关于") && !strings.HasSuffix(before, "的") && !strings.HasSuffix(before, "同志") && !strings.HasSuffix(before, "·") {
			c += 40
		}
		if c < cost {
			best, cost = i, c
		}
	}
	if best <= 0 || best >= len(runes) {
		return []string{title}
	}
	return append([]string{string(runes[:best])}, titleLines(s, string(runes[best:]), width)...)
}

// mayBreakTitle reports whether a line of a title may end before character i.
func mayBreakTitle(runes []rune, i int) bool {
	latin := runes[i] < 0x80 && runes[i-1] < 0x80
	return !page.IsCloser(runes[i]) && !page.IsOpener(runes[i-1]) && runes[i] != '的' && string(runes[i-1:i+1]) != "同志" && !latin
}

// redHead draws 发文机关标志, 发文字号 and the red line: the mark's top edge 35 mm
// below the top of the type area, the line 4 mm below the number. To a superior the
// number stands one character from the left, 签发人 one from the right.
func (d *draft) redHead(up bool) {
	mark := d.titleStyle(40)
	mark.Color = page.Red
	text := d.branchOr("　　　　　　　　　") + "文件"
	width := d.Sheet.Area().W
	if w := mark.Width(text); w > width {
		mark.Size *= width / w
	}
	mark.Lead = mark.Em()
	d.Y = d.Sheet.Top + 35
	d.Text(page.Para{{Text: text, Style: mark}})
	d.Gap(2 * gridLine)
	number := d.grid()
	number.Align, number.First = page.Center, 0
	if up {
		number.Align, number.First = page.Left, 1
		label := d.grid()
		label.Align, label.First = page.Right, 0
		name := label
		name.Face, name.Value = d.faces.Kai, true
		d.TextIn(0, width-gridCell, page.Para{{Text: "签发人：", Style: label}, {Text: d.fill("signer"), Style: name, Min: 24}})
		d.Y -= gridLine
	}
	d.Text(d.sentence(number, "{no:50}", map[string]string{"no": d.fill("no")}))
	d.Gap(4 - (gridLine-number.Em())/2)
	d.Page().Add(page.Line{X1: d.Sheet.Left, Y1: d.Y, X2: d.Sheet.Left + width, Y2: d.Y, Width: 0.7, Color: page.Red, Stroke: page.Deco})
}

// keepSignature moves a break forward so that the signature never stands on a
// page without text (此页无正文 is not allowed).
func (d *draft) keepSignature(p page.Para, last bool, l letter) {
	if !last {
		return
	}
	lines := page.Lines([]page.Para{p}, d.Sheet.Area().W)
	after := 4.0 * gridLine // two free ones, 署名, date
	if len(l.annex) > 0 {
		after += float64(len(l.annex)+1) * gridLine
	}
	if l.contact != "" {
		after += gridLine
	}
	if l.copies != "" {
		after += colophonH
	}
	text := page.Height(lines)
	if text <= d.Room() && text+after > d.Room() && len(lines) <= gridLines/2 {
		d.Break()
	}
}

// annexes lists 附件 one line below the text, indented two characters.
func (d *draft) annexes(list []string) {
	if len(list) == 0 {
		return
	}
	d.Gap(gridLine)
	for i, a := range list {
		text := "　　　"
		if i == 0 {
			text = "附件："
		}
		if len(list) > 1 {
			text += fmt.Sprintf("%d．", i+1)
		}
		d.Text(d.plain(d.grid(), 2, text+a))
	}
}

// subscribe writes 署名 and date for a document with a seal: the date four
// characters from the right, the name centred over it, two lines free above for
// the seal.
func (d *draft) subscribe(l letter) {
	d.Need(4 * gridLine)
	d.Gap(2 * gridLine)
	s := leftGrid(d.grid())
	s.Value = true
	date := l.date
	if date == "" {
		date = dayBlank
	}
	width := d.Sheet.Area().W
	dw := s.Width(date)
	right := width - 4*gridCell
	by := l.by
	if by == "" {
		by = "（署名、盖章）"
	}
	if nw, edge := s.Width(by), width-2*gridCell; right-dw/2+nw/2 > edge { // too long for four: the date moves left with it
		right = edge - (nw-dw)/2
	}
	name := s
	if nw := name.Width(by); nw > width {
		name.Size *= width / nw
	}
	for _, x := range []struct {
		style page.Style
		text  string
	}{{name, by}, {s, date}} {
		w := x.style.Width(x.text)
		at := max(min(right-dw/2-w/2, width-w), 0)
		lines := page.Lines([]page.Para{{{Text: x.text, Style: x.style}}}, w+1)
		page.DrawLines(d.Page(), lines, d.Sheet.Left+at, d.Y)
		d.Y += gridLine
	}
	if l.contact != "" {
		d.Need(gridLine)
		d.Text(d.plain(d.grid(), 2, "（"+l.contact+"）"))
	}
}

// colophonH is the height of 版记 with what is left free above it.
const colophonH = 20

// colophon writes 版记 at the foot of the last page: 抄送, who printed it, when.
func (d *draft) colophon(l letter) {
	d.Need(colophonH)
	area := d.Sheet.Area()
	s := leftGrid(d.grid())
	s.Size, s.Lead, s.Pitch = size4, 8, 0
	y := area.Bottom() - 16
	d.Page().Add(page.Line{X1: area.X, Y1: y, X2: area.Right(), Y2: y, Width: 0.35, Color: page.Black, Stroke: page.Rule},
		page.Line{X1: area.X, Y1: y + 8, X2: area.Right(), Y2: y + 8, Width: 0.25, Color: page.Black, Stroke: page.Rule},
		page.Line{X1: area.X, Y1: y + 16, X2: area.Right(), Y2: y + 16, Width: 0.35, Color: page.Black, Stroke: page.Rule})
	em := s.Em()
	page.DrawLines(d.Page(), page.Lines([]page.Para{{{Text: "抄送：" + strings.TrimSuffix(l.copies, "。") + "。", Style: s}}}, area.W-2*em), area.X+em, y)
	page.DrawLines(d.Page(), page.Lines([]page.Para{{{Text: l.by, Style: s}}}, area.W-2*em), area.X+em, y+8)
	s.Align = page.Right
	page.DrawLines(d.Page(), page.Lines([]page.Para{{{Text: l.date + "印发", Style: s}}}, area.W-2*em), area.X+em, y+8)
	d.Y = area.Bottom()
}

// letterNumbers writes — 1 — 7 mm below the type area, one character from the
// outer edge: odd pages right, even pages left.
func letterNumbers(d *draft) {
	pages := d.Pages[d.began:]
	if len(pages) < 2 && !d.opt.RedHead {
		return
	}
	for i, p := range pages {
		s := d.song(size4)
		text := fmt.Sprintf("— %d —", i+1)
		w := s.Width(text)
		x := p.Area.Right() - s.Em() - w
		if i%2 == 1 {
			x = p.Area.X + s.Em()
		}
		lines := page.Lines([]page.Para{{{Text: text, Style: s}}}, w+1)
		scratch := &page.Page{}
		s.Lead = s.Em()
		// the top of the number stands 7 mm below the type area
		page.DrawLines(scratch, lines, x, p.Area.Bottom()+7-(lines[0].Pace-s.Em())/2-0.14*s.Em())
		p.Add(free(scratch.Items)...)
	}
}

// dayText is the day a document is dated: a value, or today.
func (d *draft) dayText(r record.Record) string {
	if d.opt.Blank || r.ID == "" && len(d.form.Kinds) > 0 && !d.form.Whole {
		return ""
	}
	return cnDate(d.in.Today().String())
}
