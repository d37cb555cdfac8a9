package screen

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"zhibu/storage/record"
)

// Printed tells what came of printing or saving.
type Printed struct {
	Say    string // what was done
	Failed []Unprinted
}

// Unprinted is one record that was not printed, and why.
type Unprinted struct {
	ID, Title string
	Why       error
}

// piece is one document of a batch.
type piece struct {
	ids   []string
	title string
}

// pieces are the documents to be made: one for all records or one each.
func (p *Preview) pieces() []piece {
	if !p.separate || !p.Separable() {
		ids := p.ids
		if p.how.Blank {
			ids = nil
		}
		return []piece{{ids, p.Title()}}
	}
	var out []piece
	for _, id := range p.ids {
		out = append(out, piece{[]string{id}, p.titleOf(id)})
	}
	return out
}

func (p *Preview) titleOf(id string) string {
	for _, kind := range p.form.Kinds {
		if r, ok := p.Book.Get(kind, id); ok {
			return p.Book.Title(r)
		}
	}
	return "已删除的记录"
}

// Print prints on the printer chosen, away from the face.
func (p *Preview) Print(then func(Printed, error)) {
	if p.chosen == "" || p.Printers == nil {
		then(Printed{}, record.Refuse("PRINTER_NONE", "还没有选打印机。请选一台，或者另存为 PDF；内容都在。"))
		return
	}
	printer, copies, duplex, exact := p.chosen, p.copies, p.duplex, p.overlay
	p.each("打印", ActPrint, func(ctx context.Context, job Job, pdf []byte) error {
		job.Copies, job.Duplex, job.Exact = copies, duplex, exact
		return p.Printers.Print(ctx, printer, pdf, job)
	}, func(done int) string {
		if p.separate && p.Separable() {
			return p.form.Name + "已送打印机：" + number(done) + " 件，每件 " + number(copies) + " 份"
		}
		return p.form.Name + "已送打印机，" + number(copies) + " 份"
	}, then)
}

// Save writes the document to path, or, when every record is a document of its
// own, one file each into the folder path.
func (p *Preview) Save(path string, then func(Printed, error)) {
	many := p.separate && p.Separable()
	p.each("存 PDF", ActExport, func(_ context.Context, job Job, pdf []byte) error {
		if many {
			return WriteFile(Unused(filepath.Join(path, cleanName(p.form.Name+"-"+job.Title)+".pdf")), pdf)
		}
		return WriteFile(path, pdf)
	}, func(done int) string {
		if many {
			return "已存 " + number(done) + " 个文件到 " + path
		}
		return "已存成 " + path
	}, then)
}

// each lays out every piece as chosen now, notes in the chain that it leaves the
// program, and hands it over. One that fails does not keep the others; stopping
// keeps the rest.
func (p *Preview) each(title, act string, give func(ctx context.Context, job Job, pdf []byte) error, say func(done int) string, then func(Printed, error)) {
	list := p.pieces()
	pages, err := pageRange(p.pages, p.Pages())
	if err != nil && len(list) == 1 { // of many, all pages are printed
		then(Printed{}, err)
		return
	}
	if len(list) > 1 {
		pages = nil
	}
	hows := make([]Layout, len(list))
	for i, one := range list {
		hows[i] = p.layout(one.ids)
		if act == ActExport { // a printer has no use for it
			hows[i].Password = p.how.Password
		}
	}
	var out Printed
	done := 0
	p.Run.Do(title, func(ctx context.Context, progress Progress) error {
		for i, one := range list {
			if err := ctx.Err(); err != nil {
				return err
			}
			progress(i, len(list))
			paper, err := p.made(ctx, one.ids, hows[i], func(int, int) {})
			if err == nil {
				job := Job{Title: one.title, Paper: paper, Pages: pages}
				err = p.leave(act, one, job, func(pdf []byte) error { return give(ctx, job, pdf) })
			}
			if err != nil {
				out.Failed = append(out.Failed, Unprinted{strings.Join(one.ids, " "), one.title, err})
				continue
			}
			done++
		}
		return nil
	}, func(err error) {
		p.remember()
		switch {
		case errors.Is(err, context.Canceled):
			out.Say, err = "已停下："+number(done)+" 份做好了，其余没有打", nil
		case err == nil && len(list) == 1 && len(out.Failed) == 1:
			err = out.Failed[0].Why
		case err == nil:
			out.Say = say(done)
		}
		p.Lay()
		then(out, err)
	})
}

