package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
)

// anything is the option that lifts a filter.
const anything = "全部"

// filtersShown is how many filters stand beside the search box.
func (l *listPage) filtersShown() int {
	switch width := l.a.win.Canvas().Size().Width; {
	case l.a.large():
		return 2
	case width < 1340:
		return 3
	}
	return 4
}

func (l *listPage) fillFilters() {
	k := l.a.kit
	l.filters.Objects = nil
	boxes := l.list.Filters()
	for i, f := range boxes {
		if i == l.filtersShown() {
			break
		}
		options := []string{anything}
		for _, o := range f.Options {
			options = append(options, o.Text)
		}
		value := l.list.Filtered(f.Column)
		if value == "" {
			value = anything
		}
		s := k.Select(options, value, func(v string) {
			if v == anything {
				v = ""
			}
			l.list.Filter(f.Column, v)
			l.refresh()
		}).Caption(f.Label + "：")
		s.SetActive(value != anything)
		l.filters.Add(kit.Wide(132, s))
	}
	if len(boxes) > l.filtersShown() {
		l.filters.Add(k.Button(kit.Normal, "更多条件", kit.IconFilter, l.moreFilters))
	}
	l.filters.Add(kit.Space())
	if l.list.Narrowed() {
		l.filters.Add(k.Link("清除筛选", l.clear))
	}
	l.filters.Refresh()
}

// moreFilters shows every filter in a window.
func (l *listPage) moreFilters() {
	k := l.a.kit
	var rows []fyne.CanvasObject
	for _, f := range l.list.Filters() {
		options := []string{anything}
		for _, o := range f.Options {
			options = append(options, o.Text+" "+strconv.Itoa(o.Count))
		}
		value := l.list.Filtered(f.Column)
		for _, o := range f.Options {
			if o.Text == value {
				value += " " + strconv.Itoa(o.Count)
			}
		}
		if value == "" {
			value = anything
		}
		s := k.Select(options, value, func(v string) {
			text := ""
			if at := strings.LastIndex(v, " "); v != anything && at >= 0 {
				text = v[:at]
			}
			l.list.Filter(f.Column, text)
			l.refresh()
		})
		rows = append(rows, kit.NewFormRow(f.Label, false, s))
	}
	var panel *kit.Modal
	done := k.Button(kit.Primary, "看结果", "", func() { panel.Close() })
	panel = k.Show(kit.Panel{Title: "更多条件", Note: "选了就筛，可以同时选几个", Width: kit.DialogMiddle, Body: kit.Form(18, rows...),
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Normal, "清除筛选", "", func() { panel.Close(); l.clear() }), done), First: done})
}

func (l *listPage) clear() {
	l.list.ClearFilters()
	l.search.SetText("")
	l.refresh()
}

// fillLetters shows the initials with their counts.
func (l *listPage) fillLetters() {
	letters := l.list.Letters()
	l.letters.Hidden = l.list.Total() < 2 || len(letters) < 2 && l.list.AtLetter() == ""
	all := 0
	var shown []kit.Letter
	for _, c := range letters {
		all += c.Count
		shown = append(shown, kit.Letter(c))
	}
	l.letters.Set(shown, all, l.list.AtLetter())
}

// pickLetter keeps the records that begin with a letter; "" keeps all.
func (l *listPage) pickLetter(letter string) {
	l.list.Letter(letter)
	l.refresh()
}
