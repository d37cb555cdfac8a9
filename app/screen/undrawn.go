package screen

import "zhibu/storage/record"

// boxes names the characters just typed that would be shown as empty boxes; they are
// stored all the same (decisions.md 22).
func (b *Book) boxes(k record.Kind, after record.Record, typed map[string]string) []record.Complaint {
	if b.Undrawn == nil {
		return nil
	}
	var out []record.Complaint
	for _, path := range inOrder(k, typed) {
		if lacking := b.Undrawn(after.Values[path]); len(lacking) > 0 {
			out = append(out, record.Complaint{Path: path, Severity: record.Warn, Code: "CHARACTER_UNDRAWN",
				Say: "“" + string(lacking) + "”屏幕上显示成方框，照原样存下。"})
		}
	}
	return out
}
