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
	"strings"

	xdraw "golang.org/x/image/draw"

	"zhibu/app/print"
	"zhibu/app/print/printtest"
)

func main() {
	out := flag.String("o", "out/forms", "folder for the files")
	dpi := flag.Float64("dpi", 100, "resolution of the PNG files")
	fonts := flag.String("fonts", "assets/fonts", "folder of the 仿宋 file")
	flag.Parse()
	if err := run(*out, *dpi, *fonts); err != nil {
		log.Fatal(err)
	}
}

func run(out string, dpi float64, fonts string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	faces, complaints, err := print.LoadFaces(print.FaceFiles{Fang: print.FindFang(fonts)})
	if err != nil {
		return err
	}
	for _, c := range complaints {
		log.Print(c.Say)
	}
	w := printtest.New(printtest.Typical)
	var firsts []image.Image
	for _, f := range print.Forms() {
		for _, s := range shapes(f, w) {
			s.opt.Faces = faces
			doc, _, err := print.Make(f.Code, s.ids, w, s.opt)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			if err := save(filepath.Join(out, s.name), doc, dpi); err != nil {
				return err
			}
			firsts = append(firsts, doc.Image(0, 40))
		}
	}
	return writePNG(filepath.Join(out, "contact-sheet.png"), contactSheet(firsts, 10))
}

// shape is one way to print a form.
type shape struct {
	name string
	ids  []string
	opt  print.Options
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
		if !f.Whole && len(f.Kinds) > 0 {
			ids = []string{subject(f, v, w)}
		}
		out = append(out, shape{name, ids, print.Options{Variant: v.ID}})
		if f.Blank {
			out = append(out, shape{name + "-blank", nil, print.Options{Variant: v.ID, Blank: true}})
		}
	}
	return out
}

// subject is the record a shape is filled from: a meeting of the variant's own
// kind where there is one.
func subject(f print.Form, v print.Variant, w *printtest.World) string {
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
