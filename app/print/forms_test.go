package print

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"

	"zhibu/app/print/page"
	"zhibu/app/print/printtest"
)

var update = flag.Bool("update", false, "write testdata/pages.txt anew")

// job is one document to prove: a form in one shape from one world.
type job struct {
	name string
	code string
	ids  []string
	opt  Options
}

// jobs lists every shape of every form for a world; blank forms once, from the
// empty one.
func jobs(size printtest.Size, w *printtest.World) []job {
	var out []job
	for _, f := range Forms() {
		variants := f.Variants
		if len(variants) == 0 {
			variants = []Variant{{}}
		}
		for _, v := range variants {
			name := strings.TrimSuffix(f.Code+"/"+v.ID, "/")
			if size == printtest.Empty {
				if f.Blank {
					out = append(out, job{name + "/blank", f.Code, nil, Options{Variant: v.ID, Blank: true}})
				}
				if f.Whole {
					out = append(out, job{name + "/empty", f.Code, nil, Options{Variant: v.ID}})
				}
				continue
			}
			if size == printtest.Crowd && !isList(f, v.ID) {
				continue
			}
			ids := subjects(f, v, w)
			out = append(out, job{name + "/" + size.String(), f.Code, ids, Options{Variant: v.ID}})
		}
	}
	return out
}

// isList reports whether a shape prints a whole register: only these are tried
// with 2,000 rows.
func isList(f Form, variant string) bool {
	return f.Whole && f.Code != "BOOK" && !slices.Contains([]string{"F14/SHEET", "F23/SHEET", "F22/YEAR"}, f.Code+"/"+variant)
}

// subjects picks the records a shape prints.
func subjects(f Form, v Variant, w *printtest.World) []string {
	switch {
	case f.Code == "F01":
		for _, m := range w.All("meeting") {
			if m.Values["kind"] == v.ID {
				return []string{m.ID}
			}
		}
		return []string{w.First("meeting")}
	case f.Code == "F14" && v.ID == "SHEET":
		return []string{w.First("member")}
	case f.Code == "CARD":
		if id := w.First(v.ID); id != "" {
			return []string{id}
		}
		return nil
	case f.Code == "F10":
		return []string{w.First("pool"), w.All("pool")[1].ID}
	case len(f.Kinds) == 0 || f.Whole:
		return nil
	}
	var out []string
	for _, kind := range f.Kinds[:1] {
		for _, r := range w.All(kind) {
			out = append(out, r.ID)
		}
	}
	return out[:min(len(out), 3)]
}

func TestEveryFormIsSoundPaper(t *testing.T) {
	golden := readGolden(t)
	for _, size := range printtest.Sizes() {
		w := printtest.New(size)
		for _, j := range jobs(size, w) {
			t.Run(j.name, func(t *testing.T) {
				d := document(t, j.code, j.ids, w, j.opt)
				onPaper(t, d)
				proveFile(t, d)
				for n := range min(d.Pages(), 3) {
					if d.Image(n, 24) == nil {
						t.Errorf("page %d has no preview", n+1)
					}
				}
				if got, want := fmt.Sprint(d.Pages()), golden[j.name]; got != want && !*update {
					t.Errorf("%s pages, want %s", got, want)
				}
				golden[j.name] = fmt.Sprint(d.Pages())
			})
		}
	}
	if *update {
		writeGolden(t, golden)
	}
}

// onPaper proves the display list: inside the type area, off the rules, every
// value there, every path known to the catalog.
func onPaper(t *testing.T, d *Document) {
	t.Helper()
	var all, values strings.Builder
	for n := range d.Pages() {
		p := d.List(n)
		if over := page.Outside(p); len(over) > 0 {
			t.Errorf("page %d: outside the type area: %v", n+1, over[:min(3, len(over))])
		}
		if n > 0 && forlorn(p) {
			t.Errorf("page %d holds next to nothing", n+1)
		}
		if over := page.Crossings(p); len(over) > 0 {
			t.Errorf("page %d: over a rule: %v", n+1, over[:min(3, len(over))])
		}
		for _, item := range p.Items {
			if run, ok := item.(page.Run); ok {
				all.WriteString(run.Text)
				if run.Value {
					values.WriteString(run.Text)
				}
			}
		}
	}
	everything, filled := strip(all.String()), strip(values.String())
	for _, value := range d.told {
		if v := strip(value); !covered(v, filled, 8) && !covered(v, everything, 8) {
			t.Errorf("a value is not on the paper: %q", value)
		}
	}
	if len(d.unknown) > 0 {
		t.Errorf("fields the catalog does not have: %v", d.unknown)
	}
}

// forlorn reports whether a page holds no table, no heading and less than three lines
// of text: a signature gone astray.
func forlorn(p *page.Page) bool {
	lines := map[int]bool{}
	for _, item := range p.Items {
		switch it := item.(type) {
		case page.Line:
			if it.Stroke == page.Rule {
				return false
			}
		case page.Box, page.Picture:
			return false
		case page.Run:
			if it.Size >= size3 {
				return false
			}
			if !it.Free {
				lines[int(it.Y)] = true
			}
		}
	}
	return len(lines) < 3
}

// covered reports whether text holds value whole, or in at most n pieces where
// pages and cells break it.
func covered(value, text string, n int) bool {
	for value != "" && n > 0 {
		if strings.Contains(text, value) {
			return true
		}
		runes := []rune(value)
		low, high := 0, len(runes)
		for low < high { // the longest beginning that is there
			mid := (low + high + 1) / 2
			if strings.Contains(text, string(runes[:mid])) {
				low = mid
			} else {
				high = mid - 1
			}
		}
		if low < 4 {
			return false
		}
		value = string(runes[low:])
		n--
	}
	return value == ""
}

func strip(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u3000' || r == '\n' || r == '\f' {
			return -1
		}
		return r
	}, s)
}

// proveFile checks the finished bytes with other people's readers.
func proveFile(t *testing.T, d *Document) {
	t.Helper()
	data := pdf(t, d)
	path := filepath.Join(t.TempDir(), "form.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v\n%s", err, out)
	}
	api.DisableConfigDir()
	if err := api.Validate(bytes.NewReader(data), nil); err != nil {
		t.Errorf("pdfcpu: %v", err)
	}
	out, err := exec.Command("pdftotext", "-raw", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	pages := strings.Split(string(out), "\f")
	for n := range d.Pages() {
		text := strip(pages[n])
		for _, item := range d.List(n).Items {
			if run, ok := item.(page.Run); ok && !strings.Contains(text, strip(run.Text)) {
				t.Fatalf("page %d: pdftotext lacks %q", n+1, run.Text)
			}
		}
	}
}

const goldenFile = "testdata/pages.txt"

func readGolden(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	data, err := os.ReadFile(goldenFile)
	if err != nil && !*update {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^(\S+) (\d+)$`).FindAllStringSubmatch(string(data), -1) {
		out[m[1]] = m[2]
	}
	return out
}

func writeGolden(t *testing.T, golden map[string]string) {
	t.Helper()
	var lines []string
	for name, pages := range golden {
		lines = append(lines, name+" "+pages)
	}
	slices.Sort(lines)
	if err := os.MkdirAll(filepath.Dir(goldenFile), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenFile, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}
