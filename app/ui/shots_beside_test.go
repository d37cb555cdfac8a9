package ui

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	imagedraw "image/draw"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
)

// The mock-ups show a title bar above and a task bar below the work area.
const mockTitleBar = 32

// mockOf returns the file of the mock-up that a picture in one size and face was
// drawn from, without its ending.
func mockOf(picture string, size fyne.Size, face kit.Face) string {
	at := fmt.Sprintf("%s-%.0fx%.0f %v", picture, size.Width, size.Height, face)
	for name, other := range map[string]string{"a-dashboard-1280x648 标准": "a2-dashboard-1280x720", "e-meeting-editor-1280x648 标准": "e2-meeting-editor-1280x720",
		"a-dashboard-1366x696 大字": "o-dashboard-large"} {
		if at == name {
			return other
		}
	}
	if size.Width == 1366 && face == kit.Standard {
		return picture
	}
	return ""
}

// beside puts the picture of a file to the right of its mock-up, where mocks holds
// one, into the folder compare.
func beside(mocks, mock, file string) error {
	left, err := readPNG(filepath.Join(mocks, mock+".png"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // not every page has a mock-up
	}
	right, err2 := readPNG(file)
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	size := right.Bounds().Size()
	out := image.NewRGBA(image.Rect(0, 0, 2*size.X+16, size.Y))
	imagedraw.Draw(out, out.Bounds(), image.NewUniform(color.Black), image.Point{}, imagedraw.Src)
	imagedraw.Draw(out, image.Rectangle{Max: size}, left, image.Pt(0, mockTitleBar), imagedraw.Src)
	imagedraw.Draw(out, image.Rectangle{Min: image.Pt(size.X+16, 0), Max: image.Pt(2*size.X+16, size.Y)}, right, image.Point{}, imagedraw.Src)
	folder := filepath.Join(filepath.Dir(file), "compare")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(folder, mock+".png"))
	if err != nil {
		return err
	}
	return errors.Join(png.Encode(f, out), f.Close())
}

func readPNG(name string) (image.Image, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	img, err := png.Decode(f)
	return img, errors.Join(err, f.Close())
}
