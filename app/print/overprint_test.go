package print

import (
	"strings"
	"testing"

	"zhibu/app/print/page"
	"zhibu/app/print/printtest"
)

// Nothing is printed over anything else, however long the branch is called: names of
// joint branches fill a line by themselves.
func TestNothingIsPrintedOverText(t *testing.T) {
	for _, size := range []printtest.Size{printtest.Typical, printtest.Longest} {
		w := printtest.New(size)
		w.All("branch")[0].Values["name"] = "中共青梧街道云栈科技园第三联合党支部" + strings.Repeat("第二十八届流动党员", 3)
		delete(w.All("branch")[0].Values, "short_name")
		for _, j := range jobs(size, w) {
			d := document(t, j.code, j.ids, w, j.opt)
			for n := range min(d.Pages(), 3) {
				if a, b, found := overprinted(d.List(n)); found {
					t.Errorf("%s page %d: %q over %q", j.name, n+1, a, b)
				}
			}
		}
	}
}

// overprinted finds two texts of a page whose ink shares more than a hair.
func overprinted(p *page.Page) (one, other string, found bool) {
	const hair = 0.4 // mm
	type ink struct {
		page.Rect
		run int
	}
	var all []ink
	var texts []string
	for _, item := range p.Items {
		if run, ok := item.(page.Run); ok {
			for _, r := range run.Ink() {
				all = append(all, ink{r, len(texts)})
			}
			texts = append(texts, run.Text)
		}
	}
	for i, a := range all {
		for _, b := range all[i+1:] {
			wide, high := min(a.Right(), b.Right())-max(a.X, b.X), min(a.Bottom(), b.Bottom())-max(a.Y, b.Y)
			if a.run != b.run && wide > hair && high > hair {
				return texts[a.run], texts[b.run], true
			}
		}
	}
	return "", "", false
}
