package print

import (
	"bytes"
	"image/png"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zhibu/app/print/page"
	"zhibu/app/print/printtest"
	"zhibu/storage/record"
)

// Over ready stationery only what was filled in is printed, moved as calibrated, and
// it stands in the blanks of the form, however long it is; what the blanks do not
// hold goes to a continuation page on plain paper.
func TestOverlaysStandInTheBlanksOfTheirForms(t *testing.T) {
	shift := Calibration{Right: 2, Down: -1.5}
	faces, err := ChosenFaces(FaceFiles{"fang": "../../assets/fonts/ZhibuFang-Regular.ttf"})
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []printtest.Size{printtest.Typical, printtest.Longest, printtest.Rare} {
		w := printtest.New(size)
		for _, j := range overlayJobs(size, w) {
			t.Run(j.name, func(t *testing.T) {
				j.opt.Faces, j.opt.Overlay = faces, &Calibration{}
				over := document(t, j.code, j.ids, w, j.opt)
				j.opt.Overlay = &shift
				shifted := document(t, j.code, j.ids, w, j.opt)
				blank := document(t, j.code, nil, w, Options{Variant: j.opt.Variant, Blank: true, Faces: j.opt.Faces})
				var values strings.Builder
				for n := range over.Pages() {
					p := over.List(n)
					values.WriteString(valuesOf(p))
					if p.Plain {
						continue
					}
					valuesAlone(t, n, p)
					if !slices.EqualFunc(p.Items, shifted.List(n).Items, func(a, b page.Item) bool { return moved(a, shift.Right, shift.Down) == b }) {
						t.Errorf("page %d: not moved as calibrated", n+1)
					}
					if j.code != "F12" { // a resolution goes into an empty frame
						inBlanks(t, n, p, stationery(n, over, blank))
					}
				}
				j.opt.Overlay = nil
				whole := document(t, j.code, j.ids, w, j.opt)
				if got, want := strip(values.String()), strip(allValues(whole)); len(got) < len(want) || !covered(want, got, 60) {
					t.Errorf("the overlay says\n%s, the form\n%s", got, want)
				}
			})
		}
	}
}

// overlayJobs are the forms for ready stationery, a record each.
func overlayJobs(size printtest.Size, w *printtest.World) []job {
	var out []job
	for _, j := range jobs(size, w) {
		form, _ := FormOf(j.code)
		if !form.Overlay {
			continue
		}
		j.ids = j.ids[:1]
		j.opt.Fill = map[string]string{"no": "2026015", "to": "中共丙丁区委组织部", "dest": "中共丙丁科技有限公司支部委员会", "paid": "2026-10"}
		out = append(out, j)
	}
	return out
}

// stationery returns the blank page under page n of an overlay: the booklet of F06
// has as many pages of half-years as are needed.
func stationery(n int, over, blank *Document) *page.Page {
	const halfYear = 6
	more := -blank.Pages()
	for i := range over.Pages() {
		if !over.List(i).Plain {
			more++
		}
	}
	if n > halfYear {
		n = max(halfYear, n-more)
	}
	return blank.List(n)
}

func allValues(d *Document) string {
	out := ""
	for n := range d.Pages() {
		out += valuesOf(d.List(n))
	}
	return out
}

// textOf returns everything that is written on a page.
func textOf(p *page.Page) string {
	var out strings.Builder
	for _, item := range p.Items {
		if run, ok := item.(page.Run); ok {
			out.WriteString(run.Text)
		}
	}
	return out.String()
}

// valuesOf returns what is filled in on a page, notes about continuation left out.
func valuesOf(p *page.Page) string {
	var out strings.Builder
	for _, item := range p.Items {
		if run, ok := item.(page.Run); ok && run.Value {
			out.WriteString(run.Text)
		}
	}
	return regexp.MustCompile(`（转续页.*?）`).ReplaceAllString(out.String(), "")
}

// valuesAlone proves that nothing of the form itself is on a page.
func valuesAlone(t *testing.T, n int, p *page.Page) {
	t.Helper()
	for _, item := range p.Items {
		alone := false
		switch it := item.(type) {
		case page.Run:
			alone = it.Value
		case page.Line:
			alone = it.Value && it.Stroke != page.Rule
		case page.Box:
			alone = it.Value && it.Fill.A == 0
		case page.Mark:
			alone = true
		}
		if !alone {
			t.Errorf("page %d: %+v on the overlay", n+1, item)
		}
	}
}

