package screen

import (
	"context"
	"image"
	"slices"
	"strings"

	"zhibu/storage/record"
)

// Printing is what a preview works with.
type Printing struct {
	Book     *Book
	Press    Press
	Printers Printers // nil: only files
	Run      Runner
	Changed  func() // called when what is shown changed by itself
}

// Preview is the page 打印预览: a laid-out document on a desk, what can be chosen
// about it, the printers with their state. What is shown is what is printed.
type Preview struct {
	Printing
	form   FormInfo
	ids    []string
	how    Layout
	paper  Paper // nil while the first layout is made
	unlaid error // why there is no paper

	edition       int
	laying, again bool
	page          int
	zoom          float64 // 1 is 100 %; 0 fits the width, -1 the whole page

	list     []Printer
	unasked  error  // why the printers could not be listed
	chosen   string // printer name, "" saves a PDF instead
	copies   int
	pages    string
	duplex   bool
	separate bool // every record is a document of its own
	overlay  bool
	past     printings
	marked   bool // a reprint carries its mark
}

// The zooms that follow the window.
const (
	FitWidth float64 = 0
	FitPage  float64 = -1
)

// NewPreview opens a form for records. With no ids it shows the register as a
// whole, else, or when blank is asked for, the blank form. Lay lays it out.
func NewPreview(with Printing, form string, ids []string, blank bool) (*Preview, error) {
	p := &Preview{Printing: with, ids: ids, copies: 1, marked: true}
	at := slices.IndexFunc(with.Press.Forms(), func(f FormInfo) bool { return f.Code == form })
	if at < 0 {
		return nil, record.Refuse("FORM_UNKNOWN", "没有“"+form+"”这张表。请在打印中心里选一张；没有打印任何东西。")
	}
	p.form = with.Press.Forms()[at]
	today := with.Book.Today()
	p.how = Layout{Blank: blank || len(ids) == 0 && p.form.Blank && !p.form.List, Fill: map[string]string{}, Year: today.Year, Month: today.Month}
	p.remember()
	return p, nil
}

// Lay lays the document out as chosen now, away from the face.
func (p *Preview) Lay() {
	if p.laying {
		p.again = true
		return
	}
	p.laying = true
	var paper Paper
	how, ids := p.layout(p.ids), p.ids
	if how.Blank {
		ids = nil
	}
	p.Run.Do("正在排版", func(ctx context.Context, progress Progress) (err error) {
		paper, err = p.made(ctx, ids, how, progress)
		return err
	}, func(err error) {
		p.laying = false
		if p.again {
			p.again = false
			p.Lay()
			return
		}
		p.paper, p.unlaid = paper, err
		p.edition++
		if err != nil {
			p.paper = nil
		}
		p.GoTo(p.page)
		p.Changed()
	})
}

// made lays records out; paper without a page is refused.
func (p *Preview) made(ctx context.Context, ids []string, how Layout, progress Progress) (Paper, error) {
	paper, err := p.Press.Lay(ctx, p.form.Code, ids, how, progress)
	if err == nil && paper.Pages() == 0 {
		err = record.Refuse("PAPER_EMPTY", record.Quoted(p.form.Name)+"没有内容可以打印。请先选一条记录；没有打印任何东西。")
	}
	return paper, err
}

// Laid reports whether there is paper to show; if not, why, nil while it is made.
func (p *Preview) Laid() (ok bool, err error) { return p.paper != nil, p.unlaid }

// Edition counts the layouts: another one is another document.
func (p *Preview) Edition() int { return p.edition }

// Title returns what is shown: 支部党员大会记录.
func (p *Preview) Title() string {
	if p.paper == nil {
		return p.form.Name
	}
	return p.paper.Title()
}

// Form returns the form shown.
func (p *Preview) Form() FormInfo { return p.form }

// IDs returns the records shown.
func (p *Preview) IDs() []string { return p.ids }

// Line returns what stands behind the title: A4・共 2 页.
func (p *Preview) Line() string {
	if p.paper == nil {
		return p.Title()
	}
	return p.Title() + "・" + paperName(p.paper.Size(0)) + "・共 " + number(p.Pages()) + " 页"
}

// paperName names a sheet by its size in millimetres.
func paperName(width, height float64) string {
	short, long := min(width, height), max(width, height)
	name := "自定大小"
	for _, size := range []struct {
		name        string
		short, long float64
	}{{"A3", 297, 420}, {"A4", 210, 297}, {"A5", 148, 210}} {
		if short > size.short-2 && short < size.short+2 && long > size.long-2 && long < size.long+2 {
			name = size.name
		}
	}
	if width > height {
		name += " 横向"
	}
	return name
}

