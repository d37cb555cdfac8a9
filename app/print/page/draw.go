package page

import "strings"

// rise is how far the base line of Chinese text stands above the bottom of its
// square, in ems.
const rise = 0.12

// Draw writes the line into p with its left end at x and its top at y. The
// square of the characters stands in the middle of the pitch.
func (l TextLine) Draw(p *Page, x, y float64) {
	base := y + l.Pace/2 + l.em/2 - rise*l.em
	for _, c := range l.pieces {
		s := c.span.Style
		if c.span.Under {
			w := c.width
			p.Add(Line{X1: x + c.x, Y1: base + 0.22*s.Em(), X2: x + c.x + w, Y2: base + 0.22*s.Em(),
				Width: 0.2, Color: s.Color, Stroke: Underline})
		}
		if c.span.Box {
			c.span.checkBox(p, x+c.x, base)
		}
		if c.font == nil || c.text == "" {
			continue
		}
		p.Add(Run{X: x + c.x, Y: base, Size: s.Size, Font: c.font, Text: c.text, Space: c.space, Color: s.Color, Value: s.Value})
		if c.span.Wrong {
			p.Add(Line{X1: x + c.x, Y1: base - 0.38*s.Em(), X2: x + c.x + c.width, Y2: base - 0.38*s.Em(),
				Width: 0.3, Color: s.Color, Stroke: Deco, Value: true})
		}
	}
}

// checkBox draws a box, and its tick as two strokes.
func (s Span) checkBox(p *Page, x, base float64) {
	em := s.Style.Em()
	r := Rect{x + 0.12*em, base - 0.76*em, 0.76 * em, 0.76 * em}
	p.Add(Box{Rect: r, Edge: s.Style.Color, Width: 0.22})
	if !s.Tick {
		return
	}
	tick := Line{X1: r.X + 0.15*em, Y1: base - 0.38*em, X2: r.X + 0.33*em, Y2: base - 0.16*em, Width: 0.4, Color: s.Style.Color, Stroke: Deco, Value: true}
	p.Add(tick)
	tick.X1, tick.Y1, tick.X2, tick.Y2 = tick.X2, tick.Y2, r.X+0.66*em, base-0.64*em
	p.Add(tick)
}

// Height returns the height of lines in mm.
func Height(lines []TextLine) float64 {
	h := 0.0
	for _, l := range lines {
		h += l.Pace
	}
	return h
}

// DrawLines writes lines below each other and returns the y below the last.
func DrawLines(p *Page, lines []TextLine, x, y float64) float64 {
	for _, l := range lines {
		l.Draw(p, x, y)
		y += l.Pace
	}
	return y
}

// Fit lays out a short value, a name above all: in one line if its size may
// shrink to three quarters for that, else broken after "·" where there is one, or
// between the names of a list.
func Fit(s Style, text string, width float64) []TextLine {
	w := s.Width(text)
	if w <= width && !strings.Contains(text, "\n") {
		return []TextLine{s.line(text, w-s.Pitch, width)}
	}
	if w*0.75 <= width && !strings.Contains(text, "\n") {
		s = s.smaller(width / w)
		return []TextLine{s.line(text, width-s.Pitch, width)}
	}
	parts, widest := s.parts(text, "·")
	if len(parts) == 1 {
		if parts, widest = s.parts(text, "、"); widest*0.85 > width { // no list of names
			return Lines([]Para{{{Text: text, Style: s.smaller(0.85)}}}, width)
		}
	}
	s = s.smaller(max(0.6, min(0.85, width/widest)))
	var paras []Para
	line := ""
	for _, part := range parts {
		if line != "" && s.Width(line+part) > width {
			paras = append(paras, Para{{Text: line, Style: s}})
			line = ""
		}
		line += part
	}
	return Lines(append(paras, Para{{Text: line, Style: s}}), width+0.01)
}

// line sets text that is w mm wide in one line, without looking for breaks.
func (s Style) line(text string, w, width float64) TextLine {
	l := TextLine{Pace: s.Pace(), em: s.Em(), opens: true, Width: w}
	if text == "" {
		return l
	}
	x := 0.0
	switch s.Align {
	case Center:
		x = (width - w) / 2
	case Right:
		x = width - w
	}
	l.put(Span{Text: text, Style: s}, atom{text: text}, x, 0)
	return l
}

// parts cuts text behind a mark and returns the width of the widest piece too.
func (s Style) parts(text, mark string) (parts []string, widest float64) {
	parts = strings.SplitAfter(text, mark)
	for _, part := range parts {
		widest = max(widest, s.Width(part))
	}
	return parts, widest
}

func (s Style) smaller(by float64) Style {
	s.Size *= by
	s.Lead *= by
	return s
}
