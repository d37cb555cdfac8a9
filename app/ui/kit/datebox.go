package kit

import (
	"time"

	"fyne.io/fyne/v2"
)

// DateBox returns a text box for a date. It takes every form that TidyDate reads
// and writes it out in full when the box is left or Enter is pressed; ↓ or the
// button opens the calendar, Ctrl+; puts today. What is no date stays as typed:
// the form says so. changed gets the tidied text.
func (k *Kit) DateBox(changed func(string)) *Entry {
	e := k.Entry("")
	e.holder = "如 20261120"
	tidy := func() {
		s, ok := TidyDate(e.Text(), k.Now())
		if ok && s != e.Text() {
			e.Type(s)
		}
	}
	e.onLeave = tidy
	e.OnChanged = func(s string) {
		if changed == nil {
			return
		}
		if tidied, ok := TidyDate(s, k.Now()); ok {
			s = tidied
		}
		changed(s)
	}
	e.tail = newInnerButton(IconCalendar, func() { k.openCalendar(e) })
	e.onOwnKey = func(key string) bool {
		switch key {
		case "↓":
			k.openCalendar(e)
		case "Ctrl+;":
			e.Type(k.Now().Format(time.DateOnly))
		case "Enter":
			tidy()
			return false
		default:
			return false
		}
		return true
	}
	return e
}

// openCalendar shows the month of the box's date, or this month.
func (k *Kit) openCalendar(e *Entry) {
	if !e.writable() {
		return
	}
	k.Focus(e)
	day := k.Now()
	if s, ok := TidyDate(e.Text(), day); ok {
		for _, form := range []string{time.DateOnly, "2006-01", "2006"} {
			if t, err := time.ParseInLocation(form, s, day.Location()); err == nil {
				day = t
				break
			}
		}
	}
	c := newCalendar(day, k.Now())
	l := &layer{content: newSheet(PadAll(c, 10)), outside: true, at: below(k.where(e), e.Size())}
	l.at = func(area, least fyne.Size) (fyne.Position, fyne.Size) {
		return below(k.where(e), fyne.NewSize(0, e.Size().Height))(area, least)
	}
	c.choose = func(t time.Time) {
		l.close()
		e.Type(t.Format(time.DateOnly))
	}
	l.keys = Keys{
		"←": func() { c.show(c.day.AddDate(0, 0, -1)) }, "→": func() { c.show(c.day.AddDate(0, 0, 1)) },
		"↑": func() { c.show(c.day.AddDate(0, 0, -7)) }, "↓": func() { c.show(c.day.AddDate(0, 0, 7)) },
		"PgUp": func() { c.show(addMonths(c.day, -1)) }, "PgDn": func() { c.show(addMonths(c.day, 1)) },
		"Home": func() { c.show(addMonths(c.day, -12)) }, "End": func() { c.show(addMonths(c.day, 12)) },
		"Enter": func() { c.choose(c.day) }, "空格": func() { c.choose(c.day) },
	}
	k.open(l)
}

// addMonths goes to the same day of another month, or its last day.
func addMonths(t time.Time, months int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, t.Location())
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}
