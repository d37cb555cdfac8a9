package screen

import (
	"strings"
	"testing"

	"zhibu/storage/record"
)

// Refused implements Refuser.
func (f *folder) Refused() []Refusal {
	var out []Refusal
	for _, r := range f.open.Refused() {
		out = append(out, Refusal{Change: r.Change, Say: r.Say, Field: r.Field})
	}
	return out
}

// Resend implements Refuser.
func (f *folder) Resend(op string, set record.Values) error {
	_, err := f.open.Resend(op, set)
	return err
}

// DropRefused implements Refuser.
func (f *folder) DropRefused(op string) error { return f.open.DropRefused(op) }

// refuse lets the district refuse the newest change.
func refuse(t *testing.T, f *folder, say string) {
	t.Helper()
	pending, err := f.open.Pending(f.open.Position().Acked, 1000)
	if err != nil {
		t.Fatal(err)
	}
	d := record.Delivery{Epoch: f.open.Position().Epoch, Now: f.clock.now()}
	for i, c := range pending {
		r := record.Result{N: c.N, Verdict: record.Applied, Seq: uint64(i + 1), Stamp: c.Stamp}
		if i == len(pending)-1 {
			r = record.Result{N: c.N, Verdict: record.Rejected, Code: "GROUP_UNKNOWN", Say: say, Field: "group"}
		}
		d.Results, d.AckedTo = append(d.Results, r), c.N
	}
	if err := f.open.Take(d); err != nil {
		t.Fatal(err)
	}
}

// refused is a session of a branch in a district that refused a change of one member.
func refused(t *testing.T, typed map[string]string) (*Session, *folder, record.Record) {
	t.Helper()
	s, f, _ := newSession(t)
	founded(t, s)
	s.Sync = NewSyncing(s.Book, &fakeDistrict{}, Inline{}, func() {})
	if err := f.open.Enrol(record.Enrolment{Server: "http://127.0.0.1:1", Branch: "b1", Name: "云栈支部", Device: "d1"}); err != nil {
		t.Fatal(err)
	}
	who := people(t, s.Book)["罗沐辰"]
	if _, _, err := s.Book.Save("member", who.ID, typed); err != nil {
		t.Fatal(err)
	}
	refuse(t, f, "党小组“第四小组”在区里不存在。请改党小组后再传；内容都在本机。")
	return s, f, who
}

func TestARefusedChangeWaitsForAPerson(t *testing.T) {
	s, f, who := refused(t, map[string]string{"group": "第四小组"})
	p := s.SyncPage()
	if len(p.Refusals) != 1 || p.Refusals[0].Title != "罗沐辰" || p.Refusals[0].Field != "group" {
		t.Fatalf("refusals %+v", p.Refusals)
	}
	if band := p.Band(); band.Tone != Late || !strings.Contains(band.Title, "1 项") {
		t.Errorf("band %+v", band)
	}
	if err := p.SendAgain(p.Refusals[0]); err != nil {
		t.Fatal(err)
	}
	if len(p.Refusals) != 0 || s.Sync.Waiting() == 0 {
		t.Errorf("sent again: %d refused, %d waiting", len(p.Refusals), s.Sync.Waiting())
	}
	refuse(t, f, "党小组“第四小组”在区里不存在。请改党小组后再传；内容都在本机。")
	p.Refresh()
	if err := p.GiveUp(p.Refusals[0]); err != nil {
		t.Fatal(err)
	}
	if now, _ := s.Book.Get("member", who.ID); now.Values["group"] != "第三党小组" {
		t.Errorf("given up, but the group is %q", now.Values["group"])
	}
}

// A refused change becomes the draft of its form, to be mended and saved anew.
func TestARefusedChangeIsMendedInItsForm(t *testing.T) {
	s, f, who := refused(t, map[string]string{"group": "第四小组", "joined": "2019-06-13"})
	p := s.SyncPage()
	id, err := p.Mend(p.Refusals[0])
	if err != nil || id != who.ID || p.Refusals[0].Says[1] != "党小组：第三党小组 → 第四小组" || len(f.open.Refused()) != 1 {
		t.Fatalf("%q, %+v, %v", id, p.Refusals, err)
	}
	form, err := NewForm(s.Book, "member", id)
	if err != nil {
		t.Fatal(err)
	}
	form.TakeOffer()
	if form.Text("group") != "第四小组" || form.Text("joined") != "2019-06-13" {
		t.Errorf("the form offers %q, %q", form.Text("group"), form.Text("joined"))
	}
	form.Type("group", "第一党小组")
	if r, err := form.Save(); err != nil || r.Values["group"] != "第一党小组" || r.Values["joined"] != "2019-06-13" {
		t.Errorf("saved %v, %v", r.Values, err)
	}
	if left := f.open.Refused(); len(left) != 0 || len(s.Book.Drafts()) != 0 {
		t.Errorf("left: %+v, %+v", left, s.Book.Drafts())
	}
}

