package print

import (
	"image/color"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f19 is the desk sign of a post: 200 × 100 mm, two on an A4 sheet, front and
// back of a stand. Source: 党徽党旗条例7; unit practice (domain.md §5.4, §7.3 F19).
// The emblem is neither drawn nor shipped: its place stays empty or takes the
// user's picture.
func f19() Form {
	return Form{Code: "F19", Name: "党员示范岗桌牌", Kinds: []string{"post"}, Blank: true,
		Variants: []Variant{{"RED", "红底"}, {"WHITE", "白底"}},
		Source:   "《中国共产党党徽党旗条例》第七条；单位示范岗标牌通用式样",
		draw: func(d *draft) {
			d.numbered = func(*draft) {}
			d.each(page.Sheet{W: 210, H: 297, Left: 5 - bleed, Top: 10, Right: 5 - bleed, Bottom: 10}, d.deskSign)
		}}
}

// plate are the colours of a sign.
type plate struct{ ground, text, accent color.RGBA }

func plateOf(variant string) plate {
	red, gold := color.RGBA{156, 27, 30, 255}, color.RGBA{250, 222, 150, 255}
	if variant == "WHITE" {
		return plate{ground: page.White, text: page.Black, accent: color.RGBA{190, 20, 25, 255}}
	}
	return plate{ground: red, text: page.White, accent: gold}
}

func (d *draft) deskSign(p record.Record) {
	for _, y := range []float64{22, 170} {
		r := page.Rect{X: 5, Y: y, W: 200, H: 100}
		d.plate(r, d.variant)
		d.cropMarks(r, bleed+1)
		d.signText(p, r)
	}
}

const bleed = 3 // mm of ground over the edge that is cut

// plate draws the ground of a sign, over the edge that is cut, and a frame inside.
func (d *draft) plate(r page.Rect, variant string) {
	c := plateOf(variant)
	d.Page().Add(page.Box{Rect: r.Inset(-bleed), Fill: c.ground}, page.Box{Rect: r.Inset(3), Edge: c.accent, Width: 0.5})
}

// cropMarks draws the corners along which the sign is cut.
func (d *draft) cropMarks(r page.Rect, gap float64) {
	const length = 4
	for _, c := range []struct{ x, y, dx, dy float64 }{{r.X, r.Y, -1, -1}, {r.Right(), r.Y, 1, -1}, {r.X, r.Bottom(), -1, 1}, {r.Right(), r.Bottom(), 1, 1}} {
		for _, l := range []page.Line{
			{X1: c.x, Y1: c.y + c.dy*gap, X2: c.x, Y2: c.y + c.dy*(gap+length)},
			{X1: c.x + c.dx*gap, Y1: c.y, X2: c.x + c.dx*(gap+length), Y2: c.y},
		} {
			l.Width, l.Color, l.Stroke = 0.15, page.Black, page.Deco
			d.Page().Add(l)
		}
	}
}

// signText writes what a desk sign says: the place of the emblem top left, the
// title in the middle, post and name, one promise, the branch.
func (d *draft) signText(p record.Record, r page.Rect) {
	c := plateOf(d.variant)
	d.emblem(page.Rect{X: r.X + 10, Y: r.Y + 8, W: 26, H: 26})
	inner, width := r.X+14, r.W-28
	d.lineAt("党员示范岗", d.titleStyle(44), c.accent, page.Center, r.X+38, r.Y+9, r.W-76)
	d.Page().Add(page.Line{X1: inner, Y1: r.Y + 38, X2: inner + width, Y2: r.Y + 38, Width: 0.4, Color: c.accent, Stroke: page.Deco})
	post, name := d.hei(28), d.hei(30)
	post.Value, name.Value = true, true
	d.lineAt(d.text(p, "name"), post, c.text, page.Left, inner, r.Y+42, width*0.6)
	d.lineAt(d.text(d.member(p.Values["holder"]), "name"), name, c.text, page.Right, inner+width*0.62, r.Y+41.5, width*0.38)
	promise := ""
	if rows := p.Rows("promise"); len(rows) > 0 {
		promise = "承诺：" + d.cell(p, "promise", rows[0], "text")
	}
	s := d.song(20)
	s.Value = true
	d.linesAt(promise, s, c.text, inner, r.Y+62, width, 1)
	d.lineAt(d.branchOr(""), d.song(size4), c.text, page.Right, inner, r.Y+80, width)
}

// emblem leaves the empty place of the emblem, or fills it with the user's picture.
func (d *draft) emblem(r page.Rect) {
	if d.opt.Picture != nil {
		d.Page().Add(page.Picture{Rect: r, Image: d.opt.Picture})
	}
}

// lineAt writes one line, made smaller if it is too wide.
func (d *draft) lineAt(text string, s page.Style, c color.RGBA, align page.Align, x, y, width float64) {
	if text == "" {
		return
	}
	s.Color, s.Align = c, align
	if w := s.Width(text); w > width {
		s.Size *= width / w * 0.999
	}
	page.DrawLines(d.Page(), page.Lines([]page.Para{{{Text: text, Style: s}}}, width), x, y)
}

// linesAt writes a text in at most n lines, made smaller until it fits.
func (d *draft) linesAt(text string, s page.Style, c color.RGBA, x, y, width float64, n int) {
	if text == "" {
		return
	}
	s.Color = c
	height := s.Pace() * float64(n)
	for {
		lines := page.Lines(page.Text(s, text), width)
		if page.Height(lines) <= height+0.01 || s.Size < 4 {
			page.DrawLines(d.Page(), lines, x, y)
			return
		}
		s.Size *= 0.94
		s.Lead *= 0.94
	}
}
