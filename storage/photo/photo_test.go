package photo

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"zhibu/storage/record"
)

// shot is a JPEG of 40×20 whose left half is red and right half blue, with an
// EXIF block that says how it is turned and where it was taken.
func shot(t testing.TB, orientation byte) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for x := range 40 {
		for y := range 20 {
			img.Set(x, y, map[bool]color.RGBA{true: {200, 0, 0, 255}, false: {0, 0, 200, 255}}[x < 20])
		}
	}
	var body bytes.Buffer
	if err := jpeg.Encode(&body, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01"), 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0)
	exif = append(exif, "GPS 31.2304 121.4737"...)
	size := len(exif) + 2
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, byte(size >> 8), byte(size)}, exif...)
	return append(out, body.Bytes()[2:]...)
}

func TestPhotosAreTurnedUprightAndStripped(t *testing.T) {
	// Where the red half must be for each orientation: left, right, top, bottom.
	for o, red := range map[byte]string{1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"} {
		kept, err := Keep(shot(t, o))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(kept, []byte("GPS")) || bytes.Contains(kept, []byte("Exif")) {
			t.Errorf("orientation %d: place data kept", o)
		}
		img, err := jpeg.Decode(bytes.NewReader(kept))
		if err != nil {
			t.Fatal(err)
		}
		w, h := img.Bounds().Dx(), img.Bounds().Dy()
		at := map[string]image.Point{"left": {w / 8, h / 2}, "right": {w * 7 / 8, h / 2}, "top": {w / 2, h / 8}, "bottom": {w / 2, h * 7 / 8}}[red]
		if r, _, b, _ := img.At(at.X, at.Y).RGBA(); r < b {
			t.Errorf("orientation %d: red is not %s (%d×%d)", o, red, w, h)
		}
	}
}

func TestWhatIsNoPhotoIsRefused(t *testing.T) {
	head := []byte("IHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x02\x00\x00\x00") // 65535×65535
	huge := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\r"), head...)
	huge = binary.BigEndian.AppendUint32(huge, crc32.ChecksumIEEE(head))
	for code, data := range map[string][]byte{
		"PHOTO_BROKEN": shot(t, 1)[:120], "PHOTO_HEIC": []byte("\x00\x00\x00\x18ftypheic\x00\x00"), "PHOTO_LARGE": huge,
	} {
		if _, err := Keep(data); record.CodeOf(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add(shot(f, 6))
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x01\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if o := orientation(data); o < 1 || o > 8 {
			t.Fatal(o)
		}
		if o := tiffOrientation(data); o < 1 || o > 8 {
			t.Fatal(o)
		}
	})
}
