package kit

import "strings"

// change is one step of undo: what stood at a place and what stands there now.
type change struct {
	at             mark
	removed, added string
	caret, anchor  mark // before the change
}

// record keeps a change for undo. Characters typed one after another make one
// step, up to the next mark of punctuation.
func (b *buffer) record(c change) {
	b.future = nil
	defer func() { b.sealed = len([]rune(c.added)) != 1 || c.removed != "" || endsStep(c.added) }()
	if last := len(b.past) - 1; last >= 0 && !b.sealed && c.removed == "" && len([]rune(c.added)) == 1 &&
		follow(b.past[last].at, b.past[last].added) == c.at {
		b.past[last].added += c.added
		return
	}
	b.past = append(b.past, c)
}

func endsStep(s string) bool { return strings.ContainsAny(s, " \n，。；：！？、,.;:!?") }

// follow returns the place behind text put at a place.
func follow(at mark, s string) mark {
	lines := split(s)
	last := len(lines) - 1
	if last == 0 {
		return mark{at.par, at.col + len(lines[0])}
	}
	return mark{at.par + last, len(lines[last])}
}

// undo takes the last step back and reports whether there was one.
func (b *buffer) undo() bool {
	last := len(b.past) - 1
	if last < 0 {
		return false
	}
	c := b.past[last]
	b.past = b.past[:last]
	b.splice(c.at, follow(c.at, c.added), c.removed)
	b.caret, b.anchor = c.caret, c.anchor
	b.future = append(b.future, c)
	b.sealed = true
	return true
}

// redo does the last undone step again.
func (b *buffer) redo() bool {
	last := len(b.future) - 1
	if last < 0 {
		return false
	}
	c := b.future[last]
	b.future = b.future[:last]
	b.splice(c.at, follow(c.at, c.removed), c.added)
	b.past = append(b.past, c)
	b.sealed = true
	return true
}
