package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// historyPage is the whole change history of one record.
type historyPage struct {
	plainPage
	a      *App
	place  Place
	title  string
	events []screen.Event
	card   *kit.Card
}

func newHistoryPage(a *App, p Place) (Page, error) {
	_, r, err := a.Book().Find(p.Kind, p.ID)
	if err != nil {
		return nil, err
	}
	h := &historyPage{a: a, place: p, title: a.Book().Title(r)}
	h.events, err = a.Book().Events(p.Kind, p.ID)
	return h, err
}

// Content implements Page.
func (h *historyPage) Content() fyne.CanvasObject {
	head := kit.NewPageHead(h.title, "变更记录，共 "+strconv.Itoa(len(h.events))+" 次").Back(h.a.kit, "返回", h.a.Back)
	h.card = kit.NewCard("", timeline(nil, h.events))
	return kit.Page(head, h.card)
}

// Changed implements Page.
func (h *historyPage) Changed(kind string, _ []string) {
	if kind == h.place.Kind {
		h.a.remake()
	}
}

// Keys implements Page.
func (h *historyPage) Keys() kit.Keys { return kit.Keys{"Esc": h.a.Back} }

// Hints implements Page.
func (h *historyPage) Hints() []Hint { return []Hint{{"Esc", "返回"}} }