// Pages returns how many pages there are.
func (p *Preview) Pages() int {
	if p.paper == nil {
		return 0
	}
	return p.paper.Pages()
}

// Page returns the page shown, from 0.
func (p *Preview) Page() int { return p.page }

// Turn goes so many pages on or back, stopping at the ends.
func (p *Preview) Turn(by int) { p.GoTo(p.page + by) }

// GoTo shows a page, from 0.
func (p *Preview) GoTo(page int) { p.page = max(min(page, p.Pages()-1), 0) }

// Size returns the size of a page in millimetres.
func (p *Preview) Size(page int) (width, height float64) { return p.paper.Size(page) }

// Image draws a page at so many dots an inch.
func (p *Preview) Image(page int, dpi float64) (image.Image, error) { return p.paper.Image(page, dpi) }

// zooms are the steps of + and -.
func zooms() []float64 { return []float64{0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4} }

// Zoom returns the zoom: a factor, FitWidth or FitPage.
func (p *Preview) Zoom() float64 { return p.zoom }

// SetZoom sets the zoom.
func (p *Preview) SetZoom(zoom float64) { p.zoom = zoom }

// ZoomBy goes one step in (+1) or out (-1) from the factor now on the screen.
func (p *Preview) ZoomBy(by int, shown float64) {
	steps := zooms()
	if by > 0 {
		for _, z := range steps {
			if z > shown+0.01 {
				p.zoom = z
				return
			}
		}
		return
	}
	for _, z := range slices.Backward(steps) {
		if z < shown-0.01 {
			p.zoom = z
			return
		}
	}
}

// Notes are what a person should know before printing: what the paper says, and
// that the printer chosen is not ready.
func (p *Preview) Notes() []string {
	var out []string
	if i := p.printer(); i >= 0 && !p.list[i].Ready {
		out = append(out, "“"+p.list[i].Label+"”"+p.list[i].State+"。送去的会等在打印机里，弄好后自己印出来；也可以先另存为 PDF。")
	}
	if p.paper != nil {
		out = append(out, p.paper.Notes()...)
	}
	return out
}

func (p *Preview) printer() int {
	return slices.IndexFunc(p.list, func(pr Printer) bool { return pr.Name == p.chosen })
}

// LoadPrinters asks the machine for its printers; the default one is chosen.
func (p *Preview) LoadPrinters() {
	if p.Printers == nil {
		return
	}
	var list []Printer
	p.Run.Do("问打印机", func(ctx context.Context, _ Progress) (err error) {
		list, err = p.Printers.List(ctx)
		return err
	}, func(err error) {
		p.list, p.unasked = list, err
		if err == nil && len(list) == 0 {
			p.unasked = record.Refuse("PRINTER_ABSENT", "这台电脑没有打印机。请接好后按 F5 再看，或者另存为 PDF；内容都在。")
		}
		if p.printer() < 0 {
			p.chosen = "" // it was taken away
		}
		for _, pr := range list {
			if pr.Default && pr.Ready && p.chosen == "" {
				p.Choose(pr.Name)
			}
		}
		p.Changed()
	})
}

// Machines returns the printers and, when there are none to choose, why.
func (p *Preview) Machines() (list []Printer, err error) { return p.list, p.unasked }

// Chosen returns the printer chosen; "" stands for a PDF file.
func (p *Preview) Chosen() string { return p.chosen }

// Choose chooses a printer; "" chooses a PDF file. Overlay prints are laid out
// for that printer.
func (p *Preview) Choose(printer string) {
	p.chosen = printer
	if p.overlay {
		p.Lay()
	}
}

// Copies returns how many copies are printed.
func (p *Preview) Copies() int { return p.copies }

// SetCopies takes 1 to 99.
func (p *Preview) SetCopies(n int) { p.copies = min(max(n, 1), 99) }

// SetRange takes pages as people write them: 1-2、4; "" is all.
func (p *Preview) SetRange(typed string) { p.pages = strings.TrimSpace(typed) }

// Duplex reports whether both sides are printed.
func (p *Preview) Duplex() bool { return p.duplex }

// SetDuplex sets whether both sides are printed.
func (p *Preview) SetDuplex(on bool) { p.duplex = on }
