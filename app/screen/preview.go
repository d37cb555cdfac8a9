package screen

import (
	"bytes"
	"context"
	"image"
	"slices"
	"strconv"
	"strings"

	"zhibu/storage/record"
)

// Preview is the page 打印预览: a laid-out document on a desk, the printers with
// their state, copies and pages. What is shown is what is printed.
type Preview struct {
	press    Press
	printers Printers
	form     FormInfo
	ids      []string
	paper    Paper

	page    int
	zoom    float64 // 1 is 100 %; 0 fits the width, -1 the whole page
	list    []Printer
	chosen  string // printer name, "" saves a PDF instead
	copies  int
	range_  string
	duplex  bool
	failure string // why the printers could not be listed
}

// The zooms that follow the window.
const (
	FitWidth float64 = 0
	FitPage  float64 = -1
)

// NewPreview lays out a form for records; no ids lays out the blank form.
func NewPreview(press Press, printers Printers, form string, ids []string) (*Preview, error) {
	p := &Preview{press: press, printers: printers, ids: ids, copies: 1}
	for _, f := range press.Forms() {
		if f.Code == form {
			p.form = f
		}
	}
	if p.form.Code == "" {
		return nil, record.Refuse("FORM_UNKNOWN", "没有“"+form+"”这张表。请在打印中心里选一张；没有打印任何东西。")
	}
	paper, err := press.Lay(form, ids)
	if err != nil {
		return nil, err
	}
	if paper.Pages() == 0 {
		return nil, record.Refuse("PAPER_EMPTY", "“"+p.form.Name+"”没有内容可以打印。请先选一条记录；没有打印任何东西。")
	}
	p.paper = paper
	return p, nil
}

// Title returns what is shown: 支部党员大会会议记录.
func (p *Preview) Title() string { return p.paper.Title() }

// Form returns the form shown.
func (p *Preview) Form() FormInfo { return p.form }

// IDs returns the records shown.
func (p *Preview) IDs() []string { return p.ids }

// Line returns what stands behind the title: A4・共 2 页.
func (p *Preview) Line() string {
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
func (p *Preview) Pages() int { return p.paper.Pages() }

// Page returns the page shown, from 0.
func (p *Preview) Page() int { return p.page }

// Turn goes so many pages on or back, stopping at the ends.
func (p *Preview) Turn(by int) { p.GoTo(p.page + by) }

// GoTo shows a page, from 0.
func (p *Preview) GoTo(page int) { p.page = min(max(page, 0), p.Pages()-1) }

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

// LoadPrinters asks the machine for its printers; the default one is chosen.
func (p *Preview) LoadPrinters(ctx context.Context) {
	if p.printers == nil {
		return
	}
	list, err := p.printers.List(ctx)
	if err != nil {
		p.failure = record.SayOf(err)
		return
	}
	p.list, p.failure = list, ""
	for _, pr := range list {
		if pr.Default && pr.Ready && p.chosen == "" {
			p.chosen = pr.Name
		}
	}
}

// Printers returns the printers and, when they could not be asked, why.
func (p *Preview) Printers() (list []Printer, failure string) { return p.list, p.failure }

// Chosen returns the printer chosen; "" stands for a PDF file.
func (p *Preview) Chosen() string { return p.chosen }

// Choose chooses a printer; "" chooses a PDF file.
func (p *Preview) Choose(printer string) { p.chosen = printer }

// Copies returns how many copies are printed.
func (p *Preview) Copies() int { return p.copies }

// SetCopies takes 1 to 99.
func (p *Preview) SetCopies(n int) { p.copies = min(max(n, 1), 99) }

// Range returns the pages to print as typed; "" is all.
func (p *Preview) Range() string { return p.range_ }

// SetRange takes pages as people write them: 1-2、4.
func (p *Preview) SetRange(typed string) { p.range_ = strings.TrimSpace(typed) }

// Duplex reports whether both sides are printed.
func (p *Preview) Duplex() bool { return p.duplex }

// SetDuplex sets whether both sides are printed.
func (p *Preview) SetDuplex(on bool) { p.duplex = on }

// PDF returns the document as a file.
func (p *Preview) PDF() ([]byte, error) {
	var b bytes.Buffer
	if err := p.paper.PDF(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// FileName returns the name a PDF is offered under, without characters that a
// file system refuses.
func (p *Preview) FileName() string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, p.Title())
	return clean + ".pdf"
}

// Print prints what is chosen and returns the sentence that says so.
func (p *Preview) Print(ctx context.Context) (string, error) {
	pages, err := pageRange(p.range_, p.Pages())
	if err != nil {
		return "", err
	}
	if p.chosen == "" || p.printers == nil {
		return "", record.Refuse("PRINTER_NONE", "还没有选打印机。请选一台，或者另存为 PDF；内容都在。")
	}
	pdf, err := p.PDF()
	if err != nil {
		return "", err
	}
	job := Job{Title: p.Title(), Copies: p.copies, Pages: pages, Duplex: p.duplex}
	if err := p.printers.Print(ctx, p.chosen, pdf, job); err != nil {
		return "", err
	}
	return p.form.Name + "已送打印机，" + number(p.copies) + " 份", nil
}

// pageRange reads pages as people write them and returns them as printers do.
func pageRange(typed string, pages int) (string, error) {
	s := strings.NewReplacer("、", ",", " ", "", "—", "-", "–", "-", "~", "-", "至", "-", "页", "", "第", "").Replace(record.Halfwidth(typed))
	if s == "" || s == "全部" {
		return "", nil
	}
	for _, part := range strings.Split(s, ",") {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		a, errA := strconv.Atoi(from)
		b, errB := strconv.Atoi(to)
		if errA != nil || errB != nil || a < 1 || b < a || b > pages {
			return "", record.Refuse("PAGE_RANGE", "页码“"+typed+"”不对，这份一共 "+number(pages)+" 页。请写成 1-2 或 1、3；还没有打印。")
		}
	}
	return s, nil
}
