package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Tab is one heading of a tab bar; Badge counts what is wrong under it.
type Tab struct {
	ID, Label string
	Badge     int
}

// Tabs is a bar of headings; the page shows what belongs to the one chosen, made
// when it is first wanted. One stop of the Tab order: ← → choose; Ctrl+Tab goes
// on when the page maps it to Next.
type Tabs struct {
	control
	tabs   []Tab
	at     int
	onPick func(id string)
}

// Tabs returns the bar; onPick is called when a person chooses.
func (k *Kit) Tabs(tabs []Tab, onPick func(id string)) *Tabs {
	t := &Tabs{tabs: tabs, onPick: onPick}
	t.own(k, t)
	return t
}

// Current returns the ID of the chosen tab.
func (t *Tabs) Current() string { return t.tabs[t.at].ID }

// SetCurrent chooses without calling onPick.
func (t *Tabs) SetCurrent(id string) {
	for i, tab := range t.tabs {
		if tab.ID == id {
			t.at = i
		}
	}
	t.Refresh()
}

// SetBadge shows how much is wrong under a tab; 0 takes it away.
func (t *Tabs) SetBadge(id string, count int) {
	for i := range t.tabs {
		if t.tabs[i].ID == id {
			t.tabs[i].Badge = count
		}
	}
	t.Refresh()
}

// SetLabel changes a tab's word (附件 3).
func (t *Tabs) SetLabel(id, label string) {
	for i := range t.tabs {
		if t.tabs[i].ID == id {
			t.tabs[i].Label = label
		}
	}
	t.Refresh()
}

// Next chooses the next tab, after the last the first.
func (t *Tabs) Next() { t.pick((t.at + 1) % len(t.tabs)) }

func (t *Tabs) pick(i int) {
	if i < 0 || i >= len(t.tabs) {
		return
	}
	t.at = i
	t.Refresh()
	t.onPick(t.tabs[i].ID)
}

// Tapped implements fyne.Tappable.
func (t *Tabs) Tapped(e *fyne.PointEvent) {
	t.takeFocus()
	for i := range t.tabs {
		if x, w := t.span(i); e.Position.X >= x && e.Position.X < x+w {
			t.pick(i)
			return
		}
	}
}

// TypedKey chooses the neighbour.
func (t *Tabs) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		t.pick(t.at - 1)
	case fyne.KeyRight:
		t.pick(t.at + 1)
	default:
		t.control.TypedKey(e)
	}
}

// span returns where tab i stands.
func (t *Tabs) span(i int) (x, w float32) {
	for j := 0; ; j++ {
		w = widthOf(t.tabs[j].Label, theme.SizeNameText, true) + 28
		if t.tabs[j].Badge > 0 {
			w += t.badgeWidth(j) + 8
		}
		if j == i {
			return x, w
		}
		x += w
	}
}

func (t *Tabs) badgeWidth(i int) float32 {
	return widthOf(strconv.Itoa(t.tabs[i].Badge), theme.SizeNameCaptionText, true) + 12
}

// CreateRenderer implements fyne.Widget.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	rule, bar, halo := rect(), rect(), rect()
	objects := []fyne.CanvasObject{rule, bar, halo}
	labels, badges := make([]*canvas.Text, len(t.tabs)), make([]*Pill, len(t.tabs))
	for i := range t.tabs {
		labels[i], badges[i] = canvas.NewText("", nil), NewTag(Overdue, "")
		objects = append(objects, labels[i], badges[i])
	}
	return draw(t, drawing{
		objects: objects,
		min: func() fyne.Size {
			x, w := t.span(len(t.tabs) - 1)
			return fyne.NewSize(x+w, theme.Size(SizeInput)+4)
		},
		layout: func(s fyne.Size) {
			place(rule, 0, s.Height-1, s.Width, 1)
			x, w := t.span(t.at)
			place(bar, x+2, s.Height-3, w-4, 3)
			place(halo, x+2, 3, w-4, s.Height-8)
			h := line(theme.SizeNameText)
			for i, l := range labels {
				x, w := t.span(i)
				lw := widthOf(t.tabs[i].Label, theme.SizeNameText, i == t.at)
				left := x + midY(w, lw)
				if t.tabs[i].Badge > 0 {
					bw := t.badgeWidth(i)
					left = x + midY(w, lw+8+bw)
					place(badges[i], left+lw+8, 0, bw, s.Height-2)
				}
				place(l, left, midY(s.Height-2, h), lw, h)
			}
		},
		paint: func() {
			box(rule, theme.Color(theme.ColorNameSeparator), none(), 0, 0)
			box(bar, theme.Color(theme.ColorNamePrimary), none(), 0, 0)
			ring(halo, t.focused)
			for i, tab := range t.tabs {
				colour := ColorSoft
				if i == t.at {
					colour = theme.ColorNamePrimary
				}
				word(labels[i], tab.Label, theme.SizeNameText, i == t.at, colour)
				badges[i].Set(Overdue, strconv.Itoa(tab.Badge))
				badges[i].icon = ""
				badges[i].Hidden = tab.Badge == 0
			}
		},
	})
}
