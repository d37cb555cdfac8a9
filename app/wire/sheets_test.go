package wire

import (
	"strings"
	"testing"
	"time"

	"zhibu/app/screen"
	"zhibu/storage"
)

// TestAClosedYearIsImportedRowByRow imports a real file that would change a training of
// last year, beside a new one of this year.
func TestAClosedYearIsImportedRowByRow(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 20, 14, 32, 0, 0, time.UTC) }
	s, _, err := storage.Create(t.TempDir(), "yunzhan-2026", storage.Options{Now: now, Cost: storage.Cost{Time: 1, Memory: 64, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b := screen.Open(s, now)
	old, _, err := b.Save("training", "", map[string]string{"title": "党课", "date": "2025-10-16", "hours": "4", "place": "一号会议室"})
	if err != nil {
		t.Fatal(err)
	}
	place := func() string { r, _ := b.Get("training", old.ID); return r.Values["place"] }
	run := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	take := func() *screen.Importing {
		p, err := screen.NewImporting(b, Sheets{}, "training")
		run(err)
		run(p.Take(t.Context(), "培训.csv", []byte("培训名称,培训时间,学时,地点\n党课,2025-10-16,4,二号会议室\n主题教育,2026-11-02,2,\n")))
		return p
	}

	p := take()
	if problems := p.Problems(); len(problems) != 1 || problems[0].Row != 2 || !strings.HasPrefix(problems[0].Say, "这是 2025 年的记录") ||
		strings.Join(problems[0].Ways(), " ") != "留在待处理 改为 补改 跳过这行" || problems[0].Way != screen.WayWait {
		t.Fatalf("%+v", p.Problems())
	}
	p.Run(screen.Inline{}, run)
	if r := p.Report(); r.Added != 1 || r.Changed != 0 || r.Left != 1 || place() != "一号会议室" {
		t.Errorf("undecided: %+v, %s", r, place())
	}

	p = take()
	p.Deal(0, screen.WayAmend)
	if now, ok := p.Current(); !ok || now.Way != screen.WayAmend || p.Ready() != 1 {
		t.Errorf("%+v, ready %d", now, p.Ready())
	}
	p.Run(screen.Inline{}, run)
	if r := p.Report(); r.Changed != 1 || r.Left != 0 || place() != "二号会议室" {
		t.Errorf("amended: %+v, %s", r, place())
	}
	past, err := b.History("training", old.ID)
	if err != nil || !strings.Contains(past[len(past)-1].Why+past[0].Why, "补改往年记录") {
		t.Errorf("%+v %v", past, err)
	}
}
