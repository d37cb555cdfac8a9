package screen

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// An answer of the district locks what it says, stands among the to-dos, and
// leaves them after two weeks; the rest of the record can be edited as before.
func TestAnswersOfTheDistrictAreLockedAndTold(t *testing.T) {
	b, c := realBooks(t)
	r := register(t, b, "pool", map[string]string{"name": "左书白", "gender": "女", "birth": "1998-03-02", "applied": "2026-01-05"})
	seal := fmt.Sprintf("ed25519.%d.c2ln", record.MakeStamp(c.now().UnixMilli(), 0))
	if _, err := b.Apply(
		record.Edit{Kind: "pool", ID: r.ID, Set: record.Values{"activist_filed": "2026-11-18", record.SealPath("activist_filed"): seal}},
		record.Edit{Kind: branch.NoticeKind, Set: record.Values{"title": "开展安全检查", "text": "请于月底前报", record.SealPath("title"): seal}}); err != nil {
		t.Fatal(err)
	}
	f, err := NewForm(b, "pool", r.ID)
	if err != nil {
		t.Fatal(err)
	}
	if why, locked := f.Locked("activist_filed"); !locked || !strings.Contains(why, "区里已批复") {
		t.Errorf("locked %v, %q", locked, why)
	}
	if _, locked := f.Locked("mobile"); locked {
		t.Error("another field is locked too")
	}
	if _, _, err := b.Save("pool", r.ID, map[string]string{"activist_filed": "2026-11-19"}); record.CodeOf(err) != "FIELD_SEALED" {
		t.Errorf("changing it: %v", err)
	}
	if _, _, err := b.Save("pool", r.ID, map[string]string{"mobile": "13800000077"}); err != nil {
		t.Errorf("changing the rest: %v", err)
	}
	past, err := b.History("pool", r.ID)
	if err != nil {
		t.Fatal(err)
	}
	k, _, err := b.Find("pool", r.ID)
	if lines := b.Changes(k, past[1]); err != nil || len(lines) != 1 || strings.Contains(lines[0], "ed25519") {
		t.Errorf("the history shows the signature: %q, %v", lines, err)
	}
	told := b.tidings()
	if len(told) != 2 || told[0].Mark.Say != "区里通知" && told[1].Mark.Say != "区里通知" {
		t.Fatalf("%+v", told)
	}
	for _, d := range told {
		if d.Kind == "pool" && (!strings.Contains(d.Title, "左书白") || !strings.Contains(d.Title, "2026-11-18") || d.Verb == "") {
			t.Errorf("%+v", d)
		}
	}
	c.pass(15 * 24 * 60 * 60 * 1e9)
	if told := b.tidings(); len(told) != 0 {
		t.Errorf("after two weeks %+v", told)
	}
}

// A notice that asks for something stands until that day, under that day; one that
// asks for nothing leaves after two weeks, and is still among the notices.
func TestNoticesStandUntilTheDayTheyName(t *testing.T) {
	b, c := realBooks(t)
	seal := fmt.Sprintf("ed25519.%d.c2ln", record.MakeStamp(c.now().UnixMilli(), 0))
	due := b.Today().AddDays(20)
	for title, day := range map[string]string{"报送名单": due.String(), "学习材料": ""} {
		if _, err := b.Apply(record.Edit{Kind: branch.NoticeKind, Set: record.Values{"title": title, "due": day, record.SealPath("title"): seal}}); err != nil {
			t.Fatal(err)
		}
	}
	at := func(days int, titles ...string) {
		t.Helper()
		var got []string
		for _, d := range b.Duties() {
			if d.Rule == "NOTICE" {
				got = append(got, fmt.Sprint(d.Title, " ", d.Days))
			}
		}
		if strings.Join(got, ",") != strings.Join(titles, ",") {
			t.Errorf("after %d days %q, want %q", days, got, titles)
		}
		if all := b.Notices(); len(all) != 2 {
			t.Errorf("after %d days %+v", days, all)
		}
	}
	const day = 24 * time.Hour
	at(0, "学习材料 0", "报送名单 20")
	c.pass(15 * day)
	at(15, "报送名单 5")
	c.pass(5 * day)
	at(20, "报送名单 0")
	c.pass(day)
	at(21)
}
