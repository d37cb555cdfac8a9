package screen

import (
	"strings"
	"testing"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// inert tries every way to type into a training and fails where one leaves a trace.
func inert(t *testing.T, f *Form) {
	t.Helper()
	drafts := len(f.book.Drafts())
	f.Type("place", "别处")
	f.AttachFile("files", "hash", "通知.txt")
	f.Begin("participant/"+ProfileID+"/hours", "4")
	if err := f.Fill("files", []RowCell{{Row: 0, Column: "name", Text: "甲"}}); err != nil {
		t.Error(err)
	}
	f.RemoveRow("participant", f.Rows("participant")[0].ID)
	if f.Undo() || f.Redo() || f.Changes() != 0 || f.Text("place") != "一号会议室" || len(f.Rows("participant")) != 1 || len(f.Rows("files")) != 0 {
		t.Errorf("something was typed: %v", f.Changed())
	}
	if err := f.Keep(); err != nil || len(f.book.Drafts()) != drafts {
		t.Errorf("%v, drafts %v", err, f.book.Drafts())
	}
	if _, err := f.Save(); record.CodeOf(err) != record.CodeOf(f.ReadOnly()) || err == nil {
		t.Errorf("saving says %v", err)
	}
	for _, path := range []string{"title", "date", "participant", "files", "participant/x/hours"} {
		if why, locked := f.Locked(path); !locked || why != "" || !f.Fixed(path) {
			t.Errorf("%s: %q %v", path, why, locked)
		}
	}
	if _, offered := f.Offer(); offered {
		t.Error("a draft is offered")
	}
}

// training registers a training on a day, with one who took part.
func training(t *testing.T, b *Book, day string) record.Record {
	t.Helper()
	who := register(t, b, "member", map[string]string{"name": "白一宁", "category": "正式党员", "joined": "2018-06-08"})
	return register(t, b, "training", map[string]string{"title": "党课", "date": day, "hours": "4", "place": "一号会议室", record.Path("participant", who.ID, "hours"): "4"})
}

func TestARoleReadsTheFormsItMayNotWrite(t *testing.T) {
	b, _ := realBooks(t)
	r := training(t, b, "2026-10-16")
	reader := as(b, "reader")
	f := openForm(t, reader, "training", r.ID)
	if record.CodeOf(f.ReadOnly()) != roleForbidden {
		t.Fatalf("%v", f.ReadOnly())
	}
	inert(t, f)
	f.Amend()
	inert(t, f)
	if len(f.Standing()) != 0 || len(reader.Standing("training")) != 1 {
		t.Errorf("the page says it, the form not again: %v %v", f.Standing(), reader.Standing("training"))
	}
	if openForm(t, as(b, "committee"), "training", r.ID).ReadOnly() != nil {
		t.Error("a committee member may write it")
	}
	m := register(t, b, "meeting", map[string]string{"kind": "支部党员大会", "title": "甲", "start": "2026-11-20 14:00"})
	meeting, err := NewMeeting(reader, m.ID, "")
	if err != nil || !meeting.Closed() || meeting.Sealed() || len(meeting.Consequences()) != 0 {
		t.Errorf("a draft of others is read: %v", err)
	}
	meeting.Mark(meeting.Seats()[0].Row, Absent)
	if meeting.Changes() != 0 {
		t.Error("somebody is marked absent")
	}
}

// TestARoleIsToldAtOnce opens everything that would be typed into first.
func TestARoleIsToldAtOnce(t *testing.T) {
	b, _ := realBooks(t)
	who := register(t, b, "member", map[string]string{"name": "白一宁", "category": "正式党员", "joined": "2018-06-08"})
	pool := register(t, b, "pool", map[string]string{"name": "詹云舒", "applied": "2026-01-05"})
	register(t, b, "post", map[string]string{"name": "服务岗", "holder": who.ID})
	reader := as(b, "reader")
	for what, begin := range map[string]func() error{
		"a member":      func() error { _, err := NewQuick(reader, "member"); return err },
		"a demand":      func() error { _, err := NewQuick(reader, "demand"); return err },
		"a form":        func() error { _, err := NewForm(reader, "service", ""); return err },
		"a meeting":     func() error { _, err := NewMeeting(reader, "", "支部党员大会"); return err },
		"a step":        func() error { _, err := NewStepForm(reader, pool.ID, 2); return err },
		"an evaluation": func() error { _, _, err := NewSigns(reader).NewEvaluation(); return err },
		"a happening":   func() error { _, err := NewHappening(reader, who.ID); return err },
		"an import":     func() error { _, err := NewImporting(reader, nil, "member"); return err },
	} {
		err := begin()
		if !IsBarred(err) || !strings.Contains(record.SayOf(err), "角色是“只读”") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestARecordOfAClosedYearIsOpenedOnlyOnPurpose(t *testing.T) {
	b, _ := realBooks(t)
	r := training(t, b, "2025-10-16")
	if err := b.SaveDraft(record.Draft{Key: "training/" + r.ID, Kind: "training", ID: r.ID, Typed: map[string]string{"place": "二号会议室"}}); err != nil {
		t.Fatal(err)
	}
	f := openForm(t, b, "training", r.ID)
	if record.CodeOf(f.ReadOnly()) != branch.YearClosed {
		t.Fatalf("%v", f.ReadOnly())
	}
	inert(t, f)
	bands := f.Standing()
	if len(bands) != 1 || bands[0].Title != "往年记录，只能查看和打印" || !strings.Contains(bands[0].Text, "2025 年") || !strings.Contains(bands[0].Text, "2026-02-01") || bands[0].Verb != "补改" {
		t.Errorf("%+v", bands)
	}
	if say := b.OfClosedYears("training", r.ID, "unknown"); !strings.Contains(say, "2025 年") {
		t.Error(say)
	}
	f.Amend()
	if _, offered := f.Offer(); !offered || f.ReadOnly() != nil || len(f.Standing()) != 0 {
		t.Errorf("not opened: %v %v", f.ReadOnly(), f.Standing())
	}
	f.TakeOffer()
	if saved, err := f.Save(); err != nil || saved.Values["place"] != "二号会议室" || f.ReadOnly() != nil {
		t.Errorf("%v %v", saved.Values, err)
	}
	if record.CodeOf(openForm(t, b, "training", r.ID).ReadOnly()) != branch.YearClosed {
		t.Error("opened once, it stays open")
	}
	this := register(t, b, "training", map[string]string{"title": "党课", "date": "2026-01-01", "hours": "4"})
	if openForm(t, b, "training", this.ID).ReadOnly() != nil || b.OfClosedYears("training", this.ID) != "" {
		t.Error("this year is closed")
	}
}

// TestAFinalisedMeetingKeepsOpenWhatMoves looks at the boxes of all its fields.
func TestAFinalisedMeetingKeepsOpenWhatMoves(t *testing.T) {
	b, _ := realBooks(t)
	m := register(t, b, "meeting", map[string]string{"kind": "支部委员会", "title": "甲", "start": "2026-11-20 14:00"})
	if _, err := b.Store.Apply(record.Edit{Kind: "meeting", ID: m.ID, Set: record.Values{"status": "FINAL"}}); err != nil {
		t.Fatal(err)
	}
	f := openForm(t, b, "meeting", m.ID)
	for path, fixed := range map[string]bool{"minutes": true, "place": true, "agenda/a/title": true, "resolution/a/text": true, "resolution/a/done": false, "files": false} {
		if f.Fixed(path) != fixed {
			t.Errorf("%s fixed: %v", path, !fixed)
		}
	}
	if f.ReadOnly() != nil {
		t.Error("something may be attached to a finalised meeting")
	}
}

// TestOneRuleKeepsAClosedYear tries every way to write into last year's training and into
// a visit of a liaison that goes on: each says so and leaves all as it is, until amended.
func TestOneRuleKeepsAClosedYear(t *testing.T) {
	b, _ := realBooks(t)
	r := training(t, b, "2025-10-16")
	l := register(t, b, "liaison", map[string]string{"name": "澄光软件", "kind": "党建联建", "visit/old/date": "2024-05-06", "visit/old/content": "共建", "visit/new/date": "2026-05-06"})
	put := func(kind, id, path, text string) func(*Book) error {
		return func(b *Book) error { _, _, err := b.Save(kind, id, map[string]string{path: text}); return err }
	}
	for what, write := range map[string]func(*Book) error{
		"a save":      put("training", r.ID, "place", "别处"),
		"another day": put("training", r.ID, "date", "2026-10-16"),
		"a row":       put("liaison", l.ID, "visit/old/content", "别的"),
		"a row taken": put("liaison", l.ID, "visit/old/date", ""),
		"a deletion":  func(b *Book) error { return b.Delete("training", r.ID) },
		"all of its":  func(b *Book) error { return b.Delete("liaison", l.ID) },
		"an edit": func(b *Book) error {
			_, err := b.Apply(record.Edit{Kind: "training", ID: r.ID, Set: record.Values{"hours": "8"}})
			return err
		},
		"what rules say": func(b *Book) error {
			_, err := b.act("", []record.Edit{{Kind: "training", ID: r.ID, Set: record.Values{"hours": "8"}}}, nil)
			return err
		},
	} {
		err := write(b)
		if say := record.SayOf(err); record.CodeOf(err) != branch.YearClosed || !strings.Contains(say, " 年的记录，年度统计已截止") || !strings.HasSuffix(say, "；内容没有变化。") {
			t.Errorf("%s: %v %s", what, err, say)
		}
		now, _ := b.Get("training", r.ID)
		goes, _ := b.Get("liaison", l.ID)
		if len(difference(r.Values, now.Values))+len(difference(l.Values, goes.Values)) > 0 {
			t.Errorf("%s was written", what)
		}
	}
	for _, open := range []func(*Book) error{put("liaison", l.ID, "phone", "13800000021"), put("liaison", l.ID, "visit/new/content", "结对"), put("liaison", l.ID, "visit/late/date", "2024-06-01")} {
		if err := open(b); err != nil {
			t.Error(err)
		}
	}
	if err := put("training", r.ID, "place", "二号会议室")(b.Amending()); err != nil {
		t.Error(err)
	}
	now, _ := b.Get("training", r.ID)
	if again, err := b.Undo(DoneSaving("", r, now)); err != nil || !again.Undoable() {
		t.Errorf("not taken back: %v", err)
	}
	if _, said, err := b.Save("training", "", map[string]string{"title": "补课", "date": "2025-11-02", "hours": "2"}); err != nil || len(said) != 1 || said[0].Path != "date" || said[0].Severity != record.Info {
		t.Errorf("registered late: %v %v", said, err)
	}
}

// TestAnOldVisitIsOpenedOnlyOnPurpose types into the rows of a liaison that goes on.
func TestAnOldVisitIsOpenedOnlyOnPurpose(t *testing.T) {
	b, _ := realBooks(t)
	l := register(t, b, "liaison", map[string]string{"name": "澄光软件", "kind": "党建联建", "visit/old/date": "2024-05-06", "visit/old/content": "共建", "visit/new/date": "2026-05-06", "visit/new/content": "结对"})
	f := openForm(t, b, "liaison", l.ID)
	for path, fixed := range map[string]bool{"phone": false, "visit": false, "visit/old/content": true, "visit/new/content": false, "visit/+/content": false} {
		if f.Fixed(path) != fixed {
			t.Errorf("%s fixed: %v", path, !fixed)
		}
	}
	bands := f.Standing()
	if f.ReadOnly() != nil || len(bands) != 1 || bands[0].Title != "里面往年的几行，只能查看和打印" || bands[0].Verb != "补改" {
		t.Errorf("%v %+v", f.ReadOnly(), bands)
	}
	f.MoveRow("visit", "old", 1)
	if gone := f.RemoveRow("visit", "old", "new"); gone != 1 || len(f.Rows("visit")) != 1 || f.Rows("visit")[0].ID != "old" || b.OfClosedYears("liaison", l.ID) == "" {
		t.Errorf("%d gone, left %v", gone, f.Rows("visit"))
	}
	f.Amend()
	f.Type("visit/old/content", "共建签约")
	if r, err := f.Save(); err != nil || r.Values["visit/old/content"] != "共建签约" || len(f.Standing()) != 0 {
		t.Errorf("%v %v", r.Values, err)
	}
}
