package ui

import (
	"context"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// PickFolder lets a person choose a folder to write into; it opens on the USB stick
// when there is one, else on the folder last used, and Enter takes it.
func (a *App) PickFolder(title string, then func(folder string)) {
	d := newFileDialog(a, nil)
	if stick := d.f.Stick(); stick != "" {
		d.goTo(stick)
	}
	d.chosen = func(string) {} // a file can't be a folder: opening one does nothing
	take := a.kit.Button(kit.Primary, "放在这个文件夹", kit.IconCheck, func() {
		dir := d.f.Dir()
		d.closeAt(dir)
		then(dir)
	})
	d.show(title, kit.Row(8, kit.NewCaption("先打开要放的文件夹"), kit.Space(), take))
	a.kit.Focus(take)
}

// ExportRecords writes records of one kind to a spreadsheet: every field that is
// not a table, in the order of the form.
func (a *App) ExportRecords(kind string, ids []string) {
	k, err := a.Book().Kind(kind)
	if err == nil && a.cfg.Sheets == nil {
		err = record.Refuse("SHEETS_NONE", "这里不能导出表格。请在装好的程序里导出；内容都在。")
	}
	if err != nil {
		a.Fail(err)
		return
	}
	var fields []string
	for _, f := range k.Fields {
		switch f.Type.(type) {
		case record.Rows, record.File:
		default:
			fields = append(fields, f.Name)
		}
	}
	var records []record.Record
	for _, id := range ids {
		if r, ok := a.Book().Get(kind, id); ok {
			records = append(records, r)
		}
	}
	a.SaveFile("导出到 Excel", k.Page+a.Book().Today().String()+".xlsx", func(path string) {
		a.run.Do("正在导出", func(context.Context, screen.Progress) error {
			data, err := a.cfg.Sheets.Write(k, fields, records, a.Book())
			if err != nil {
				return err
			}
			return writeFile(path, data)
		}, func(err error) {
			if err != nil {
				a.Fail(err)
				return
			}
			a.Say("已导出 " + path)
		})
	})
}
