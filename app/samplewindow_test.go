package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"zhibu/app/ui/drive"
)

// The work area of a laptop of 1366 × 768.
const screenWidth, screenHeight = 1366, 728

// openSample opens the sample branch in a real window, at a fixed moment; pinyin
// starts an input method first. ZHIBU_OUT names a folder for pictures.
func openSample(t *testing.T, pinyin bool) *job {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "zhibu")
	build := exec.CommandContext(t.Context(), "go", "build", "-tags", "x11,migrated_fynedo,drive", "-o", binary, ".")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	d, err := drive.Open(t.Context(), t.TempDir(), screenWidth, screenHeight)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	j := &job{t: t, desk: d, home: t.TempDir(), out: os.Getenv("ZHIBU_OUT")}
	if j.out == "" {
		j.out = t.TempDir()
	}
	if pinyin {
		j.must(d.Pinyin())
	}
	d.Setenv("ZHIBU_NOW=2026-11-20 14:32", "ZHIBU_TEST_KEY=1", "HOME="+j.home, "XDG_CONFIG_HOME="+j.home)
	j.must(d.Start(os.Stderr, "支部台账", binary, "try", "--data", filepath.Join(t.TempDir(), "sample")))
	j.see("待办提醒")
	return j
}

// prints waits for the one PDF in the home folder, looks for texts in it and takes
// it away.
func (j *job) prints(texts ...string) {
	j.t.Helper()
	printed, file := "", ""
	j.must(j.desk.Until("the PDF in the home folder", func() bool {
		found, err := filepath.Glob(filepath.Join(j.home, "*.pdf"))
		if err != nil || len(found) != 1 {
			return false
		}
		file = found[0]
		text, err := exec.Command("pdftotext", "-layout", file, "-").Output()
		printed = string(text)
		return err == nil
	}))
	for _, want := range texts {
		if !strings.Contains(printed, want) {
			j.t.Errorf("the paper does not say %q:\n%s", want, printed)
		}
	}
	j.must(os.Remove(file))
}
