package print

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhibu/app/print/page"
	"zhibu/app/print/printtest"
)

// Every line of the contents leads to the page it names, which bears that number and
// the bookmark of the same name; the file's outline has them all.
func TestTheContentsOfTheBookLeadToItsPages(t *testing.T) {
	d := document(t, "BOOK", nil, printtest.New(printtest.Typical), Options{})
	front := 0
	for len(marksOf(d.List(front))) == 0 {
		front++
	}
	marks := 0
	for n := front; n < d.Pages(); n++ {
		marks += len(marksOf(d.List(n)))
		if number := fmt.Sprintf("— %d —", n-front+1); !strings.Contains(strip(textOf(d.List(n))), strip(number)) {
			t.Errorf("page %d is not numbered %s", n+1, number)
		}
	}
	path := filepath.Join(t.TempDir(), "book.pdf")
	if err := os.WriteFile(path, pdf(t, d), 0o600); err != nil {
		t.Fatal(err)
	}
	outline, err := exec.Command("qpdf", "--json", "--json-key=outlines", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	entries := contentsOf(d, front)
	if len(entries) != marks || marks < 30 {
		t.Errorf("%d lines in the contents, %d bookmarks", len(entries), marks)
	}
	for _, e := range entries {
		title := e.title
		if _, bare, ok := strings.Cut(title, "、"); ok && e.chapter {
			title = bare
		}
		if e.at < 1 || front+e.at > d.Pages() || !slices.Contains(marksOf(d.List(front+e.at-1)), title) {
			t.Errorf("%s is not on page %d", e.title, e.at)
		}
		if !strings.Contains(string(outline), title) {
			t.Errorf("the outline of the file lacks %s", title)
		}
	}
}

type bookLine struct {
	title   string
	at      int
	chapter bool
}

// contentsOf reads the lines of the contents off the pages before the first chapter.
func contentsOf(d *Document, front int) []bookLine {
	var out []bookLine
	for n := 1; n < front; n++ {
		titles := map[float64]string{}
		left := map[float64]float64{}
		for _, item := range d.List(n).Items {
			run, ok := item.(page.Run)
			if !ok || run.Size > size4s {
				continue
			}
			y := math.Round(run.Y)
			at := 0
			if _, err := fmt.Sscanf(run.Text, "%d", &at); err == nil && run.X > d.List(n).Area.Right()-12 {
				out = append(out, bookLine{titles[y], at, left[y] < d.List(n).Area.X+1})
				continue
			}
			if titles[y] == "" {
				left[y] = run.X
			}
			titles[y] += run.Text
		}
	}
	return out
}

// marksOf returns the titles of the bookmarks of a page.
func marksOf(p *page.Page) (out []string) {
	for _, item := range p.Items {
		if m, ok := item.(page.Mark); ok {
			out = append(out, m.Title)
		}
	}
	return out
}
