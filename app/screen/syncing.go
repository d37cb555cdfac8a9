package screen

import (
	"context"
	"errors"
	"math/rand/v2"
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
	Out                  // the district could not be reached; tried again by itself
	Unsure               // reached, and yet it has not confirmed everything
	Barred               // the district does not let this laptop in: a person must act
)

// Replica is what a store tells about the exchange.
type Replica interface {
	Position() record.Position
	Pending(after uint64, most int) ([]record.Change, error)
	Enrolment() (record.Enrolment, bool)
}

// Networked is a District that tells what network the laptop is on.
type Networked interface {
	// Network names the addresses the laptop has, "" for none. It is cheap.
	Network() string
}

// Pauses of the exchange (sync.md §3, decisions.md 13): a save goes after
// afterSave, a quiet laptop looks every everyTime give or take a fifth, a failure
// is tried again after a random part of a time that doubles.
const (
	afterSave  = 5 * time.Second
	everyTime  = 15 * time.Minute
	firstRetry = 2 * time.Second
	leastRetry = time.Second
	mostRetry  = time.Hour
)

// SyncTitle is what the exchange is called as slow work.
const SyncTitle = "正在同步"

// SettingLastSync is the setting that holds when the last exchange succeeded.
const SettingLastSync = "last_sync"

// Syncing runs the exchange with the district in the background and knows how
// it stands. It never asks and never blocks.
type Syncing struct {
	Why     error // why the last exchange failed, nil when it did not
	Outcome Outcome

	book     *Book
	replica  Replica
	district District
	run      Runner
	changed  func()
	chance   func() float64 // from 0 to 1: no two laptops knock at the same moment
	halt     func()         // ends the exchange under way; nil: none is
	begun    int            // changes that waited when it began
	stopped  bool
	again    bool      // saved while an exchange was under way
	barred   bool      // a person must act
	failed   int       // exchanges failed in a row
	next     time.Time // when the next one is due
	last     time.Time
	network  string
}

// NewSyncing looks at the store; the first exchange is due at once.
func NewSyncing(b *Book, d District, run Runner, changed func()) *Syncing {
	s := &Syncing{book: b, district: d, run: run, changed: changed, chance: rand.Float64, next: b.Now()}
	if b.Revoked() {
		s.barred, s.Why = true, BooksShut()
	}
	s.network = s.networkNow()
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
	case s.halt != nil:
		return Running
	case s.barred:
		return Barred
	case s.failed > 0:
		return Out
	case s.Waiting() > 0 && s.next.Sub(s.book.Now()) > afterSave:
		return Unsure
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
		return Mark{Coming, "正在同步"}, s.Sent()
	case Out:
		return Mark{Offline, "离线"}, waiting
	case Waiting:
		return Mark{Coming, "待同步"}, number(s.Waiting()) + " 项"
	case Unsure:
		return Mark{Soon, "区里没有确认"}, number(s.Waiting()) + " 项"
	case Barred:
		return Mark{Late, "不能同步"}, waiting
	}
	if n := s.Outcome.FilesLeft; n > 0 {
		return Mark{Soon, "附件待传"}, number(n) + " 个"
	}
	return Mark{Fine, "已同步"}, s.LastText()
}

// Sent tells how far the exchange under way is: 3/12 changes, "" when none had waited.
func (s *Syncing) Sent() string {
	if s.begun == 0 {
		return ""
	}
	return number(max(s.begun-s.Waiting(), 0)) + "/" + number(s.begun)
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
	if !s.Enrolled() || s.Rejoins() {
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

// Saved notes that something was saved: an exchange is due shortly. A failed one
// keeps its time, and is followed by another when something was saved meanwhile.
func (s *Syncing) Saved() {
	if s.halt != nil {
		s.again = true
		return
	}
	if due := s.book.Now().Add(afterSave); s.failed == 0 && s.Waiting() > 0 && due.Before(s.next) {
		s.next = due
	}
}

// Tick exchanges when it is due, or when the network came up.
func (s *Syncing) Tick() {
	if !s.Enrolled() || s.halt != nil {
		return
	}
	now := s.networkNow()
	arrived := now != s.network && now != ""
	s.network = now
	if !s.Rejoins() && (arrived || !s.book.Now().Before(s.next)) {
		s.Exchange()
	}
}

func (s *Syncing) networkNow() string {
	if d, ok := s.district.(Networked); ok {
		return d.Network()
	}
	return ""
}

// Exchange exchanges now.
func (s *Syncing) Exchange() {
	if s.halt != nil || !s.Enrolled() {
		return
	}
	mine, halt := context.WithCancel(context.Background())
	s.halt, s.again, s.begun = halt, false, s.Waiting()
	s.changed()
	var out Outcome
	s.run.Do(SyncTitle, func(ctx context.Context, _ Progress) (err error) {
		defer context.AfterFunc(ctx, halt)()
		out, err = s.district.Sync(mine, s.book.Store)
		return err
	}, func(err error) { s.finish(out, err) })
}

// Halt ends the exchange under way; what was answered stays, the rest goes the
// next time.
func (s *Syncing) Halt() {
	if s.halt != nil {
		s.halt()
	}
}

func (s *Syncing) finish(out Outcome, err error) {
	if s.stopped {
		return // the book was closed meanwhile
	}
	s.halt()
	s.halt = nil
	now := s.book.Now()
	if err == nil {
		s.last = now
		err = s.book.SetSetting(SettingLastSync, now.Format(time.DateTime))
	}
	s.Outcome, s.barred = out, needsPerson(err)
	switch {
	case err == nil, record.CodeOf(err) == upgradeRequired: // all that waited has gone up
		s.failed, s.Why = 0, err
		s.next = now.Add(s.part(everyTime*4/5, everyTime*6/5))
	case errors.Is(err, context.Canceled):
		s.failed, s.Why = 0, record.Wrap(err, "SYNC_STOPPED", "同步停下了。到时接着传，也可以现在重试；没有传完的改动都在本机。")
		s.next = now.Add(everyTime)
	default:
		s.Why = err
		s.next = now.Add(s.part(leastRetry, min(firstRetry<<min(s.failed, 11), mostRetry)))
		s.failed++
	}
	if s.again && s.failed == 0 {
		s.next = now.Add(afterSave)
	}
	s.changed()
}

// part returns a random time between two.
func (s *Syncing) part(least, most time.Duration) time.Duration {
	return least + time.Duration(float64(most-least)*s.chance())
}

// Stop ends a running exchange unheard: the book is being closed.
func (s *Syncing) Stop() {
	s.stopped = true
	s.Halt()
}
