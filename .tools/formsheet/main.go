// Command forms prints every shape of every form, filled from an invented branch
// and blank, as PDF and PNG, with a contact sheet of first pages: something to
// look at.
//
//	go run .tools/formsheet/main.go -o out/forms
package main

import (
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	xdraw "golang.org/x/image/draw"

	"zhibu/app/print"
	"zhibu/app/print/printtest"
)

func main() {
	out := flag.String("o", "out/forms", "folder for the files")
	dpi := flag.Float64("dpi", 100, "resolution of the PNG files")
	size := flag.String("as", "typical", "what the forms are filled with: typical, longest or rare")
	fonts := flag.String("fonts", "assets/fonts", "folder of the 仿宋 file")
	flag.Parse()
	if err := run(*out, *size, *dpi, *fonts); err != nil {
		log.Fatal(err)
	}
}

func run(out, size string, dpi float64, fonts string) error {
	at := slices.IndexFunc(printtest.Sizes(), func(s printtest.Size) bool { return s.String() == size })
	if at < 0 {
		return fmt.Errorf("no such filling: %s", size)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	faces, complaints, err := print.LoadFaces(print.FaceFiles{"fang": print.FindFang(fonts)})
	if err != nil {
		return err
	}
	for _, c := range complaints {
		log.Print(c.Say)
	}
	w := printtest.New(printtest.Sizes()[at])
	var firsts []image.Image
	var all []shape
	for _, f := range print.Forms() {
		all = append(all, shapes(f, w)...)
	}
	for _, s := range append(all, options(w)...) {
		s.opt.Faces = faces
		doc, _, err := print.Make(s.code, s.ids, w, s.opt)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		if err := save(filepath.Join(out, s.name), doc, dpi); err != nil {
			return err
		}
		firsts = append(firsts, doc.Image(0, 40))
	}
	cross, err := print.CalibrationSheet(w, faces)
	if err != nil {
		return err
	}
	if err := save(filepath.Join(out, "calibration"), cross, dpi); err != nil {
		return err
	}
	return writePNG(filepath.Join(out, "contact-sheet.png"), contactSheet(firsts, 10))
}

// shape is one way to print a form.
type shape struct {
	name string
	code string
	ids  []string
	opt  print.Options
}

// options are forms printed with what a person may choose besides the variant.
func options(w *printtest.World) []shape {
	meeting, person, member := []string{w.First("meeting")}, []string{w.First("pool")}, []string{w.First("member")}
	transfer := map[string]string{"no": "2026015", "to": "中共丙丁区委组织部", "dest": "中共丙丁科技有限公司支部委员会", "paid": "2026-10"}
	return []shape{
		{"F01-DYDH-sign-in", "F01", meeting, print.Options{SignIn: true, Prints: 1}},
		{"F10-APPROVE-red-head", "F10", person, print.Options{Variant: "APPROVE", RedHead: true, Fill: map[string]string{"no": "沪云栈三支〔2026〕8号", "copies": "中共青梧街道工作委员会"}}},
		{"F10-FILE_ACTIVIST-three", "F10", []string{person[0], w.All("pool")[1].ID, w.All("pool")[2].ID}, print.Options{Variant: "FILE_ACTIVIST"}},
		{"F13-A-answered", "F13", member, print.Options{Fill: transfer}},
		{"F15-ALL-strokes", "F15", nil, print.Options{Order: "strokes", Mask: true}},
		{"F06-overlay", "F06", person, print.Options{Overlay: &print.Calibration{}}},
		{"F11-overlay", "F11", person, print.Options{Overlay: &print.Calibration{}}},
		{"F12-ADMISSION-overlay", "F12", person, print.Options{Overlay: &print.Calibration{}}},
		{"F13-A-overlay", "F13", member, print.Options{Overlay: &print.Calibration{}, Fill: transfer}},
	}
}

func shapes(f print.Form, w *printtest.World) []shape {
	variants := f.Variants
	if len(variants) == 0 {
		variants = []print.Variant{{}}
	}
	var out []shape
	for _, v := range variants {
		name := strings.Trim(f.Code+"-"+v.ID, "-")
		var ids []string
		if id := subject(f, v, w); id != "" && !f.Whole {
			ids = []string{id}
		}
		out = append(out, shape{name, f.Code, ids, print.Options{Variant: v.ID}})
		if f.Blank {
			out = append(out, shape{name + "-blank", f.Code, nil, print.Options{Variant: v.ID, Blank: true}})
		}
	}
	return out
}

// subject is the record a shape is filled from: a meeting of the variant's own
// kind where there is one; "" when the branch as a whole is printed.
func subject(f print.Form, v print.Variant, w *printtest.World) string {
	switch {
	case len(f.Kinds) == 0:
		return ""
	case f.Code == "CARD":
		return w.First(v.ID)
	}
	for _, r := range w.All(f.Kinds[0]) {
		if r.Values["kind"] == v.ID && v.ID != "" {
			return r.ID
		}
	}
	return w.First(f.Kinds[0])
}

func save(path string, doc *print.Document, dpi float64) error {
	file, err := os.Create(path + ".pdf")
	if err != nil {
		return err
	}
	if err := doc.PDF(file); err != nil {
		_ = file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	for n := range min(doc.Pages(), 12) {
		width, _ := doc.Size(n)
		if err := writePNG(fmt.Sprintf("%s-%02d.png", path, n+1), doc.Image(n, min(dpi, dpi*300/width))); err != nil {
			return err
		}
	}
	return nil
}

func writePNG(path string, img image.Image) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(file, img); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}

// contactSheet puts small pages side by side, columns of them in a row.
func contactSheet(pages []image.Image, columns int) image.Image {
	const w, h, gap = 330, 330, 8
	rows := (len(pages) + columns - 1) / columns
	sheet := image.NewRGBA(image.Rect(0, 0, columns*(w+gap)+gap, rows*(h+gap)+gap))
	draw.Draw(sheet, sheet.Bounds(), image.NewUniform(color.Gray{Y: 150}), image.Point{}, draw.Src)
	for i, p := range pages {
		size := p.Bounds().Size()
		scale := min(float64(w)/float64(size.X), float64(h)/float64(size.Y))
		at := image.Pt(gap+i%columns*(w+gap), gap+i/columns*(h+gap))
		to := image.Rect(at.X, at.Y, at.X+int(float64(size.X)*scale), at.Y+int(float64(size.Y)*scale))
		xdraw.ApproxBiLinear.Scale(sheet, to, p, p.Bounds(), draw.Src, nil)
	}
	return sheet
}
