package kit

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// roster is a ledger of n people with columns of every priority.
func roster(k *Kit, n int) *Ledger {
	text := func(s string) func(int) Cell { return func(i int) Cell { return Cell{Text: fmt.Sprintf(s, i)} } }
	l := k.Ledger([]Col{
		{Title: "姓名", Width: 90, Cell: text("党员%d"), Sortable: true},
		{Title: "性别", Width: 60, Priority: 4, Cell: text("女")},
		{Title: "类别", Width: 80, Priority: 1, Cell: text("正式")},
		{Title: "入党日期", Width: 110, Priority: 2, Cell: text("2019-06-12")},
		{Title: "工作单位", Width: 120, Flex: 1, Priority: 3, Cell: text("云帆智控")},
	}, func() int { return n })
	l.Key = func(i int) string { return fmt.Sprint(i) }
	l.Unit = "人"
	return l
}

func TestLedgerKeyboard(t *testing.T) {
	var l *Ledger
	opened := -1
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		l = roster(k, 100)
		l.OnOpen = func(row int) { opened = row }
		return l
	})
	k.Focus(l)
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{{fyne.KeyDown, 1}, {fyne.KeyDown, 2}, {fyne.KeyUp, 1}, {fyne.KeyEnd, 99}, {fyne.KeyDown, 99}, {fyne.KeyPageUp, 99 - l.perView()}, {fyne.KeyHome, 0}, {fyne.KeyUp, 0}} {
		if press(k, c.key); l.Current() != c.want {
			t.Errorf("after %s row %d, want %d", c.key, l.Current(), c.want)
		}
	}
	press(k, fyne.KeySpace)
	press(k, fyne.KeyDown)
	press(k, fyne.KeySpace)
	if got := l.Ticked(); len(got) != 2 || !l.IsTicked("0") || !l.IsTicked("1") {
		t.Errorf("ticked %v", got)
	}
	press(k, fyne.KeyReturn)
	if opened != 1 {
		t.Errorf("opened %d", opened)
	}
	shortcut(k, &fyne.ShortcutSelectAll{})
	if len(l.Ticked()) != 100 {
		t.Errorf("all: %d", len(l.Ticked()))
	}
	press(k, fyne.KeyEscape)
	if len(l.Ticked()) != 0 {
		t.Error("Esc left ticks")
	}
	shortcut(k, &fyne.ShortcutCopy{})
	if want := "党员1\t女%!(EXTRA int=1)"; k.Clipboard()[:len("党员1\t")] != want[:len("党员1\t")] {
		t.Errorf("copied %q", k.Clipboard())
	}
}

// TestLedgerMenuByKeyboard opens the menu of the current row by the menu key, and takes
// its first line.
func TestLedgerMenuByKeyboard(t *testing.T) {
	var l *Ledger
	did := -1
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		l = roster(k, 10)
		l.OnMenu = func(row int) []MenuItem { return []MenuItem{{Text: "打开", Do: func() { did = row }}} }
		return l
	})
	k.Focus(l)
	press(k, fyne.KeyDown)
	press(k, desktop.KeyMenu)
	if k.top() == nil {
		t.Fatal("no menu")
	}
	k.Press("Enter")
	if did != 1 || k.top() != nil {
		t.Errorf("done on row %d", did)
	}
}

func TestLedgerDropsColumnsByPriority(t *testing.T) {
	var l *Ledger
	_, w := desk(t, func(k *Kit) fyne.CanvasObject { l = roster(k, 3); return l })
	for _, c := range []struct {
		width float32
		want  []int
	}{{700, []int{0, 1, 2, 3, 4}}, {460, []int{0, 2, 3, 4}}, {360, []int{0, 2, 3}}, {260, []int{0, 2}}, {140, []int{0}}} {
		w.Resize(fyne.NewSize(c.width, 400))
		if !slices.Equal(l.shown, c.want) {
			t.Errorf("%v wide: columns %v, want %v", c.width, l.shown, c.want)
		}
	}
}

func TestLedgerSortsByTitle(t *testing.T) {
	var l *Ledger
	var got []string
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		l = roster(k, 3)
		l.OnSort = func(c int, falling bool) { got = append(got, fmt.Sprint(c, falling)) }
		return l
	})
	for range 2 {
		test.TapCanvas(k.Window().Canvas(), fyne.NewPos(l.x[0]+20, 10))
	}
	test.TapCanvas(k.Window().Canvas(), fyne.NewPos(l.x[1]+20, 10)) // not sortable
	if want := []string{"0 false", "0 true"}; !slices.Equal(got, want) {
		t.Errorf("sorted %v, want %v", got, want)
	}
}

func TestLedgerSkipsHeadings(t *testing.T) {
	var l *Ledger
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		l = roster(k, 9)
		l.Head = func(row int) (Heading, bool) { return Heading{Title: "今天"}, row%3 == 0 }
		return l
	})
	k.Focus(l)
	var seen []int
	for _, key := range []fyne.KeyName{fyne.KeyHome, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp} {
		press(k, key)
		seen = append(seen, l.Current())
	}
	if want := []int{1, 2, 4, 5, 4}; !slices.Equal(seen, want) {
		t.Errorf("rows %v, want %v", seen, want)
	}
}

func TestLedgerShowsRowsInView(t *testing.T) {
	var l *Ledger
	desk(t, func(k *Kit) fyne.CanvasObject { l = roster(k, 100_000); return l })
	scrollTo(l.scroll, 50_000*l.rowHeight())
	shown := test.WidgetRenderer(l.rows).Objects()
	first := ""
	for _, o := range shown {
		if text, ok := o.(*canvas.Text); ok && first == "" {
			first = text.Text
		}
	}
	if first != "党员50000" || len(shown) > 400 {
		t.Errorf("first row %q, %d objects", first, len(shown))
	}
}

func BenchmarkLedgerScroll100000(b *testing.B) {
	w := test.NewTempWindow(b, nil)
	k := New(testApp, w, Options{})
	l := roster(k, 100_000)
	w.SetContent(l)
	w.Resize(fyne.NewSize(830, 480))
	for i := 0; b.Loop(); i++ {
		scrollTo(l.scroll, float32(i*37%3_000_000))
	}
}
