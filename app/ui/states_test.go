package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhibu/app/branch/sample"
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
	"zhibu/app/wire"
	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// condition is a state of design.md §6 that every page can be in: of the laptop, of
// the exchange, of the disk.
type condition struct {
	name  string
	fill  func(testing.TB) content
	bring func(*window)
	words []string // every page then shows these
}

func conditions() []condition {
	return []condition{
		{name: "offline", bring: func(w *window) { w.session.Sync.Exchange() }, words: []string{"离线", "待同步"}},
		{name: "conflict", bring: func(w *window) { disagree(w.Book()) }, words: []string{"有冲突", "1 项"}},
		{name: "syncing", bring: func(w *window) { w.gate.shut = true; w.session.Sync.Exchange() }, words: []string{"正在同步"}},
		{name: "working", bring: func(w *window) {
			w.frame.watch(1, "正在导入", 0, 0, func() {})
			w.frame.watch(1, "正在导入", 612, 1480, func() {})
		}, words: []string{"正在导入", "612/1480", "停止"}},
		{name: "handed", bring: func(w *window) {
			w.session.HandOver(filepath.Join(w.vault.Dir, "..", "移交.bak"), "给下一任的密码2026", func([]string, error) {})
		}, words: []string{"只能查看", "收回移交"}},
		{name: "reader", fill: func(testing.TB) content { return written(onlyReads) }, words: []string{"只能查看和打印", "角色是“只读”"}},
		{name: "clock-back", fill: func(testing.TB) content { return tomorrow{} },
			words: []string{"电脑的时间可能不对", "期限先按后面那一天算"}},
		{name: "disk-full", bring: func(w *window) { w.Book().Store = cramped{w.Book().Store.(wire.Shelf)} },
			words: []string{"磁盘快满了，还剩 123 MB", "已存的内容都在", "去备份"}},
	}
}

// cramped is a store on a disk that is nearly full.
type cramped struct{ wire.Shelf }

// Room says what is left.
func (cramped) Room() (int64, error) { return 123 << 20, nil }

// tomorrow is a branch that was written in by a clock eleven days ahead.
type tomorrow struct{}

func (tomorrow) put(v *wire.Vault) error {
	opt := v.Options
	opt.Now = func() time.Time { return shot.Moment().AddDate(0, 0, 11) }
	s, _, err := storage.Create(v.Dir, storetest.Passphrase, opt)
	if err != nil {
		return err
	}
	if _, err := s.Apply(sample.Edits(record.DateOf(shot.Moment()), 0)...); err != nil {
		return err
	}
	return s.Close()
}

// onlyReads is the sample branch on the laptop of somebody who may only look.
func onlyReads(s *storage.Store) {
	_, err := s.Apply(sample.Edits(record.DateOf(shot.Moment()), 0)...)
	if err == nil {
		err = s.Enrol(record.Enrolment{Server: "http://127.0.0.1:9", Branch: "b1", Device: "d1", Role: "reader", Key: make([]byte, 32)})
	}
	if err != nil {
		panic(err) // a state without its content is no state
	}
}

// behind are the pages that lie behind those of the navigation.
func behind(w *window) []Place {
	member := w.Book().All("member")[0].ID
	return []Place{{Page: "member", View: "form", Kind: "member", ID: member}, {Page: "training", View: "form", Kind: "training", ID: w.Book().All("training")[0].ID}, {Page: "member", View: "history", Kind: "member", ID: member},
		{Page: "settings", View: "rules"}, {Page: "settings", View: "audit"}, {Page: "settings", View: "faces"}, {Page: "sync", View: "keep"},
		{Page: "excel", View: "import", Kind: "member"}}
}

// TestEveryPageShowsHowThingsStand walks all pages in every condition; at the budget
// of CI each page is met in every third.
func TestEveryPageShowsHowThingsStand(t *testing.T) {
	for n, c := range conditions() {
		t.Run(c.name, func(t *testing.T) {
			if c.fill == nil {
				c.fill = fillSample
			}
			w := openWindow(t, kit.Standard, shot.Sizes()[1], c.fill(t))
			if c.bring != nil {
				c.bring(w)
			}
			for i, p := range append(everywhere(), behind(w)...) {
				if os.Getenv("ZHIBU_SOAK") == "" && i%3 != n%3 {
					continue
				}
				w.Go(p)
				text := w.text()
				for _, words := range c.words {
					if _, err := w.Book().Kind(p.Page); err != nil && c.name == "reader" {
						continue // a page of no register: nothing is written there
					}
					if !strings.Contains(text, words) {
						t.Errorf("%+v does not say %q", p, words)
					}
				}
				for _, fault := range w.Faults() {
					t.Errorf("%+v: %s", p, fault)
				}
			}
		})
	}
}

