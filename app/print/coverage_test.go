package print

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"zhibu/app/print/face"
	"zhibu/app/print/page"
	"zhibu/app/print/printtest"
	"zhibu/assets"
)

// tongyong returns the 8105 characters of 通用规范汉字表.
func tongyong(t *testing.T) []rune {
	t.Helper()
	var out []rune
	for _, line := range strings.Split(assets.Tongyong(), "\n") {
		_, characters, _ := strings.Cut(line, " ")
		out = append(out, []rune(characters)...)
	}
	if len(out) != 8105 {
		t.Fatalf("the table has %d characters", len(out))
	}
	return out
}

func chains(t *testing.T) map[string]face.Face {
	t.Helper()
	f, complaints, err := LoadFaces(FaceFiles{"fang": "../../assets/fonts/ZhibuFang-Regular.ttf"})
	if err != nil || len(complaints) > 0 {
		t.Fatal(err, complaints)
	}
	base, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return map[string]face.Face{"宋体": f.Song, "小标宋": f.Title, "黑体": f.Hei, "楷体": f.Kai, "仿宋": f.Fang, "仿宋的替身": base.Fang}
}

func TestEveryCharacterOfTheTablePrintsAndExtracts(t *testing.T) {
	runes := tongyong(t)
	beyond := 0
	for _, r := range runes {
		if r > 0xFFFF {
			beyond++
		}
	}
	if beyond != 196 {
		t.Errorf("%d characters beyond the basic plane, want 196", beyond)
	}
	for name, chain := range chains(t) {
		t.Run(name, func(t *testing.T) {
			for _, r := range runes {
				font, glyph, ok := chain.Find(r)
				if _, _, ink := font.Bounds(glyph); !ok || !ink || font.Name == "ZhibuExtended-Regular" {
					t.Errorf("%c (%U) has no shape in the faces of paper", r, r)
				}
			}
			flow := page.NewFlow(page.Portrait)
			flow.Text(page.Text(page.Style{Face: chain, Size: 10.5, Color: page.Black}, string(runes))...)
			text := extract(t, &page.Document{Pages: flow.Pages, Title: "八千字"})
			if got := strip(text); got != string(runes) {
				t.Errorf("pdftotext gives %d characters of %d back in order", len([]rune(got)), len(runes))
			}
		})
	}
}

// extract writes a document and reads it back with pdftotext.
func extract(t *testing.T, d *page.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.WritePDF(&b); err != nil {
		t.Fatal(err)
	}
	return pdftotext(t, b.Bytes())
}

// pdftotext reads a file's text back in the order it was written.
func pdftotext(t *testing.T, data []byte) string {
	t.Helper()
	return poppler(t, data, "pdftotext", "-raw", "-", "-")
}

// fonts lists the fonts in a document.
func fonts(t *testing.T, d *Document) string {
	t.Helper()
	return poppler(t, pdf(t, d), "pdffonts", "-")
}

