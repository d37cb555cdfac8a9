package sync

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zhibu/storage/record"
)

// Phase is where background exchange stands.
type Phase string

// The phases. Offline and Refused differ in what helps: time, or a person.
const (
	Off     Phase = "off"     // no district, or locked
	Idle    Phase = "idle"    // all answered; the next look is planned
	Waiting Phase = "waiting" // something was saved; it goes in a moment
	Running Phase = "running"
	Offline Phase = "offline" // did not get through; tried again by itself
	Refused Phase = "refused" // the district does not let this laptop in
)

// The rhythm (decisions.md 13, sync.md §3): a save goes after Debounce, a quiet
// laptop looks every Poll give or take a fifth, a failure is tried again after a
// random part of a time that doubles from backoffLeast to backoffMost.
const (
	Debounce     = 5 * time.Second
	Poll         = 15 * time.Minute
	backoffLeast = 2 * time.Second
	backoffMost  = time.Hour
)

// Light is the state of background exchange as the status bar shows it. It is a
// value: each event returns the next state, nothing in it runs.
type Light struct {
	Phase   Phase
	Next    time.Time // when to exchange next; zero: not by itself
	Last    time.Time // end of the last exchange that got through
	Waiting int       // ops not answered yet
	Outcome Outcome   // of the last exchange
	Err     error     // why Offline or Refused
	tries   int
	again   bool // saved while running
}

// Unlocked starts the light: the first exchange is due at once.
func (l Light) Unlocked(now time.Time, waiting int) Light {
	return Light{Phase: Waiting, Next: now, Last: l.Last, Waiting: waiting}
}

// Locked stops it; what was typed waits on the disk.
func (l Light) Locked() Light { return Light{Phase: Off, Last: l.Last, Waiting: l.Waiting} }

// Saved notes a save. A running exchange is followed by another; a refused
// laptop stays refused.
func (l Light) Saved(now time.Time, waiting int) Light {
	l.Waiting = waiting
	switch l.Phase {
	case Idle:
		l.Phase, l.Next = Waiting, now.Add(Debounce)
	case Waiting:
		l.Next = now.Add(Debounce)
	case Running:
		l.again = true
	}
	return l
}

// Online notes that the network came up, or that a person asked: what waits for
// time goes now.
func (l Light) Online(now time.Time) Light {
	if l.Phase != Off && l.Phase != Running {
		l.Phase, l.Next, l.tries = Waiting, now, 0
	}
	return l
}

// Due reports whether an exchange should start.
func (l Light) Due(now time.Time) bool {
	return l.Phase != Off && l.Phase != Running && !l.Next.IsZero() && !now.Before(l.Next)
}

// Started notes that an exchange runs.
func (l Light) Started() Light {
	l.Phase, l.again, l.Err = Running, false, nil
	return l
}

// Ended notes how an exchange ended. chance is a random number from 0 to 1: no
// two laptops of a district knock at the same moment.
func (l Light) Ended(now time.Time, out Outcome, err error, waiting int, chance float64) Light {
	l.Outcome, l.Err, l.Waiting = out, err, waiting
	switch {
	case l.Phase == Off: // locked meanwhile
		l.Err = nil
		return l
	case err == nil:
		l.Phase, l.Last, l.tries = Idle, now, 0
		l.Next = now.Add(time.Duration(float64(Poll) * (0.8 + 0.4*chance)))
		if l.again {
			l.Phase, l.Next = Waiting, now.Add(Debounce)
		}
	case errors.Is(err, context.Canceled):
		l.Phase, l.Err, l.Next = Waiting, nil, now.Add(Poll)
	case needsPerson(err):
		l.Phase, l.Next = Refused, time.Time{}
	default:
		l.Phase = Offline
		l.Next = now.Add(backoff(l.tries, chance))
		l.tries++
	}
	l.again = false
	return l
}

// backoff is full jitter: anything up to a bound that doubles with every try.
func backoff(tries int, chance float64) time.Duration {
	bound := backoffMost
	if tries < 11 {
		bound = min(backoffMost, backoffLeast<<tries)
	}
	return max(time.Second, time.Duration(float64(bound)*chance))
}

// needsPerson reports whether trying again by itself cannot help.
func needsPerson(err error) bool {
	switch record.CodeOf(err) {
	case "DEVICE_REVOKED", "DEVICE_UNKNOWN", "PROOF_INVALID", "UPGRADE_REQUIRED", "DEVICE_FORKED", "PIN_MISSING", "PLAIN_HTTP",
		"SERVER_ADDRESS", "ENROLMENT_DAMAGED", "DISTRICT_VERSION", "RESET_UNSUPPORTED":
		return true
	}
	return false
}

// Say is the status line: what is, how much waits, when it goes on.
func (l Light) Say(now time.Time) string {
	waits := ""
	if l.Waiting > 0 {
		waits = fmt.Sprintf("，%d 条待同步", l.Waiting)
	}
	switch l.Phase {
	case Off:
		return "未同步" + waits
	case Running:
		return "正在同步" + waits
	case Waiting:
		return "马上同步" + waits
	case Offline:
		return "没有连上" + waits + "，" + until(l.Next.Sub(now)) + "再试"
	case Refused:
		return "区里没有确认" + waits + "，需要处理"
	}
	if l.Waiting > 0 {
		return fmt.Sprintf("区里没有确认 %d 条", l.Waiting)
	}
	return "已同步 " + l.Last.Format("15:04")
}

func until(d time.Duration) string {
	switch {
	case d <= time.Minute:
		return "1 分钟内"
	case d < time.Hour:
		return fmt.Sprintf("约 %d 分钟后", int(d.Minutes()+0.5))
	}
	return "约 1 小时后"
}
