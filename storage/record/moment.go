package record

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Moment is a local date and time to the minute, e.g. when a meeting began. Old
// lists often hold the day only: then the value is the day ("2026-11-20") and
// the time stays unknown; none is invented.
type Moment struct{}

// Name implements Type.
func (Moment) Name() string { return "time" }

const momentLayout = "2006-01-02 15:04"

var (
	momentForm = regexp.MustCompile(`^(.+?)[T日\s]\s*(\d{1,2})[:时点](\d{1,2})?分?(?::\d{2})?$`)
	momentTail = regexp.MustCompile(`^(\d{8})\s?(\d{2})(\d{2})$`)
)

// Parse reads 2026-11-20 14:00, 2026年11月20日14时30分, 20261120 1400 and alike.
func (Moment) Parse(typed string) (string, error) {
	s := strings.TrimSpace(Halfwidth(clean(typed)))
	m := momentTail.FindStringSubmatch(s)
	if m == nil {
		m = momentForm.FindStringSubmatch(s)
	}
	if d, err := ParseDate(s); m == nil && err == nil && d.Exact() {
		return d.String(), nil
	}
	if m == nil {
		return "", Refuse("TIME_FORMAT", "时间看不懂。请写成 2026-11-20 14:00。")
	}
	d, err := ParseDate(m[1])
	if err != nil {
		return "", err
	}
	hour, _ := strconv.Atoi(m[2]) // digits by the pattern
	minute, _ := strconv.Atoi("0" + m[3])
	if !d.Exact() || hour > 23 || minute > 59 {
		return "", Refuse("TIME_INVALID", "没有这个时间。请写成 2026-11-20 14:00，24 小时制。")
	}
	return fmt.Sprintf("%s %02d:%02d", d, hour, minute), nil
}

// Format implements Type.
func (Moment) Format(value string) string { return value }

// Samples implements Type.
func (Moment) Samples() []string {
	return []string{"2026-11-20 14:00", "2026年11月20日 14时30分", "2026年11月20日14时", "20261120 1400", "2026/11/20 9:05", "2026年11月20日"}
}

// ReadMoment reads a canonical moment, a day without a time as its midnight;
// anything else gives the zero time.
func ReadMoment(value string) time.Time {
	for _, layout := range []string{momentLayout, time.DateOnly} {
		if t, err := time.Parse(layout, value); err == nil {
			return t
		}
	}
	return time.Time{}
}

// MomentText returns the canonical text of t in its own zone.
func MomentText(t time.Time) string { return t.Format(momentLayout) }

// Now is the clock of a program: the machine's, or the time at which a canonical
// moment makes it stand, which pictures and tests set.
func Now(fixed string) time.Time {
	if t := ReadMoment(fixed); !t.IsZero() {
		return t
	}
	return time.Now()
}
