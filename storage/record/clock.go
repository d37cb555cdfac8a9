package record

import "time"

// Stamp is a hybrid logical time: 48 bits Unix milliseconds, 16 bits counter.
// Stamps are compared as numbers.
type Stamp uint64

// MakeStamp builds a stamp from Unix milliseconds and a counter.
func MakeStamp(ms int64, counter uint16) Stamp {
	if ms < 0 {
		ms = 0
	}
	return Stamp(uint64(ms)<<16 | uint64(counter))
}

// Millis returns the physical part, Unix milliseconds.
func (s Stamp) Millis() int64 { return int64(s >> 16) }

// Time returns the physical part as local time.
func (s Stamp) Time() time.Time { return time.UnixMilli(s.Millis()) }

// Bound is how far ahead of our clock a received stamp may lie before it is
// kept but not followed (sync.md §5).
const Bound = 10 * time.Minute

// Clock is a hybrid logical clock (Kulkarni et al., 2014). The zero value is
// ready; Last is stored in the transaction that uses the stamp.
type Clock struct{ Last Stamp }

// Tick returns the stamp of a new local event: later than every stamp ticked or
// observed, and not before now. A full counter steps the millisecond.
func (c *Clock) Tick(now time.Time) Stamp {
	c.Last = max(MakeStamp(now.UnixMilli(), 0), c.Last+1)
	return c.Last
}

// Observe follows a received stamp, unless it lies more than Bound ahead of now.
func (c *Clock) Observe(s Stamp, now time.Time) {
	if s.Millis() <= now.Add(Bound).UnixMilli() {
		c.Last = max(c.Last, s)
	}
}