// TestEveryPageShowsAnErrorAndLocks shows a failure over every page and locks it away;
// at the budget of CI over every third.
func TestEveryPageShowsAnErrorAndLocks(t *testing.T) {
	w := sampleWindow(t)
	for i, p := range append(everywhere(), behind(w)...) {
		if os.Getenv("ZHIBU_SOAK") == "" && i%3 > 0 {
			continue
		}
		w.Go(p)
		w.FailAgain(record.Refuse("DISK_FULL", "磁盘满了，这一步没有做成。请腾出至少 50 MB 空间再试；之前存的内容都在。"), func() {})
		w.sees(t, "磁盘满了，这一步没有做成", "请腾出至少 50 MB 空间再试。", "之前存的内容都在。", "重试", "编号 DISK_FULL")
		w.App.kit.Press("Esc")
		w.session.LockNow()
		text := w.text()
		if !strings.Contains(text, "已锁定") || strings.Contains(text, "罗沐辰") {
			t.Errorf("%+v is not locked away: %s", p, text)
		}
		w.session.Unlock(storetest.Passphrase)
	}
}

// aspect is a state of design.md §6 that belongs to what a page shows.
type aspect int

const (
	empty     aspect = iota // nothing there yet
	unfound                 // a search finds nothing
	loading                 // it takes long
	typedIn                 // typed and not saved
	finalised               // locked for good
	contested               // changed on two sides
	refused                 // not taken by the district
	ofOldYear               // of a year that is closed
	aspects
)

// looks are the words a page shows in each aspect. "-" and a reason: the page cannot
// come into it.
type looks [aspects]string

const (
	atOnce  = "-it is read from memory, at once"
	noBox   = "-there is no search box"
	noTyped = "-nothing is typed there that would be lost"
	noOne   = "-no single record is shown: its form tells"
	never   = "-it is never empty"
	ofNone  = "-what it shows is of no single year"
)

// looksOf returns the row of the table for a page.
func looksOf(p Place) (looks, bool) {
	list := looks{"还没有", "没有找到“ghx”", atOnce, noTyped, noOne, noOne, noOne, noOne}
	rows := map[string]looks{
		"desk":          {"记下第一次会议后", noBox, "正在看今天有哪些事", noTyped, noOne, noOne, noOne, noOne},
		"member":        list,
		"pool":          {"还没有发展对象", noBox, atOnce, noTyped, noOne, noOne, noOne, noOne},
		"meeting":       list,
		"training":      {"还没有党员", "没有找到“ghx”", atOnce, noTyped, noOne, noOne, noOne, noOne},
		"post":          {"还没有岗", noBox, atOnce, noTyped, noOne, noOne, noOne, noOne},
		"demand":        {"还没有诉求", "没有找到“ghx”", atOnce, noTyped, noOne, noOne, noOne, noOne},
		"dossier":       list,
		"service":       list,
		"dues":          {"这个月没有要缴党费的人", noBox, atOnce, "还没有保存", noOne, noOne, noOne, noOne},
		"stats":         {"还没有", noBox, "正在统计", noTyped, noOne, noOne, noOne, noOne},
		"print":         {"-the forms are always there", "没有找到", atOnce, noTyped, noOne, noOne, noOne, noOne},
		"sync":          {"没有要上传的", noBox, atOnce, noTyped, noOne, "第 1 处，共 1 处", "区里没有收下", noOne},
		"excel":         {"还没有导入过", noBox, atOnce, noTyped, noOne, noOne, noOne, noOne},
		"settings":      {never, noBox, atOnce, noTyped, noOne, noOne, noOne, noOne},
		"/list":         list,
		"/bin":          {"回收站是空的", noBox, atOnce, noTyped, noOne, noOne, noOne, noOne},
		"/history":      {never, noBox, atOnce, noTyped, noOne, noOne, noOne, noOne},
		"/rules":        {never, noBox, atOnce, noTyped, noOne, noOne, noOne, noOne},
		"/audit":        {"还没有操作记录", "没有找到“ghx”", atOnce, noTyped, noOne, noOne, noOne, noOne},
		"/faces":        {never, noBox, atOnce, noTyped, noOne, noOne, noOne, noOne},
		"/keep":         {"-the first start of a day makes a copy", noBox, atOnce, noTyped, noOne, noOne, noOne, noOne},
		"/import":       {"选一个", noBox, atOnce, noTyped, noOne, noOne, noOne, noOne},
		"/form":         {never, noBox, atOnce, "还没有保存", noOne, "两边都改过", "区里没有收下", ofNone},
		"training/form": {never, noBox, atOnce, "还没有保存", noOne, noOne, noOne, "往年记录，只能查看和打印"},
		"meeting/form":  {never, noBox, atOnce, "还没有保存", "已定稿，不能直接改", noOne, noOne, ofNone},
		"/print":        {never, noBox, "正在排版", noTyped, noOne, noOne, noOne, noOne},
	}
	names := []string{p.Page + "/" + p.View, "/" + p.View}
	if p.View == "" {
		names = []string{p.Page}
	}
	for _, name := range names {
		if l, ok := rows[name]; ok {
			return l, true
		}
	}
	return looks{}, false
}

