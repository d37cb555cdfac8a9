package print

import (
	"image"
	"io"
	"slices"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// Document is finished paper.
type Document struct {
	page     page.Document
	password string
	told     []string // every value on it, for the proofs
	unknown  []string
}

// Make prints a form. Without ids it prints the branch as a whole or the whole
// register where the form is made for that (Form.Whole), else the blank form. The
// complaints name what could not be printed as it stands, e.g. a character that
// no face has; they never stop the print. The error does: ids that do not exist
// or are of another kind, an unknown form or variant.
func Make(code string, ids []string, in record.Around, opt Options) (*Document, []record.Complaint, error) {
	form, ok := FormOf(code)
	if !ok {
		return nil, nil, refuse("FORM_UNKNOWN", "没有“"+code+"”这张表。表格的编号用“forms”查看。")
	}
	d, err := newDraft(form, in, opt)
	if err != nil {
		return nil, nil, err
	}
	if d.records, err = d.pick(ids); err != nil {
		return nil, nil, err
	}
	form.draw(d)
	if d.stopped {
		return nil, d.complaints, refuse("PRINT_STOPPED", "打印已停下，没有做出文件。要打印可以再来一次；记录都没有动。")
	}
	d.finish()
	return &Document{page: page.Document{Pages: d.Pages, Title: d.docTitle(), Author: d.branchName(), Date: in.Today().Time()},
		password: opt.Password, told: d.told, unknown: d.unknown}, d.complaints, nil
}

// pick finds the records to print.
func (d *draft) pick(ids []string) ([]record.Record, error) {
	form := d.form
	if d.opt.Blank {
		if !form.Blank {
			return nil, refuse("FORM_NOT_BLANK", record.Quoted(form.Name)+"没有空白表。请选要打印的记录。")
		}
		return nil, nil
	}
	var out []record.Record
	for _, id := range ids {
		r, ok := d.find(id)
		if !ok {
			return nil, refuse("PRINT_NO_RECORD", "要打印的记录没有找到，可能已删除。请回到列表重新选。")
		}
		out = append(out, r)
	}
	if len(ids) > 0 || len(form.Kinds) == 0 || form.Whole || slices.Contains(form.Self, d.variant) {
		return out, nil
	}
	d.opt.Blank = true
	return nil, nil
}

func (d *draft) find(id string) (record.Record, bool) {
	for _, kind := range d.form.Kinds {
		if r, ok := d.in.Get(kind, id); ok && !r.Deleted() {
			return r, true
		}
	}
	return record.Record{}, false
}

// Pages returns the number of pages.
func (d *Document) Pages() int { return len(d.page.Pages) }

// Title returns the document's title, for the window and the file name.
func (d *Document) Title() string { return d.page.Title }

// List returns the display list of page n, counted from 0. It is not to be changed.
func (d *Document) List(n int) *page.Page { return d.page.Pages[n] }

// Size returns the size of page n in mm.
func (d *Document) Size(n int) (width, height float64) {
	return d.page.Pages[n].W, d.page.Pages[n].H
}

// Image paints page n, counted from 0, as it will look on paper; nil when there
// is no such page.
func (d *Document) Image(n int, dpi float64) image.Image {
	if n < 0 || n >= len(d.page.Pages) {
		return nil
	}
	return d.page.Pages[n].Paint(dpi)
}

// Only returns the document reduced to the given pages, counted from 0, in the
// order given; pages that do not exist are left out.
func (d *Document) Only(pages ...int) *Document {
	out := *d
	out.page.Pages = nil
	for _, n := range pages {
		if n >= 0 && n < len(d.page.Pages) {
			out.page.Pages = append(out.page.Pages, d.page.Pages[n])
		}
	}
	return &out
}

// PDF writes the document. Without a password the same records give the same
// bytes.
func (d *Document) PDF(w io.Writer) error {
	if d.password != "" {
		return d.protect(w)
	}
	return d.page.WritePDF(w)
}

// sortedByName returns records in the order asked for.
func sortedByName(list []record.Record, order string) []record.Record {
	key := branch.SortKey
	if order == "strokes" {
		key = strokeKey
	}
	keys := make(map[string]string, len(list))
	for _, r := range list {
		keys[r.ID] = key(r.Values["name"])
	}
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b record.Record) int {
		switch x, y := keys[a.ID]+a.ID, keys[b.ID]+b.ID; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return out
}
