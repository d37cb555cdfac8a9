package screen

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"zhibu/storage/record"
)

// Stage is where the program stands between start and work.
type Stage int

// The stages.
const (
	FirstRun Stage = iota // no data yet: the wizard
	Locked                // there is data, its keys are not in memory
	Unlocked              // work
)

// Session carries the program from the first start to work and back behind the
// lock. It owns the Book while unlocked.
type Session struct {
	Stage  Stage
	Wizard *Wizard
	Lock   *Lock
	Book   *Book // nil unless Unlocked
	Sync   *Syncing

	vault    Vault
	district District
	run      Runner
	now      func() time.Time
	undrawn  func(string) []rune
	touched  time.Time
	shut     bool // the books of a stopped laptop, as last looked
	trouble  error
	news     string
	mending  bool
	admitted admission // to the code handed in last, while it is not used up
	changed  func()
	keep     func() // stores drafts before locking
}

// Plant is what a session is built from.
type Plant struct {
	Vault    Vault
	District District // nil: no district can be reached
	Run      Runner
	Now      func() time.Time
	// Changed is called whenever Stage or what the stage shows changed.
	Changed func()
	// Undrawn is the books' own; see there.
	Undrawn func(text string) []rune
	// Keep stores open drafts; called before the keys are dropped.
	Keep func()
}

// NewSession starts at the wizard when the folder is empty, else locked.
func NewSession(p Plant) *Session {
	s := &Session{vault: p.Vault, district: p.District, run: p.Run, now: p.Now, changed: p.Changed, keep: p.Keep, undrawn: p.Undrawn,
		Stage: Locked, Lock: &Lock{}}
	if !p.Vault.Exists() {
		s.Stage = FirstRun
		s.Wizard = newWizard(s)
	}
	return s
}

// Now returns the machine's time.
func (s *Session) Now() time.Time { return s.now() }

// Unlock tries a passphrase.
func (s *Session) Unlock(passphrase string) {
	s.try(func() (Store, error) { return s.vault.Open(passphrase) })
}

// UnlockWithCode opens with the recovery code and sets a new passphrase.
func (s *Session) UnlockWithCode(code, passphrase string) {
	if ok, say := JudgePassphrase(passphrase); !ok {
		s.Lock.Say = "新密码" + say + "。"
		s.changed()
		return
	}
	s.try(func() (Store, error) { return s.vault.OpenWithCode(code, passphrase) })
}

func (s *Session) try(open func() (Store, error)) {
	if s.Lock.Busy || s.Lock.Wait(s.now()) > 0 {
		return
	}
	s.Lock.Busy, s.Lock.Say = true, ""
	s.changed()
	var store Store
	s.run.Do("正在解锁", func(context.Context, Progress) error {
		opened, err := open()
		store = opened
		return err
	}, func(err error) {
		s.Lock.Busy = false
		switch {
		case err == nil:
			s.enter(store)
		case record.CodeOf(err) == WrongPassphrase:
			s.Lock.Refused(s.now())
			s.changed()
		default:
			s.Lock.Say, s.Lock.Rescue = record.SayOf(err), s.rescue(record.CodeOf(err))
			s.changed()
		}
	})
}

// enter begins work on an opened store.
func (s *Session) enter(store Store) {
	s.Book = Open(store, s.now)
	s.Book.Undrawn = s.undrawn
	s.Sync = NewSyncing(s.Book, s.district, s.run, s.changed)
	s.Stage, s.Wizard, s.Lock = Unlocked, nil, &Lock{Branch: s.Book.BranchName()}
	s.touched, s.shut = s.now(), s.Book.Revoked()
	s.changed()
	s.dailyBackup()
}

// Touch notes that a person did something.
func (s *Session) Touch() { s.touched = s.now() }

// SettingAutoLock is the setting that holds the minutes without a touch before
// locking; "0" is never.
const SettingAutoLock = "auto_lock"

// AutoLock returns the minutes without a touch before locking, 0 for never.
func (b *Book) AutoLock() int {
	if n, err := strconv.Atoi(b.Setting(SettingAutoLock)); err == nil && n >= 0 {
		return n
	}
	return 10
}

// Tick is called every second: it locks when nobody touched the program for the
// minutes set, and lets the exchange with the district run when it is due.
func (s *Session) Tick() {
	if s.Stage != Unlocked {
		return
	}
	minutes := s.Book.AutoLock()
	if minutes > 0 && s.now().Sub(s.touched) >= time.Duration(minutes)*time.Minute {
		s.lock(fmt.Sprintf("%d 分钟没有操作，%s 自动锁定。没写完的内容已存入本机，解锁后接着写。", minutes, s.now().Format("15:04")))
		return
	}
	was := s.shut
	if s.shut = s.Book.Revoked(); s.shut && !was {
		s.lock(record.SayOf(BooksShut()))
		return
	}
	s.Sync.Tick()
	s.Mend()
}

// LockNow locks at once.
func (s *Session) LockNow() {
	if s.Stage == Unlocked {
		s.lock(s.now().Format("15:04") + " 手动锁定。没写完的内容已存入本机，解锁后接着写。")
	}
}

// lock stores drafts, drops the keys and shows the lock screen.
func (s *Session) lock(note string) {
	s.keep()
	lock := &Lock{Branch: s.Book.BranchName(), Note: note, Due: s.Book.DueNow()}
	s.Sync.Stop()
	if err := s.vault.Close(); err != nil {
		lock.Say = record.SayOf(err)
	}
	s.Book, s.Sync, s.Lock, s.Stage = nil, nil, lock, Locked
	s.changed()
}

// Close stores drafts and closes the file, as the window closes.
func (s *Session) Close() error {
	if s.Stage == Unlocked {
		s.keep()
		s.Sync.Stop()
	}
	return s.vault.Close()
}
