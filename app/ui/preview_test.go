package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
)

// printsOf counts the prints and exports that the chain tells of.
func (w *window) printsOf(t testing.TB, act, form string) int {
	t.Helper()
	trail, err := w.Book().Trail()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range trail {
		if e.Act == act && e.What == form {
			n++
		}
	}
	return n
}

func (w *window) preview(form, kind string, ids ...string) *previewPage {
	w.Go(Place{Page: kind, View: "print", Kind: kind, ID: joinIDs(ids), Note: form})
	w.Settle()
	return w.page.(*previewPage)
}

func TestPreviewPrintsAndSaves(t *testing.T) {
	w := sampleWindow(t)
	p := w.preview("F01", "meeting", w.newest("支部党员大会", "草稿"))
	w.sees(t, "办公室激光打印机", "就绪", "第 1 页，共 2 页")
	w.App.kit.Press("PgDn")
	w.sees(t, "第 2 页，共 2 页")
	p.typed.pages.Type("1-9")
	w.App.kit.Press("Ctrl+P")
	w.sees(t, "这份一共 2 页")
	w.App.kit.Press("Esc")
	p.typed.pages.Type("1")
	w.App.kit.Press("Ctrl+P")
	w.sees(t, "会议记录已送打印机，1 份", "打印过，已印 1 次", "印上“补打第 1 次”")
	if name := p.p.FileName(); !strings.HasPrefix(name, "支部党员大会记录") || !strings.HasSuffix(name, ".pdf") {
		t.Error(name)
	}
	w.App.kit.Press("3") // the PDF file behind two printers
	w.sees(t, "防改密码")
	p.typed.password.Type("只许打印")
	path := filepath.Join(t.TempDir(), "记录.pdf")
	p.saveAs(path)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info, err)
	}
	if data, err := os.ReadFile(path); err != nil || !strings.Contains(string(data), "/Encrypt") {
		t.Fatalf("not protected: %v", err)
	}
	if w.printsOf(t, screen.ActPrint, "F01") != 1 || w.printsOf(t, screen.ActExport, "F01") != 1 {
		t.Error("the chain does not tell of one print and one export")
	}
}

func TestPreviewAsksWhatNoRecordKeeps(t *testing.T) {
	w := sampleWindow(t)
	p := w.preview("F13", "member", w.Book().Search("member", "罗沐辰")[0].ID)
	w.sees(t, "打印前要填的，空着的留白手写", "收信党组织（抬头）")
	w.types(t, "2026-07") // the first box has the keyboard
	w.App.kit.Press("Ctrl+P")
	w.sees(t, "还有 3 处没填，留着手写？", "转往的党组织")
	w.App.kit.Press("Esc")
	for _, box := range p.typed.asks[1:] {
		box.Type("中共浦江新区临港园区总支部")
	}
	w.App.kit.Press("Ctrl+P")
	w.sees(t, "党员组织关系介绍信已送打印机")
	if text := p.p.How().Fill; text["no"] != "2026-07" || len(text) != 4 {
		t.Error(text)
	}
}

func TestOverlayIsCalibratedForPrinterAndForm(t *testing.T) {
	w := sampleWindow(t)
	p := w.preview("F13", "member", w.Book().All("member")[0].ID)
	p.p.SetOverlay(true)
	w.sees(t, "这台打印机还没有校准", "校准位置")
	p.calibrate()
	w.keys(fyne.KeyReturn) // 打印一个十字
	w.sees(t, "用要套打的纸")
	w.keys(fyne.KeyTab)
	w.types(t, "48")
	w.keys(fyne.KeyTab)
	w.types(t, "51.5")
	w.keys(fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn)
	w.sees(t, "已校准：右移 2.0、下移 -1.5 毫米")
	if again := w.preview("F13", "member", w.Book().All("member")[1].ID); again.p.Chosen() != "laser" {
		t.Error(again.p.Chosen())
	} else if by, ok := again.p.Shift(); !ok || by != (screen.Shift{Right: 2, Down: -1.5}) {
		t.Errorf("%+v %v", by, ok)
	}
	other := w.preview("F06", "pool", w.Book().All("pool")[0].ID)
	if by, ok := other.p.Shift(); ok {
		t.Errorf("another form is moved too: %+v", by)
	}
}

func TestBatchTellsWhatFailed(t *testing.T) {
	w := sampleWindow(t)
	var ids []string
	for _, r := range w.Book().All("member")[:3] {
		ids = append(ids, r.ID)
	}
	p := w.preview("F24", "member", ids...)
	w.sees(t, "合成一份", "每条一份")
	p.p.SetSeparate(true)
	if err := w.Book().Delete("member", ids[1]); err != nil {
		t.Fatal(err)
	}
	p.doPrint()
	w.sees(t, "有 1 份没有做成", "2 件，每件 1 份", "要打印的记录没有找到", "只打这些")
	w.App.kit.Press("Esc")
	dir := filepath.Join(t.TempDir(), "交给 街道")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	p.saveAs(dir)
	found, err := filepath.Glob(filepath.Join(dir, "党员基本信息采集表-*.pdf"))
	if err != nil || len(found) != 2 {
		t.Fatal(found, err)
	}
}
