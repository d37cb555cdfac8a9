package screen

import (
	"slices"
	"testing"

	"zhibu/app/branch/sample"
	"zhibu/storage/record"
)

// sampleBooks is the demonstration branch of the pictures, on 2026-11-20.
func sampleBooks(t testing.TB) *Book {
	t.Helper()
	b, c := realBooks(t)
	if _, err := b.Apply(sample.Edits(record.DateOf(c.now()), 0)...); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSignsShowWhatNeedsALook(t *testing.T) {
	s := NewSigns(sampleBooks(t))
	tabs := s.Tabs()
	if tabs[0].Count != 8 || tabs[1].Count != 5 || s.Summary() != "党员示范岗 8 个，党员责任区 5 个" {
		t.Fatalf("%+v", tabs)
	}
	words := map[string]int{}
	for _, c := range s.Cards() {
		words[c.State.Say]++
		if c.Name == "" || c.Holder == "" || c.Promise == "" {
			t.Errorf("%+v", c)
		}
	}
	if words["需谈话"] == 0 || words["待评价"] == 0 {
		t.Fatalf("%v", words)
	}
	d, ok := s.Detail()
	if !ok || len(d.Scores) != 6 || len(d.Promises) == 0 || d.Acts[0].Act != Evaluate {
		t.Fatalf("%+v", d)
	}
	s.Filter("", "优秀")
	for _, c := range s.Cards() {
		if c.Grade != "优秀" {
			t.Fatalf("%+v", c)
		}
	}
}

func TestSignIsEvaluatedAndTakenDown(t *testing.T) {
	b := sampleBooks(t)
	s := NewSigns(b)
	f, row, err := s.NewEvaluation()
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Text(record.Path("evaluation", row, "period")); got != "2026-H2" {
		t.Fatal(got)
	}
	for item, points := range map[string]string{"political": "14", "work": "28", "quality": "18", "service": "14", "example": "9", "life": "9"} {
		f.Type(record.Path("evaluation", row, item), points)
	}
	f.Settle()
	if _, err := f.Save(); err != nil {
		t.Fatal(err)
	}
	s.Refresh()
	if c, _ := s.Current(); c.Score != "92 分" || c.Grade != "优秀" {
		t.Fatalf("%+v", c)
	}
	remove := SignVerb{Act: "REMOVE", Say: "撤销这个岗"}
	if _, err := s.Act(remove, "", "", ""); record.CodeOf(err) != "REASON_MISSING" {
		t.Fatal(err)
	}
	done, err := s.Act(remove, "今天", "岗位合并到客服中心", "")
	if err != nil || s.Tabs()[0].Count != 7 {
		t.Fatal(err)
	}
	if _, err := b.Undo(done); err != nil {
		t.Fatal(err)
	}
	s.Refresh()
	if s.Tabs()[0].Count != 8 {
		t.Fatal("undo leaves the post down")
	}
}

func TestDemandsGoRound(t *testing.T) {
	b := sampleBooks(t)
	d, err := NewDemands(b)
	if err != nil {
		t.Fatal(err)
	}
	columns := d.Columns()
	if len(columns[0].Cards) == 0 || len(columns[2].Cards) == 0 {
		t.Fatalf("%+v", columns)
	}
	p, ok := d.Path()
	if !ok || p.Stations[0].Text == "" {
		t.Fatalf("%+v", p)
	}
	d.Choose(columns[0].Cards[0].ID)
	id := d.Current()
	act := func(t2 DemandTyped) {
		t.Helper()
		r, _ := b.Get("demand", id)
		if _, err := d.Act(mainVerb(r.Values), t2); err != nil {
			t.Fatal(err)
		}
		d.Choose(id)
	}
	act(DemandTyped{})
	if _, err := d.Act(mainVerb(record.Values{"status": "COLLATED"}), DemandTyped{}); err == nil {
		t.Fatal("assigned to nobody")
	}
	act(DemandTyped{Owner: "园区管理处", Due: "+7"})
	act(DemandTyped{Text: "已加装两处充电桩", Solved: true})
	if _, err := d.Act(DemandVerb{Act: "RETURN", Grade: true}, DemandTyped{}); record.CodeOf(err) != "GRADE_MISSING" {
		t.Fatal(err)
	}
	act(DemandTyped{Grade: "满意", Text: "很快"})
	act(DemandTyped{})
	if r, _ := b.Get("demand", id); r.Values["status"] != "CLOSED" {
		t.Fatal(r.Values["status"])
	}
	if c := d.Counts(); c.Average == "" || c.Satisfied == "" || c.Line == "" {
		t.Fatalf("%+v", c)
	}
}

func TestDemandsMoveAndFilter(t *testing.T) {
	d, err := NewDemands(sampleBooks(t))
	if err != nil {
		t.Fatal(err)
	}
	before := d.Current()
	for range 4 {
		d.Move(0, 1)
	}
	if d.Current() == "" || d.Current() == before {
		t.Fatal("the keys do not move the choice")
	}
	categories, _, batches := d.Choices()
	if len(categories) < 3 || len(batches) == 0 {
		t.Fatal(categories, batches)
	}
	d.Filter(categories[0], "", "")
	for _, c := range d.Columns() {
		for _, card := range c.Cards {
			if card.Category != categories[0] {
				t.Fatal(card)
			}
		}
	}
}

func TestStatisticsOpenTheirLists(t *testing.T) {
	b := sampleBooks(t)
	s := NewStatistics(b).Next(2026)
	overview := s.Of("overview")
	if len(overview.Points) != 4 || FigureText(overview.Points[0]) != "20 人" {
		t.Fatalf("%+v", overview)
	}
	if n := len(s.Behind(overview.Points[0])); n != 20 {
		t.Fatal(n)
	}
	for _, tab := range s.Tabs()[1:] {
		if len(s.Series(tab)) == 0 {
			t.Errorf("nothing under %s", tab)
		}
	}
	if m := s.Meetings(); len(m) < 5 || m[0].Wanted != 4 {
		t.Fatalf("%+v", m)
	}
	if rows := Table(s.Of("age")); len(rows) < 4 || rows[0][0] != "年龄" {
		t.Fatal(rows)
	}
	if rows := s.Sheet(); len(rows) < 50 || !slices.Contains(rows[1], "20") || !slices.Contains(rows[1], "人") {
		t.Fatal(rows)
	}
	if l := b.Learners(2026); len(l) != 20 || l[0].Mark.Tone != Soon {
		t.Fatalf("%+v", l)
	}
}

func TestFinderFindsByInitialsPinyinHanAndNumbers(t *testing.T) {
	b := sampleBooks(t)
	f := NewFinder(b, []FormInfo{{Code: "F24", Name: "党员基本信息采集表", Kinds: []string{"member"}}})
	for _, query := range []string{"lw", "luwanqing", "luwanq", "陆婉", "陆婉清"} {
		f.Type(query)
		found, ok := f.Current()
		if !ok || found.Title != "陆婉清" || f.Groups()[0].Say != "党员名册" {
			t.Errorf("%s finds %+v", query, found)
		}
	}
	r := b.Search("member", "陆婉清")[0]
	f.Type(r.Values["mobile"][4:])
	if found, _ := f.Current(); found == nil || found.Title != "陆婉清" {
		t.Errorf("by the end of the number: %+v", found)
	}
	f.Type("lw")
	f.Move(1) // past the one found by name, before those that mention her
	if found, _ := f.Current(); found.Title != "登记党员" {
		t.Error("the acts are not reached by ↓: ", found.Title)
	}
	f.Type("hyyhd")
	if found, _ := f.Current(); found == nil || found.Target.Page != "meeting" {
		t.Errorf("a page by its initials: %+v", found)
	}
	f.Type("没有这个人")
	if f.Count() != 0 {
		t.Error("found somebody")
	}
}

func TestFinderFollowsChanges(t *testing.T) {
	b, _ := realBooks(t)
	f := NewFinder(b, nil)
	f.Type("bmx")
	if f.Count() != 0 {
		t.Fatal("found nobody's record")
	}
	r := register(t, b, "member", map[string]string{"name": "布买热木·西日甫", "category": "正式党员"})
	f.Refresh("member", r.ID)
	for _, query := range []string{"bmrm", "布买热木西日甫", "西日甫"} {
		if f.Type(query); f.Count() != 1 {
			t.Errorf("%s: %d", query, f.Count())
		}
	}
	if err := b.Delete("member", r.ID); err != nil {
		t.Fatal(err)
	}
	f.Refresh("member", r.ID)
	if f.Type("bmrm"); f.Count() != 0 {
		t.Error("found in the bin")
	}
}
