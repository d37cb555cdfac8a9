package ui

import "testing"

// counted counts how often it was kept.
type counted int

func (c *counted) Keep() error { *c++; return nil }

// TestEveryDialogWrittenInIsKept opens one dialog over another.
func TestEveryDialogWrittenInIsKept(t *testing.T) {
	w := sampleWindow(t)
	var below, above counted
	w.write(&below)
	w.write(&above)
	w.keep()
	w.written()
	w.keep()
	w.written()
	w.keep()
	if below != 3 || above != 2 {
		t.Errorf("kept %d and %d times", below, above)
	}
}
