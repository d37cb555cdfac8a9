package print

import "zhibu/app/print/page"

// overlay keeps only what was filled in, moved by the calibration: the form
// itself is already on the paper.
func overlay(items []page.Item, by Calibration) []page.Item {
	var out []page.Item
	for _, item := range items {
		keep := false
		switch it := item.(type) {
		case page.Run:
			keep = it.Value
		case page.Line:
			keep = it.Value
		case page.Box:
			keep = it.Value
		case page.Mark:
			keep = true
		}
		if keep {
			out = append(out, moved(item, by.Right, by.Down))
		}
	}
	return out
}
