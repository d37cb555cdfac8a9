package ui

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"zhibu/storage/record"
)

// attacher is a page of a record that keeps files dropped on it.
type attacher interface{ Attach(path string) bool }

// dropped takes what was dragged onto the window: to a record's page as attachments;
// else a spreadsheet into the import that is open or into a new one for the register
// shown.
func (a *App) dropped(_ fyne.Position, files []fyne.URI) {
	if a.frame == nil || len(files) == 0 {
		return
	}
	path := files[0].Path()
	if p, ok := a.page.(attacher); ok && p.Attach(path) {
		for _, more := range files[1:] {
			p.Attach(more.Path())
		}
		return
	}
	if !slices.Contains(importFormats(), strings.ToLower(filepath.Ext(path))) {
		a.Fail(record.Refuse("DROP_KIND", "“"+filepath.Base(path)+"”不是表格文件，没有读。要导入请拖 Excel、WPS 表格或 CSV 文件。"))
		return
	}
	if p, ok := a.page.(*importPage); ok {
		p.take(path)
		return
	}
	kind := a.place.Page
	if _, err := a.Book().Kind(kind); err != nil {
		kind = "member"
	}
	a.Go(Place{Page: "excel", View: "import", Kind: kind, Note: path})
}
