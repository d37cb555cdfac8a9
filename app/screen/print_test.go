package screen_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhibu/app/branch/sample"
	"zhibu/app/screen"
	"zhibu/app/wire"
	"zhibu/storage/record"
)

// office is two printers; jam names what the first one does not take.
type office struct {
	jobs []screen.Job
	jam  string
	each func() // called at every job
}

func (*office) List(context.Context) ([]screen.Printer, error) {
	return []screen.Printer{{Name: "laser", Label: "办公室激光打印机", Ready: true, State: "就绪", Default: true}, {Name: "old", Label: "旧打印机", State: "缺纸"}}, nil
}

func (o *office) Print(_ context.Context, _ string, pdf []byte, job screen.Job) error {
	o.each()
	if o.jam != "" && strings.Contains(job.Title, o.jam) {
		return record.Refuse("PRINT_FAILED", "打印机没有收下这份打印。请看电源和纸；也可以先另存为 PDF。")
	}
	if !strings.HasPrefix(string(pdf), "%PDF") {
		return record.Refuse("PRINT_FAILED", "不是 PDF。")
	}
	o.jobs = append(o.jobs, job)
	return nil
}

// stoppable works in place; stop ends the work that runs.
type stoppable struct{ stop context.CancelFunc }

func (s *stoppable) Do(_ string, work func(context.Context, screen.Progress) error, then func(error)) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	s.stop = stop
	then(work(ctx, func(int, int) {}))
}

// press opens a preview of a form over the sample branch.
func (d *desk) press(run screen.Runner, o *office, form string, ids ...string) *screen.Preview {
	d.t.Helper()
	if o.each == nil {
		o.each = func() {}
	}
	now := func() (at record.Date) { return d.Book.Today() }
	if len(d.Book.All("meeting")) == 0 {
		if _, err := d.Book.Apply(sample.Edits(now(), 0)...); err != nil {
			d.t.Fatal(err)
		}
	}
	p, err := screen.NewPreview(screen.Printing{Book: d.Book, Press: wire.Press{Vault: d.vault, Now: d.Now}, Printers: o, Run: run, Changed: func() {}}, form, ids, false)
	d.must(err)
	p.Lay()
	p.LoadPrinters()
	return p
}

func (d *desk) members(n int) []string {
	var ids []string
	for _, r := range d.Book.All("member")[:n] {
		ids = append(ids, r.ID)
	}
	return ids
}

func TestBatchStopsAndTellsWhatFailed(t *testing.T) {
	d := sit(t)
	o, run := &office{}, &stoppable{}
	d.press(run, o, "F24")
	ids := d.members(4)
	p := d.press(run, o, "F24", ids...)
	p.SetSeparate(true)
	p.SetCopies(2)
	_, second, err := d.Book.Find("member", ids[1])
	d.must(err)
	o.jam = d.Book.Title(second)
	p.Print(func(out screen.Printed, err error) {
		if d.must(err); len(o.jobs) != 3 || o.jobs[0].Copies != 2 || len(out.Failed) != 1 || out.Failed[0].ID != ids[1] || !strings.Contains(out.Say, "3 件，每件 2 份") {
			t.Errorf("%+v %+v", out, o.jobs)
		}
	})
	if p.Before() == "" {
		t.Error("nothing is known of the prints")
	}
	again := d.press(run, o, "F24", ids[1])
	if again.Before() != "" {
		t.Errorf("what the printer did not take counts: %s", again.Before())
	}
	o.jam, o.jobs, o.each = "", nil, func() {
		if len(o.jobs) == 1 {
			run.stop()
		}
	}
	p.Print(func(out screen.Printed, err error) {
		if d.must(err); len(o.jobs) != 2 || out.Say != "已停下：2 份做好了，其余没有打" {
			t.Errorf("%+v, %d jobs", out, len(o.jobs))
		}
	})
}

func TestReprintIsMarkedUnlessUnticked(t *testing.T) {
	d := sit(t)
	o := &office{}
	d.press(screen.Inline{}, o, "F24")
	id := d.members(1)[0]
	p := d.press(screen.Inline{}, o, "F24", id)
	if p.Before() != "" {
		t.Error(p.Before())
	}
	p.Print(func(_ screen.Printed, err error) { d.must(err) })
	if p.Before() != "今天 14:32 打印过，已印 1 次" || p.MarkLabel() != "印上“补打第 1 次”" {
		t.Error(p.Before(), p.MarkLabel())
	}
	marked := filepath.Join(t.TempDir(), "有.pdf")
	p.Save(marked, func(_ screen.Printed, err error) { d.must(err) })
	p.SetMarked(false)
	plain := filepath.Join(t.TempDir(), "没有.pdf")
	p.Save(plain, func(_ screen.Printed, err error) { d.must(err) })
	a, err := os.Stat(marked)
	d.must(err)
	b, err := os.Stat(plain)
	d.must(err)
	if a.Size() == b.Size() {
		t.Error("the mark is on both or on neither")
	}
}

func TestPrinterOutOfPaperIsSaid(t *testing.T) {
	d := sit(t)
	p := d.press(screen.Inline{}, &office{}, "F15")
	if len(p.Notes()) != 0 || p.Chosen() != "laser" {
		t.Error(p.Notes(), p.Chosen())
	}
	p.Choose("old")
	if say := p.Notes(); len(say) != 1 || !strings.HasPrefix(say[0], "“旧打印机”缺纸。") {
		t.Error(say)
	}
	p.SetRange("9-12")
	p.Print(func(_ screen.Printed, err error) {
		if record.CodeOf(err) != "PAGE_RANGE" {
			t.Error(err)
		}
	})
}

func TestEveryFormLaysOutInEveryVariant(t *testing.T) {
	d := sit(t)
	for _, f := range d.press(screen.Inline{}, &office{}, "F01").Press.Forms() {
		var ids []string
		if len(f.Kinds) > 0 && !f.List {
			if all := d.Book.All(f.Kinds[0]); len(all) > 0 {
				ids = []string{all[0].ID}
			}
		}
		p := d.press(screen.Inline{}, &office{}, f.Code, ids...)
		if ok, err := p.Laid(); !ok {
			t.Errorf("%s: %v", f.Code, err)
		}
		if f.Told || f.Code == "BOOK" {
			continue
		}
		for _, v := range p.Variants() {
			if p.SetVariant(v.Name); p.How().Variant != v.ID {
				t.Errorf("%s: %s not chosen", f.Code, v.Name)
			}
			if ok, err := p.Laid(); !ok {
				t.Errorf("%s %s: %v", f.Code, v.Name, err)
			}
		}
	}
}
