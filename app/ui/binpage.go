package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// binPage is the recycle bin: what was deleted in the last 30 days.
type binPage struct {
	plainPage
	a      *App
	items  []screen.Binned
	ledger *kit.Ledger
	head   *kit.PageHead
	back   *kit.Button
}

func newBinPage(a *App, _ Place) (Page, error) {
	b := &binPage{a: a}
	return b, b.read()
}

func (b *binPage) read() (err error) {
	b.items, err = b.a.Book().Bin()
	return err
}

// Content implements Page.
func (b *binPage) Content() fyne.CanvasObject {
	k := b.a.kit
	b.back = k.Button(kit.Primary, "恢复", kit.IconUndo, b.restore)
	b.head = kit.NewPageHead("回收站", "").Back(k, "返回", b.a.Back).Actions(b.back)
	item := func(row int) screen.Binned { return b.items[row] }
	b.ledger = k.Ledger([]kit.Col{
		{Title: "名称", Width: 160, Flex: 1, Cell: func(row int) kit.Cell { return kit.Cell{Text: item(row).Title, Bold: true} }},
		{Title: "台账", Width: 100, Priority: 3, Cell: func(row int) kit.Cell { return kit.Cell{Text: item(row).Kind.Label} }},
		{Title: "何时移来", Width: 140, Priority: 1, Cell: func(row int) kit.Cell {
			return kit.Cell{Text: screen.ShortMoment(item(row).At, b.a.Book().Today())}
		}},
		{Title: "谁移的", Width: 100, Priority: 4, Cell: func(row int) kit.Cell { return kit.Cell{Text: item(row).By} }},
		{Title: "还留", Width: 80, Priority: 2, Cell: func(row int) kit.Cell {
			return kit.Cell{Text: strconv.Itoa(item(row).Left) + " 天"}
		}},
	}, func() int { return len(b.items) })
	b.ledger.Key = func(row int) string { return item(row).Kind.Name + "/" + item(row).Record.ID }
	b.ledger.Unit = "条"
	b.ledger.Bulk = []kit.BulkVerb{{Text: "恢复", Icon: kit.IconUndo, Do: b.restore}}
	b.ledger.OnOpen = func(int) { b.restore() }
	b.ledger.Empty = kit.Empty(kit.IconDelete, "回收站是空的", "删掉的记录在这里留 30 天，随时可以恢复。", k.Button(kit.Normal, "返回", kit.IconBack, b.a.Back))
	b.note()
	return kit.Page(b.head, kit.NewFlushCard("", b.ledger))
}

func (b *binPage) note() {
	able(b.back, len(b.items) > 0)
	b.head.SetNote("共 " + strconv.Itoa(len(b.items)) + " 条，留 " + strconv.Itoa(screen.KeepDays) + " 天")
}

// restore brings back the ticked records, else the current one.
func (b *binPage) restore() {
	var back []screen.Binned
	for row, item := range b.items {
		if b.ledger.IsTicked(b.ledger.Key(row)) || len(b.ledger.Ticked()) == 0 && row == b.ledger.Current() {
			back = append(back, item)
		}
	}
	if len(back) == 0 {
		return
	}
	done, err := b.a.Book().Unbin(back...)
	if err != nil {
		b.a.FailAgain(err, b.restore)
		return
	}
	b.a.Done(done)
	b.ledger.TickAll(false)
	b.Changed("", nil)
}

// Changed implements Page.
func (b *binPage) Changed(string, []string) {
	if err := b.read(); err != nil {
		b.a.Fail(err)
	}
	b.note()
	b.ledger.Refresh()
}

// Shown implements Page.
func (b *binPage) Shown() { b.a.kit.Focus(b.ledger) }

// Keys implements Page.
func (b *binPage) Keys() kit.Keys { return kit.Keys{"Enter": b.restore, "Esc": b.a.Back} }

// Hints implements Page.
func (b *binPage) Hints() []Hint {
	return []Hint{{"↑ ↓", "移动"}, {"空格", "勾选"}, {"Enter", "恢复"}, {"Esc", "返回"}}
}
