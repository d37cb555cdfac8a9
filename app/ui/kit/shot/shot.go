// Package shot draws pages without a screen: it renders any object at a size and a
// face to a picture, and finds what is wrong with a layout. Tests and the pictures
// of the project use it; the program does not.
package shot

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"zhibu/app/ui/kit"
)

// The work areas that pages are drawn at (design.md §10), in Fyne units.
func Sizes() []fyne.Size {
	return []fyne.Size{{Width: 1366, Height: 696}, {Width: 1280, Height: 648}, {Width: 1536, Height: 793}}
}

// Moment is what the clock says on every picture: Friday 2026-11-20, 14:32.
func Moment() time.Time { return time.Date(2026, 11, 20, 14, 32, 0, 0, time.Local) }

// Studio is a window that exists only as a picture.
type Studio struct {
	App    fyne.App
	Window fyne.Window
	Kit    *kit.Kit
}

// Open makes a window of one size and face. The clock stands at Moment unless opt
// brings its own. One studio at a time: Fyne has one current app.
func Open(face kit.Face, size fyne.Size, opt kit.Options) *Studio {
	if opt.Now == nil {
		opt.Now = Moment
	}
	a := test.NewApp()
	kit.Dress(a, face).Fit(size)
	w := a.NewWindow("")
	w.SetPadded(false)
	w.Resize(size)
	return &Studio{App: a, Window: w, Kit: kit.New(a, w, opt)}
}

// Show puts content into the window and lets wrapped texts find their height, as
// the frames of a real window do.
func (s *Studio) Show(content fyne.CanvasObject) {
	size := s.Window.Canvas().Size()
	s.Window.SetContent(content)
	s.Window.Resize(size)
	s.Settle()
}

// Resize gives the window another work area and the theme its form for it.
func (s *Studio) Resize(size fyne.Size) {
	if t, ok := s.App.Settings().Theme().(*kit.Theme); ok {
		t.Fit(size)
	}
	s.Window.Resize(size)
}

// Settle lays everything out again until heights that follow from widths hold.
func (s *Studio) Settle() {
	c := s.Window.Canvas()
	for range 3 {
		c.Content().Refresh()
		for _, o := range c.Overlays().List() {
			o.Refresh()
		}
	}
}

// Picture draws the window.
func (s *Studio) Picture() image.Image { return s.Window.Canvas().Capture() }

// Save draws the window into a PNG file; folders are made.
func (s *Studio) Save(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("picture: %w", err)
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("picture: %w", err)
	}
	if err := png.Encode(f, s.Picture()); err != nil {
		f.Close()
		return fmt.Errorf("picture %s: %w", path, err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("picture %s: %w", path, err)
	}
	return nil
}

// Close gives the window up.
func (s *Studio) Close() { s.Window.Close() }
