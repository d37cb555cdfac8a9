//go:build !drive

package main

import "fyne.io/fyne/v2"

// probe is nil in programs for people.
func probe() func(fyne.Canvas) { return nil }
