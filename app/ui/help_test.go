package ui

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	pixels "golang.org/x/image/draw"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/assets"
)

// helpPlaces are where the screens of the help are.
func helpPlaces(w *window) map[string]Place {
	member := w.Book().All("member")[0].ID
	places := map[string]Place{
		"minutes": {Page: "meeting", View: "form", Kind: "meeting", ID: w.newest("支部党员大会", "草稿")},
		"form":    {Page: "member", View: "form", ID: member},
		"preview": {Page: "member", View: "print", Kind: "member", ID: member, Note: "F14"},
		"import":  {Page: "excel", View: "import", Kind: "member"},
		"bin":     {Page: "member", View: "bin"},
		"finder":  {Page: "desk"},
		"lock":    {Page: "desk"},
		"start":   {Page: "desk"},
	}
	for _, p := range screen.Navigation() {
		places[p.Name] = Place{Page: p.Name}
	}
	return places
}

// componentKeys are what lists, sheets, boxes and dialogs take on every page.
func componentKeys() []string {
	return []string{"↑", "↓", "←", "→", "Enter", "Tab", "Space", "Esc", "PgUp", "PgDn", "Home", "End", "F6"}
}

// sheetKeys are those of the dues sheet, finderKeys of the finder, seatKeys of the
// attendance.
func moreKeys(name string) []string {
	return map[string][]string{
		"dues":    {"F2", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+D"},
		"finder":  {"Ctrl+Enter", "Ctrl+P"},
		"minutes": {"1", "2", "3"},
		"start":   {"1", "2", "3"},
	}[name]
}

// TestHelpHasEveryPage checks that every page of the navigation has a help page,
// that all pages are whole, that their links lead somewhere and that every key they
// name does something on the page it is named for.
func TestHelpHasEveryPage(t *testing.T) {
	names, err := fs.Glob(os.DirFS("../../assets/help"), "*.md")
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range names {
		names[i] = strings.TrimSuffix(file, ".md")
	}
	if order := slices.Sorted(slices.Values(screen.HelpOrder())); !slices.Equal(names, order) {
		t.Errorf("pages are %v, listed are %v", names, order)
	}
	w := sampleWindow(t)
	places := helpPlaces(w)
	pages, err := helpPages()
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range pages {
		checkHelp(t, h, names)
		place, ok := places[h.Name]
		if !ok {
			t.Errorf("%s: nobody knows where its screen is", h.Name)
			continue
		}
		if !slices.Contains([]string{"finder", "lock", "start"}, h.Name) && screen.HelpName(place.Page, place.View, place.Kind) != h.Name {
			t.Errorf("F1 at %+v opens %s", place, screen.HelpName(place.Page, place.View, place.Kind))
		}
		w.Go(place)
		known := append(componentKeys(), moreKeys(h.Name)...)
		for _, keys := range []kit.Keys{w.page.Keys(), w.windowKeys(), {"F1": nil, "Ctrl+L": nil, "Ctrl+=": nil, "Ctrl+-": nil}} {
			for key := range keys {
				known = append(known, key)
			}
		}
		for _, key := range h.Keys {
			if !slices.Contains(known, key) {
				t.Errorf("%s names %s, which does nothing there", h.Name, key)
			}
		}
	}
}

// checkHelp checks one page by itself.
func checkHelp(t *testing.T, h screen.Help, names []string) {
	t.Helper()
	if h.Title == "" || h.Lead == "" || len(h.Related) == 0 || len(h.Parts) != 3 {
		t.Errorf("%s is not whole: %+v", h.Name, h)
		return
	}
	for i, title := range []string{"怎么做", "按键", "常见问题"} {
		if h.Parts[i].Title != title {
			t.Errorf("%s: part %d is %s", h.Name, i, h.Parts[i].Title)
		}
	}
	if n := len(h.Parts[0].Lines); n < 3 || n > 7 {
		t.Errorf("%s has %d steps", h.Name, n)
	}
	for _, link := range h.Related {
		if !slices.Contains(names, link.Name) {
			t.Errorf("%s leads to %s, which is not there", h.Name, link.Name)
		}
	}
	data, err := assets.HelpPicture(h.Picture)
	if err != nil {
		t.Error(err)
		return
	}
	if img, err := png.Decode(bytes.NewReader(data)); err != nil || img.Bounds().Dx() < 600 || len(data) > 60<<10 {
		t.Errorf("picture of %s: %d bytes, %v", h.Name, len(data), err)
	}
	text := fmt.Sprint(h)
	for _, word := range []string{"您", "请稍候", "系统", "操作成功", "！", "提交"} {
		if strings.Contains(text, word) {
			t.Errorf("%s says %q", h.Name, word)
		}
	}
}

func TestHelpOpensOnThePageShown(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "dues"})
	w.App.kit.Press("F1")
	w.sees(t, "像 Excel 一样的一张月表", "怎么做", "党员名册")
	press(t, w, "统计报表") // a link
	w.sees(t, "数字都从台账现算")
	w.App.kit.Press("F1")
	w.openFinder("hyjl")
	w.sees(t, "帮助")
}

