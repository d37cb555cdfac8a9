package gallery

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
)

// TestSheets lays every sheet out in both faces and all sizes and finds nothing
// wrong. With ZHIBU_SHOTS set the pictures go there.
func TestSheets(t *testing.T) {
	for _, face := range []kit.Face{kit.Standard, kit.Large} {
		s := shot.Open(face, shot.Sizes()[0], kit.Options{})
		for name, sheet := range Sheets() {
			for i, size := range shot.Sizes() {
				s.Resize(size)
				s.Show(sheet(s.Kit))
				for _, f := range s.Faults() {
					t.Errorf("%s %s %v: %s", name, face, size, f)
				}
				if dir := os.Getenv("ZHIBU_SHOTS"); dir != "" && i < 2 {
					file := name + map[kit.Face]string{kit.Standard: "", kit.Large: "-large"}[face] + []string{"", "-small"}[i] + ".png"
					if err := s.Save(filepath.Join(dir, file)); err != nil {
						t.Error(err)
					}
				}
				s.Kit.CloseAll()
			}
		}
		s.Close()
	}
}

// TestEverythingIsReachedByKeyboard walks the Tab order of every sheet: each
// component that can be pressed has its turn, or says who does its act by key.
func TestEverythingIsReachedByKeyboard(t *testing.T) {
	s := shot.Open(kit.Standard, shot.Sizes()[0], kit.Options{})
	defer s.Close()
	for name, sheet := range Sheets() {
		s.Show(sheet(s.Kit))
		c := s.Window.Canvas()
		root := c.Content()
		if top := c.Overlays().Top(); top != nil {
			root = top
		}
		want := map[fyne.Focusable]bool{}
		shot.Walk(root, shot.Region{Size: c.Size()}, func(o fyne.CanvasObject, _ fyne.Position, _ shot.Region) {
			if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
				return
			}
			if f, ok := o.(fyne.Focusable); ok {
				want[f] = true
			} else if _, ok := o.(fyne.Tappable); ok && !reachedOtherwise(o) {
				t.Errorf("%s: %T can be pressed but not reached", name, o)
			}
		})
		for range len(want) + 1 {
			delete(want, s.Kit.Focused())
			c.FocusNext()
		}
		for f := range want {
			t.Errorf("%s: Tab never comes to %T", name, f)
		}
		s.Kit.CloseAll()
	}
}

// reachedOtherwise lists the parts whose act has a key in the component around
// them: rows and titles of lists, pages of the navigation, the inside of a text
// box, the icon at its end, the ground of a dialog, the toast's 撤销 (Ctrl+Z).
func reachedOtherwise(o fyne.CanvasObject) bool {
	name := fmt.Sprintf("%T", o)
	for _, part := range []string{"ledgerRows", "ledgerHead", "NavRow", "page", "innerButton", "layer", "sheet", "bulkLink"} {
		if name == "*kit."+part {
			return true
		}
	}
	return strings.HasPrefix(name, "*widget.") // the bars of Fyne's scroll
}
