package print

import (
	"strconv"
	"strings"

	"zhibu/app/print/page"
)

// sentence fills a template: {name} stands for a value, or for a blank of 24 mm
// when there is none; {name:40} gives the blank's width in mm. Overlay printing
// puts every value of a printed sentence into its blank, made smaller if it must be.
func (d *draft) sentence(s page.Style, template string, values map[string]string) page.Para {
	var out page.Para
	for template != "" {
		before, rest, ok := strings.Cut(template, "{")
		if before != "" {
			out = append(out, page.Span{Text: before, Style: s})
		}
		if !ok {
			break
		}
		hole, after, _ := strings.Cut(rest, "}")
		out = append(out, d.hole(s, hole, values))
		template = after
	}
	if len(out) > 0 && out[0].Style.Size != s.Size { // the first span rules indent and base line of the paragraph
		out = append(page.Para{{Style: s}}, out...)
	}
	for _, span := range out { // a blank cannot be broken: a line before it is not stretched over the gap it leaves
		if span.Min > 0 && out[0].Style.Align == page.Justify {
			out[0].Style.Align = page.Left
		}
	}
	return out
}

// hole is one value or blank of a template.
func (d *draft) hole(s page.Style, hole string, values map[string]string) page.Span {
	name, size, _ := strings.Cut(hole, ":")
	width := 24.0
	if w, err := strconv.ParseFloat(size, 64); err == nil {
		width = w
	}
	filled := s
	filled.Value = true
	if s.Pitch == 0 { // outside the grid of letters values stand in 仿宋
		filled.Face = d.faces.Fang
	}
	text := values[name]
	if text == "" {
		return page.Span{Style: filled, Under: true, Min: width}
	}
	d.tell(text, name, d.form.Name)
	if d.opt.Overlay == nil || s.Value {
		return page.Span{Text: text, Style: filled}
	}
	if w := filled.Width(text); w > width { // the blank is on the paper already
		filled.Size *= width / w
	}
	return page.Span{Text: text, Style: filled, Under: true, Min: width}
}
