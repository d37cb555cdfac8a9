package storage_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
)

// branchSize is a branch after years of work.
type branchSize struct{ members, records, entries int }

// grow brings the entries from…to of a branch in as the district's log does: batch
// by batch, first every record once, then one change after another.
func grow(t testing.TB, s *storage.Store, size branchSize, from, to int) {
	t.Helper()
	const batch = 50_000
	at := time.Date(2016, 11, 20, 9, 0, 0, 0, time.Local)
	var rows []record.Stamped
	for n := from; n < to; n++ {
		kind, id := "meeting", fmt.Sprintf("r%06d", n%size.records)
		if n%size.records < size.members {
			kind = "member"
		}
		set := map[string]string{"remark": fmt.Sprintf("第 %d 次修改，按支部委员会意见更新", n), "status": "正常"}
		switch {
		case n < size.members:
			set = memberValues(n)
		case n < size.records:
			set = map[string]string{"title": fmt.Sprintf("第 %d 次支部党员大会", n), "start": "2019-03-01 14:00", "place": "二楼会议室",
				"minutes": fmt.Sprintf("一、学习传达上级文件精神。二、讨论第 %d 项工作安排。", n), "agenda/a1/title": "学习", "agenda/a1/outcome": "通过"}
		}
		before := fmt.Sprintf("op-%08d-laptop-2", n-size.records)
		op := theirs(uint64(n+1), at.Add(time.Duration(n)*time.Minute), kind, id, set, map[string]string{"remark": before, "status": before})
		op.Change.ID = fmt.Sprintf("op-%08d-laptop-2", n)
		if rows = append(rows, op); len(rows) == batch || n == to-1 {
			take(t, s, record.Delivery{Rows: rows, Cursors: map[string]uint64{"branch:" + ourBranch: uint64(n + 1)}})
			rows = nil
		}
	}
}

// TestTenYearsOfABigBranch opens, searches, saves, compacts, backs up and checks a
// branch of 10,000 members, 200,000 records and 2,000,000 history entries (in CI a
// small part of it), and tells how long each took. It is compacted after every
// quarter, saves going on meanwhile; in daily use that is far more often.
func TestTenYearsOfABigBranch(t *testing.T) {
	size := branchSize{rounds(100, 10_000), rounds(1000, 200_000), rounds(6000, 2_000_000)}
	s := enrolled(t, withChild(t))
	step := func(name string, work func()) {
		start := time.Now()
		work()
		t.Logf("%-28s %8.3f s, file %.1f MB", name, time.Since(start).Seconds(), fileMB(t, s))
	}
	for quarter := range 4 {
		from, to := quarter*size.entries/4, (quarter+1)*size.entries/4
		step("fill a quarter", func() { grow(t, s, size, from, to) })
		step("open with loose history", func() { s = reopen(t, s) })
		step("save", func() { member(t, s, "甲") })
		step("compact, saving meanwhile", func() { t.Log(compactWhileSaving(t, s)) })
	}
	step("open", func() { s = reopen(t, s) })
	step("list of members", func() {
		if got := len(s.All("member")); got < size.members {
			t.Errorf("%d members", got)
		}
	})
	step("search in every value", func() {
		if found(s, fmt.Sprintf("第 %d 次修改", size.entries-1)) != 1 {
			t.Error("the last change is not found")
		}
	})
	step("save", func() { member(t, s, "乙") })
	step("history of a record", func() {
		past, err := s.History("member", "r000007")
		if want := size.entries / size.records; err != nil || len(past) != want {
			t.Errorf("%d entries, want %d: %v", len(past), want, err)
		}
	})
	step("backup", func() { backup(t, s) })
	t.Logf("heap %.0f MB", float64(heap())/1e6)
	step("check", func() {
		rep, err := s.Check(t.Context(), nil)
		if err != nil || !rep.OK || rep.History != size.entries || rep.Records < size.records {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

func fileMB(t *testing.T, s *storage.Store) float64 {
	t.Helper()
	info, err := os.Stat(filepath.Join(s.Dir(), "zhibu.db"))
	if err != nil {
		t.Fatal(err)
	}
	return float64(info.Size()) / 1e6
}

func found(s *storage.Store, text string) int {
	n := 0
	for _, kind := range s.Kinds() {
		for _, r := range s.All(kind) {
			for _, v := range r.Values {
				if strings.Contains(v, text) {
					n++
					break
				}
			}
		}
	}
	return n
}

// compactWhileSaving compacts while one save follows the other, and tells how
// many there were and how long the slowest took.
func compactWhileSaving(t *testing.T, s *storage.Store) string {
	t.Helper()
	var stop atomic.Bool
	done := make(chan string)
	go func() {
		saves, slowest := 0, time.Duration(0)
		for !stop.Load() {
			start := time.Now()
			if _, err := s.Apply(record.Edit{Kind: "note", Set: record.Values{"c": fmt.Sprint(saves)}}); err != nil {
				t.Error(err)
				break
			}
			saves, slowest = saves+1, max(slowest, time.Since(start))
		}
		done <- fmt.Sprintf("%d saves meanwhile, the slowest took %v", saves, slowest)
	}()
	if err := s.Compact(t.Context(), nil); err != nil {
		t.Error(err)
	}
	stop.Store(true)
	return <-done
}
