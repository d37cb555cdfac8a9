package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// file is an attachment: its picture and a button to keep another. One of the record
// itself is a photo and stands beside its form.
func (m *boxes) file(b *box) {
	b.beside = !strings.Contains(b.path, "/")
	word, w, h, without := "选文件", float32(46), float32(60), kit.Center(kit.NewGlyph(kit.IconPhoto, kit.ColorSoft))
	if b.beside {
		word, w, h, without = "选照片", photoWidth, 128, noPhoto()
	}
	picture := kit.Stack()
	choose := m.a.kit.Button(kit.Normal, word, "", func() {
		m.a.attach(func(hash, _ string) { m.typed(b.path, hash); b.show(hash) })
	}).Small()
	b.object = kit.Row(8, picture, kit.Center(choose))
	if b.beside {
		b.object = kit.Column(8, picture, kit.Center(choose))
	}
	b.locked = func(on bool) { choose.Hidden = on }
	shown := "none yet"
	b.show = func(hash string) {
		if hash == shown {
			return
		}
		shown = hash
		picture.Objects = []fyne.CanvasObject{m.a.thumb(hash, w, h, without)}
		picture.Refresh()
	}
}

// photoWidth is the room of a photo beside a form.
const photoWidth = 96

// noPhoto is what its frame holds before one is chosen.
func noPhoto() *fyne.Container {
	return kit.Center(kit.Column(4, kit.Center(kit.NewGlyphSized(kit.IconAccount, kit.ColorSoft, kit.SizeIconEmpty)), kit.NewCaption("一寸照").Center()))
}

// paste keeps a file that was copied in a file list.
func (f *formPage) paste() {
	if path := pastedFile(f.a.kit.Clipboard()); path != "" {
		f.Attach(path)
	}
}

// Attach keeps a file that was dropped on a form: as the photo where one is shown,
// else among the attachments.
func (f *formPage) Attach(path string) bool {
	if f.a.told(f.form) {
		return true
	}
	for _, b := range f.cards[f.tab].boxes {
		if _, is := b.field.Type.(record.File); is {
			f.a.attachFile(path, func(hash, _ string) {
				f.typed(b.path, hash)
				b.show(hash)
			})
			return true
		}
	}
	if _, has := f.form.Kind.Field("files"); !has {
		return false
	}
	f.a.attachFile(path, func(hash, name string) {
		f.form.AttachFile("files", hash, name)
		f.settled()
	})
	return true
}
