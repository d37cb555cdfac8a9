package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"zhibu/app/ui/spool/spooltest"
)

// printer saves a member's sheet and prints it on the printer of a real print
// service, compares what comes out with the file, page by page and dot by dot, and
// then takes the printer away.
func (w *walk) printer(office *spooltest.Office) {
	w.desktop()
	w.letters("lw")
	w.see("Enter 打开")
	w.press("ctrl+p")
	w.see("打印设置")
	w.see(spooltest.Label)
	w.see("就绪")
	w.press("ctrl+s")
	w.job.click("存在这里")
	file := w.saved()
	w.press("1", "ctrl+p")
	w.see("登记表已送打印机，1 份")
	w.keep("printer")
	if got, want := w.scan(office.Paper(w.t)), w.scan(file); len(got) == 0 || !slices.EqualFunc(got, want, slices.Equal[[]byte]) {
		w.t.Errorf("the printer was sent %d pages, the file has %d, and they differ", len(got), len(want))
	}

	office.Run(w.t, "cupsdisable", spooltest.Queue)
	w.press("F5")
	w.see("已停用・可另存 PDF")
	w.see("“" + spooltest.Label + "”已停用。送") // would wait in the printer: the first line of that
	w.keep("printer-stopped")
	office.Run(w.t, "lpadmin", "-x", spooltest.Queue)
	w.press("F5")
	w.see("这台电脑没有打印机")
	w.keep("printer-none")
}

// saved waits for the one PDF in the home folder and takes it away.
func (j *job) saved() (data []byte) {
	j.t.Helper()
	j.must(j.desk.Until("the PDF in the home folder", func() bool {
		found, err := filepath.Glob(filepath.Join(j.home, "*.pdf"))
		if err != nil || len(found) != 1 {
			return false
		}
		data, err = os.ReadFile(found[0])
		return err == nil && bytes.HasSuffix(bytes.TrimSpace(data), []byte("%%EOF")) && os.Remove(found[0]) == nil
	}))
	return data
}

// scan renders the pages of a PDF and returns the dots of each.
func (j *job) scan(pdf []byte) (pages [][]byte) {
	j.t.Helper()
	dir := j.t.TempDir()
	j.must(os.WriteFile(filepath.Join(dir, "paper.pdf"), pdf, 0o600))
	j.must(exec.Command("pdftoppm", "-r", "60", filepath.Join(dir, "paper.pdf"), filepath.Join(dir, "page")).Run())
	found, err := filepath.Glob(filepath.Join(dir, "page*.ppm"))
	j.must(err)
	for _, name := range found {
		data, err := os.ReadFile(name)
		j.must(err)
		pages = append(pages, data)
	}
	return pages
}