// inBlanks proves that an overlay touches neither the rules nor the text of the
// blank form below it; where that has no table, every value stands on a line to
// write on, and every stroke goes through the words it strikes out.
func inBlanks(t *testing.T, n int, over, blank *page.Page) {
	t.Helper()
	if !hasRule(blank) {
		for _, item := range over.Items {
			if !onLine(item, blank) {
				t.Errorf("page %d: %+v stands over no blank", n+1, item)
			}
		}
	}
	both := &page.Page{Area: blank.Area, Items: slices.Concat(blank.Items, over.Items)}
	if found := page.Crossings(both); len(found) > 0 {
		t.Errorf("page %d: over a rule: %v", n+1, found[:min(3, len(found))])
	}
	if a, b, found := overprinted(both); found {
		t.Errorf("page %d: %q over %q", n+1, a, b)
	}
	if found := page.Outside(both); len(found) > 0 {
		t.Errorf("page %d: outside the type area: %v", n+1, found[:min(3, len(found))])
	}
}

func hasRule(p *page.Page) bool {
	return slices.ContainsFunc(p.Items, func(item page.Item) bool {
		l, ok := item.(page.Line)
		return ok && l.Stroke == page.Rule
	})
}

// onLine reports whether a value has a line of the blank form close below it, or a
// stroke words of it around it.
func onLine(item page.Item, blank *page.Page) bool {
	return slices.ContainsFunc(blank.Items, func(below page.Item) bool {
		switch it := item.(type) {
		case page.Run:
			l, ok := below.(page.Line)
			return ok && l.Stroke == page.Underline && l.Y1 > it.Y && l.Y1 < it.Y+2 && it.X >= l.X1-0.1 && it.X+it.Advance() <= l.X2+0.1
		case page.Line:
			run, ok := below.(page.Run)
			return it.Stroke == page.Underline || ok && it.X1 >= run.X-0.1 && it.X2 <= run.X+run.Advance()+0.1 && it.Y1 < run.Y && it.Y1 > run.Y-run.Size*page.MM
		}
		return false
	})
}

// The ground of an overlay is transparent: another program draws nothing there.
func TestTheGroundOfAnOverlayIsTransparent(t *testing.T) {
	w := printtest.New(printtest.Typical)
	for _, j := range overlayJobs(printtest.Typical, w) {
		j.opt.Overlay = &Calibration{}
		data := poppler(t, pdf(t, document(t, j.code, j.ids, w, j.opt)), "pdftocairo", "-png", "-transp", "-singlefile", "-r", "40", "-", "-")
		img, err := png.Decode(bytes.NewReader([]byte(data)))
		if err != nil {
			t.Fatal(err)
		}
		inked, size := 0, img.Bounds().Size()
		for y := range size.Y {
			for x := range size.X {
				if _, _, _, a := img.At(x, y).RGBA(); a > 0 {
					inked++
				}
			}
		}
		if inked < 30 || inked > size.X*size.Y/5 {
			t.Errorf("%s: %d of %d dots are not transparent", j.name, inked, size.X*size.Y)
		}
	}
}

func TestCalibration(t *testing.T) {
	if c, err := Calibrate(48, 51.5); err != nil || c != (Calibration{Right: 2, Down: -1.5}) {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := Calibrate(5, 50); record.CodeOf(err) != "CALIBRATION_RANGE" {
		t.Errorf("a wild measurement gave %v", err)
	}
	sheet, err := CalibrationSheet(printtest.New(printtest.Typical), nil)
	if err != nil || sheet.Pages() != 1 {
		t.Fatal(err)
	}
	at := 0
	for _, item := range sheet.List(0).Items {
		if l, ok := item.(page.Line); ok && (l.X1 == l.X2 && l.X1 == crossAt || l.Y1 == l.Y2 && l.Y1 == crossAt) {
			at++
		}
	}
	if at != 2 {
		t.Errorf("%d arms of the cross stand at %v mm", at, crossAt)
	}
}
