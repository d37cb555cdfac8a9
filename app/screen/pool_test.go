package screen

import (
	"strings"
	"testing"

	"zhibu/storage/record"
)

// poolOf is a board with three people: one whose talk is late, one on time, one
// who left.
func poolOf(t testing.TB) (*Pool, *Book) {
	t.Helper()
	b, _ := realBooks(t)
	people(t, b)
	for _, typed := range []map[string]string{
		{"name": "左书白", "birth": "1996-02-01", "gender": "男", "applied": "2026-10-15"},
		{"name": "牛一鸣", "birth": "1997-02-01", "gender": "男", "applied": "2026-11-03"},
		{"name": "苗若谷", "birth": "1998-02-01", "gender": "女", "applied": "2026-09-01", "talked": "2026-09-10"},
		{"name": "离开人", "birth": "1990-02-01", "applied": "2026-01-05", "talked": "2026-01-20", "exit": "本人撤回", "exit_date": "2026-03-01"},
	} {
		register(t, b, "pool", typed)
	}
	return NewPool(b), b
}

func TestPoolPutsTheLateFirst(t *testing.T) {
	p, _ := poolOf(t)
	line, late := p.Summary()
	if line != "5 个阶段、25 步・在册 3 人" || late != 1 {
		t.Fatal(line, late)
	}
	cards := p.Stages()[0].Cards
	if len(cards) != 3 || cards[0].Name != "左书白" || cards[0].Mark.Say != "逾期 5 天" || cards[0].Step != "2 派人谈话" {
		t.Fatalf("%+v", cards)
	}
	person, ok := p.Person()
	if !ok || person.Name != "左书白" || person.Stuck.Say != "卡在第 2 步，逾期 5 天" {
		t.Fatalf("%+v", person)
	}
	p.Move(1, 0)
	if person, _ := p.Person(); person.Name == "左书白" {
		t.Fatal("did not move")
	}
	p.Move(0, 3)
	if _, ok := p.Person(); !ok {
		t.Fatal("an empty stage swallowed the choice")
	}
}

func TestPoolPathAndStep(t *testing.T) {
	p, b := poolOf(t)
	path := p.Path()
	if path[0].Done != "1/2" || !path[0].Current || path[0].Steps[1].When != "11-15 前" || path[0].Steps[1].Mark.Tone != Late {
		t.Fatalf("%+v", path[0])
	}
	d, _ := p.Detail()
	if d.N != 2 || !d.Possible || d.Have != "0/1" {
		t.Fatalf("%+v", d)
	}
	if _, err := p.TickPaper(2, d.Papers[0].Name, true); err != nil {
		t.Fatal(err)
	}
	p.Refresh()
	if d, _ := p.Detail(); d.Have != "1/1" || d.Done {
		t.Fatalf("ticking a paper did the step: %+v", d)
	}
	f, err := NewStepForm(b, p.Current(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if f.Text("talked") != "2026-11-20" {
		t.Fatal("the date does not start today", f.Text("talked"))
	}
	f.Type("talked", "11-30")
	if _, err := f.Complete(); record.CodeOf(err) != "DATE_FUTURE" {
		t.Fatal(err)
	}
	f.Type("talked", "11-18")
	f.Type("talker", "陈立群")
	done, err := f.Complete()
	if err != nil {
		t.Fatal(err)
	}
	p.Refresh()
	if p.Path()[0].Done != "2/2" {
		t.Fatalf("%+v", p.Path()[0])
	}
	if _, err := b.Undo(done); err != nil {
		t.Fatal(err)
	}
	p.Refresh()
	if p.Path()[0].Done != "1/2" {
		t.Fatal("undo leaves the step done")
	}
}

func TestPoolRefusesAStepTooEarlyWithItsArticle(t *testing.T) {
	p, b := poolOf(t)
	f, err := NewStepForm(b, p.Current(), 3)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Complete(); err == nil || !strings.Contains(record.SayOf(err), "细则") {
		t.Fatal(record.SayOf(err))
	}
	p.ChooseStep(12)
	if d, _ := p.Detail(); d.Possible || !strings.Contains(d.Stuck, "不能跳到第 12 步") {
		t.Fatalf("%+v", d)
	}
}

func TestPoolOwnDeadlineNeedsAReason(t *testing.T) {
	p, _ := poolOf(t)
	if _, err := p.SetDeadline(2, "+10", ""); record.CodeOf(err) != "REASON_MISSING" {
		t.Fatal(err)
	}
	if _, err := p.SetDeadline(2, "+10", "本人出差，回来再谈"); err != nil {
		t.Fatal(err)
	}
	p.Refresh()
	if d, _ := p.Detail(); !strings.Contains(d.Limit, "11-30") {
		t.Fatalf("%+v", d)
	}
}
