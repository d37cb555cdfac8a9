package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"zhibu/app/ui/drive"
)

// The work area of a laptop of 1366 × 768.
const screenWidth, screenHeight = 1366, 728

// builtFor builds a program that answers the driver.
func builtFor(t testing.TB, folder string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "program")
	build := exec.CommandContext(t.Context(), "go", "build", "-tags", "x11,migrated_fynedo,drive", "-o", binary, folder)
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	return binary
}

// openSample opens the sample branch in a real window, at a fixed moment; input
// starts an input method first, nil for none; env is added to the program's environment.
// ZHIBU_OUT names a folder for pictures.
func openSample(t *testing.T, binary string, input func(*drive.Desk) error, env ...string) *job {
	t.Helper()
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
	if input != nil {
		j.must(input(d))
	}
	d.Setenv(append(env, "ZHIBU_NOW="+present, "ZHIBU_TEST_KEY=1", "HOME="+j.home, "XDG_CONFIG_HOME="+j.home)...)
	j.must(d.Start(os.Stderr, "支部台账", binary, "try", "--data", filepath.Join(t.TempDir(), "sample")))
	j.see("待办提醒")
	return j
}

// prints looks for texts in the PDF that was saved.
func (j *job) prints(texts ...string) {
	j.t.Helper()
	read := exec.Command("pdftotext", "-layout", "-", "-")
	read.Stdin = bytes.NewReader(j.saved())
	printed, err := read.Output()
	j.must(err)
	for _, want := range texts {
		if !strings.Contains(string(printed), want) {
			j.t.Errorf("the paper does not say %q:\n%s", want, printed)
		}
	}
}
