package drive

import (
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Look asks the program what it shows.
func (d *Desk) Look() (Report, error) {
	d.asked++
	number := strconv.Itoa(d.asked)
	part := filepath.Join(d.dir, askFile+".part")
	if err := os.WriteFile(part, []byte(number), 0o600); err != nil {
		return Report{}, fmt.Errorf("drive: %w", err)
	}
	if err := os.Rename(part, filepath.Join(d.dir, askFile)); err != nil {
		return Report{}, fmt.Errorf("drive: %w", err)
	}
	var r Report
	answer := filepath.Join(d.dir, answerFile+"."+number)
	err := d.Until("an answer of the program", func() bool {
		text, err := os.ReadFile(answer)
		return err == nil && json.Unmarshal(text, &r) == nil
	})
	return r, err
}

// Find returns the place of a text in view; the last one on the screen wins, so
// that a dialog goes before the page under it. nth counts from the last, 0 first.
func (r Report) Find(text string) (Box, bool) {
	for i := len(r.Texts) - 1; i >= 0; i-- {
		if t := r.Texts[i]; t.Visible && t.Text == text {
			return t.Box, true
		}
	}
	return Box{}, false
}

// Shows reports whether any text in view contains s.
func (r Report) Shows(s string) bool {
	for _, t := range r.Texts {
		if t.Visible && strings.Contains(t.Text, s) {
			return true
		}
	}
	return false
}

// Wait waits until a text is in view and returns its place.
func (d *Desk) Wait(text string) (Box, error) {
	var box Box
	var last error
	err := d.Until("the text "+text, func() bool {
		r, err := d.Look()
		if last = err; err != nil {
			return false
		}
		var ok bool
		box, ok = r.Find(text)
		return ok
	})
	if last != nil {
		return box, last
	}
	return box, err
}

// Click waits for a text and clicks on it.
func (d *Desk) Click(text string) error {
	box, err := d.Wait(text)
	if err != nil {
		return err
	}
	x, y := box.Center()
	return d.ClickAt(x, y)
}

// ClickAt clicks at a place of the window.
func (d *Desk) ClickAt(x, y int) error {
	_, err := d.run("xdotool", "mousemove", "--window", d.win, strconv.Itoa(x), strconv.Itoa(y), "click", "1")
	return err
}

// MenuAt clicks at a place of the window with the right button.
func (d *Desk) MenuAt(x, y int) error {
	_, err := d.run("xdotool", "mousemove", "--window", d.win, strconv.Itoa(x), strconv.Itoa(y), "click", "3")
	return err
}

// Key presses keys as xdotool names them: "ctrl+s", "Return", "F2".
func (d *Desk) Key(keys ...string) error {
	_, err := d.run("xdotool", append([]string{"key", "--delay", "60"}, keys...)...)
	return err
}

// Type types ASCII characters one by one. Chinese goes through Paste or an input
// method: xdotool drops characters that the keyboard does not have.
func (d *Desk) Type(ascii string) error {
	_, err := d.run("xdotool", "type", "--delay", "60", ascii)
	return err
}

// Paste puts text into the clipboard and presses Ctrl+V.
func (d *Desk) Paste(text string) error {
	c := d.command("xclip", "-selection", "clipboard", "-in")
	c.Stdin = strings.NewReader(text)
	if err := c.Run(); err != nil {
		return fmt.Errorf("xclip: %w", err)
	}
	return d.Key("ctrl+v")
}

// Clipboard returns the text on the clipboard.
func (d *Desk) Clipboard() (string, error) {
	return d.run("xclip", "-selection", "clipboard", "-out")
}

// Resize gives the window a size and waits for nothing.
func (d *Desk) Resize(width, height int) error {
	_, err := d.run("xdotool", "windowsize", "--sync", d.win, strconv.Itoa(width), strconv.Itoa(height))
	return err
}

// Screenshot takes a picture of the whole screen into a PNG file.
func (d *Desk) Screenshot(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("screenshot: %w", err)
	}
	_, err := d.run("import", "-window", "root", path)
	return err
}

// Screen takes a picture of the whole screen.
func (d *Desk) Screen() (image.Image, error) {
	path := filepath.Join(d.dir, "screen.png")
	if err := d.Screenshot(path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("screenshot: %w", err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("screenshot: %w", err)
	}
	return img, nil
}

// Window returns where the inside of the window stands on the screen.
func (d *Desk) Window() (Box, error) {
	out, err := d.run("xwininfo", "-id", d.win)
	if err != nil {
		return Box{}, err
	}
	var b Box
	for _, line := range strings.Split(out, "\n") {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		into := map[string]*int{"Absolute upper-left X": &b.X, "Absolute upper-left Y": &b.Y, "Width": &b.W, "Height": &b.H}[key]
		if into == nil {
			continue
		}
		if *into, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
			return Box{}, fmt.Errorf("xwininfo: %w", err)
		}
	}
	return b, nil
}
