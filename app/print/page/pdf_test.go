package page

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
)

// sample is a document with everything a display list can hold.
func sample(t testing.TB) *Document {
	f := testFace(t)
	s := Style{Face: f, Size: 12, Color: Black}
	flow := NewFlow(Portrait)
	flow.Page().Add(Mark{Title: "第一章 徐𫖯", Y: 22})
	flow.Text(Text(s, "中共某某支部委员会：徐𫖯、张𬀩、欧阳㛃，2026年11月20日。\n缺字：😀与\U000323AF")...)
	red := s
	red.Color = Red
	flow.Text(Text(red, "红字 A(b)\\c")...)
	flow.Page().Add(Box{Rect: Rect{30, 100, 20, 10}, Fill: Red, Edge: Black, Width: 0.5},
		Line{X1: 30, Y1: 120, X2: 100, Y2: 120, Width: 0.3, Dash: 2, Color: Red, Stroke: Deco},
		Picture{Rect: Rect{60, 130, 20, 20}, Image: image.NewGray(image.Rect(0, 0, 4, 4))})
	flow.Turn(Landscape)
	flow.Page().Add(Mark{Title: "第二章", Y: 40, Level: 0}, Mark{Title: "一节", Y: 60, Level: 1})
	flow.Text(Text(s, "横页")...)
	return &Document{Pages: flow.Pages, Title: "会议记录（徐𫖯）", Author: "中共某某支部", Date: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}
}

func bytesOf(t testing.TB, d *Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.WritePDF(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tool runs a program on a file with the given bytes and returns what it prints.
func tool(t testing.TB, data []byte, name string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = path
		}
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func TestTheFileIsSoundAndSaysWhatItShows(t *testing.T) {
	data := bytesOf(t, sample(t))
	tool(t, data, "qpdf", "--check", "FILE")
	api.DisableConfigDir() // pdfcpu would make a folder in the home of whoever runs the tests
	if err := api.Validate(bytes.NewReader(data), nil); err != nil {
		t.Errorf("pdfcpu: %v", err)
	}
	text := tool(t, data, "pdftotext", "-raw", "FILE", "-")
	for _, want := range []string{"徐𫖯、张𬀩、欧阳㛃，2026年11月20日。", "😀", "\U000323AF", "A(b)\\c", "横页"} {
		if !strings.Contains(text, want) {
			t.Errorf("pdftotext lacks %q:\n%s", want, text)
		}
	}
	info := tool(t, data, "pdfinfo", "FILE")
	for _, want := range []string{"会议记录（徐𫖯）", "中共某某支部"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo lacks %q:\n%s", want, info)
		}
	}
	for _, program := range []string{"FPDF", "pdfcpu", "Producer", "Creator:"} {
		if strings.Contains(info, program) || bytes.Contains(data, []byte(program)) {
			t.Errorf("the file names a program: %s", program)
		}
	}
	if !bytes.Contains(data, []byte("/Lang (zh-CN)")) {
		t.Error("no language")
	}
	outline := tool(t, data, "qpdf", "--json", "--json-key=outlines", "FILE")
	for _, want := range []string{"第一章 徐𫖯", "第二章", "一节"} {
		if !strings.Contains(outline, want) {
			t.Errorf("the outline lacks %q", want)
		}
	}
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	first := bytesOf(t, sample(t))
	for range 3 {
		if !bytes.Equal(first, bytesOf(t, sample(t))) {
			t.Fatal("the bytes differ")
		}
	}
}

func TestNoPagesIsAnError(t *testing.T) {
	if err := (&Document{}).WritePDF(&bytes.Buffer{}); err == nil {
		t.Error("an empty document was written")
	}
}

func TestPreviewIsThePaper(t *testing.T) {
	d := sample(t)
	img := d.Pages[0].Paint(96)
	if got := img.Bounds().Size(); got.X != 794 || got.Y != 1123 {
		t.Errorf("A4 at 96 dpi is %v", got)
	}
	if c := img.RGBAAt(151, 397); c.R < 200 || c.G > 60 { // inside the red box at 40,105 mm
		t.Errorf("the box is %v", c)
	}
	dark := 0
	for x := range img.Bounds().Dx() {
		if img.RGBAAt(x, 93).R < 128 { // the first line of text
			dark++
		}
	}
	if dark < 20 {
		t.Errorf("only %d dark dots on the first line", dark)
	}
}

func TestWhatReachesOverTheEdgeIsCutOff(t *testing.T) {
	font, _, _ := testFace(t).Find('国')
	p := &Page{W: 50, H: 30}
	p.Add(Line{X1: 25, Y1: -10, X2: 25, Y2: 45, Width: 3, Color: Black}, Box{Rect: Rect{45, 25, 20, 20}, Fill: Red},
		Box{Rect: Rect{-80, -80, 20, 20}, Fill: Red}, Run{X: 46, Y: 32, Size: 40, Font: font, Text: "国国", Color: Black}, Run{X: -200, Y: -9, Size: 12, Font: font, Text: "国"})
	for _, dpi := range []float64{0, 33, 96, 300} {
		img := p.Paint(dpi)
		size := img.Bounds().Size()
		if c := img.RGBAAt(size.X/2, size.Y/2); c.R > 170 { // a line of one pixel may fall between two
			t.Errorf("at %.0f dpi the line over the edge is %v", dpi, c)
		}
	}
}

// allowed is everything of gofpdf that the writer may call (design: its text
// layout loses characters and its encryption is weak).
const allowed = "NewCustom InitType SizeType Fpdf ImageOptions"

func TestOnlyTheWriterSpeaksToGofpdf(t *testing.T) {
	forbidden := []string{"MultiCell", "SplitText", "SplitLines", "Write", "Cell", "CellFormat", "SetProtection", "WriteAligned"}
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			if strings.Contains(spec.Path.Value, "gofpdf") && filepath.Base(path) != "pdf.go" {
				t.Errorf("%s imports gofpdf", path)
			}
		}
		if filepath.Base(path) != "pdf.go" {
			return nil
		}
		ast.Inspect(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "gofpdf" && !strings.Contains(allowed, sel.Sel.Name) {
				t.Errorf("%s uses gofpdf.%s", path, sel.Sel.Name)
			}
			if inner, ok := sel.X.(*ast.SelectorExpr); ok && inner.Sel.Name == "pdf" {
				for _, f := range forbidden {
					if sel.Sel.Name == f {
						t.Errorf("%s calls %s", path, f)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
