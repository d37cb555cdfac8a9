package screen

import (
	"fmt"
	"time"
)

// Lock is the lock screen: nothing personal, a count of what is due, and the
// bookkeeping of wrong passphrases.
type Lock struct {
	Branch string // name of the branch, "" before the first unlocking
	Note   string // why it is locked and what was kept
	Due    int    // things due today or overdue, as of locking
	Say    string // what to say about the last try, "" for nothing
	Busy   bool   // a try is being worked on
	Rescue *Rescue

	wrong int
	until time.Time
}

// Wrong tries before a wait, the first wait and the longest one.
const (
	freeTries = 5
	firstWait = time.Minute
	mostWait  = 30 * time.Minute
)

// Wait returns how long until the next try is allowed, 0 for now.
func (l *Lock) Wait(now time.Time) time.Duration { return max(0, l.until.Sub(now)) }

// Refused counts a wrong passphrase. After five in a row every further try waits,
// twice as long each time; nothing is ever destroyed.
func (l *Lock) Refused(now time.Time) {
	l.wrong++
	if left := freeTries - l.wrong; left > 0 {
		l.Say = fmt.Sprintf("密码不对。还可以试 %d 次，之后要等 1 分钟；数据不会因此删除。", left)
		return
	}
	wait := min(firstWait<<min(l.wrong-freeTries, 8), mostWait)
	l.until = now.Add(wait)
	l.Say = fmt.Sprintf("密码不对，已经错了 %d 次。请等 %d 分钟再试，或用恢复码解锁；数据不会因此删除。", l.wrong, int(wait.Minutes()))
}

// Countdown is the sentence shown while a wait runs, "" when none does.
func (l *Lock) Countdown(now time.Time) string {
	wait := l.Wait(now)
	if wait == 0 {
		return ""
	}
	s := int((wait + time.Second - 1) / time.Second)
	if s >= 60 {
		return fmt.Sprintf("还要等 %d 分 %02d 秒才能再试；数据不会因此删除。", s/60, s%60)
	}
	return fmt.Sprintf("还要等 %d 秒才能再试；数据不会因此删除。", s)
}

// DueSentence is the one line that tells of what is due without naming anyone.
func (l *Lock) DueSentence() string {
	if l.Due == 0 {
		return "锁定时不显示任何党员信息。"
	}
	return fmt.Sprintf("锁定时不显示任何党员信息。有 %d 件事今天到期或已经逾期。", l.Due)
}
