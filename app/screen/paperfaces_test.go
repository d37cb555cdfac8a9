package screen_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhibu/app/screen"
	"zhibu/app/wire"
)

// A font of the machine is chosen on the page, prints are in it, and when its file
// goes the page and the paper say so and fall back.
func TestAFontOfTheMachineIsPrintedIn(t *testing.T) {
	home := t.TempDir()
	t.Setenv("XDG_DATA_HOME", home)
	file := filepath.Join(home, "fonts", "公文楷体.ttf")
	data, err := os.ReadFile("../../assets/fonts/ZhibuKai-Regular.ttf")
	d := sit(t)
	d.must(err)
	d.must(os.MkdirAll(filepath.Dir(file), 0o755))
	d.must(os.WriteFile(file, data, 0o644))

	page := func() *screen.PaperFaces {
		p := screen.NewPaperFaces(d.Book, wire.Press{Vault: d.vault, Now: d.Now}, screen.Inline{}, func() {})
		p.Load(d.must)
		return p
	}
	p := page()
	if !strings.Contains(p.Found(), "找到") || p.Options()[0] != screen.BuiltInFace || !slices.Contains(p.Options(), "ZhibuKai-Regular") {
		t.Fatal(p.Found(), p.Options())
	}
	song := p.Lines()[0]
	if p.Chosen(song) != screen.BuiltInFace || song.Specimen.Pages() != 1 {
		t.Errorf("%+v", song)
	}
	p.Choose(song.ID, "ZhibuKai-Regular", d.must)
	song = page().Lines()[0]
	if song.File != file || len(song.Specimen.Notes()) != 0 || p.Chosen(song) != "ZhibuKai-Regular" || p.Lacks(song) != "" {
		t.Errorf("%+v %s", song, p.Lacks(song))
	}
	o := &office{}
	if fonts := d.fontsOf(d.press(screen.Inline{}, o, "F15")); !strings.Contains(fonts, "Local-song") {
		t.Errorf("the roster is not in the font chosen:\n%s", fonts)
	}

	d.must(os.Remove(file))
	p = page()
	gone := p.Lines()[0]
	if says := gone.Specimen.Notes(); len(says) != 1 || !strings.Contains(says[0], "公文楷体.ttf 不在了") || p.Chosen(gone) != "公文楷体.ttf" {
		t.Errorf("%v, shown as %s", says, p.Chosen(gone))
	}
	roster := d.press(screen.Inline{}, o, "F15")
	if fonts := d.fontsOf(roster); strings.Contains(fonts, "Local-song") || !strings.Contains(strings.Join(roster.Notes(), ""), "公文楷体.ttf 不在了") {
		t.Errorf("%v\n%s", roster.Notes(), fonts)
	}
	p.Choose(gone.ID, screen.BuiltInFace, d.must)
	if line := page().Lines()[0]; line.File != "" || len(line.Specimen.Notes()) != 0 {
		t.Errorf("%+v", line)
	}
}

// fontsOf lists the fonts in what a preview saves.
func (d *desk) fontsOf(p *screen.Preview) string {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), "paper.pdf")
	p.Save(path, func(_ screen.Printed, err error) { d.must(err) })
	data, err := os.ReadFile(path)
	d.must(err)
	cmd := exec.Command("pdffonts", "-")
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	d.must(err)
	return string(out)
}
