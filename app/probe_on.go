//go:build drive

package main

import (
	"os"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/drive"
)

// probe lets a test ask what the window shows; programs for people are built
// without it.
func probe() func(fyne.Canvas) {
	dir := os.Getenv("ZHIBU_PROBE")
	return func(c fyne.Canvas) {
		if err := drive.Answer(c, dir); err != nil {
			fyne.LogError("probe", err)
		}
	}
}
