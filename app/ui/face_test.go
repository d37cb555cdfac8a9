package ui

import (
	"bytes"
	"image"
	"testing"

	"zhibu/app/ui/kit"
)

// TestAFaceSwappedLooksAsOneOpened holds a window whose face was changed live, with
// the finder open over it, against one that was opened in that face.
func TestAFaceSwappedLooksAsOneOpened(t *testing.T) {
	drawn := func(from, to kit.Face, page string) []byte {
		w := openWindow(t, from, standard(), fillSample(t))
		w.Go(Place{Page: page})
		w.App.kit.Press("Ctrl+K")
		w.setFace(to == kit.Large)
		w.Settle()
		return w.Picture().(*image.NRGBA).Pix
	}
	for _, page := range []string{"desk", "stats"} {
		for _, to := range []kit.Face{kit.Large, kit.Standard} {
			if !bytes.Equal(drawn(1-to, to, page), drawn(to, to, page)) {
				t.Errorf("%s: swapped to %v it looks different", page, to)
			}
		}
	}
}

// TestWorkThatOutlivesTheLock is spoken of no more.
func TestWorkThatOutlivesTheLock(t *testing.T) {
	w := sampleWindow(t)
	was := w.frame
	w.session.LockNow()
	was.lasted(&job{title: "正在备份"})
	w.sees(t, "已锁定")
}