// What was being typed stays, and a refused change stays until what mends it is saved.
func TestMendingLosesNeitherDraftNorRefusal(t *testing.T) {
	s, f, who := refused(t, map[string]string{"group": "第四小组"})
	form, err := NewForm(s.Book, "member", who.ID)
	if err != nil {
		t.Fatal(err)
	}
	form.Type("mobile", "13812348000")
	if err := form.Keep(); err != nil {
		t.Fatal(err)
	}
	p := s.SyncPage()
	if _, err := p.Mend(p.Refusals[0]); record.CodeOf(err) != "DRAFT_WAITS" || s.Book.Drafts()[0].Typed["mobile"] != "13812348000" {
		t.Errorf("%v, drafts %+v", err, s.Book.Drafts())
	}
	if err := form.Discard(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // begun twice, it is one draft
		if _, err := p.Mend(p.Refusals[0]); err != nil {
			t.Fatal(err)
		}
	}
	form, err = NewForm(s.Book, "member", who.ID)
	if err != nil {
		t.Fatal(err)
	}
	form.TakeOffer()
	form.Type("mobile", "13812348000") // typed on: the draft is kept anew
	if err := form.Keep(); err != nil {
		t.Fatal(err)
	}
	if _, err := form.Save(); err != nil || len(f.open.Refused()) != 0 {
		t.Errorf("%v, refused %+v", err, f.open.Refused())
	}
}

func TestARefusedDeletionIsSentAgainOrGivenUp(t *testing.T) {
	s, f, who := refused(t, map[string]string{"group": "第四小组"})
	if err := f.open.DropRefused(f.open.Refused()[0].Change.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Book.Delete("member", who.ID); err != nil {
		t.Fatal(err)
	}
	refuse(t, f, "这一项不能删。请恢复；内容都在本机。")
	p := s.SyncPage()
	if len(p.Refusals) != 1 || p.Refusals[0].Mendable() || p.Refusals[0].Says[0] != "移到回收站" {
		t.Fatalf("%+v", p.Refusals)
	}
	if now, _ := s.Book.Get("member", who.ID); now.Deleted() {
		t.Error("what the district did not delete is deleted")
	}
}

// An offer that was neither taken nor refused waits on, with what it mends.
func TestAnOfferThatWaitsIsNotSavedOver(t *testing.T) {
	s, f, who := refused(t, map[string]string{"group": "第四小组"})
	p := s.SyncPage()
	if _, err := p.Mend(p.Refusals[0]); err != nil {
		t.Fatal(err)
	}
	form, err := NewForm(s.Book, "member", who.ID)
	if err != nil {
		t.Fatal(err)
	}
	form.Type("mobile", "13812348000")
	if err := form.Keep(); err != nil {
		t.Fatal(err)
	}
	if typed := s.Book.Drafts()[0].Typed; typed["group"] != "第四小组" || typed["mobile"] != "13812348000" {
		t.Errorf("kept %v", typed)
	}
	if _, err := form.Save(); err != nil {
		t.Fatal(err)
	}
	drafts := s.Book.Drafts()
	if len(f.open.Refused()) != 1 || len(drafts) != 1 || drafts[0].Typed["group"] != "第四小组" || drafts[0].Typed["mobile"] != "" {
		t.Fatalf("%d refused, drafts %+v", len(f.open.Refused()), drafts)
	}
	form.TakeOffer()
	if _, err := form.Save(); err != nil || len(f.open.Refused()) != 0 || len(s.Book.Drafts()) != 0 {
		t.Errorf("%v, %d refused, drafts %+v", err, len(f.open.Refused()), s.Book.Drafts())
	}
}

// A step that was taken is no matter of a form: mended there it would be half a step.
func TestARefusedStepIsNotMendedInAForm(t *testing.T) {
	s, f, _ := refused(t, map[string]string{"group": "第四小组"})
	if err := f.open.DropRefused(f.open.Refused()[0].Change.ID); err != nil {
		t.Fatal(err)
	}
	d, said, err := s.Book.Save("demand", "", map[string]string{"title": "灯坏了", "source": "走访"})
	if err != nil {
		t.Fatal(err, said)
	}
	if _, err := s.Book.Apply(record.Edit{Kind: "demand", ID: d.ID, Set: record.Values{"status": "HANDLING", "owner": "物业"}}); err != nil {
		t.Fatal(err)
	}
	refuse(t, f, "这一步还不能办。请核对；内容都在本机。")
	if _, _, err := s.Book.Save("demand", "", map[string]string{"title": "路不平", "source": "走访"}); err != nil {
		t.Fatal(err)
	}
	refuse(t, f, "这一条没有收下。请核对；内容都在本机。")
	if p := s.SyncPage(); len(p.Refusals) != 2 || p.Refusals[0].Mendable() || !p.Refusals[1].Mendable() {
		t.Errorf("%+v", p.Refusals)
	}
}
