package screen

import "testing"

func TestSlipIsOfferedUntilItsActIsDone(t *testing.T) {
	b, _ := realBooks(t)
	people(t, b)
	id := b.All("member")[0].ID
	s := b.Slip("办理党籍变动", "member", id)
	if s.Found() || s.Keep() != nil || len(b.Drafts()) != 0 {
		t.Fatalf("an untouched slip: found %v, drafts %v", s.Found(), b.Drafts())
	}
	s.Type("原因", "工作调动")
	if err := s.Keep(); err != nil {
		t.Fatal(err)
	}
	again := b.Slip("办理党籍变动", "member", id)
	if !again.Found() || again.Text("原因") != "工作调动" || b.Slip("办理党籍变动", "member", "other").Found() {
		t.Error("the slip does not come back, or for somebody else")
	}
	told := false
	for _, d := range b.Leftovers() {
		told = told || d.Title == b.Title(b.All("member")[0])+"・“办理党籍变动”没有写完"
	}
	if !told {
		t.Error("the desk does not tell of it")
	}
	again.Type("原因", "")
	if err := again.Keep(); err != nil || len(b.Drafts()) != 0 {
		t.Errorf("an emptied slip stays: %v, %v", b.Drafts(), err)
	}
}
