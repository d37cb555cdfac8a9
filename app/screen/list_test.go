package screen

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func titles(l *List) string {
	var out []string
	for i := range l.Len() {
		out = append(out, l.Title(i))
	}
	return strings.Join(out, " ")
}

func TestListFindsFiltersAndSorts(t *testing.T) {
	b, _ := realBooks(t)
	people(t, b)
	l, err := NewList(b, "member")
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() {}, "白一宁 古丽巴哈尔·买买提 陆婉清 罗沐辰"},
		{func() { l.Search("lw") }, "陆婉清"},
		{func() { l.Search("罗") }, "罗沐辰"},
		{func() { l.Search("澄光") }, "白一宁 罗沐辰"},
		{func() { l.Search("买买提") }, "古丽巴哈尔·买买提"},
		{func() { l.Search("xyz") }, ""},
		{func() { l.Search("") }, "白一宁 古丽巴哈尔·买买提 陆婉清 罗沐辰"},
		{func() { l.Filter("employer", "澄光软件") }, "白一宁 罗沐辰"},
		{func() { l.Letter("L") }, "罗沐辰"},
		{func() { l.ClearFilters() }, "白一宁 古丽巴哈尔·买买提 陆婉清 罗沐辰"},
		{func() { l.SortBy("joined") }, "陆婉清 白一宁 罗沐辰 古丽巴哈尔·买买提"},
		{func() { l.SortBy("joined") }, "古丽巴哈尔·买买提 罗沐辰 白一宁 陆婉清"},
		{func() { l.SortBy("name") }, "白一宁 古丽巴哈尔·买买提 陆婉清 罗沐辰"},
	} {
		step.do()
		if got := titles(l); got != step.want {
			t.Errorf("got %q, want %q", got, step.want)
		}
	}
	letters := ""
	for _, c := range l.Letters() {
		letters += c.Letter + strconv.Itoa(c.Count)
	}
	if letters != "B1G1L2" {
		t.Errorf("letters %s", letters)
	}
}

func TestListMasksAndFits(t *testing.T) {
	b, _ := realBooks(t)
	people(t, b)
	l, err := NewList(b, "member")
	if err != nil {
		t.Fatal(err)
	}
	i := l.column("mobile")
	if i < 0 {
		t.Fatal("no mobile column")
	}
	if got := l.Cell(0, i).Say; got != "137****0045" {
		t.Errorf("mobile shown as %q", got)
	}
	if age := l.column("+age"); age < 0 || l.Cell(0, age).Say != "31" {
		t.Error("no age column, or wrong")
	}
	if got := l.Fit(0); len(got) != 1 || got[0] != 0 {
		t.Errorf("no room leaves %v", got)
	}
	all := l.Fit(10_000)
	if len(all) != len(l.Columns()) {
		t.Errorf("with room %d of %d columns", len(all), len(l.Columns()))
	}
	for room := 10; room < 200; room += 10 {
		if len(l.Fit(room)) > len(l.Fit(room+10)) {
			t.Errorf("room %d shows more columns than %d", room, room+10)
		}
	}
}

func TestListTicksAndActs(t *testing.T) {
	b, _ := realBooks(t)
	who := people(t, b)
	l, err := NewList(b, "member")
	if err != nil {
		t.Fatal(err)
	}
	l.TickAll()
	if len(l.Marked()) != 4 || !l.AllTicked() {
		t.Fatalf("ticked %v", l.Marked())
	}
	l.Tick(who["陆婉清"].ID)
	moved, err := l.SetMarked("group", "第二党小组")
	if err != nil || moved.Say != "已调整 3 人" || !moved.Undoable() {
		t.Fatalf("%+v, %v", moved, err)
	}
	l.Refresh()
	if r, _ := b.Get("member", who["罗沐辰"].ID); r.Values["group"] != "第二党小组" {
		t.Error("罗沐辰 stayed in the old group")
	}
	if r, _ := b.Get("member", who["陆婉清"].ID); r.Values["group"] != "第一党小组" {
		t.Error("陆婉清 moved without being ticked")
	}
	done, err := b.Trashed("member", who["白一宁"].ID)
	if err != nil {
		t.Fatal(err)
	}
	l.Refresh(who["白一宁"].ID)
	if l.Total() != 3 {
		t.Errorf("%d left in the list", l.Total())
	}
	bin, err := b.Bin()
	if err != nil || len(bin) != 1 || bin[0].Title != "白一宁" {
		t.Fatalf("bin %v %v", bin, err)
	}
	if _, err := b.Undo(done); err != nil {
		t.Fatal(err)
	}
	l.Refresh()
	if l.Total() != 4 {
		t.Error("undo did not bring the record back")
	}
}

func TestUndoPutsASaveBack(t *testing.T) {
	b, _ := realBooks(t)
	before := people(t, b)["罗沐辰"]
	after, _, err := b.Save("member", before.ID, map[string]string{"title": "组长", "group": ""})
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.Undo(DoneSaving("改好了", before, after))
	if err != nil {
		t.Fatal(err)
	}
	now, _ := b.Get("member", before.ID)
	if now.Values["title"] != "" || now.Values["group"] != "第三党小组" {
		t.Errorf("after undo %v", now.Values)
	}
	events, err := b.Events("member", before.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(events) != 3 || events[0].What != "撤销" || events[1].What != "改" || events[2].What != "建立党员信息" {
		t.Errorf("history %+v", events)
	}
	if _, err := b.Undo(again); err != nil {
		t.Fatal(err)
	}
	if now, _ := b.Get("member", before.ID); now.Values["title"] != "组长" || now.Values["group"] != "" {
		t.Errorf("after redo %v", now.Values)
	}
}

func BenchmarkListSearch2000(bm *testing.B) {
	b, _ := realBooks(bm)
	for i := range 2_000 {
		register(bm, b, "member", map[string]string{"name": "测试" + strconv.Itoa(i), "category": "正式党员", "joined": "2010-01-01", "converted": "2011-01-01"})
	}
	l, err := NewList(b, "member")
	if err != nil {
		bm.Fatal(err)
	}
	for bm.Loop() {
		l.Search("cs1")
	}
}

func TestListSortsAndFiltersByDues(t *testing.T) {
	l, err := NewList(crowded(20), "member")
	if err != nil {
		t.Fatal(err)
	}
	const dues = "+dues"
	column := l.column(dues)
	l.SortBy(dues)
	counts, last := map[string]int{}, ""
	for i := range l.Len() {
		text := l.Cell(i, column).Say
		if text != "" && (text < last || i > 0 && last == "") {
			t.Errorf("%s stands after %q", text, last)
		}
		counts[text]++
		last = text
	}
	boxes := l.Filters()
	at := slices.IndexFunc(boxes, func(b FilterBox) bool { return b.Column == dues })
	if at < 0 || len(boxes[at].Options) < 2 {
		t.Fatalf("no filter for %v in %+v", counts, boxes)
	}
	for _, o := range boxes[at].Options {
		l.Filter(dues, o.Text)
		if o.Count != counts[o.Text] || l.Len() != o.Count {
			t.Errorf("%s: %d offered, %d shown, %d in all", o.Text, o.Count, l.Len(), counts[o.Text])
		}
	}
}
