package print

import "zhibu/app/print/page"

// twoUp puts A5 pages two on an A4 landscape sheet with a cut mark between them.
// A page alone stands twice on its sheet.
func twoUp(pages []*page.Page) []*page.Page {
	var out []*page.Page
	for i := 0; i < len(pages); i += 2 {
		left := pages[i]
		right := left
		if i+1 < len(pages) {
			right = pages[i+1]
		} else if len(pages) > 1 {
			right = nil
		}
		sheet := &page.Page{W: 297, H: 210, Area: page.Rect{X: 8, Y: 8, W: 281, H: 194}}
		place(sheet, left, 0.5)
		if right != nil {
			place(sheet, right, 148.5)
		}
		sheet.Add(page.Line{X1: 148.5, Y1: 0, X2: 148.5, Y2: 210, Width: 0.15, Dash: 2, Color: page.Grey, Stroke: page.Deco})
		out = append(out, sheet)
	}
	return out
}

// place copies a page's items into a sheet, moved to the right.
func place(sheet, p *page.Page, dx float64) {
	for _, item := range p.Items {
		sheet.Add(moved(item, dx, 0))
	}
}

// moved returns an item moved by dx and dy mm.
func moved(item page.Item, dx, dy float64) page.Item {
	switch it := item.(type) {
	case page.Run:
		it.X, it.Y = it.X+dx, it.Y+dy
		return it
	case page.Line:
		it.X1, it.X2, it.Y1, it.Y2 = it.X1+dx, it.X2+dx, it.Y1+dy, it.Y2+dy
		return it
	case page.Box:
		it.X, it.Y = it.X+dx, it.Y+dy
		return it
	case page.Picture:
		it.X, it.Y = it.X+dx, it.Y+dy
		return it
	}
	return item
}
