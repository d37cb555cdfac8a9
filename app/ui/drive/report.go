// Package drive operates the real program in a real window: it starts a screen
// without a monitor, a window manager and, where wanted, an input method, types and
// clicks with xdotool, finds controls by the words on them and takes pictures. It
// is for tests; the program takes only Answer from it, and that only in builds made
// for tests.
package drive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/ime"
	"zhibu/app/ui/kit/shot"
)

// The two files through which a driver asks the program what it shows.
const (
	askFile    = "ask"
	answerFile = "answer.json"
)

// Report is what a window shows, in its pixels.
type Report struct {
	Texts []Text
	Caret Box    // of the focused box; empty without one
	Value string // what stands in the focused box
}

// Text is one text in the window.
type Text struct {
	Text    string
	Box     Box
	Visible bool // in view, not scrolled away
}

// Box is a rectangle in pixels.
type Box struct{ X, Y, W, H int }

// Center returns the middle of the box.
func (b Box) Center() (x, y int) { return b.X + b.W/2, b.Y + b.H/2 }

// Answer looks whether a driver has asked and, if so, writes what the window shows.
// The program calls it a few times a second on the UI goroutine.
func Answer(c fyne.Canvas, dir string) error {
	ask := filepath.Join(dir, askFile)
	question, err := os.ReadFile(ask)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	out, err := json.Marshal(report(c))
	if err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	part := filepath.Join(dir, answerFile+".part")
	if err := os.WriteFile(part, out, 0o600); err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	if err := os.Rename(part, filepath.Join(dir, answerFile+"."+string(question))); err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	if err := os.Remove(ask); err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	return nil
}

func report(c fyne.Canvas) Report {
	var r Report
	for _, p := range shot.Texts(c) {
		r.Texts = append(r.Texts, Text{Text: p.Text, Box: pixels(c, p.At, p.Size), Visible: p.Visible()})
	}
	if box, ok := c.Focused().(ime.Careted); ok {
		at, height := box.Caret()
		r.Caret = pixels(c, at, fyne.NewSize(1, height))
	}
	if box, ok := c.Focused().(interface{ Text() string }); ok {
		r.Value = box.Text()
	}
	return r
}

func pixels(c fyne.Canvas, at fyne.Position, size fyne.Size) Box {
	x, y := c.PixelCoordinateForPosition(at)
	right, foot := c.PixelCoordinateForPosition(at.Add(size))
	return Box{X: x, Y: y, W: right - x, H: foot - y}
}
