package gallery

import (
	"os"
	"path/filepath"
	"testing"

	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
)

// TestSheets lays every sheet out in both faces and all sizes and finds nothing
// cut. With ZHIBU_SHOTS set the pictures go there.
func TestSheets(t *testing.T) {
	for name, sheet := range Sheets() {
		for _, face := range []kit.Face{kit.Standard, kit.Large} {
			for i, size := range shot.Sizes() {
				s := shot.Open(face, size, kit.Options{})
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
				s.Close()
			}
		}
	}
}
