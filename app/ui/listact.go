package ui

import (
	"strconv"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// add registers a new record: members in the quick dialog, others in the form.
func (l *listPage) add() {
	if l.list.Kind.Name == "member" {
		l.a.Register("")
		return
	}
	l.a.Go(Place{Page: l.place.Page, View: "form", Kind: l.list.Kind.Name})
}

// edit opens the form of the current record.
func (l *listPage) edit() {
	if id := l.list.Current(); id != "" {
		l.a.Go(Place{Page: l.place.Page, View: "form", Kind: l.list.Kind.Name, ID: id})
	}
}

// print prints the ticked records, else the list as it is shown.
func (l *listPage) print() {
	ids := l.list.Marked()
	if len(ids) == 0 {
		for _, r := range l.list.Records() {
			ids = append(ids, r.ID)
		}
	}
	l.a.PrintRecords(l.list.Kind.Name, ids...)
}

// export writes the ticked records, else the list as it is shown.
func (l *listPage) export() {
	ids := l.list.Marked()
	if len(ids) == 0 {
		for _, r := range l.list.Records() {
			ids = append(ids, r.ID)
		}
	}
	l.a.ExportRecords(l.list.Kind.Name, ids)
}

// bulk are the verbs on ticked rows.
func (l *listPage) bulk() []kit.BulkVerb {
	out := []kit.BulkVerb{}
	if l.list.Kind.Name == "member" {
		out = append(out, kit.BulkVerb{Text: "记党费", Icon: kit.IconFee, Do: l.payDues}, kit.BulkVerb{Text: "调整党小组", Icon: kit.IconTransfer, Do: l.regroup})
	}
	if l.a.cfg.Press != nil {
		text := "打印"
		if l.list.Kind.Name == "member" {
			text = "打印登记表"
		}
		out = append(out, kit.BulkVerb{Text: text, Icon: kit.IconPrint, Do: l.print})
	}
	if l.a.cfg.Sheets != nil {
		out = append(out, kit.BulkVerb{Text: "导出", Icon: kit.IconDownload, Do: l.export})
	}
	return append(out, kit.BulkVerb{Text: "移到回收站", Icon: kit.IconDelete, Do: l.remove})
}

// payDues goes to this month's dues with the ticked members ticked there.
func (l *listPage) payDues() {
	ids := l.list.Marked()
	l.a.Go(Place{Page: "dues"})
	if p, ok := l.a.page.(*duesPage); ok {
		p.tick(ids)
	}
}

// regroup moves the ticked members to another party group.
func (l *listPage) regroup() {
	k := l.a.kit
	f, err := screen.NewForm(l.a.Book(), "member", "")
	if err != nil {
		l.a.Fail(err)
		return
	}
	groups := f.Suggest("group", "")
	if len(groups) == 0 {
		l.a.Say("还没有党小组。先在“设置”的支部信息里加上。")
		return
	}
	n := strconv.Itoa(len(l.list.Marked()))
	to := groups[0]
	choice := k.Select(groups, to, func(v string) { to = v })
	k.Ask(kit.Question{Title: "把勾选的 " + n + " 人调到哪个党小组？", Body: "改动记入每个人的变更记录，可以撤销。", Extra: choice,
		Safe: "不调了", Verb: "调整 " + n + " 人", Icon: kit.IconTransfer, Plain: true, Do: func() { l.setMarked("group", to) }})
}

// setMarked sets one field of the ticked records and offers to take it back.
func (l *listPage) setMarked(path, text string) {
	done, err := l.list.SetMarked(path, text)
	l.a.Done(done)
	if err != nil {
		l.a.Fail(err)
	}
	l.ledger.TickAll(false)
}

// remove moves the ticked or the current record to the recycle bin.
func (l *listPage) remove() {
	l.a.bin(l.list.Kind.Name, l.list.Targets(), func() { l.ledger.TickAll(false) })
}

func (l *listPage) menu() []kit.MenuItem {
	r, _ := l.a.Book().Get(l.list.Kind.Name, l.list.Current())
	word, icon := l.a.opening(r)
	items := []kit.MenuItem{{Text: word, Icon: icon, Key: "Enter", Do: l.edit},
		{Text: "变更记录", Icon: kit.IconHistory, Do: l.history}}
	if l.list.Kind.Name == "member" {
		items = append(items, kit.MenuItem{Text: "办理转出、失联等", Icon: kit.IconTransfer, Do: func() { l.a.happen(l.list.Current()) }})
	}
	if l.a.cfg.Press != nil {
		items = append(items, kit.MenuItem{Text: "打印", Icon: kit.IconPrint, Key: "Ctrl+P", Do: l.printOne})
	}
	return append(items, kit.MenuItem{}, kit.MenuItem{Text: "移到回收站", Icon: kit.IconDelete, Key: "Delete", Do: l.remove})
}

func (l *listPage) history() {
	l.a.Go(Place{Page: l.place.Page, View: "history", Kind: l.list.Kind.Name, ID: l.list.Current()})
}

func (l *listPage) printOne() {
	if id := l.list.Current(); id != "" {
		l.a.PrintRecords(l.list.Kind.Name, id)
	}
}

// searchKey lets the arrows move in the list while the search box has the
// keyboard.
func (l *listPage) searchKey(key string) bool {
	step, ok := map[string]int{"↑": -1, "↓": 1}[key]
	if ok && l.list.Len() > 0 {
		l.ledger.SetCurrent(l.list.Place() + step)
	}
	return ok
}

// Shown implements Page: the search box has the keyboard.
func (l *listPage) Shown() {
	l.a.kit.SetPanes(l.search, l.ledger)
	l.a.kit.Focus(l.search)
}

// Changed implements Page.
func (l *listPage) Changed(kind string, ids []string) {
	if kind != "" && kind != l.list.Kind.Name {
		ids = nil // what other kinds say may stand in a column
	}
	l.list.Refresh(ids...)
	l.ledger.Columns = l.columns()
	l.refresh()
}

// Resized implements Page.
func (l *listPage) Resized() { l.a.remake() }

// Keys implements Page.
func (l *listPage) Keys() kit.Keys {
	return kit.Keys{
		"Ctrl+N": l.add, "Ctrl+F": func() { l.a.kit.Focus(l.search); l.search.SelectAll() },
		"Enter": l.edit, "Ctrl+Enter": l.edit, "Ctrl+P": l.print, "Ctrl+E": l.export, "Delete": l.remove,
		"Ctrl+A": func() { l.ledger.TickAll(true) },
		"Esc":    l.escape,
	}
}

// escape unticks, then lifts the filters.
func (l *listPage) escape() {
	switch {
	case len(l.list.Marked()) > 0:
		l.ledger.TickAll(false)
	case l.list.Narrowed():
		l.clear()
	}
}

// Hints implements Page.
func (l *listPage) Hints() []Hint {
	return []Hint{{"↑ ↓", "移动"}, {"空格", "勾选"}, {"Enter", "编辑"}, {"Ctrl+P", "打印"}, {"Ctrl+F", "查找"}}
}
