package print

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// install puts a copy of a shipped face among the user's own fonts.
func install(t *testing.T, name string) string {
	t.Helper()
	home := t.TempDir()
	t.Setenv("XDG_DATA_HOME", home)
	data, err := os.ReadFile("../../assets/fonts/" + name)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(home, "fonts", "kept", "字库.TTF")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFontsOfTheMachineAreFound(t *testing.T) {
	path := install(t, "ZhibuFang-Regular.ttf")
	for name, data := range map[string]string{"broken.ttf": "not a font", "notes.txt": "no font at all"} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	again := filepath.Join(t.TempDir(), "again") // the same folder under another name
	if err := os.Symlink(os.Getenv("XDG_DATA_HOME"), again); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_DATA_DIRS", again)
	found, err := FindFaces(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(found, func(f FaceFile) bool { return strings.HasPrefix(f.Path, again) }) {
		t.Error("a font is offered twice")
	}
	i := slices.IndexFunc(found, func(f FaceFile) bool { return f.Path == path })
	if i < 0 || found[i].Name != "ZhibuFang-Regular" || found[i].Has < fewest || found[i].Has >= 8105 {
		t.Fatalf("%+v", found)
	}
	if slices.ContainsFunc(found, func(f FaceFile) bool { return strings.Contains(f.Path, "broken") }) {
		t.Error("a damaged file is offered")
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := FindFaces(stopped); err == nil {
		t.Error("the search did not stop")
	}
}

func TestTheSpecimenIsDrawnInTheFileChosen(t *testing.T) {
	path := install(t, "ZhibuKai-Regular.ttf")
	for _, role := range FaceRoles() {
		if d, says, err := Specimen(role.ID, path); err != nil || len(says) != 0 || !strings.Contains(fonts(t, d), "Local-"+role.ID) {
			t.Errorf("%s: %v %v\n%s", role.Name, says, err, fonts(t, d))
		}
	}
	if _, says, err := Specimen("fang", ""); err != nil || len(says) != 1 || says[0].Code != "FACE_STANDS_IN" { // a test has no 仿宋 beside it
		t.Errorf("%v %v", says, err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	d, says, err := Specimen("fang", path)
	if err != nil || len(says) != 2 || !strings.Contains(says[1].Say, "字库.TTF 不在了") || strings.Contains(fonts(t, d), "Local") {
		t.Errorf("%v %v", says, err)
	}
}
