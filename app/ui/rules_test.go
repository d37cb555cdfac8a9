package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
)

// TestANewParameterCanBeTakenBack changes a typed parameter by keyboard.
func TestANewParameterCanBeTakenBack(t *testing.T) {
	w := openWindow(t, kit.Standard, standard(), fillRows(t, 1))
	w.Go(Place{Page: "settings", View: "rules"})
	p := w.page.(*rulesPage)
	for i, item := range p.items {
		if item.Name == "demand_days" {
			p.ledger.SetCurrent(i)
		}
	}
	days := func() string {
		for _, item := range w.Book().Parameters(w.Book().Today()) {
			if item.Name == "demand_days" {
				return item.Value
			}
		}
		return ""
	}
	was := days()
	w.App.kit.Press("Enter")
	box, _ := w.App.kit.Focused().(*kit.Entry)
	box.SelectAll()
	w.types(t, "21")
	w.keys(fyne.KeyTab, fyne.KeyTab)
	w.types(t, "支委会研究")
	w.App.kit.Press("Ctrl+S")
	w.sees(t, "起按新的参数办", "撤销")
	if days() != "21" || was == "21" {
		t.Errorf("%s days, were %s", days(), was)
	}
	w.App.kit.Press("Ctrl+Z")
	if days() != was {
		t.Errorf("%s days are not taken back", days())
	}
}
