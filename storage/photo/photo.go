// Package photo makes what a phone or camera took fit to keep: upright, at most
// 2,000 pixels a side, as JPEG, without the place and device data that pictures
// carry.
package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // pictures that Keep decodes
	"io"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // pictures that Keep decodes

	"zhibu/storage/record"
)

const (
	// MaxPixels is the largest picture that is decoded.
	MaxPixels = 50_000_000
	// Edge is the longest side of a kept picture, in pixels.
	Edge    = 2000
	quality = 85
)

// Keep re-encodes a JPEG, PNG or WebP picture. It refuses with PHOTO_HEIC,
// PHOTO_LARGE or PHOTO_BROKEN.
func Keep(data []byte) ([]byte, error) {
	if isHEIC(data) {
		return nil, record.Refuse("PHOTO_HEIC", "这是苹果手机的 HEIC 照片，这里打不开。请在手机里把照片另存为 JPG 再添加。")
	}
	cfg, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, broken(err)
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > MaxPixels/cfg.Height {
		return nil, record.Refuse("PHOTO_LARGE", "照片超过 5000 万像素，没有添加。请先缩小照片再添加。")
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, broken(err)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(shrink(img), orientation(data)), &jpeg.Options{Quality: quality}); err != nil {
		return nil, broken(err)
	}
	return out.Bytes(), nil
}

func broken(err error) error {
	return record.Wrap(err, "PHOTO_BROKEN", "照片打不开，可能没有传完整。请换一张或重新从手机导出；其他内容没有动。")
}

func isHEIC(data []byte) bool {
	if len(data) < 12 || string(data[4:8]) != "ftyp" {
		return false
	}
	switch string(data[8:12]) {
	case "heic", "heix", "hevc", "mif1", "msf1", "heim", "heis":
		return true
	}
	return false
}

// shrink draws img on white, no side longer than Edge.
func shrink(img image.Image) *image.RGBA {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > Edge {
		w, h = max(1, w*Edge/long), max(1, h*Edge/long)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.BiLinear.Scale(out, out.Bounds(), img, b, draw.Over, nil)
	return out
}

// upright turns a picture as its EXIF orientation (1 to 8) says.
func upright(img *image.RGBA, o int) *image.RGBA {
	if o < 2 || o > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if o >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			nx, ny := turn(o, x, y, w, h)
			out.SetRGBA(nx, ny, img.RGBAAt(x, y))
		}
	}
	return out
}

// turn says where pixel x,y of a w×h picture goes.
func turn(o, x, y, w, h int) (int, int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	}
	return y, w - 1 - x
}

// orientation reads the EXIF orientation of a JPEG, 1 where there is none.
func orientation(data []byte) int {
	r := bytes.NewReader(data)
	head := make([]byte, 4)
	if _, err := io.ReadFull(r, head[:2]); err != nil || head[0] != 0xFF || head[1] != 0xD8 {
		return 1
	}
	for {
		if _, err := io.ReadFull(r, head); err != nil || head[0] != 0xFF || head[1] == 0xDA {
			return 1
		}
		size := int(head[2])<<8 | int(head[3])
		if size < 2 {
			return 1
		}
		body := make([]byte, size-2)
		if _, err := io.ReadFull(r, body); err != nil {
			return 1
		}
		if head[1] == 0xE1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			return tiffOrientation(body[6:])
		}
	}
}
