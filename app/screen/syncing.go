package screen

import (
	"context"
	"errors"
	"time"

	"zhibu/storage/record"
)

// Light is the state of the exchange with the district, as the chip shows it.
type Light int

// The lights.
const (
	Alone   Light = iota // no district: nothing to exchange
	Idle                 // everything is with the district
	Waiting              // changes wait for the next exchange
	Running              // an exchange is under way
	Out                  // the district could not be reached
)

// Replica is what a store tells about the exchange.
type Replica interface {
	Position() record.Position
	Pending(after uint64, most int) ([]record.Change, error)
	Enrolment() (record.Enrolment, bool)
}

// Pauses of the exchange (sync.md §3, decisions.md 13).
const (
	afterSave  = 5 * time.Second
	everyTime  = 15 * time.Minute
	firstRetry = time.Minute
	mostRetry  = time.Hour
)

// SyncTitle is what the exchange is called as slow work.
const SyncTitle = "正在同步"

// SettingLastSync is the setting that holds when the last exchange succeeded.
const SettingLastSync = "last_sync"

// Syncing runs the exchange with the district in the background and knows how
// it stands. It never asks and never blocks.
type Syncing struct {
	Say     string // why the last exchange failed, "" when it did not
	Outcome Outcome

	book     *Book
	replica  Replica
	district District
	run      Runner
	changed  func()
	running  bool
	stopped  bool
	failed   int       // exchanges failed in a row
	next     time.Time // when the next one is due
	last     time.Time
}

// NewSyncing looks at the store; the first exchange is due at once.
func NewSyncing(b *Book, d District, run Runner, changed func()) *Syncing {
	s := &Syncing{book: b, district: d, run: run, changed: changed, next: b.Now()}
	s.replica, _ = b.Store.(Replica)
	s.last, _ = time.ParseInLocation(time.DateTime, b.Setting(SettingLastSync), b.Now().Location())
	return s
}

// Enrolled reports whether this laptop belongs to a district.
func (s *Syncing) Enrolled() bool {
	if s.replica == nil || s.district == nil {
		return false
	}
	_, ok := s.replica.Enrolment()
	return ok
}

// Light returns how the exchange stands.
func (s *Syncing) Light() Light {
	switch {
	case !s.Enrolled():
		return Alone
	case s.running:
		return Running
	case s.failed > 0:
		return Out
	case s.Waiting() > 0:
		return Waiting
	}
	return Idle
}

// mostPending is as far as waiting changes are counted.
const mostPending = 9999

// Waiting returns how many changes wait for the district.
func (s *Syncing) Waiting() int {
	if !s.Enrolled() {
		return 0
	}
	p := s.replica.Position()
	if p.N < p.Acked {
		return 0
	}
	return int(min(p.N-p.Acked, mostPending))
}

// Chip returns the words on the chip in the strip.
func (s *Syncing) Chip() (mark Mark, note string) {
	if n := len(s.book.Disputes()); n > 0 {
		return Mark{Clash, "有冲突"}, number(n) + " 项"
	}
	waiting := ""
	if n := s.Waiting(); n > 0 {
		waiting = "待同步 " + number(n) + " 项"
	}
	switch s.Light() {
	case Alone:
		return Mark{Offline, "单机"}, "数据都在本机"
	case Running:
		return Mark{Coming, "正在同步"}, waiting
	case Out:
		return Mark{Offline, "离线"}, waiting
	case Waiting:
		return Mark{Coming, "待同步"}, number(s.Waiting()) + " 项"
	}
	return Mark{Fine, "已同步"}, s.LastText()
}

// LastText tells when the last exchange succeeded.
func (s *Syncing) LastText() string {
	if s.last.IsZero() {
		return "还没有同步过"
	}
	return ShortMoment(s.last, s.book.Today())
}

// NextText tells when the next exchange is tried, "" when none is planned.
func (s *Syncing) NextText() string {
	if !s.Enrolled() {
		return ""
	}
	return s.next.Format("15:04")
}

// ShortMoment writes a time as people say it: 今天 08:31, 昨天 17:42, 11-18
// 17:42, 2025-11-18.
func ShortMoment(t time.Time, today record.Date) string {
	switch day := record.DateOf(t); {
	case day == today:
		return "今天 " + t.Format("15:04")
	case day == today.AddDays(-1):
		return "昨天 " + t.Format("15:04")
	case day.Year == today.Year:
		return t.Format("01-02 15:04")
	}
	return t.Format("2006-01-02")
}

// Saved notes that something was saved: an exchange is due shortly.
func (s *Syncing) Saved() {
	if due := s.book.Now().Add(afterSave); s.failed == 0 && due.Before(s.next) {
		s.next = due
	}
}

// Tick exchanges when it is due.
func (s *Syncing) Tick() {
	if s.Enrolled() && !s.running && !s.book.Now().Before(s.next) {
		s.Exchange()
	}
}

// Exchange exchanges now.
func (s *Syncing) Exchange() {
	if s.running || !s.Enrolled() {
		return
	}
	s.running = true
	s.changed()
	var out Outcome
	s.run.Do(SyncTitle, func(ctx context.Context, _ Progress) (err error) {
		out, err = s.district.Sync(ctx, s.book.Store)
		return err
	}, func(err error) { s.finish(out, err) })
}

func (s *Syncing) finish(out Outcome, err error) {
	if s.stopped {
		return // the book was closed meanwhile
	}
	s.running = false
	now := s.book.Now()
	if err == nil {
		err = s.book.SetSetting(SettingLastSync, now.Format(time.DateTime))
	}
	if err != nil {
		s.failed++
		s.Say = record.SayOf(err)
		if errors.Is(err, context.Canceled) {
			s.Say = "同步停下了。没有传完的改动都在本机，下次接着传。"
		}
		s.next = now.Add(min(firstRetry<<min(s.failed-1, 8), mostRetry))
		s.changed()
		return
	}
	s.failed, s.Say, s.Outcome, s.last = 0, "", out, now
	s.next = now.Add(everyTime)
	s.changed()
}

// Stop lets a running exchange end unheard.
func (s *Syncing) Stop() { s.stopped = true }
