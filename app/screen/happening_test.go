package screen

import "testing"

func TestAMemberIsTransferredAndTakenBack(t *testing.T) {
	b, _ := realBooks(t)
	who := people(t, b)["陆婉清"]
	h, err := NewHappening(b, who.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Save(); err == nil {
		t.Error("saved without saying what happened")
	}
	h.Label, h.On, h.Party, h.Number = "组织关系转出", "今天", "临川街道第二党支部", "沪青组转〔2026〕18 号"
	done, err := h.Save()
	if err != nil {
		t.Fatal(err)
	}
	now, _ := b.Get("member", who.ID)
	k, _ := b.Kind("member")
	if f, _ := k.Field("status"); f.Format(now.Values["status"]) != "已转出" || now.Values["out_date"] != "2026-11-20" {
		t.Errorf("after the transfer: %v", now.Values)
	}
	if err := b.Delete("member", who.ID); err == nil {
		t.Error("a member with a history was deleted")
	}
	if _, err := b.Undo(done); err != nil {
		t.Fatal(err)
	}
	if now, _ := b.Get("member", who.ID); now.Values["out_date"] != "" || len(now.Rows("event")) != len(who.Rows("event")) {
		t.Errorf("taken back: %v", now.Values)
	}
}
