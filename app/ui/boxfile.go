package ui

import (
	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// file is an attachment: its picture, what is kept, and a button to keep another; a
// file copied in a file list can be pasted.
func (m *boxes) file(b *box) {
	e := m.a.kit.Entry("还没有")
	e.SetLocked(true)
	picture := kit.Stack()
	shown := "none yet"
	take := func(hash, _ string) {
		m.typed(b.path, hash)
		b.show(hash)
	}
	e.OnKey = func(key string) bool {
		path := ""
		if key == "Ctrl+V" {
			path = pastedFile(m.a.kit.Clipboard())
		}
		if path != "" {
			m.a.attachFile(path, take)
		}
		return path != ""
	}
	choose := m.a.kit.Button(kit.Normal, "选文件", kit.IconOpen, func() { m.a.attach(take) })
	b.object = kit.Columns(8, []float32{46, 0, 96}, picture, kit.Column(0, kit.Space(), e, kit.Space()), kit.Column(0, kit.Space(), choose, kit.Space()))
	b.changed = e.SetChanged
	b.locked = func(on bool) { able(choose, !on) }
	b.show = func(hash string) {
		if hash == shown {
			return
		}
		shown = hash
		picture.Objects = []fyne.CanvasObject{m.a.thumb(hash, 46, 60, kit.Center(kit.NewGlyph(kit.IconPhoto, kit.ColorSoft)))}
		picture.Refresh()
		e.SetText(m.form.Name(b.path))
	}
}

// Attach keeps a file that was dropped on a form: as the photo where one is shown,
// else among the attachments.
func (f *formPage) Attach(path string) bool {
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
