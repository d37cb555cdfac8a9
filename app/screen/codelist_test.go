package screen

import (
	"slices"
	"testing"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// What the district adds to a code list is offered and, once withdrawn, still read.
func TestACodeListFromAbove(t *testing.T) {
	b, _ := realBooks(t)
	publish := func(code string) {
		t.Helper()
		edit := record.Edit{Kind: branch.CodeListKind, ID: "demand.category", Set: record.Values{"list": "demand.category", "code/001/name": code}}
		if _, err := b.Store.Apply(edit); err != nil {
			t.Fatal(err)
		}
	}
	offered := func() bool {
		t.Helper()
		form, err := NewForm(b, "demand", "")
		if err != nil {
			t.Fatal(err)
		}
		return slices.Contains(form.Labels("category"), "低空经济")
	}
	if offered() {
		t.Error("offered before it was published")
	}
	publish("低空经济")
	if !offered() {
		t.Error("not offered")
	}
	r, said, err := b.Save("demand", "", map[string]string{"title": "起降场", "source": "走访", "category": "低空经济"})
	if err != nil {
		t.Fatal(err, said)
	}
	publish("")
	k, err := b.Kind("demand")
	if err != nil || offered() {
		t.Error("still offered", err)
	}
	if f, _ := k.Field("category"); b.Show(f, r.Values["category"]) != "低空经济" {
		t.Error(r.Values)
	}
}
