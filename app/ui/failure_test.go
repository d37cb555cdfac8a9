package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/storage/record"
)

// TestAnErrorHasThreePartsAVerbAndANumber shows one that can be done again, and one
// that cannot.
func TestAnErrorHasThreePartsAVerbAndANumber(t *testing.T) {
	w := sampleWindow(t)
	tries := 0
	var try func()
	try = func() {
		tries++
		w.FailAgain(record.Refuse("STICK_FULL", "没有存到 U 盘：还差 38 MB。请清理 U 盘后重试；本机数据没有变化。"), try)
	}
	try()
	w.sees(t, "没有存到 U 盘：还差 38 MB", "请清理 U 盘后重试。", "本机数据没有变化。", "重试", "知道了", "编号 STICK_FULL")
	for _, fault := range w.Faults() {
		t.Error(fault)
	}
	w.number(record.Refuse("STICK_FULL", "没有存到 U 盘。")).Tapped(&fyne.PointEvent{})
	if got := w.App.kit.Clipboard(); !strings.Contains(got, "STICK_FULL") || !strings.Contains(got, "1.0.0") {
		t.Errorf("copied %q", got)
	}
	w.keys(fyne.KeyReturn)
	if tries != 2 || w.failure == nil {
		t.Fatalf("tried %d times", tries)
	}
	w.App.kit.Press("Esc")
	w.Fail(record.Refuse("VALUE_EMPTY", "还没有勾人。请先勾上已经缴了的人。"))
	w.sees(t, "还没有勾人", "请先勾上已经缴了的人。", "已存的内容都在。", "知道了")
	if strings.Contains(w.text(), "重试") {
		t.Error("nothing to try again, and 重试 is there")
	}
}
