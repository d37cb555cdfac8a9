package print

import "zhibu/app/print/page"

// overlay keeps only what was filled in, moved by the calibration: the form
// itself is already on the paper.
func overlay(items []page.Item, by Calibration) []page.Item {
	var out []page.Item
	for _, item := range items {
		switch it := item.(type) {
		case page.Run:
			if it.Value {
				it.X, it.Y = it.X+by.Right, it.Y+by.Down
				out = append(out, it)
			}
		case page.Line:
			if it.Value {
				it.X1, it.X2 = it.X1+by.Right, it.X2+by.Right
				it.Y1, it.Y2 = it.Y1+by.Down, it.Y2+by.Down
				out = append(out, it)
			}
		case page.Box:
			if it.Value {
				it.X, it.Y = it.X+by.Right, it.Y+by.Down
				out = append(out, it)
			}
		case page.Mark:
			out = append(out, it)
		}
	}
	return out
}
