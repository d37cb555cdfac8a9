package ui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"zhibu/app/branch"
	"zhibu/app/branch/sample"
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/gallery"
	"zhibu/app/ui/kit/shot"
	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// picture is one picture of the project: a name and how to get there.
type picture struct {
	name  string
	empty bool                     // on an empty folder: the wizard
	fill  func(testing.TB) content // nil: the sample branch
	reach func(*window)
}

// pictures are named like the mock-ups they stand beside.
func pictures() []picture {
	at := func(p Place) func(*window) { return func(w *window) { w.Go(p) } }
	return append(slices.Concat(morePictures(), keepPictures(), statePictures()), []picture{
		{name: "a-dashboard", reach: at(Place{Page: "desk"})},
		{name: "b-members", reach: func(w *window) {
			w.Go(Place{Page: "member"})
			l := w.page.(*listPage)
			l.list.Filter("category", "正式党员")
			l.refresh()
			l.ledger.SetCurrent(10)
			for _, row := range []int{0, 10, 12} {
				l.ledger.Tick(row, true)
			}
		}},
		{name: "c-member-edit", reach: editMember},
		{name: "h-sync", reach: func(w *window) {
			disagree(w.Book())
			w.Go(Place{Page: "sync"})
			for _, a := range []screen.Answer{screen.Kept, screen.Other, screen.Other, screen.Both} {
				w.page.(*syncPage).answer(a)
			}
		}},
		{name: "h-sync-rewrite", reach: func(w *window) {
			disagree(w.Book())
			w.Go(Place{Page: "sync"})
			w.page.(*syncPage).row = 3
			w.page.(*syncPage).rewrite()
		}},
		{name: "h-sync-same", reach: func(w *window) {
			twins(w.Book())
			w.Go(Place{Page: "sync"})
		}},
		{name: "h-sync-refused", reach: func(w *window) {
			disagree(w.Book())
			refuse(w.Book())
			w.Go(Place{Page: "sync"})
		}},
		{name: "c-sealed-edit", reach: func(w *window) {
			p := w.Book().All("pool")[0]
			seal := fmt.Sprintf("ed25519.%d.c2ln", record.MakeStamp(shot.Moment().UnixMilli(), 0))
			if _, err := w.Book().Apply(record.Edit{Kind: "pool", ID: p.ID, Set: record.Values{"activist_filed": "2026-11-18", record.SealPath("activist_filed"): seal}}); err != nil {
				panic(err) // a picture without its answer is no picture
			}
			w.Go(Place{Page: "pool", View: "form", Kind: "pool", ID: p.ID})
			w.page.(*formPage).show(2)
		}},
		{name: "i-first-run-1", empty: true, reach: func(w *window) {
			w.wizard.w.Code, w.wizard.w.Server = "QWYZ-2026-7K4M", "https://dj.qingwu.example"
			w.wizard.build()
		}},
		{name: "i-first-run-2", empty: true, reach: showRecovery},
		{name: "j-lock", reach: lockedByWaiting},
		{name: "j-lock-spoilt", reach: spoilt},
		{name: "t-quick-register", reach: quickly},
		{name: "q-states", reach: func(w *window) { w.Show(gallery.States(w.Studio.Kit)) }},
		{name: "r-tokens", reach: func(w *window) { w.Show(gallery.Tokens(w.Studio.Kit)) }},
		{name: "settings", reach: at(Place{Page: "settings"})},
		{name: "rules", reach: at(Place{Page: "settings", View: "rules"})},
		{name: "bin", reach: at(Place{Page: "member", View: "bin"})},
		{name: "branch-edit", reach: func(w *window) {
			w.Go(Place{Page: "settings", View: "form", Kind: "branch", ID: branch.Profile(w.Book()).ID})
		}},
		{name: "history", reach: func(w *window) {
			w.Go(Place{Page: "member", View: "history", Kind: "member", ID: w.Book().All("member")[0].ID})
		}},
	}...)
}

// lockedByWaiting leaves the window alone from 14:10 to 14:32 and types a wrong
// passphrase in capitals.
func lockedByWaiting(w *window) {
	at := w.at
	w.at = at.Add(-22 * time.Minute)
	w.session.Touch()
	w.at = at.Add(-12 * time.Minute)
	w.session.Tick()
	w.at, w.caps = at, true
	w.session.Unlock("不是这个")
	w.lock.pass.KeyUp(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

// editMember changes two boxes and gets one wrong, as picture c shows.
func editMember(w *window) {
	w.Go(Place{Page: "member", View: "form", ID: w.Book().Search("member", "罗沐辰")[0].ID})
	f := w.page.(*formPage)
	f.typed("group", "第一党小组")
	f.typed("note", "支部书记谈话了解：愿意承担第一小组信息联络工作。")
	f.typed("id_no", "3100001996071500213")
	f.typing = ""
	f.settled()
	w.keep()
}

// showRecovery goes through the wizard to the recovery code.
func showRecovery(w *window) {
	z := w.wizard.w
	z.Way = screen.StartAlone
	z.Next()
	z.Branch, z.By = "青梧街道云栈科技园第三联合党支部", "陈立群"
	z.Next()
	z.Pass, z.Repeat = "yunzhan2026", "yunzhan2026"
	z.Next()
	z.Noted, z.Proof = true, z.Recovery[z.ProofGroup()-1]
	w.wizard.build()
}

// sampleFolder is the sample branch, made once for all tests: joined to a district
// that can't be reached, with twelve changes that wait.
var sampleFolder = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "zhibu-sample-")
	if err != nil {
		return "", err
	}
	at := record.ReadMoment("2022-03-18 10:41")
	clock := func() time.Time { return at }
	v := newVault(filepath.Join(dir, "data"), clock)
	s, _, err := storage.Create(v.Dir, storetest.Passphrase, v.Options)
	if err != nil {
		return "", err
	}
	return v.Dir, errors.Join(writeSample(s, clock, func(to string) { at = record.ReadMoment(to) }), s.Close())
})

