package kit

import (
	"slices"
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
	room   float32 // for all of them
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

// Tapped chooses the tab under the mouse; 更多 shows those without room.
func (t *Tabs) Tapped(e *fyne.PointEvent) {
	t.takeFocus()
	rest := t.hidden()
	for i := range t.tabs {
		if x, w := t.span(i); e.Position.X >= x && e.Position.X < x+w && !slices.Contains(rest, i) {
			t.pick(i)
			return
		}
	}
	if len(rest) == 0 {
		return
	}
	items := make([]MenuItem, len(rest))
	for n, i := range rest {
		items[n] = MenuItem{Text: t.tabs[i].Label, Do: func() { t.pick(i) }}
	}
	t.kit.Menu(t.kit.where(t).Add(fyne.NewPos(t.moreAt(), t.Size().Height)), items...)
}

// more is the word behind the last tab that has room.
const more = "更多…"

func (t *Tabs) moreWidth() float32 { return widthOf(more, theme.SizeNameText, false) + 20 }

// hidden returns the tabs without room. The chosen one always has room.
func (t *Tabs) hidden() []int {
	if t.room <= 0 || t.total() <= t.room {
		return nil
	}
	free := t.room - t.moreWidth() - t.width(t.at)
	var out []int
	for i := range t.tabs {
		if i == t.at {
			continue
		}
		if free -= t.width(i); free < 0 {
			out = append(out, i)
		}
	}
	return out
}

// moreAt is where 更多 stands.
func (t *Tabs) moreAt() float32 {
	rest, x := t.hidden(), float32(0)
	for i := range t.tabs {
		if !slices.Contains(rest, i) {
			x += t.width(i)
		}
	}
	return x
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

// width is the room of tab i; where they do not all fit they stand closer.
func (t *Tabs) width(i int) float32 {
	edge := float32(28)
	if t.room > 0 && t.wide(28) > t.room {
		edge = 16
	}
	return t.words(i) + edge
}

func (t *Tabs) words(i int) float32 {
	w := widthOf(t.tabs[i].Label, theme.SizeNameText, true)
	if t.tabs[i].Badge > 0 {
		w += t.badgeWidth(i) + 8
	}
	return w
}

// wide is the width of all tabs with a given edge.
func (t *Tabs) wide(edge float32) (w float32) {
	for i := range t.tabs {
		w += t.words(i) + edge
	}
	return w
}

func (t *Tabs) total() (w float32) {
	for i := range t.tabs {
		w += t.width(i)
	}
	return w
}

// span returns where tab i stands; tabs without room stand nowhere.
func (t *Tabs) span(i int) (x, w float32) {
	rest := t.hidden()
	for j := range i {
		if !slices.Contains(rest, j) {
			x += t.width(j)
		}
	}
	return x, t.width(i)
}

func (t *Tabs) badgeWidth(i int) float32 {
	return widthOf(strconv.Itoa(t.tabs[i].Badge), theme.SizeNameCaptionText, true) + 12
}

// CreateRenderer implements fyne.Widget.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	rule, bar, halo, rest := rect(), rect(), rect(), canvas.NewText("", nil)
	objects := []fyne.CanvasObject{rule, bar, halo, rest}
	labels, badges := make([]*canvas.Text, len(t.tabs)), make([]*Pill, len(t.tabs))
	for i := range t.tabs {
		labels[i], badges[i] = canvas.NewText("", nil), NewTag(Overdue, "")
		objects = append(objects, labels[i], badges[i])
	}
	return draw(t, drawing{
		objects: objects,
		min: func() fyne.Size {
			return fyne.NewSize(t.width(t.at)+t.moreWidth(), theme.Size(SizeInput)+4)
		},
		layout: func(s fyne.Size) {
			t.room = s.Width
			without := t.hidden()
			place(rule, 0, s.Height-1, s.Width, 1)
			rest.Hidden = len(without) == 0
			place(rest, t.moreAt()+8, midY(s.Height-2, line(theme.SizeNameText)), t.moreWidth(), line(theme.SizeNameText))
			x, w := t.span(t.at)
			place(bar, x+2, s.Height-3, w-4, 3)
			place(halo, x+2, 3, w-4, s.Height-8)
			h := line(theme.SizeNameText)
			for i, l := range labels {
				l.Hidden = slices.Contains(without, i)
				badges[i].Hidden = l.Hidden || t.tabs[i].Badge == 0
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
			word(rest, more, theme.SizeNameText, false, ColorSoft)
			for i, tab := range t.tabs {
				colour := ColorSoft
				if i == t.at {
					colour = theme.ColorNamePrimary
				}
				word(labels[i], tab.Label, theme.SizeNameText, i == t.at, colour)
				badges[i].Set(Overdue, strconv.Itoa(tab.Badge))
				badges[i].icon = ""
			}
		},
	})
}
