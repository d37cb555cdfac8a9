package ui

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// sampleWindow opens the demonstration branch.
func sampleWindow(t testing.TB) *window {
	t.Helper()
	return openWindow(t, kit.Standard, standard(), fillSample(t))
}

// TestMeetingFromEmptyToFinalWithoutAMouse is journey 1: three absences, a vote,
// the agenda put in, Ctrl+G twice.
func TestMeetingFromEmptyToFinalWithoutAMouse(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "meeting", View: "form", Kind: "meeting", Note: "支部党员大会"})
	p := w.page.(*meetingPage)
	w.keys(fyne.KeySpace, fyne.KeyRight, fyne.KeySpace, fyne.KeySpace, fyne.KeyDown)
	w.App.kit.Press("Ctrl+S") // a draft of the register
	if c := p.m.Counts(); c.Excused != 1 || c.Absent != 1 || c.Present != 18 {
		t.Fatalf("%+v", c)
	}
	w.sees(t, "请假", "缺席", "应到", "定稿后自动更新")
	p.votes.add()
	w.App.kit.Press("Esc")
	row := p.m.Votes()[0].Row
	w.App.kit.Focus(p.votes.lines[0].boxes["for"])
	w.types(t, "99")
	w.sees(t, "票数不符")
	p.m.SetVote(row, "for", "")
	w.types(t, "")
	p.votes.lines[0].boxes["for"].Type("16")
	w.sees(t, "通过")
	p.minutes.put(p.m.AgendaText())
	p.m.Settle()
	w.App.kit.Press("Ctrl+G")
	w.sees(t, "记录定稿？", "再看看")
	if p.m.Sealed() {
		t.Fatal("one Ctrl+G finalises")
	}
	w.App.kit.Press("Ctrl+G")
	if !p.m.Sealed() {
		t.Fatal("the same key does not answer")
	}
	w.sees(t, "已定稿，不能直接改", "开更正")
}

func TestMeetingDraftIsOfferedAgain(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "meeting", View: "form", Kind: "meeting"})
	p := w.page.(*meetingPage)
	w.App.kit.Focus(p.minutes.editor)
	w.types(t, "会议由陈立群主持。")
	if err := p.Keep(); err != nil {
		t.Fatal(err)
	}
	w.enter(Place{Page: "meeting", View: "form", Kind: "meeting"})
	w.sees(t, "上次没有写完，接着写？")
	w.keys(fyne.KeyReturn)
	if got := w.page.(*meetingPage).minutes.editor.Text(); got != "会议由陈立群主持。" {
		t.Fatalf("%q", got)
	}
}

func TestDuesByEnterDownTheColumn(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "dues"})
	p := w.page.(*duesPage)
	open := p.d.Sum().Open
	w.keys(fyne.KeyReturn, fyne.KeyReturn)
	if p.d.Ticked() != 2 {
		t.Fatal(p.d.Ticked(), " lines are filled")
	}
	w.types(t, "五十")
	w.keys(fyne.KeyReturn)
	w.sees(t, "金额看不懂")
	w.App.kit.Press("Esc")
	p.d.Type(p.list[2].Member, screen.DuesTyped{})
	w.App.kit.Press("Ctrl+S")
	if p.d.Sum().Open != open-2 {
		t.Fatal("not booked: ", p.d.Sum().Open)
	}
	w.sees(t, "已登记 2 人 11 月党费", "撤销")
	w.Undo()
	p.d.Refresh()
	if p.d.Sum().Open != open {
		t.Fatal("not taken back")
	}
}

func TestFinderOpensByALetterAndGoesThere(t *testing.T) {
	w := sampleWindow(t)
	w.App.kit.Unfocus()
	w.win.Canvas().OnTypedRune()('l')
	w.types(t, "w")
	w.sees(t, "陆婉清", "党员名册 1", "可以做的事")
	w.keys(fyne.KeyReturn)
	if w.place.Page != "member" || w.place.ID == "" {
		t.Fatalf("%+v", w.place)
	}
	w.sees(t, "陆婉清")
}

