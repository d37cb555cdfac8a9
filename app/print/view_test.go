package print

import (
	"bytes"
	"testing"

	"zhibu/app/print/printtest"
)

// document makes a form from a world, failing the test when it cannot.
func document(t testing.TB, code string, ids []string, w *printtest.World, opt Options) *Document {
	t.Helper()
	if opt.Faces == nil {
		faces, complaints, err := LoadFaces(FaceFiles{"fang": "../../assets/fonts/ZhibuFang-Regular.ttf"})
		if err != nil || len(complaints) > 0 {
			t.Fatal(err, complaints)
		}
		opt.Faces = faces
	}
	d, _, err := Make(code, ids, w, opt)
	if err != nil {
		t.Fatalf("%s: %v", code, err)
	}
	return d
}

// pdf writes a document to bytes.
func pdf(t testing.TB, d *Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.PDF(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
