package main

import (
	"os"
	"os/exec"
	"path/filepath"
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
