package ui

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// Sizes of pictures in pixels: small ones stand in cards and lists, large ones in a
// window of their own.
const (
	smallPicture = 256
	largePicture = 1600
)

// mostThumbs is how many small pictures are kept in memory.
const mostThumbs = 64

// thumb is the small picture of an attachment in a frame of w by h. It is decoded
// away from the face; what is no picture shows as a file, and "" as what fits in.
func (a *App) thumb(hash string, w, h float32, without fyne.CanvasObject) fyne.CanvasObject {
	inside := kit.Stack(without)
	frame := kit.Sized(w, h, kit.Stack(newSwatch(kit.ColorLocked, theme.ColorNameSeparator, 1, 2), inside))
	if hash == "" {
		return frame
	}
	put := func(img image.Image) {
		inside.Objects = []fyne.CanvasObject{kit.Center(kit.NewGlyph(kit.IconFile, kit.ColorSoft))}
		if img != nil {
			inside.Objects = []fyne.CanvasObject{pictureOf(img)}
		}
		inside.Refresh()
	}
	if img, ok := a.thumbs[hash]; ok {
		put(img)
	} else {
		a.decode(hash, smallPicture, func(img image.Image) {
			if len(a.thumbs) >= mostThumbs {
				clear(a.thumbs)
			}
			a.thumbs[hash] = img
			put(img)
		})
	}
	return newTap(frame, func() { a.showPicture(hash) })
}

func pictureOf(img image.Image) *canvas.Image {
	c := canvas.NewImageFromImage(img)
	c.FillMode, c.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	return c
}

// decode reads an attachment as a picture in the background; nil is none. Nothing is
// told when the books were locked meanwhile.
func (a *App) decode(hash string, side int, then func(image.Image)) {
	book := a.Book()
	var img image.Image
	a.run.Do(quietly, func(context.Context, screen.Progress) error {
		data, err := book.Attachment(hash)
		if err == nil {
			img, err = thumbnail(data, side)
		}
		return err
	}, func(error) { // what can't be shown is shown as a file
		if a.Book() == book {
			then(img)
		}
	})
}

// showPicture shows an attachment large, if it is a picture.
func (a *App) showPicture(hash string) {
	a.decode(hash, largePicture, func(img image.Image) {
		if img == nil {
			a.Say("这个附件不是图片，不能在这里看")
			return
		}
		a.kit.Show(kit.Panel{Title: "附件图片", Width: kit.DialogWide, Body: kit.Sized(0, 460, pictureOf(img))})
	})
}
