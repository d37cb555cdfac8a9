package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// TestRestoreByKeyboard looks into the day's copy, restores it and goes on working.
func TestRestoreByKeyboard(t *testing.T) {
	w := sampleWindow(t)
	w.Keep()
	w.sees(t, "备份与恢复", "每天自动", "看里面")
	w.keys(fyne.KeyReturn) // from the list to the passphrase
	w.types(t, storetest.Passphrase)
	w.keys(fyne.KeyReturn)
	w.sees(t, "这份备份完好", "党员名册", "用这份恢复")
	press(t, w, "用这份恢复")
	w.sees(t, "现在的文件换个名字留着")
	press(t, w, "恢复")
	if w.session.Stage != screen.Unlocked {
		t.Fatalf("%+v", w.session.Lock)
	}
	w.sees(t, "已恢复", "原来的文件留着")
}

// TestHandOverLeavesTheBooksReadOnly hands over into a folder with a Chinese name,
// reads the code of the file, and takes it back.
func TestHandOverLeavesTheBooksReadOnly(t *testing.T) {
	w := sampleWindow(t)
	folder := filepath.Join(t.TempDir(), "移交 材料（2026）")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	w.fy.Preferences().SetString(folderPref, folder)
	w.handOver()
	w.sees(t, "移交文件存到哪里")
	press(t, w, "存在这里")
	w.sees(t, "移交给下一任书记？")
	w.types(t, "给下一任的密码2026")
	w.keys(fyne.KeyTab)
	for !isEntry(w.App.kit.Focused()) {
		w.keys(fyne.KeyTab) // past the eye
	}
	w.types(t, "给下一任的密码2026")
	press(t, w, "打成移交文件，本机转为只读")
	w.sees(t, "移交文件已写好", "我已打印或抄好", "这份台账已移交给下一任")
	w.keys(fyne.KeySpace)
	press(t, w, "已收好")
	found, err := filepath.Glob(filepath.Join(folder, "支部台账移交-*.bak"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if _, _, err := w.Book().Save("member", "", map[string]string{"name": "温予宁", "category": "正式党员"}); record.CodeOf(err) != "HANDED_OVER" {
		t.Error(err)
	}
	press(t, w, "收回移交")
	w.sees(t, "收回移交，这台电脑接着记？")
	w.App.kit.Press("Esc")
	if err := w.session.TakeBack(); err != nil || w.session.Handed() != "" {
		t.Error(err)
	}
}

// TestRecoveryCodeIsPrinted prints the page for the safe from the first run.
func TestRecoveryCodeIsPrinted(t *testing.T) {
	w := openWindow(t, 0, standard(), nil)
	showRecovery(w)
	w.sees(t, "存到 U 盘")
	press(t, w, "打印")
	w.sees(t, "在哪台打印机上打？", "办公室激光打印机")
	w.keys(fyne.KeyReturn)
	w.sees(t, "请马上去取，放进保险柜")
	paper, err := w.cfg.Press.RecoverySheet("云栈支部", w.wizard.w.Recovery)
	if err != nil || paper.Pages() != 1 || !strings.Contains(paper.Title(), "恢复码") {
		t.Error(err)
	}
}
