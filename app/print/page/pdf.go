package page

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"strconv"
	"time"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"

	"zhibu/app/print/face"
)

// Document is finished pages and the facts about them.
type Document struct {
	Pages  []*Page
	Title  string    // Chinese title shown by readers
	Author string    // the branch
	Date   time.Time // the day it was made; the only date inside
}

// WritePDF writes the document. The same document gives the same bytes.
//
// This file is the only one that may call gofpdf. Of it only pages, strings of
// glyph numbers, lines, rectangles, pictures and bookmarks are used. Its fonts are
// stand-ins: gofpdf knows two-byte characters only and parses a whole font for
// every document, so finish puts fonts cut to the document in their place.
func (d *Document) WritePDF(w io.Writer) error {
	if len(d.Pages) == 0 {
		return fmt.Errorf("print: a document without pages")
	}
	p := &pen{doc: d, used: map[*face.Font]*usage{}}
	if err := p.collect(); err != nil {
		return err
	}
	p.open()
	for _, page := range d.Pages {
		p.page(page)
	}
	var out bytes.Buffer
	if err := p.pdf.Output(&out); err != nil {
		return fmt.Errorf("print: write pdf: %w", err)
	}
	finished, err := finish(out.Bytes(), p.fonts)
	if err != nil {
		return err
	}
	_, err = w.Write(finished)
	return err
}

// usage is what a document uses of one font. Code i+1 is the i-th character: text
// is written in codes, and they are the glyph numbers of the cut font.
type usage struct {
	font   *face.Font
	code   map[rune]uint16
	runes  []rune
	glyphs []uint16
	family string // stand-in in gofpdf
	style  string
}

func (u *usage) add(r rune) {
	if _, ok := u.code[r]; ok || len(u.runes) >= 0xff00 {
		return
	}
	u.runes, u.glyphs = append(u.runes, r), append(u.glyphs, Draw(u.font, r))
	u.code[r] = uint16(len(u.runes))
}

// standIns are fonts that gofpdf writes without a font file.
var standIns = [...][3]string{{"helvetica", "", "Helvetica"}, {"helvetica", "B", "Helvetica-Bold"}, {"helvetica", "I", "Helvetica-Oblique"}, {"helvetica", "BI", "Helvetica-BoldOblique"},
	{"times", "", "Times-Roman"}, {"times", "B", "Times-Bold"}, {"times", "I", "Times-Italic"}, {"times", "BI", "Times-BoldItalic"},
	{"courier", "", "Courier"}, {"courier", "B", "Courier-Bold"}, {"courier", "I", "Courier-Oblique"}, {"courier", "BI", "Courier-BoldOblique"}}

// pen replays a display list into gofpdf.
type pen struct {
	doc   *Document
	pdf   *gofpdf.Fpdf
	fonts []*usage
	used  map[*face.Font]*usage

	font  *face.Font
	size  float64
	space float64
	ink   color.RGBA
	edge  color.RGBA
	width float64
	dash  float64
	ends  string
	shots int
}

// collect finds every font and character of the document.
func (p *pen) collect() error {
	for _, page := range p.doc.Pages {
		for _, item := range page.Items {
			run, ok := item.(Run)
			if !ok {
				continue
			}
			u := p.used[run.Font]
			if u == nil {
				if len(p.fonts) == len(standIns) {
					return fmt.Errorf("print: more than %d fonts in one document", len(standIns))
				}
				s := standIns[len(p.fonts)]
				u = &usage{font: run.Font, code: map[rune]uint16{}, family: s[0], style: s[1]}
				p.used[run.Font], p.fonts = u, append(p.fonts, u)
			}
			for _, r := range run.Text {
				u.add(r)
			}
		}
	}
	return nil
}

func (p *pen) open() {
	first := p.doc.Pages[0]
	p.pdf = gofpdf.NewCustom(&gofpdf.InitType{OrientationStr: "P", UnitStr: "mm", Size: gofpdf.SizeType{Wd: first.W, Ht: first.H}})
	p.pdf.SetAutoPageBreak(false, 0)
	p.pdf.SetMargins(0, 0, 0)
	p.pdf.SetCatalogSort(true)
	p.pdf.SetCompression(false) // finish compresses with one writer for all streams
	p.pdf.SetCreationDate(p.doc.Date)
	p.pdf.SetModificationDate(p.doc.Date)
	p.pdf.SetProducer("", false)
	p.pdf.SetTitle(utf16Text(p.doc.Title), false)
	p.pdf.SetAuthor(utf16Text(p.doc.Author), false)
}