// TestEveryPageHasEveryState holds each page to its row of the table.
func TestEveryPageHasEveryState(t *testing.T) {
	blank := openWindow(t, kit.Standard, standard(), fillRows(t, 0))
	full := sampleWindow(t)
	disagree(full.Book())
	for _, p := range append(everywhere(), behind(full)...) {
		l, ok := looksOf(p)
		if !ok {
			t.Errorf("%+v has no row", p)
			continue
		}
		for a := range aspects {
			words, excused := strings.CutPrefix(l[a], "-")
			if words == "" {
				t.Errorf("%+v says nothing about state %d", p, a)
			}
			if !excused {
				t.Run(fmt.Sprint(p.Page, p.View, p.Kind, a), func(t *testing.T) { reach(t, blank, full, p, a, words) })
			}
		}
	}
}

// reach brings a page into a state and looks for its words.
func reach(t *testing.T, blank, full *window, p Place, a aspect, words string) {
	w := full
	if a == empty {
		w = blank
	}
	if a == finalised {
		p.ID = w.newest("支部党员大会", "已定稿")
	}
	if a == contested && p.View == "form" {
		p.ID = w.Book().Search("member", "许清禾")[0].ID
	}
	if a == refused {
		refuse(w.Book())
		p.ID = w.Book().Search("member", "范语桐")[0].ID
	}
	if a == ofOldYear {
		p.ID = lastYears(w.Book())
	}
	w.gate.shut = a == loading
	w.counted = a != loading
	w.Go(p)
	switch a {
	case unfound:
		w.App.kit.Press("Ctrl+F")
		w.types(t, "ghx")
	case typedIn:
		w.typeSomething(t)
		w.Back()
	}
	w.sees(t, words)
	w.gate.shut, w.counted = false, true
	for len(w.win.Canvas().Overlays().List()) > 0 {
		w.App.kit.Press("Esc")
	}
	w.page = nil
	w.enter(Place{Page: "desk"})
}

// lastYears registers a training of the year before.
func lastYears(b *screen.Book) (id string) {
	r, _, err := b.Save("training", "", map[string]string{"title": "学习贯彻二十届三中全会精神", "date": "2025-10-16", "kind": "集中学习", "form": "课堂",
		"place": "云栈科技园一号会议室", "lecturer": "陈立群", "organiser": "街道党工委", "hours": "4", "content": "通读《决定》，分组讨论新兴领域党建怎样服务发展。\n会后每人交一篇心得。",
		record.Path("participant", b.Search("member", "罗沐辰")[0].ID, "hours"): "4", record.Path("participant", b.Search("member", "陆婉清")[0].ID, "hours"): "4"})
	if err != nil {
		panic(err) // a state without its content is no state
	}
	return r.ID
}

// typeSomething changes one thing on the page.
func (w *window) typeSomething(t *testing.T) {
	switch p := w.page.(type) {
	case *formPage:
		w.types(t, "改")
	case *meetingPage:
		w.App.kit.Focus(p.minutes.editor)
		w.types(t, "改")
	case *duesPage:
		p.sheet.Tick(0, true)
	}
}