// TestMain takes the sample folder away again.
func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := sampleFolder(); err == nil {
		if err := os.RemoveAll(filepath.Dir(dir)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// fillSample is a copy of the sample branch.
func fillSample(t testing.TB) content {
	t.Helper()
	dir, err := sampleFolder()
	if err != nil {
		t.Fatal(err)
	}
	return copied(dir)
}

// writeSample writes the sample branch and what happened to it since, by a clock
// that it puts forward.
func writeSample(s *storage.Store, clock func() time.Time, put func(to string)) error {
	enrolment := record.Enrolment{Server: "http://127.0.0.1:9", Branch: "b1", Name: "青梧街道云栈科技园第三联合党支部", Device: "d1", Role: "secretary", Key: make([]byte, 32)}
	err := s.SetSetting(screen.BySetting, "陈立群")
	book := screen.Open(s, clock)
	for _, step := range []func() error{
		func() error {
			_, err := s.Apply(sample.Edits(record.DateOf(shot.Moment()), 0)...)
			return err
		},
		func() error { return changes(book, put, before()...) },
		func() error { return s.Enrol(enrolment) },
		func() error { put("2026-11-18 17:42"); return acknowledge(s, clock()) },
		func() error { return s.SetSetting(screen.SettingLastSync, "2026-11-18 17:42:00") },
		func() error { return changes(book, put, since()...) },
	} {
		if err == nil {
			err = step()
		}
	}
	return err
}

// change is one value typed at a moment.
type change struct{ at, kind, title, path, value string }

// before is what the district has taken.
func before() []change {
	return []change{{"2026-03-02 14:05", "member", "罗沐辰", "prof_title", "测试工程师"}, {"2026-10-11 09:20", "member", "罗沐辰", "landline", "021-58000021"}}
}

// since are the twelve changes that wait for it.
func since() []change {
	return []change{
		{"2026-11-19 15:40", "member", "孟思齐", "landline", "021-58000099"}, {"2026-11-19 15:42", "member", "邱景行", "landline", "021-58000112"},
		{"2026-11-19 16:10", "zone", "检测园区", "place", "检测楼一层"}, {"2026-11-19 16:35", "training", "党的创新理论专题学习", "place", "云栈科技园二号会议室"},
		{"2026-11-19 17:20", "meeting", "走访街区小店", "note", "带上便民联系卡"}, {"2026-11-20 09:48", "dossier", "禾木检测", "contact", "周衡"},
		{"2026-11-20 10:12", "post", "骑手驿站服务岗", "place", "东门骑手驿站"}, {"2026-11-20 10:40", "pool", "左书白", "note", "出差，约下周谈话"},
		{"2026-11-20 11:05", "member", "范语桐", "title", "质量主管"}, {"2026-11-20 13:52", "dues", "陈立群", "basis_note", "按税后月工资"},
		{"2026-11-20 14:10", "demand", "货运通道早高峰堵塞", "phone", "021-58000112"}, {"2026-11-20 14:32", "meeting", "接收预备党员", "note", "请培养联系人到会"}}
}

// changes types values one after another.
func changes(b *screen.Book, put func(to string), list ...change) error {
	for _, c := range list {
		put(c.at)
		found := b.Search(c.kind, c.title)
		if len(found) == 0 {
			return fmt.Errorf("%s is not there", c.title)
		}
		if _, said, err := b.Save(c.kind, found[0].ID, map[string]string{c.path: c.value}); err != nil {
			return fmt.Errorf("%s %s: %w %v", c.title, c.path, err, said)
		}
	}
	return nil
}

// acknowledge lets the district have taken everything so far.
func acknowledge(s *storage.Store, now time.Time) error {
	changes, err := s.Pending(0, 100_000)
	if err != nil {
		return err
	}
	d := record.Delivery{Epoch: s.Position().Epoch, Now: now}
	for i, c := range changes {
		d.Results = append(d.Results, record.Result{N: c.N, Verdict: record.Applied, Seq: uint64(i + 1), Stamp: c.Stamp})
		d.AckedTo = c.N
	}
	return s.Take(d)
}

// disagree puts two values of four fields of one member side by side.
func disagree(b *screen.Book) {
	id := b.Search("member", "许清禾")[0].ID
	for i, c := range [][3]string{{"mobile", "13800000017", "13900000052"}, {"employer", "禾木检测", "禾木检测（园区分公司）"},
		{"title", "检验员", "检验组长"}, {"note", "愿意担任小组学习联络员", "10 月参加区级骨干培训"}} {
		at := func(hour int) string {
			return fmt.Sprint(uint64(record.MakeStamp(time.Date(2026, 11, 18, hour, 5+i, 0, 0, time.Local).UnixMilli(), 0)))
		}
		_, err := b.Apply(record.Edit{Kind: record.ConflictKind, Set: record.Values{record.ConflictOf: "member", record.ConflictRecord: id,
			record.ConflictPath: c[0], record.ConflictKept: c[1], record.ConflictOther: c[2], record.ConflictKeptBy: "陈立群", record.ConflictOtherBy: "街道党建办",
			record.ConflictKeptAt: at(16), record.ConflictOtherAt: at(10)}})
		if err != nil {
			panic(err) // a picture without its conflict is no picture
		}
	}
}

// refuse lets the district refuse the newest change.
func refuse(b *screen.Book) {
	s := b.Store.(interface {
		Position() record.Position
		Take(record.Delivery) error
	})
	_, _, err := b.Save("member", b.Search("member", "范语桐")[0].ID, map[string]string{"group": "第四党小组"})
	pos := s.Position()
	if err == nil {
		err = s.Take(record.Delivery{Epoch: pos.Epoch, Results: []record.Result{{N: pos.N, Verdict: record.Rejected, Code: "GROUP_UNKNOWN",
			Say: "党小组“第四党小组”在区里不存在。请改党小组后再传；内容都在本机。", Field: "group"}}})
	}
	if err != nil {
		panic(err) // a picture without its refusal is no picture
	}
}

// twins registers one person twice, as the district then asks about.
func twins(b *screen.Book) {
	first := b.Search("member", "许清禾")[0]
	again := first.Values.Clone()
	again["mobile"], again["employer"] = "13900000052", "禾木检测（园区分公司）"
	done, err := b.Apply(record.Edit{Kind: "member", Set: again})
	if err == nil {
		_, err = b.Apply(record.Edit{Kind: record.ConflictKind, Set: record.Values{record.ConflictOf: "member", record.ConflictRecord: done[0].ID,
			record.ConflictKept: first.ID, record.ConflictOther: done[0].ID, record.ConflictSame: "branch"}})
	}
	if err != nil {
		panic(err) // a picture without its question is no picture
	}
}

// TestShots draws every picture in every size and face, looks for clipped and
// tiny text, and leaves the pictures in the folder ZHIBU_SHOTS names, if any, those
// of the help also in ZHIBU_HELP; with the folder of the mock-ups in ZHIBU_MOCKS
// also every mock-up with its picture beside it, in the folder compare. Where nobody wants the pictures it looks at the
// smallest window only, the CI budget of the full count.
func TestShots(t *testing.T) {
	dir, sizes := os.Getenv("ZHIBU_SHOTS"), shot.Sizes()
	if dir == "" && os.Getenv("ZHIBU_SOAK") == "" {
		sizes = []fyne.Size{{Width: 1280, Height: 648}}
	}
	for _, face := range []kit.Face{kit.Standard, kit.Large} {
		for _, size := range sizes {
			for _, p := range pictures() {
				name := fmt.Sprintf("%s-%.0fx%.0f", p.name, size.Width, size.Height)
				if face == kit.Large {
					name += "-large"
				}
				t.Run(name, func(t *testing.T) { draw(t, p, face, size, dir, name) })
			}
		}
	}
}

func draw(t *testing.T, p picture, face kit.Face, size fyne.Size, dir, name string) {
	var fill content
	switch {
	case p.fill != nil:
		fill = p.fill(t)
	case !p.empty:
		fill = fillSample(t)
	}
	w := openWindow(t, face, size, fill)
	p.reach(w)
	w.Settle()
	for _, fault := range w.Faults() {
		t.Error(fault)
	}
	for _, fault := range primaryFaults(w.win.Canvas()) {
		t.Error(fault)
	}
	if help := os.Getenv("ZHIBU_HELP"); help != "" && face == kit.Standard && size == shot.Sizes()[0] {
		if err := saveHelpPicture(w, p.name, help); err != nil {
			t.Fatal(err)
		}
	}
	if dir == "" {
		w.keyboardFaults(t)
		return
	}
	file := filepath.Join(dir, name+".png")
	if err := w.Save(file); err != nil {
		t.Fatal(err)
	}
	if mocks, mock := os.Getenv("ZHIBU_MOCKS"), mockOf(p.name, size, face); mocks != "" && mock != "" {
		if err := beside(mocks, mock, file); err != nil {
			t.Fatal(err)
		}
	}
}
