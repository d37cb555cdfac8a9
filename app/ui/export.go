package ui

import (
	"context"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// PickFolder lets a person choose a folder to write into or, as verb says, to read;
// it opens on the USB stick
// when there is one, else on the folder last used, and Enter takes it.
func (a *App) PickFolder(title, verb string, then func(folder string)) {
	d, hint := newFileDialog(a, nil), "没有找到 U 盘；插上再来，或者用本机的文件夹"
	if stick := d.f.Stick(); stick != "" {
		d.goTo(stick)
		hint = "先打开要用的文件夹"
	}
	d.chosen = func(string) {} // a file can't be a folder: opening one does nothing
	take := a.kit.Button(kit.Primary, verb, kit.IconCheck, func() {
		dir := d.f.Dir()
		d.closeAt(dir)
		then(dir)
	})
	d.show(title, kit.Row(8, kit.NewCaption(hint), kit.Space(), take))
	a.kit.Focus(take)
}

// ExportRecords writes records of one kind to a spreadsheet.
func (a *App) ExportRecords(kind string, ids []string) {
	a.saveSheet(kind, "导出到 Excel", "", "正在导出", func(sheets screen.Sheets) ([]byte, error) {
		return screen.Export(a.Book(), sheets, kind, ids)
	})
}

// ExportTemplate writes an empty spreadsheet of one kind to fill in.
func (a *App) ExportTemplate(kind string) {
	a.saveSheet(kind, "存一张空表", "空表", "正在写空表", func(sheets screen.Sheets) ([]byte, error) {
		k, err := a.Book().Kind(kind)
		if err != nil {
			return nil, err
		}
		return sheets.Template(k)
	})
}

// saveSheet asks where to put a spreadsheet of one kind and makes it.
func (a *App) saveSheet(kind, title, suffix, doing string, make func(screen.Sheets) ([]byte, error)) {
	k, err := a.Book().Kind(kind)
	if err != nil {
		a.Fail(err)
		return
	}
	a.saveWorkbook(title, k.Page+suffix+a.Book().Today().String(), doing, make)
}

// saveTable asks where to put rows under the headings of the first one; the export
// is noted.
func (a *App) saveTable(title, name string, rows [][]string) {
	a.saveWorkbook(title, name, "正在导出", func(sheets screen.Sheets) ([]byte, error) {
		if err := a.Book().Note(screen.ActExport, "", "", name); err != nil {
			return nil, err
		}
		return sheets.Table(name, rows)
	})
}

// saveWorkbook asks where to, then makes the spreadsheet and says where it lies.
func (a *App) saveWorkbook(title, name, doing string, make func(screen.Sheets) ([]byte, error)) {
	if a.cfg.Sheets == nil {
		a.Fail(record.Refuse("SHEETS_NONE", "这里不能导出表格。请在装好的程序里导出；内容都在。"))
		return
	}
	a.SaveFile(title, name+".xlsx", func(path string) {
		a.writeFile(doing, path, func(context.Context) ([]byte, error) { return make(a.cfg.Sheets) })
	})
}

// writeFile makes the content of a file and writes it, and says where it lies.
func (a *App) writeFile(doing, path string, make func(context.Context) ([]byte, error)) {
	a.run.Do(doing, func(ctx context.Context, _ screen.Progress) error {
		data, err := make(ctx)
		if err != nil {
			return err
		}
		return screen.WriteFile(path, data)
	}, func(err error) {
		if err != nil {
			a.FailAgain(err, func() { a.writeFile(doing, path, make) })
			return
		}
		a.Say("已存到 " + path)
	})
}