func TestPoolStepByKeyboard(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "pool"})
	p := w.page.(*poolPage)
	w.sees(t, "安知夏", "卡在第 10 步，逾期 8 天", "还缺材料：原单位函调回执")
	w.keys(fyne.KeyLeft, fyne.KeyLeft)
	w.sees(t, "左书白")
	w.keys(fyne.KeyReturn)
	w.sees(t, "第 2 步 派人谈话", "完成这一步")
	w.App.kit.Press("Ctrl+S")
	person, _ := w.Book().Get("pool", p.p.Current())
	if person.Values["talked"] != "2026-11-20" {
		t.Fatal(person.Values["talked"])
	}
	w.Undo()
	if person, _ = w.Book().Get("pool", person.ID); person.Values["talked"] != "" {
		t.Fatal("not taken back")
	}
}

func TestDroppedRosterIsImportedAndTakenBack(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "member"})
	before := len(w.Book().All("member"))
	path, err := filepath.Abs(filepath.Join("..", "sheet", "testdata", "samples", "01_roster.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(path)})
	p, ok := w.page.(*importPage)
	if !ok || p.p.Step() != screen.MapColumns {
		t.Fatalf("%T", w.page)
	}
	w.App.kit.Press("Ctrl+Enter")
	w.sees(t, "可导入 15 行", "有问题 1 行")
	w.App.kit.Press("Ctrl+Enter")
	w.sees(t, "已登记")
	if got := len(w.Book().All("member")); got != before+p.p.Report().Added || got == before {
		t.Fatal(got, before)
	}
	w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(filepath.Join(t.TempDir(), "照片.jpg"))})
	w.sees(t, "不是表格文件")
}

func TestDutiesLeadWhereTheyAreDone(t *testing.T) {
	for _, c := range []struct {
		duty screen.Duty
		want Place
	}{
		{screen.Duty{Page: "dues", Kind: "dues", Path: "2026-10"}, Place{Page: "dues", Note: "2026-10"}},
		{screen.Duty{Page: "pool", Kind: "pool", ID: "p1", Path: "stage_10"}, Place{Page: "pool", ID: "p1"}},
		{screen.Duty{Page: "demand", Kind: "demand"}, Place{Page: "demand"}},
		{screen.Duty{Page: "pool", Kind: "pool", ID: "p1", Left: true}, Place{Page: "pool", View: "form", Kind: "pool", ID: "p1"}},
		{screen.Duty{Page: "pool", Kind: "pool", ID: "p1", Left: true, Act: "第 10 步"}, Place{Page: "pool", Kind: "pool", ID: "p1", Act: "第 10 步"}},
		{screen.Duty{Page: "meeting", Kind: "meeting", ID: "m1", Left: true, Act: "开更正"}, Place{Page: "meeting", View: "form", Kind: "meeting", ID: "m1", Act: "开更正"}},
		{screen.Duty{Page: "excel", Left: true}, Place{Page: "excel"}},
		{screen.Duty{Page: "meeting", Kind: "meeting", Path: "支部党员大会"}, Place{Page: "meeting", View: "form", Kind: "meeting", Note: "支部党员大会"}},
	} {
		if got := placeOf(c.duty); got != c.want {
			t.Errorf("%+v leads to %+v", c.duty, got)
		}
	}
	w := sampleWindow(t)
	w.Go(placeOf(screen.Duty{Page: "dues", Kind: "dues", Path: "2026-10"}))
	w.sees(t, "2026 年 10 月")
}

// TestALeftoverLeadsIntoItsDialog types into a step, closes it, and goes back to it from
// the desk.
func TestALeftoverLeadsIntoItsDialog(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "pool"})
	p := w.page.(*poolPage)
	person, n := p.p.Current(), p.p.Step()
	f, err := screen.NewStepForm(w.Book(), person, n)
	if err != nil {
		t.Fatal(err)
	}
	f.Type("note", "函调回执下周到")
	if err := f.Keep(); err != nil {
		t.Fatal(err)
	}
	slip := w.Book().Slip("办理党籍变动", "member", w.Book().Search("member", "罗沐辰")[0].ID)
	slip.Type("原因", "工作调动")
	if err := slip.Keep(); err != nil {
		t.Fatal(err)
	}
	w.Go(Place{Page: "desk"})
	for _, d := range w.Book().Leftovers() {
		if d.Act == "" {
			continue
		}
		w.goDuty(d)
		w.sees(t, "已填入上次没写完的内容")
		w.App.kit.Press("Esc")
	}
	if w.place.Act != "" {
		t.Error("coming back opens the dialog again")
	}
}
