package screen

import (
	"strings"
	"testing"

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
	if record.CodeOf(f.ReadOnly()) != yearClosed {
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
	if record.CodeOf(openForm(t, b, "training", r.ID).ReadOnly()) != yearClosed {
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
