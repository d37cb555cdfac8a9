package gallery

import (
	"os"
	"path/filepath"
	"testing"

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
