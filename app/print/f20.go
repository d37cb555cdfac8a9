package print

import (
	"image/color"
	"strings"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f20 is the board of a zone: full size with bleed and crop marks for a print
// shop, or a proof on A3 or A4. Source: unit practice [S36] (domain.md §5.4, §7.3
// F20). The place of the emblem stays empty or takes the user's picture.
func f20() Form {
	return Form{Code: "F20", Name: "党员责任区标牌", Kinds: []string{"zone"}, Blank: true,
		Variants: []Variant{{"A4", "A4 样张"}, {"A3", "A3 样张"}, {"600X400", "600×400 毫米成品"}, {"800X600", "800×600 毫米成品"}},
		Source:   "单位党员责任区标牌通用式样",
		draw: func(d *draft) {
			d.numbered = func(*draft) {}
			b := boardOf(d.variant)
			d.each(page.Sheet{W: b.paperW, H: b.paperH}, func(z record.Record) { d.board(z, b) })
		}}
}

// board is the size of the product and of the paper it is printed on, in mm.
type board struct{ w, h, paperW, paperH float64 }

func boardOf(variant string) board {
	switch variant {
	case "A3":
		return board{390, 260, 420, 297}
	case "600X400":
		return board{600, 400, 630, 430}
	case "800X600":
		return board{800, 600, 830, 630}
	}
	return board{270, 180, 297, 210}
}

// board draws one board in the middle of its paper, scaled from 600 × 400.
func (d *draft) board(z record.Record, b board) {
	r := page.Rect{X: (b.paperW - b.w) / 2, Y: (b.paperH - b.h) / 2, W: b.w, H: b.h}
	p := d.Page()
	p.Area = r.Inset(-bleed)
	p.Trim = &r
	red, gold := color.RGBA{156, 27, 30, 255}, color.RGBA{250, 222, 150, 255}
	p.Add(page.Box{Rect: p.Area, Fill: red})
	d.cropMarks(r, bleed+1)
	k := b.w / 600 // everything below is measured on the 600 mm board
	mm := func(v float64) float64 { return v * k }
	p.Add(page.Box{Rect: r.Inset(mm(14)), Edge: gold, Width: mm(1.5)})
	d.emblem(page.Rect{X: r.X + mm(40), Y: r.Y + mm(34), W: mm(60), H: mm(60)})
	d.lineAt("党员责任区", d.titleStyle(120*k), gold, page.Center, r.X+mm(110), r.Y+mm(26), r.W-mm(220))
	white := page.White
	name := d.hei(64 * k)
	name.Value = true
	d.lineAt(d.text(z, "name"), name, white, page.Center, r.X+mm(40), r.Y+mm(92), r.W-mm(80))
	p.Add(page.Line{X1: r.X + mm(40), Y1: r.Y + mm(134), X2: r.Right() - mm(40), Y2: r.Y + mm(134), Width: mm(1), Color: gold, Stroke: page.Deco})
	rows := [][2]string{{"责任人", d.text(d.member(z.Values["holder"]), "name")}, {"成员", d.memberNames(z)}, {"范围", d.text(z, "scope")}, {"职责", flat(d.text(z, "duties"))}}
	y := r.Y + mm(142)
	for i, row := range rows {
		n := []int{1, 1, 1, 4}[i]
		label, text := d.hei(40*k), d.song(40*k)
		text.Value = true
		text.Lead = text.Em() * 1.45
		d.lineAt(row[0], four(label, row[0]), gold, page.Left, r.X+mm(44), y, mm(90))
		d.linesAt(row[1], text, white, r.X+mm(136), y, r.W-mm(180), n)
		y += float64(n)*text.Lead + mm(7)
	}
	d.lineAt(d.branchOr(""), d.song(32*k), white, page.Right, r.X+mm(44), r.Bottom()-mm(44), r.W-mm(88))
}

// memberNames lists the zone's members without their duties.
func (d *draft) memberNames(z record.Record) string {
	var out []string
	for _, r := range z.Rows("members") {
		if name := d.text(d.member(r.ID), "name"); name != "" {
			out = append(out, name)
		}
	}
	return strings.Join(out, "　")
}

// flat joins the lines of a text.
func flat(s string) string { return strings.ReplaceAll(s, "\n", "") }
