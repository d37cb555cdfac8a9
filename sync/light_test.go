package sync

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"zhibu/storage/record"
)

func TestLight(t *testing.T) {
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	down := record.Refuse("DISTRICT_DOWN", "连不上。")
	revoked := record.Refuse("DEVICE_REVOKED", "停用了。")
	started := Light{}.Unlocked(at, 0).Started()
	idle := started.Ended(at, Outcome{}, nil, 0, 0.5)
	failed := started.Ended(at, Outcome{}, down, 2, 1)
	for _, c := range []struct {
		name  string
		light Light
		phase Phase
		next  time.Duration // after at; -1: never
		say   string
	}{
		{"new", Light{}.Locked(), Off, -1, "未同步"},
		{"unlocked", Light{}.Unlocked(at, 3), Waiting, 0, "马上同步，3 条待同步"},
		{"running", started, Running, 0, "正在同步"},
		{"through", idle, Idle, Poll, "已同步 09:00"},
		{"saved", idle.Saved(at, 1), Waiting, Debounce, "马上同步，1 条待同步"},
		{"saved again", idle.Saved(at, 1).Saved(at.Add(time.Second), 2), Waiting, Debounce + time.Second, "马上同步，2 条待同步"},
		{"saved while running", started.Saved(at, 1).Ended(at, Outcome{}, nil, 1, 0), Waiting, Debounce, "马上同步，1 条待同步"},
		{"down", failed, Offline, backoffLeast, "没有连上，2 条待同步，1 分钟内再试"},
		{"saved while down", failed.Saved(at, 3), Offline, backoffLeast, "没有连上，3 条待同步，1 分钟内再试"},
		{"network back", failed.Online(at), Waiting, 0, "马上同步，2 条待同步"},
		{"stopped", started.Ended(at, Outcome{}, fmt.Errorf("x: %w", context.Canceled), 1, 0), Waiting, Poll, "马上同步，1 条待同步"},
		{"revoked", started.Ended(at, Outcome{}, revoked, 1, 0), Refused, -1, "区里没有确认，1 条待同步，需要处理"},
		{"locked while running", started.Locked().Ended(at, Outcome{}, errors.New("x"), 1, 0), Off, -1, "未同步，1 条待同步"},
		{"unanswered", started.Ended(at, Outcome{}, nil, 4, 0.5), Idle, Poll, "区里没有确认 4 条"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := c.light
			if l.Phase != c.phase {
				t.Errorf("phase %s, want %s", l.Phase, c.phase)
			}
			if c.next < 0 != l.Next.IsZero() || c.next >= 0 && !l.Next.Equal(at.Add(c.next)) {
				t.Errorf("next %v, want %v later", l.Next, c.next)
			}
			if got := l.Say(at); got != c.say {
				t.Errorf("says %q, want %q", got, c.say)
			}
			due := c.next >= 0 && l.Phase != Running && l.Phase != Off
			if l.Due(at.Add(2*time.Hour)) != due {
				t.Errorf("due in two hours: %v", !due)
			}
		})
	}
}

func TestBackoffGrowsToAnHour(t *testing.T) {
	last := time.Duration(0)
	for tries := range 30 {
		d := backoff(tries, 1)
		if d < last || d > time.Hour {
			t.Errorf("try %d waits %v after %v", tries, d, last)
		}
		last = d
	}
	if last != time.Hour {
		t.Errorf("ends at %v", last)
	}
}
