package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
)

// off are the words of the buttons that cannot be pressed now.
func (w *window) off() (words []string) {
	w.Settle()
	shot.Walk(w.win.Canvas().Content(), shot.Region{Size: w.win.Canvas().Size()}, func(o fyne.CanvasObject, _ fyne.Position, _ shot.Region) {
		if b, ok := o.(*kit.Button); ok && b.Disabled() {
			words = append(words, b.Text())
		}
	})
	return words
}

// TestVerbsOfNothingAreOff opens pages whose verbs are about a record while there is none,
// and with some.
func TestVerbsOfNothingAreOff(t *testing.T) {
	none, some := openWindow(t, kit.Standard, standard(), fillRows(t, 0)), sampleWindow(t)
	for _, c := range []struct {
		at    Place
		words []string
	}{
		{Place{Page: "pool"}, []string{"打印全程纪实表", "全部材料清单"}},
		{Place{Page: "post"}, []string{"打印考评表", "打印岗牌"}},
		{Place{Page: "member", View: "bin"}, []string{"恢复"}},
	} {
		none.Go(c.at)
		some.Go(c.at)
		for _, word := range c.words {
			if !slices.Contains(none.off(), word) {
				t.Errorf("%+v: %s can be pressed over nothing", c.at, word)
			}
			if c.at.View != "bin" && slices.Contains(some.off(), word) {
				t.Errorf("%+v: %s is off", c.at, word)
			}
		}
	}
}

// TestThePrintCentreTellsNothingFromNothingFound looks at a form without a record, then
// searches for whom it is printed and goes to another form.
func TestThePrintCentreTellsNothingFromNothingFound(t *testing.T) {
	none := openWindow(t, kit.Standard, standard(), fillRows(t, 0))
	none.Go(Place{Page: "print"})
	none.sees(t, "还没有可以印的记录", "先登记会议，这里就能按名字印。")
	none.unseen(t, "清除筛选", "没有找到")
	w := sampleWindow(t)
	w.Go(Place{Page: "print"})
	p := w.page.(*printPage)
	p.find.Type("查无此人")
	w.sees(t, "没有找到“查无此人”", "清除筛选")
	p.forms.SetCurrent(4)
	w.unseen(t, "查无此人", "没有找到")
	if p.find.Text() != "" || len(p.list) == 0 {
		t.Errorf("the next form is searched for %q", p.find.Text())
	}
}

// TestInsertingNothingSaysSo inserts the votes of a meeting without any.
func TestInsertingNothingSaysSo(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "meeting", View: "form", Kind: "meeting", Note: "支部委员会会议"})
	press(t, w, "表决结果")
	w.sees(t, "还没有表决结果，没有可以插入的")
}