func poppler(t *testing.T, data []byte, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

func TestTheTwelveNamesStandOnTheForms(t *testing.T) {
	w := printtest.New(printtest.Rare)
	for _, j := range []job{
		{code: "F15"}, {code: "F14", opt: Options{Variant: "SUMMARY"}}, {code: "F16"}, {code: "F01", ids: []string{w.First("meeting")}, opt: Options{SignIn: true}}, {code: "LIST", opt: Options{Variant: "member"}},
	} {
		text := strip(pdftotext(t, pdf(t, document(t, j.code, j.ids, w, j.opt))))
		for _, name := range printtest.Names() {
			if !strings.Contains(text, strip(name)) {
				t.Errorf("%s: %s does not come back", j.code, name)
			}
		}
	}
}

// Beyond the table and the basic block the screen face helps out, and behind it a
// font of this machine.
func TestCharactersBeyondThePaperFacesPrintAndExtract(t *testing.T) {
	w := printtest.New(printtest.Empty)
	w.Add("member", map[string]string{"name": "𠮷㐂㐱𠂇", "category": "FULL", "status": "NORMAL", "joined": "2010-01-01", "converted": "2011-01-01"})
	d, complaints, err := Make("F15", nil, w, Options{})
	if err != nil || len(complaints) != 0 {
		t.Fatal(err, complaints)
	}
	proveFile(t, d)
	data := pdf(t, d)
	if !strings.Contains(pdftotext(t, data), "𠮷㐂㐱𠂇") {
		t.Error("the name does not come back")
	}
	beyond := []rune("𠮷㐂㐱𠂇")
	for _, added := range [][2]rune{{0x9FA6, 0x9FB3}, {0x9FBC, 0x9FEF}} { // by GB 18030-2022
		for r := added[0]; r <= added[1]; r++ {
			beyond = append(beyond, r)
		}
	}
	for name, chain := range chains(t) {
		for _, r := range beyond {
			if font, glyph, ok := chain.Find(r); !ok || font.Advance(glyph) != 1 {
				t.Errorf("%s lacks %c", name, r)
			}
		}
	}
	shown := 0
	for _, item := range d.List(0).Items {
		if run, ok := item.(page.Run); ok && run.Text == "𠮷㐂㐱𠂇" {
			shown = len(run.Ink())
		}
	}
	if shown != 4 {
		t.Errorf("%d of 4 characters have ink", shown)
	}
}

// The last step before 〓: a font that a system brings for the rarest characters, here
// the one of Debian's fonts-hanazono, as SimSun-ExtB is on Windows.
func TestAFontOfTheSystemDrawsTheRarestCharacters(t *testing.T) {
	base, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	system, err := ChosenFaces(nil)
	if err != nil {
		t.Fatal(err)
	}
	var rarest []rune
	for r := rune(0x20000); r <= 0x2A6D6; r++ { // Extension B
		if !base.Song.Has(r) {
			rarest = append(rarest, r)
		}
	}
	if len(rarest) < 1000 {
		t.Fatalf("only %d characters of Extension B are not built in", len(rarest))
	}
	for _, r := range rarest {
		if font, glyph, ok := system.Song.Find(r); !ok || font.Name != "Local-rare" || font.Advance(glyph) != 1 {
			t.Fatalf("%c (%U) is not drawn by a font of the system: is fonts-hanazono installed?", r, r)
		}
	}
	name := "张" + string(rarest[:1]) + string(rarest[len(rarest)/2:][:1]) + string(rarest[len(rarest)-1:])
	w := printtest.New(printtest.Empty)
	w.Add("member", map[string]string{"name": name, "category": "FULL", "status": "NORMAL", "joined": "2010-01-01", "converted": "2011-01-01"})
	d, complaints, err := Make("F15", nil, w, Options{})
	if err != nil || len(complaints) != 0 {
		t.Fatal(err, complaints)
	}
	proveFile(t, d)
	if !strings.Contains(pdftotext(t, pdf(t, d)), name) || !strings.Contains(fonts(t, d), "Local-rare") {
		t.Errorf("%s does not come back:\n%s", name, fonts(t, d))
	}
}

func TestACharacterNoFaceHasIsNamed(t *testing.T) {
	w := printtest.New(printtest.Empty)
	w.Add("member", map[string]string{"name": "张\U000323AF", "category": "FULL", "status": "NORMAL", "joined": "2010-01-01", "converted": "2011-01-01"})
	d, complaints, err := Make("F15", nil, w, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(complaints) != 1 || complaints[0].Code != "GLYPH_MISSING" || !strings.Contains(complaints[0].Say, "张\U000323AF") || !strings.Contains(complaints[0].Say, "U+323AF") {
		t.Fatalf("complaints %+v", complaints)
	}
	w.Add("member", map[string]string{"name": "葛\U000E0100ئۇ", "category": "FULL", "status": "NORMAL", "joined": "2010-01-01", "converted": "2011-01-01"})
	_, complaints, err = Make("F15", nil, w, Options{})
	if err != nil || len(complaints) != 3 { // two letters of another script; a variation selector is no character of its own
		t.Fatalf("complaints %+v, %v", complaints, err)
	}
	img := d.Image(0, 72)
	if img == nil || img.Bounds().Dx() != 842 {
		t.Error("the page was not painted")
	}
	if d.Image(-1, 72) != nil || d.Image(9, 72) != nil {
		t.Error("pages that do not exist were painted")
	}
}

func TestFaceFilesThatCannotBeUsedAreNamedAndPassedOver(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.ttf")
	if err := os.WriteFile(bad, []byte("OTTO not a font"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, complaints, err := LoadFaces(FaceFiles{"song": bad, "kai": filepath.Join(t.TempDir(), "missing.ttf")})
	if err != nil || len(complaints) != 2 {
		t.Fatal(err, complaints)
	}
	if !f.Song.Has('国') || !f.Kai.Has('国') {
		t.Error("the built-in faces did not stand in")
	}
}
