package screen

import (
	"testing"

	"zhibu/storage/record"
)

// twoMinds puts two unseen changes of one member before the person to decide.
func twoMinds(t *testing.T, b *Book, id string) {
	t.Helper()
	for i, c := range []map[string]string{
		{"path": "title", "kept": "检验组长", "other": "检验员"},
		{"path": "note", "kept": "愿意担任小组学习联络员", "other": "10 月参加区级骨干培训"},
	} {
		values := record.Values{record.ConflictRecord: id, record.ConflictOf: "member", record.ConflictPath: c["path"],
			record.ConflictKept: c["kept"], record.ConflictOther: c["other"], record.ConflictOtherAt: string(rune('1' + i))}
		if _, err := b.Apply(record.Edit{Kind: record.ConflictKind, Set: values}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDisputesAreSettledFieldByField(t *testing.T) {
	b, _ := realBooks(t)
	who := people(t, b)["罗沐辰"]
	if _, _, err := b.Save("member", who.ID, map[string]string{"title": "检验组长", "note": "愿意担任小组学习联络员"}); err != nil {
		t.Fatal(err)
	}
	twoMinds(t, b, who.ID)
	all := b.Disputes()
	if len(all) != 1 || len(all[0].Contests) != 2 || all[0].Title != "罗沐辰" {
		t.Fatalf("disputes %+v", all)
	}
	d := all[0]
	d.Decide(0, Other)
	if d.Settled() {
		t.Error("settled with one open")
	}
	d.Decide(1, Both)
	if !d.Settled() {
		t.Error("not settled with both decided")
	}
	if _, err := b.Settle(d); err != nil {
		t.Fatal(err)
	}
	now, _ := b.Get("member", who.ID)
	if now.Values["title"] != "检验员" || now.Values["note"] != "愿意担任小组学习联络员\n10 月参加区级骨干培训" {
		t.Errorf("settled to %q, %q", now.Values["title"], now.Values["note"])
	}
	if left := b.Disputes(); len(left) != 0 {
		t.Errorf("still open: %+v", left)
	}
}
