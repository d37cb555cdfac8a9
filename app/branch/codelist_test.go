package branch

import (
	"slices"
	"testing"

	"zhibu/storage/record"
)

func TestTheDistrictAddsToOpenLists(t *testing.T) {
	w := newWorld("2026-11-20")
	list, err := CodeList("demand.category", []string{"低空 经济", "设施", "共享单车"})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(record.Edit{Kind: CodeListKind, ID: list.ID, Set: list.Values})
	w.apply(record.Edit{Kind: CodeListKind, ID: "demand.newer", Set: record.Values{"code/1/name": "x"}})
	w.apply(record.Edit{Kind: CodeListKind, ID: "demand.status", Set: record.Values{"code/1/name": "闭着"}})
	shipped, _ := KindOf("demand")
	k := WithCodes(shipped, w)
	f, _ := k.Field("category")
	codes := f.Type.(record.Choice).Codes
	if n := len(codes); codes[n-3].Label != "低空经济" || codes[n-2].ID != "共享单车" || codes[n-1].Label != "其他" {
		t.Errorf("%+v", codes)
	}
	if was, _ := shipped.Field("category"); slices.ContainsFunc(was.Type.(record.Choice).Codes, func(c record.Code) bool { return c.Label == "低空经济" }) {
		t.Error("the shipped list has changed")
	}
	if f, _ := k.Field("status"); f.Format("闭着") != "闭着" || slices.ContainsFunc(f.Type.(record.Choice).Codes, func(c record.Code) bool { return c.ID == "闭着" }) {
		t.Error("a closed list was added to")
	}
	if other := WithCodes(memberKind(), w); len(other.Fields) != len(memberKind().Fields) {
		t.Error("another register")
	}
	for _, bad := range [][]string{{"member.status", "x"}, {"demand.category", " "}, {"nothing"}} {
		if _, err := CodeList(bad[0], bad[1:]); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
}