// helpShots says which picture of the project stands on which page of the help.
func helpShots() map[string]string {
	return map[string]string{"a-dashboard": "desk", "b-members": "member", "d-development": "pool", "meetings": "meeting", "e-meeting-editor": "minutes",
		"learning": "training", "g-posts": "post", "m-demands": "demand", "dossiers": "dossier", "services": "service", "l-fee-month": "dues",
		"n-statistics": "stats", "print-centre": "print", "f-print-preview": "preview", "h-sync": "sync", "excel": "excel", "k-excel-import": "import",
		"settings": "settings", "c-member-edit": "form", "bin": "bin", "p-finder": "finder", "j-lock": "lock", "i-first-run-1": "start"}
}

// saveHelpPicture writes the window as a small picture of the help, if that shot
// belongs to it.
func saveHelpPicture(w *window, name, dir string) error {
	file, ok := helpShots()[name]
	if !ok {
		return nil
	}
	small := w.small()
	few := image.NewPaletted(small.Bounds(), fewColours(small, 40))
	pixels.Draw(few, few.Bounds(), small, image.Point{}, pixels.Src)
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, few); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, file+".png"), out.Bytes(), 0o600)
}

// small is the window at six tenths.
func (w *window) small() *image.RGBA {
	whole := w.Picture()
	b := whole.Bounds()
	small := image.NewRGBA(image.Rect(0, 0, b.Dx()*6/10, b.Dy()*6/10))
	pixels.CatmullRom.Scale(small, small.Bounds(), whole, b, pixels.Src, nil)
	return small
}

// mostStale is how much of a picture of the help may differ from the screen of today.
// Beyond it they are drawn anew: ZHIBU_HELP=assets/help, see TestShots.
const mostStale = 0.10

func TestHelpPicturesAreCurrent(t *testing.T) {
	var w *window
	for _, p := range pictures() {
		file, ok := helpShots()[p.name]
		if !ok {
			continue
		}
		if p.empty {
			w = openWindow(t, kit.Standard, standard(), nil)
		} else if w == nil || w.frame == nil { // the wizard's or a locked one
			w = sampleWindow(t)
		}
		w.page = nil // the page before asks nothing
		p.reach(w)
		w.Settle()
		data, err := assets.HelpPicture(file + ".png")
		if err != nil {
			t.Fatal(err)
		}
		was, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if share := differing(was, w.small()); share > mostStale {
			t.Errorf("%s.png: %.0f %% of it is another screen", file, share*100)
		}
		w.App.kit.CloseAll()
	}
}

// differing is the share of pixels that clearly differ in one colour; pictures of
// different sizes differ wholly.
func differing(a image.Image, b *image.RGBA) float64 {
	if a.Bounds() != b.Bounds() {
		return 1
	}
	clearly := func(x, y uint32) bool { return max(x, y)-min(x, y) > 0x4000 }
	n, size := 0, a.Bounds()
	for y := range size.Dy() {
		for x := range size.Dx() {
			r, g, bl, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			if clearly(r, r2) || clearly(g, g2) || clearly(bl, b2) {
				n++
			}
		}
	}
	return float64(n) / float64(size.Dx()*size.Dy())
}

// fewColours are the n colours most used in a picture, told apart by their upper
// five bits.
func fewColours(img *image.RGBA, n int) color.Palette {
	type use struct{ count, r, g, b int }
	uses := map[uint16]*use{}
	for i := 0; i < len(img.Pix); i += 4 {
		r, g, b := img.Pix[i], img.Pix[i+1], img.Pix[i+2]
		key := uint16(r>>3)<<10 | uint16(g>>3)<<5 | uint16(b>>3)
		u := uses[key]
		if u == nil {
			u = &use{}
			uses[key] = u
		}
		u.count, u.r, u.g, u.b = u.count+1, u.r+int(r), u.g+int(g), u.b+int(b)
	}
	var all []*use
	for _, u := range uses {
		all = append(all, u)
	}
	slices.SortFunc(all, func(a, b *use) int { return b.count - a.count })
	var out color.Palette
	for _, u := range all[:min(n, len(all))] {
		out = append(out, color.RGBA{uint8(u.r / u.count), uint8(u.g / u.count), uint8(u.b / u.count), 255})
	}
	return out
}

// TestHelpFits looks for cut and tiny text on every page in both faces.
func TestHelpFits(t *testing.T) {
	for _, face := range []kit.Face{kit.Standard, kit.Large} {
		w := openWindow(t, face, fyne.NewSize(1280, 648), fillSample(t))
		for _, name := range screen.HelpOrder() {
			w.openHelp(name)
			w.Settle()
			for _, fault := range w.Faults() {
				t.Errorf("%s, face %v: %s", name, face, fault)
			}
			w.App.kit.Press("F1")
		}
	}
}
