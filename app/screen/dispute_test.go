package screen

import (
	"strings"
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

// What looks alike when shortened is told apart, and something else may be typed.
func TestADisputeIsRewritten(t *testing.T) {
	b, _ := realBooks(t)
	who := people(t, b)["罗沐辰"]
	for path, sides := range map[string][2]string{"mobile": {"13812348000", "13812448000"}, "note": {"同一行\n甲", "同一行\n乙丙"}, record.DeletedPath: {"", "1"}, "zz_joined": {"2001-06-01", "2001-06-02"}} {
		values := record.Values{record.ConflictRecord: who.ID, record.ConflictOf: "member", record.ConflictPath: strings.TrimPrefix(path, "zz_"), record.ConflictOtherAt: path,
			record.ConflictKept: sides[0], record.ConflictOther: sides[1]}
		if _, err := b.Apply(record.Edit{Kind: record.ConflictKind, Set: values}); err != nil {
			t.Fatal(err)
		}
	}
	d := b.Disputes()[0] // deleted, mobile, note, joined
	for i, want := range map[int][2]string{1: {"138****8000（中间几位不同）", "138****8000（中间几位不同）"}, 2: {"同一行…（不同处：甲）", "同一行…（不同处：乙丙）"}} {
		if c := d.Contests[i]; c.Kept.Text != want[0] || c.Other.Text != want[1] || !c.CanEdit {
			t.Errorf("%+v", c)
		}
	}
	if c := d.Contests[2]; c.Other.Full != "同一行\n乙丙" || !c.Long && c.Private {
		t.Errorf("%+v", c)
	}
	if err := b.Edit(&d, 0, "x"); record.CodeOf(err) != "EDIT_IMPOSSIBLE" {
		t.Error(err)
	}
	if err := b.Edit(&d, 3, "十一月"); record.CodeOf(err) != "DATE_FORMAT" {
		t.Error(err)
	}
	d.Decide(0, Kept)
	d.Decide(1, Kept)
	d.Decide(2, Kept)
	if d.Settled() {
		t.Error("a refused text settled something")
	}
	d.Decide(3, Kept)
	for i, text := range map[int]string{1: "13812548000", 2: "甲乙丙"} {
		if err := b.Edit(&d, i, text); err != nil {
			t.Fatal(err)
		}
	}
	slip := b.Slip(RewriteAct, record.ConflictKind, d.Contests[2].ID)
	slip.Type("改成", "甲乙丙")
	if err := slip.Keep(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Settle(d); err != nil {
		t.Fatal(err)
	}
	if now, _ := b.Get("member", who.ID); now.Values["mobile"] != "13812548000" || now.Values["note"] != "甲乙丙" || len(b.Drafts()) != 0 {
		t.Errorf("%v, drafts %+v", now.Values, b.Drafts())
	}
}

func TestWhatDiffersInALongTextIsToldInShort(t *testing.T) {
	kept, other := apart("同一行\n"+strings.Repeat("甲", 20_000), "同一行\n乙")
	if n := len([]rune(kept)); n > 30 || !strings.Contains(kept, "甲…") || other != "（不同处：乙）" {
		t.Errorf("%d characters, %s", n, other)
	}
}
