package ui

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/storage"

	"zhibu/app/screen"
	"zhibu/app/ui/kit/shot"
	"zhibu/storage/record"
)

// drawnPicture writes a picture of one colour, 600 by 800.
func drawnPicture(t *testing.T) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 600, 800))
	for i := 0; i < len(img.Pix); i += 4 {
		copy(img.Pix[i:], []byte{40, 90, 200, 255})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "一寸照 罗沐辰.png")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// blue counts the pictures of that colour on the screen.
func (w *window) blue() (n int) {
	shot.Walk(w.win.Canvas().Content(), shot.Region{Size: w.win.Canvas().Size()}, func(o fyne.CanvasObject, _ fyne.Position, _ shot.Region) {
		if c, ok := o.(*canvas.Image); ok && c.Image != nil {
			if r, _, b, _ := c.Image.At(3, 3).RGBA(); r>>8 == 40 && b>>8 > 195 && c.Image.Bounds().Dy() <= smallPicture {
				n++
			}
		}
	})
	return n
}

// TestPhotoIsDroppedKeptAndDrawn drops a photo on a member's form, sees it there, in the
// list's card, and no longer after the lock.
func TestPhotoIsDroppedKeptAndDrawn(t *testing.T) {
	w := sampleWindow(t)
	path := drawnPicture(t)
	who := w.Book().Search("member", "罗沐辰")[0].ID
	w.Go(Place{Page: "member", View: "form", ID: who})
	w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(path)})
	if w.blue() != 1 {
		t.Fatalf("%d pictures on the form", w.blue())
	}
	w.App.kit.Press("Ctrl+S")
	w.Go(Place{Page: "member", ID: who})
	if w.blue() != 1 {
		t.Errorf("%d pictures beside the list", w.blue())
	}
	w.App.kit.Press("Ctrl+L")
	if len(w.thumbs) != 0 || w.blue() != 0 {
		t.Error("pictures stay after the lock")
	}
}

// TestPhotoStandsBesideTheForm looks for it right of the boxes, as picture c has it, and
// pastes the file that was copied.
func TestPhotoStandsBesideTheForm(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "member", View: "form", ID: w.Book().Search("member", "罗沐辰")[0].ID})
	at := map[string]fyne.Position{}
	for _, p := range shot.Texts(w.win.Canvas()) {
		at[p.Text] = p.At
	}
	if photo, name := at["一寸照"], at["luo mu chen"]; photo.X < name.X || photo.Y > at["公民身份号码"].Y {
		t.Errorf("the photo stands at %v, the second column at %v", photo, name)
	}
	w.App.kit.Copy(drawnPicture(t))
	w.App.kit.Press("Ctrl+V")
	if w.blue() != 1 {
		t.Errorf("%d pictures after pasting one", w.blue())
	}
}

// TestEvidenceShowsWhatItIs attaches a picture and a text to a meeting.
func TestEvidenceShowsWhatItIs(t *testing.T) {
	w := sampleWindow(t)
	other := filepath.Join(t.TempDir(), "通知.txt")
	if err := os.WriteFile(other, []byte("通知"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Go(Place{Page: "meeting", View: "form", Kind: "meeting", ID: w.newest("支部党员大会", "草稿")})
	w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(drawnPicture(t)), storage.NewFileURI(other)})
	w.sees(t, "一寸照 罗沐辰.png", "通知.txt")
	if w.blue() != 1 {
		t.Errorf("%d pictures in the list", w.blue())
	}
	w.sees(t, "附件待传 2/2")
	m := w.page.(*meetingPage)
	sent := m.m.Text(record.Path("files", m.m.Rows("files")[0].ID, "file"))
	if err := w.Book().SetSetting(screen.SettingSent, sent); err != nil {
		t.Fatal(err)
	}
	m.exchanged()
	w.sees(t, "附件待传 1/2")
}

func TestPastedFile(t *testing.T) {
	path := drawnPicture(t)
	for clipboard, want := range map[string]string{
		path: path, "copy\n" + storage.NewFileURI(path).String(): path, "罗沐辰": "", "": "", filepath.Dir(path): "",
	} {
		if got := pastedFile(clipboard); got != want {
			t.Errorf("pastedFile(%q) = %q", clipboard, got)
		}
	}
}

func TestThumbnailRefusesWhatIsNoPicture(t *testing.T) {
	if _, err := thumbnail([]byte("%PDF-1.7"), 64); err == nil {
		t.Error("a PDF was decoded")
	}
	var out bytes.Buffer
	huge := image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.White})
	if err := png.Encode(&out, huge); err != nil {
		t.Fatal(err)
	}
	data := out.Bytes()
	copy(data[16:24], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // claims 65,536 by 65,536
	if _, err := thumbnail(data, 64); err == nil {
		t.Error("a picture that claims 4 billion pixels was decoded")
	}
}
