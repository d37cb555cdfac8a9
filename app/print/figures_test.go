package print

import (
	"image"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"zhibu/app/print/page"
	"zhibu/app/print/printtest"
)

// dpi of the pages that are measured: a dot is 0.085 mm.
const dpi = 300.0

// scan renders a page of a document with another program and returns it.
func scan(t *testing.T, d *Document, n int) image.Image {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "page.pdf")
	if err := os.WriteFile(path, pdf(t, d), 0o600); err != nil {
		t.Fatal(err)
	}
	number := string(rune('0' + n))
	if out, err := exec.Command("pdftoppm", "-r", "300", "-f", number, "-l", number, "-singlefile", "-png", path, filepath.Join(dir, "page")).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	f, err := os.Open(filepath.Join(dir, "page.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// band is a run of rows with ink, in mm from the top, and how far the ink reaches
// from left to right.
type band struct{ top, bottom, left, right float64 }

// bands finds the lines of a page: rows with dots that ink accepts.
func bands(img image.Image, ink func(r, g, b uint32) bool) []band {
	mm := func(dots int) float64 { return float64(dots) * 25.4 / dpi }
	var out []band
	open := false
	size := img.Bounds().Size()
	for y := range size.Y {
		left, right := -1, -1
		for x := range size.X {
			if r, g, b, _ := img.At(x, y).RGBA(); ink(r>>8, g>>8, b>>8) {
				if left < 0 {
					left = x
				}
				right = x
			}
		}
		switch {
		case left < 0:
			open = false
		case !open:
			out, open = append(out, band{mm(y), mm(y + 1), mm(left), mm(right + 1)}), true
		default:
			last := &out[len(out)-1]
			last.bottom, last.left, last.right = mm(y+1), math.Min(last.left, mm(left)), math.Max(last.right, mm(right+1))
		}
	}
	return out
}

func black(r, g, b uint32) bool { return r < 110 && g < 110 && b < 110 }
func red(r, g, b uint32) bool   { return r > 150 && g < 110 && b < 110 }

func near(t *testing.T, what string, got, want, give float64) {
	t.Helper()
	if math.Abs(got-want) > give {
		t.Errorf("%s is %.2f mm, want %.2f ± %.2f", what, got, want, give)
	}
}

// official makes a document of three pages by GB/T 9704-2012.
func official(t *testing.T) *Document {
	t.Helper()
	form := Form{Code: "T", Name: "公文"}
	d, err := newDraft(form, printtest.New(printtest.Typical), Options{RedHead: true, Fill: map[string]string{"no": "沪云栈三支〔2026〕8号"}})
	if err != nil {
		t.Fatal(err)
	}
	d.paper(page.Letter)
	l := letter{title: "关于开好年度组织生活会的请示", to: "中共浦江新区软件行业综合委员会", by: "中共青梧街道云栈科技园第三联合党支部", date: "2026年11月20日"}
	for range 9 {
		l.body = append(l.body, d.para(strings.Repeat("国", 28*5-2), nil))
	}
	d.writeLetter(l)
	d.finish()
	return &Document{page: page.Document{Pages: d.Pages, Title: "公文", Date: d.in.Today().Time()}}
}

// The figures of GB/T 9704-2012: 37 mm above, 28 mm at the binding side, 156 × 225
// mm of type, 22 lines of 28 characters, page numbers 7 mm below.
func TestTheGridOfOfficialDocuments(t *testing.T) {
	d := official(t)
	lines := bands(scan(t, d, 2), black)
	if len(lines) != 23 {
		t.Fatalf("%d lines on a full page, want 22 and the page number", len(lines))
	}
	body := lines[:22]
	glyph := body[0].bottom - body[0].top // 国 fills most of its square
	pitch := 225.0 / 22
	margin := (pitch - glyph) / 2
	near(t, "the white above the type area", body[0].top-margin, 37, 0.6)
	near(t, "the foot of the type area", body[21].bottom+margin, 37+225, 0.6)
	for i, b := range body {
		indent := 0.0
		if b.left > 38 { // a paragraph's first line: two cells
			indent = 2 * gridCell
		}
		near(t, "the binding side", b.left, 28+0.4+indent, 0.4)
		near(t, "the right edge of the type area", b.right, 28+156-0.4, 0.4)
		if i > 0 {
			near(t, "the pitch of lines", b.top-body[i-1].top, pitch, 0.15)
		}
	}
	near(t, "the top of the page number below the type area", lines[22].top-(37+225), 7, 0.3)
	near(t, "an even page's number from the left edge", lines[22].left-28, 14*page.MM, 0.6)
	for _, item := range d.List(1).Items {
		if run, ok := item.(page.Run); ok && !run.Free && len([]rune(run.Text)) != 28 && strings.Trim(run.Text, "国") == "" && len([]rune(run.Text)) != 26 {
			t.Errorf("a line has %d characters, want 28", len([]rune(run.Text)))
		}
	}
}

func TestTheRedHead(t *testing.T) {
	marks := bands(scan(t, official(t), 1), red)
	if len(marks) != 2 {
		t.Fatalf("%d red things, want the mark and the line", len(marks))
	}
	near(t, "the mark below the top of the type area", marks[0].top-37, 35, 1)
	near(t, "the left end of the red line", marks[1].left, 28, 0.3)
	near(t, "the right end of the red line", marks[1].right, 184, 0.3)
	number := 0.0
	for _, b := range bands(scan(t, official(t), 1), black) {
		if b.bottom < marks[1].top {
			number = b.bottom
		}
	}
	near(t, "the red line below the document number", marks[1].top-number, 4, 0.7)
}

// A form's frame stands on the margins it was designed with.
func TestFormsKeepTheirMargins(t *testing.T) {
	w := printtest.New(printtest.Typical)
	d := document(t, "F17", []string{w.First("post")}, w, Options{})
	for _, b := range bands(scan(t, d, 1), black) {
		if b.left < 25-0.3 || b.right > 190+0.3 || b.top < 22-0.3 {
			t.Errorf("ink at %.1f…%.1f mm, %.1f mm from the top: outside 25…190, 22…", b.left, b.right, b.top)
		}
	}
}

// dotAt is the colour at a place of a scanned page, in mm.
func dotAt(img image.Image, x, y float64) (r, g, b uint32) {
	r, g, b, _ = img.At(int(x*dpi/25.4), int(y*dpi/25.4)).RGBA()
	return r >> 8, g >> 8, b >> 8
}

// Two ballots stand on a sheet, the same, with the mark they are cut along between.
func TestTwoBallotsStandOnASheet(t *testing.T) {
	w := printtest.New(printtest.Typical)
	img := scan(t, document(t, "F02", []string{w.First("pool")}, w, Options{}), 1)
	cut, ink, unlike := 0, 0, 0
	for y := 1.0; y < 209; y += 0.2 {
		if r, _, _ := dotAt(img, 148.5, y); r < 180 {
			cut++
		}
		for x := 1.0; x < 147; x += 0.2 {
			left, _, _ := dotAt(img, x, y)
			right, _, _ := dotAt(img, x+148, y)
			if left < 128 {
				ink++
			}
			if left > right+128 || right > left+128 {
				unlike++
			}
		}
	}
	if cut < 400 || cut > 700 {
		t.Errorf("%d of 1040 dots of the cut mark, want about half", cut)
	}
	if ink < 2000 || unlike > ink/4 {
		t.Errorf("%d of %d dots differ between the two", unlike, ink)
	}
}

// The ground of a board reaches 3 mm over the edge, and the corners are marked
// outside of that.
func TestABoardBleedsAndIsMarkedForCutting(t *testing.T) {
	w := printtest.New(printtest.Typical)
	img := scan(t, document(t, "F20", []string{w.First("zone")}, w, Options{Variant: "A4"}), 1)
	const left, top = (297.0 - 270) / 2, (210.0 - 180) / 2
	if r, g, _ := dotAt(img, left-2.6, top+20); r < 120 || g > 80 {
		t.Error("the ground does not reach over the edge")
	}
	if r, g, b := dotAt(img, left-3.4, top+20); r+g+b < 740 {
		t.Error("the ground reaches too far")
	}
	marked := 0
	for x := left - 0.2; x < left+0.2; x += 0.05 {
		if r, _, _ := dotAt(img, x, top-bleed-3); r < 128 {
			marked++
		}
	}
	if marked == 0 {
		t.Error("no mark above the corner")
	}
}
