package page

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"sort"
	"strconv"
	"strings"
	"time"

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

// WritePDF writes the document. The same document gives the same bytes. This file
// is the only one that may call gofpdf: of it only pages, glyph strings, lines,
// rectangles, pictures and bookmarks are used, never its text layout.
func (d *Document) WritePDF(w io.Writer) error {
	if len(d.Pages) == 0 {
		return fmt.Errorf("print: a document without pages")
	}
	p := &pen{doc: d, codes: map[*face.Font]*codes{}, families: map[*face.Font]string{}}
	p.collect()
	p.open()
	for i, page := range d.Pages {
		p.page(i, page)
	}
	var out bytes.Buffer
	if err := p.pdf.Output(&out); err != nil {
		return fmt.Errorf("print: write pdf: %w", err)
	}
	finished, err := finish(out.Bytes(), p.fonts, p.codes, p.families)
	if err != nil {
		return err
	}
	_, err = w.Write(finished)
	return err
}

// codes gives every character of one font its code in the document's text: its
// own in the basic plane, a private one beyond it (gofpdf knows two bytes only).
type codes struct {
	code  map[rune]uint16
	uses  []face.Use
	spare uint16
}

const firstPrivate, lastPrivate = 0xE000, 0xF8FF

func (c *codes) add(f *face.Font, r rune) {
	if _, ok := c.code[r]; ok {
		return
	}
	code := uint16(0)
	if private := r >= firstPrivate && r <= lastPrivate; r > 0x20 && r < 0xFFFE && !private && f.Glyph(r) != 0 {
		code = uint16(r)
	} else if c.spare <= lastPrivate {
		code = c.spare
		c.spare++
	}
	c.code[r] = code
	c.uses = append(c.uses, face.Use{Code: code, Glyph: Draw(f, r)})
}

// pen replays a display list into gofpdf.
type pen struct {
	doc      *Document
	pdf      *gofpdf.Fpdf
	fonts    []*face.Font
	codes    map[*face.Font]*codes
	families map[*face.Font]string

	font  *face.Font
	size  float64
	space float64
	ink   color.RGBA
	edge  color.RGBA
	width float64
	dash  float64
	shots int
}

// collect finds every font and character of the document.
func (p *pen) collect() {
	for _, page := range p.doc.Pages {
		for _, item := range page.Items {
			run, ok := item.(Run)
			if !ok {
				continue
			}
			c := p.codes[run.Font]
			if c == nil {
				c = &codes{code: map[rune]uint16{}, spare: firstPrivate}
				p.codes[run.Font] = c
				p.families[run.Font] = fmt.Sprintf("f%02d", len(p.fonts))
				p.fonts = append(p.fonts, run.Font)
			}
			for _, r := range run.Text {
				c.add(run.Font, r)
			}
		}
	}
}

func (p *pen) open() {
	first := p.doc.Pages[0]
	p.pdf = gofpdf.NewCustom(&gofpdf.InitType{OrientationStr: "P", UnitStr: "mm", Size: gofpdf.SizeType{Wd: first.W, Ht: first.H}})
	p.pdf.SetAutoPageBreak(false, 0)
	p.pdf.SetMargins(0, 0, 0)
	p.pdf.SetCatalogSort(true)
	p.pdf.SetCreationDate(p.doc.Date)
	p.pdf.SetModificationDate(p.doc.Date)
	p.pdf.SetProducer("", false)
	p.pdf.SetTitle(surrogates(p.doc.Title), true)
	p.pdf.SetAuthor(surrogates(p.doc.Author), true)
	for _, f := range p.fonts {
		p.pdf.AddUTF8FontFromBytes(p.families[f], "", f.Cut(p.codes[f].uses))
	}
	p.pdf.SetLineCapStyle("square")
}

// surrogates spells characters above U+FFFF as two three-byte halves, which
// gofpdf turns into right UTF-16.
func surrogates(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x10000 {
			b.WriteRune(r)
			continue
		}
		for _, half := range []rune{0xD800 + (r-0x10000)>>10, 0xDC00 + (r-0x10000)&0x3FF} {
			b.Write([]byte{0xE0 | byte(half>>12), 0x80 | byte(half>>6&0x3F), 0x80 | byte(half&0x3F)})
		}
	}
	return b.String()
}

func (p *pen) page(n int, page *Page) {
	p.pdf.AddPageFormat("P", gofpdf.SizeType{Wd: page.W, Ht: page.H})
	if n == 0 && len(p.fonts) > 0 { // a font must be set before the first bookmark for it to be written in UTF-16
		p.pdf.SetFont(p.families[p.fonts[0]], "", 12)
	}
	p.font, p.space, p.ink, p.edge, p.width, p.dash = nil, 0, color.RGBA{}, color.RGBA{}, 0, 0
	if t := page.Trim; t != nil {
		p.pdf.SetPageBox("trim", t.X, t.Y, t.W, t.H)
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
			p.pdf.Bookmark(surrogates(it.Title), it.Level, last-page.H+it.Y)
		}
	}
}

func (p *pen) run(r Run) {
	c := p.codes[r.Font]
	if p.font != r.Font || p.size != r.Size {
		p.pdf.SetFont(p.families[r.Font], "", r.Size)
		p.font, p.size = r.Font, r.Size
	}
	if r.Space != p.space {
		p.pdf.RawWriteStr(strconv.FormatFloat(r.Space/MM, 'f', 4, 64) + " Tc")
		p.space = r.Space
	}
	p.paint(r.Color)
	var text strings.Builder
	for _, ch := range r.Text {
		text.WriteRune(rune(c.code[ch]))
	}
	p.pdf.Text(r.X, r.Y, text.String())
}

func (p *pen) paint(c color.RGBA) {
	if c != p.ink {
		p.pdf.SetFillColor(int(c.R), int(c.G), int(c.B))
		p.pdf.SetTextColor(int(c.R), int(c.G), int(c.B))
		p.ink = c
	}
}

func (p *pen) line(l Line) {
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

// sortedFonts returns the fonts in the order gofpdf writes them.
func sortedFonts(fonts []*face.Font, families map[*face.Font]string) []*face.Font {
	out := append([]*face.Font(nil), fonts...)
	sort.Slice(out, func(i, j int) bool { return families[out[i]] < families[out[j]] })
	return out
}