// utf16Text is a text string of PDF: UTF-16, high byte first, with its mark.
func utf16Text(s string) string {
	out := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return string(out)
}

func (p *pen) page(page *Page) {
	p.pdf.AddPageFormat("P", gofpdf.SizeType{Wd: page.W, Ht: page.H})
	p.font, p.space, p.ink, p.edge, p.width, p.dash, p.ends = nil, 0, color.RGBA{}, color.RGBA{}, 0, 0, ""
	if t := page.Trim; t != nil {
		p.pdf.SetPageBox("trim", t.X, t.Y, t.W, t.H)
		p.pdf.SetPageBox("bleed", page.Area.X, page.Area.Y, page.Area.W, page.Area.H)
	}
	for _, item := range page.Items {
		switch it := item.(type) {
		case Run:
			p.run(it)
		case Line:
			p.line(it)
		case Box:
			p.box(it)
		case Picture:
			p.picture(it)
		case Mark:
			// gofpdf measures bookmarks of every page from the height of the last one
			last := p.doc.Pages[len(p.doc.Pages)-1].H
			p.pdf.Bookmark(utf16Text(it.Title), it.Level, last-page.H+it.Y)
		}
	}
}

func (p *pen) run(r Run) {
	u := p.used[r.Font]
	if p.font != r.Font || p.size != r.Size {
		p.pdf.SetFont(u.family, u.style, r.Size)
		p.font, p.size = r.Font, r.Size
	}
	if r.Space != p.space {
		p.pdf.RawWriteStr(strconv.FormatFloat(r.Space/MM, 'f', 4, 64) + " Tc")
		p.space = r.Space
	}
	p.paint(r.Color)
	text := make([]byte, 0, 2*len(r.Text))
	for _, ch := range r.Text {
		text = append(text, byte(u.code[ch]>>8), byte(u.code[ch]))
	}
	p.pdf.Text(r.X, r.Y, string(text))
}

func (p *pen) paint(c color.RGBA) {
	if c != p.ink {
		p.pdf.SetFillColor(int(c.R), int(c.G), int(c.B))
		p.pdf.SetTextColor(int(c.R), int(c.G), int(c.B))
		p.ink = c
	}
}

func (p *pen) line(l Line) {
	ends := "butt"
	if l.Stroke == Rule {
		ends = "square" // corners of tables are whole
	}
	if ends != p.ends {
		p.pdf.SetLineCapStyle(ends)
		p.ends = ends
	}
	p.stroke(l.Color, l.Width, l.Dash)
	p.pdf.Line(l.X1, l.Y1, l.X2, l.Y2)
}

func (p *pen) stroke(c color.RGBA, width, dash float64) {
	if c != p.edge {
		p.pdf.SetDrawColor(int(c.R), int(c.G), int(c.B))
		p.edge = c
	}
	if width != p.width {
		p.pdf.SetLineWidth(width)
		p.width = width
	}
	if dash != p.dash {
		var pattern []float64
		if dash > 0 {
			pattern = []float64{dash, dash}
		}
		p.pdf.SetDashPattern(pattern, 0)
		p.dash = dash
	}
}

func (p *pen) box(b Box) {
	style := ""
	if b.Fill.A > 0 {
		p.paint(b.Fill)
		style = "F"
	}
	if b.Width > 0 {
		p.stroke(b.Edge, b.Width, 0)
		style += "D"
	}
	if style != "" {
		p.pdf.Rect(b.X, b.Y, b.W, b.H, style)
	}
}

// picture hands the image over as an opaque eight-bit PNG, the only kind that is
// always understood.
func (p *pen) picture(x Picture) {
	size := x.Image.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, size.Dx(), size.Dy()))
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), x.Image, size.Min, draw.Over)
	var b bytes.Buffer
	if err := png.Encode(&b, flat); err != nil {
		p.pdf.SetError(fmt.Errorf("print: picture: %w", err))
		return
	}
	p.shots++
	name := fmt.Sprintf("p%03d", p.shots)
	p.pdf.RegisterImageOptionsReader(name, gofpdf.ImageOptions{ImageType: "png"}, &b)
	p.pdf.ImageOptions(name, x.X, x.Y, x.W, x.H, false, gofpdf.ImageOptions{}, 0, "")
}