// leave notes that a piece leaves the program and lets it go; what the printer did
// not take is noted too.
func (p *Preview) leave(act string, one piece, job Job, give func([]byte) error) error {
	var pdf bytes.Buffer
	if err := job.Paper.PDF(&pdf, job.Pages...); err != nil {
		return err
	}
	kind, ids := strings.Join(p.form.Kinds, " "), strings.Join(one.ids, " ")
	if err := p.Book.Note(act, kind, ids, p.form.Code); err != nil {
		return err
	}
	err := give(pdf.Bytes())
	if err != nil && act == ActPrint {
		err = errors.Join(err, p.Book.Note(ActUnprinted, kind, ids, p.form.Code))
	}
	return err
}

// PrintSheet prints a page that belongs to no record: a cross, a recovery code.
func PrintSheet(run Runner, printers Printers, printer string, paper Paper, then func(error)) {
	var pdf bytes.Buffer
	if err := paper.PDF(&pdf); err != nil {
		then(err)
		return
	}
	run.Do("打印", func(ctx context.Context, _ Progress) error {
		return printers.Print(ctx, printer, pdf.Bytes(), Job{Title: paper.Title(), Paper: paper, Copies: 1, Exact: true})
	}, then)
}

// PrintCross prints the page that tells how far the printer chosen is off.
func (p *Preview) PrintCross(then func(error)) {
	if p.chosen == "" || p.Printers == nil {
		then(record.Refuse("PRINTER_NONE", "还没有选打印机，校准是一台一台做的。请先选要套打的那一台。"))
		return
	}
	cross, err := p.Press.Cross()
	if err != nil {
		then(err)
		return
	}
	PrintSheet(p.Run, p.Printers, p.chosen, cross, then)
}

// FileName returns the name a PDF is offered under: what it is, of whom, and for
// lists of what day.
func (p *Preview) FileName() string {
	name := p.Title()
	if p.overlay {
		name += "（套打）"
	}
	if len(p.ids) != 1 && !p.how.Blank {
		name += " " + p.Book.Today().String()
	}
	return cleanName(name) + ".pdf"
}

// cleanName leaves out what a file system refuses.
func cleanName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, name)
}

// Unused returns path, or with a number behind its name one that is not there yet.
func Unused(path string) string {
	ext := filepath.Ext(path)
	for n, try := 2, path; ; n++ {
		if _, err := os.Stat(try); err != nil {
			return try
		}
		try = strings.TrimSuffix(path, ext) + "（" + number(n) + "）" + ext
	}
}

// pageRange reads pages as people write them, from 1, and returns them from 0; none
// stand for all.
func pageRange(typed string, pages int) ([]int, error) {
	s := strings.NewReplacer("、", ",", " ", "", "—", "-", "–", "-", "~", "-", "至", "-", "页", "", "第", "").Replace(record.Halfwidth(typed))
	if s == "" || s == "全部" {
		return nil, nil
	}
	var out []int
	for _, part := range strings.Split(s, ",") {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		a, errA := strconv.Atoi(from)
		b, errB := strconv.Atoi(to)
		if errA != nil || errB != nil || a < 1 || b < a || b > pages {
			return nil, record.Refuse("PAGE_RANGE", "页码“"+typed+"”不对，这份一共 "+number(pages)+" 页。请写成 1-2 或 1、3；还没有打印。")
		}
		for n := a; n <= b; n++ {
			if !slices.Contains(out, n-1) {
				out = append(out, n-1)
			}
		}
	}
	return out, nil
}
