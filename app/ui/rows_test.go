package ui

import (
	"os"
	"strings"
	"testing"

	"zhibu/app/branch/sample"
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
	"zhibu/storage"
	"zhibu/storage/record"
)

// longest is as long as a real name gets.
const longest = "古丽巴哈尔·买买提吐尔逊·阿卜杜热西提"

// fillRows writes a branch of n members, all of the longest real name, at an employer of
// 24 characters.
func fillRows(t testing.TB, n int) content {
	return written(func(s *storage.Store) {
		t.Helper()
		if n <= 1 {
			fillNothing(s)
		} else if _, err := s.Apply(lengthened(sample.Edits(record.DateOf(shot.Moment()), n))...); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
		b := screen.Open(s, shot.Moment)
		_, _, err := b.Save("member", "", map[string]string{"name": "古丽巴哈尔·买买提", "category": "正式党员", "gender": "女", "joined": "2010-06-01",
			"converted": "2011-06-01", "employer": strings.Repeat("长", 24), "title": strings.Repeat("职", 16), "mobile": "13800000099"})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// lengthened gives everybody the longest name, as all pages then show it.
func lengthened(edits []record.Edit) []record.Edit {
	for _, e := range edits {
		for _, path := range []string{"name", "employer"} {
			if e.Set[path] != "" && (e.Kind == "member" || e.Kind == "pool") {
				e.Set[path] = map[string]string{"name": longest, "employer": strings.Repeat("长", 24)}[path]
			}
		}
	}
	return edits
}

// everywhere is every page of the navigation, and those behind them that show
// all of something.
func everywhere() []Place {
	var out []Place
	for _, p := range screen.Navigation() {
		out = append(out, Place{Page: p.Name})
	}
	for _, k := range []string{"dues", "pool", "demand", "post", "zone", "meeting", "training", "honour", "liaison", "project"} {
		out = append(out, Place{Page: screen.PageOf(k), View: "list", Kind: k})
	}
	return append(out, Place{Page: "member", View: "bin"}, Place{Page: "meeting", View: "form", Kind: "meeting", Note: "支部党员大会"})
}

// TestPagesHoldAnyNumberOfRows looks for clipped and tiny text on every page in every
// size of the window and both faces, with no members, one, twenty and two thousand and
// what they bring with them; at the budget of CI each page is met in one size a number.
func TestPagesHoldAnyNumberOfRows(t *testing.T) {
	for i, n := range []int{0, 1, 20, 2000} {
		for _, face := range []kit.Face{kit.Standard, kit.Large} {
			w := openWindow(t, face, shot.Sizes()[1], fillRows(t, n))
			for j, size := range shot.Sizes() {
				w.win.Resize(size)
				for k, p := range everywhere() {
					if os.Getenv("ZHIBU_SOAK") == "" && (i+k)%3 != j {
						continue
					}
					w.Go(p)
					w.Settle()
					for _, fault := range w.Faults() {
						t.Errorf("%d rows, %v, %v, %+v: %s", n, face, size, p, fault)
					}
				}
			}
			if found := w.Book().Search("member", "glbhe"); len(found) < n {
				t.Errorf("%d rows: the long name is found %d times", n, len(found))
			}
		}
	}
}

// BenchmarkSave2000 is one save with the desk and the list following it, among
// two thousand members.
func BenchmarkSave2000(b *testing.B) {
	w := openWindow(b, kit.Standard, standard(), fillRows(b, 2000))
	w.Go(Place{Page: "member"})
	id := w.Book().Search("member", "glbhe")[0].ID
	n := 0
	for b.Loop() {
		n++
		title := []string{"检验员", "检验组长"}[n%2]
		if _, _, err := w.Book().Save("member", id, map[string]string{"title": title}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSearch2000 is one keystroke in the search box of that list.
func BenchmarkSearch2000(b *testing.B) {
	w := openWindow(b, kit.Standard, standard(), fillRows(b, 2000))
	w.Go(Place{Page: "member"})
	l := w.page.(*listPage)
	n := 0
	for b.Loop() {
		n++
		l.search.Type([]string{"l", "lw"}[n%2])
	}
}
