package page

import "fmt"

// Outside lists what a page draws outside its type area, things that may stand
// there left out.
func Outside(p *Page) []string {
	const slack = 0.3
	var out []string
	for _, item := range p.Items {
		switch it := item.(type) {
		case Run:
			for i, ink := range it.Ink() {
				if !it.Free && !p.Area.Holds(ink, slack) {
					out = append(out, fmt.Sprintf("%q: character %d at %.1f,%.1f", it.Text, i+1, ink.X, ink.Y))
				}
			}
		case Line:
			r := Rect{min(it.X1, it.X2), min(it.Y1, it.Y2), abs(it.X2 - it.X1), abs(it.Y2 - it.Y1)}
			if it.Stroke != Deco && !p.Area.Holds(r, slack) {
				out = append(out, fmt.Sprintf("line at %.1f,%.1f", r.X, r.Y))
			}
		case Box:
			if !p.Area.Holds(it.Rect, slack) {
				out = append(out, fmt.Sprintf("box at %.1f,%.1f", it.X, it.Y))
			}
		}
	}
	return out
}

// Crossings lists the characters of a page whose ink touches a rule.
func Crossings(p *Page) []string {
	var rules []Rect
	for _, item := range p.Items {
		if l, ok := item.(Line); ok && l.Stroke == Rule {
			half := l.Width / 2
			rules = append(rules, Rect{min(l.X1, l.X2) - half, min(l.Y1, l.Y2) - half, abs(l.X2-l.X1) + l.Width, abs(l.Y2-l.Y1) + l.Width})
		}
	}
	var out []string
	for _, item := range p.Items {
		run, ok := item.(Run)
		if !ok {
			continue
		}
		for i, ink := range run.Ink() {
			for _, r := range rules {
				if ink.X < r.Right() && r.X < ink.Right() && ink.Y < r.Bottom() && r.Y < ink.Bottom() {
					out = append(out, fmt.Sprintf("%q: character %d at %.1f,%.1f", run.Text, i+1, ink.X, ink.Y))
				}
			}
		}
	}
	return out
}
