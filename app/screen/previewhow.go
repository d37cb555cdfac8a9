package screen

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"zhibu/storage/record"
)

// layout is how records are laid out together.
func (p *Preview) layout(ids []string) Layout {
	how := p.how
	how.Fill, how.Password = maps.Clone(p.how.Fill), ""
	if p.overlay {
		by, _ := p.Shift()
		how.Overlay = &by
	}
	if n, _ := p.before(ids); p.marked && !how.Blank {
		how.Reprint = n
	}
	return how
}

// How returns what is chosen about the content.
func (p *Preview) How() Layout { return p.how }

// Set changes what is chosen about the content and lays it out anew.
func (p *Preview) Set(change func(*Layout)) {
	change(&p.how)
	p.Lay()
}

// Variants returns the shapes to choose from, none when there is no choice.
func (p *Preview) Variants() []FormVariant {
	if p.form.Told && len(p.ids) > 0 {
		return nil
	}
	return p.form.Variants
}

// SetVariant chooses a shape by its name. One about the branch itself is not blank.
func (p *Preview) SetVariant(name string) {
	for _, v := range p.form.Variants {
		if v.Name == name {
			p.Set(func(how *Layout) {
				how.Variant = v.ID
				how.Blank = len(p.ids) == 0 && p.form.Blank && !p.form.List && !v.Self
			})
		}
	}
}

// Years are the years to choose from, the newest first.
func (p *Preview) Years() []string {
	var out []string
	for year := p.Book.Today().Year; len(out) < 10; year-- {
		out = append(out, number(year)+" 年")
	}
	return out
}

// Maskable reports whether the form may show numbers that are better hidden.
func (p *Preview) Maskable() bool {
	return slices.ContainsFunc(p.form.Kinds, func(name string) bool {
		k, err := p.Book.Kind(name)
		return err == nil && slices.ContainsFunc(k.Fields, func(f record.Field) bool { return f.Sensitive })
	})
}

// Unfilled returns what was asked and is still empty: such places stay white for
// writing by hand.
func (p *Preview) Unfilled() []string {
	var out []string
	for _, ask := range p.form.Asks {
		if strings.TrimSpace(p.how.Fill[ask.Name]) == "" {
			out = append(out, ask.Label)
		}
	}
	return out
}

// Fill answers one of the form's asks. Lay shows it.
func (p *Preview) Fill(name, text string) { p.how.Fill[name] = text }

// SetPassword protects files against changes, "" does not.
func (p *Preview) SetPassword(password string) { p.how.Password = password }

// Overlay reports whether values are printed alone.
func (p *Preview) Overlay() bool { return p.overlay }

// SetOverlay prints values alone, onto ready stationery.
func (p *Preview) SetOverlay(on bool) {
	p.overlay = on
	p.Lay()
}

// ShiftSetting is where a laptop keeps how far a printer is off on a form.
func ShiftSetting(printer, form string) string { return "print.calibration." + printer + "/" + form }

// Shift returns how far the printer chosen is off on this form, as measured.
func (p *Preview) Shift() (by Shift, measured bool) {
	_, err := fmt.Sscanf(p.Book.Setting(ShiftSetting(p.chosen, p.form.Code)), "%f,%f", &by.Right, &by.Down)
	return by, err == nil
}

// Calibrate keeps what was measured on the printed cross: mm from the left and
// from the top edge of the paper.
func (p *Preview) Calibrate(left, top string) error {
	var at [2]float64
	for i, typed := range []string{left, top} {
		if _, err := fmt.Sscanf(record.Halfwidth(strings.TrimSpace(typed)), "%f", &at[i]); err != nil {
			return record.Refuse("CALIBRATION_NUMBER", "两个数都要填，写毫米，例如 50.5。原来的校准没有变。")
		}
	}
	by, err := p.Press.Calibrate(at[0], at[1])
	if err != nil {
		return err
	}
	if err := p.Book.SetSetting(ShiftSetting(p.chosen, p.form.Code), fmt.Sprintf("%.2f,%.2f", by.Right, by.Down)); err != nil {
		return err
	}
	p.SetOverlay(true)
	return nil
}

// printings are what the chain of what left the program says about one form.
type printings struct {
	count map[string]int // prints by record id
	last  map[string]time.Time
}

// printingsOf reads the chain for the prints of one form. Those that the printer
// did not take are not counted.
func (b *Book) printingsOf(form string) printings {
	out := printings{map[string]int{}, map[string]time.Time{}}
	by := map[string]int{ActPrint: 1, ActUnprinted: -1}
	trail, err := b.Trail()
	if err != nil {
		return out // a broken chain is told by the check and on its own page
	}
	for _, e := range trail {
		if e.What != form || by[e.Act] == 0 {
			continue
		}
		for _, id := range strings.Fields(e.ID) {
			out.count[id] += by[e.Act]
			out.last[id] = e.At
		}
	}
	return out
}

// remember reads anew what was printed before.
func (p *Preview) remember() { p.past = p.Book.printingsOf(p.form.Code) }

// before returns how often and when one of the records was printed on this form,
// that of most prints.
func (p *Preview) before(ids []string) (n int, last time.Time) {
	for _, id := range ids {
		if p.past.count[id] > n {
			n, last = p.past.count[id], p.past.last[id]
		}
	}
	return n, last
}

// Before tells how often the records were printed on this form; "" when never.
func (p *Preview) Before() string {
	n, last := p.before(p.ids)
	switch {
	case n == 0 || p.how.Blank:
		return ""
	case len(p.ids) > 1:
		return "其中有打印过的，最多的已印 " + number(n) + " 次"
	}
	return ShortMoment(last, p.Book.Today()) + " 打印过，已印 " + number(n) + " 次"
}

// MarkLabel is what the mark of a reprint says.
func (p *Preview) MarkLabel() string {
	n, _ := p.before(p.ids)
	return "印上“补打第 " + number(n) + " 次”"
}

// Marked reports whether a reprint carries its mark.
func (p *Preview) Marked() bool { return p.marked }

// SetMarked prints the mark of a reprint or leaves it off.
func (p *Preview) SetMarked(on bool) {
	p.marked = on
	p.Lay()
}

// Separate reports whether every record becomes a document of its own.
func (p *Preview) Separate() bool { return p.separate }

// Separable reports whether records may be printed one by one.
func (p *Preview) Separable() bool { return len(p.ids) > 1 && !p.form.List && !p.how.Blank }

// SetSeparate prints every record as a document of its own, or all as one.
func (p *Preview) SetSeparate(on bool) { p.separate = on }
