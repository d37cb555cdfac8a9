package branch

import "zhibu/storage/record"

// Tenure is how long a person has been a full member (党龄). About is set when
// the date of conversion is known only to the month or year; it then counts from
// its last day (decisions.md 5) and is shown 约.
type Tenure struct {
	Months int // full months, never negative
	About  bool
}

// Years returns the full years.
func (t Tenure) Years() int { return t.Months / 12 }

// Standing returns the party standing on a day of someone converted on the given
// date: it counts from the conversion (细则34), corrected by adjustMonths
// (党龄校正值). Probationers have no such date and no standing.
func Standing(converted record.Date, adjustMonths int, on record.Date) Tenure {
	if converted.IsZero() || on.IsZero() {
		return Tenure{}
	}
	months := fullMonths(converted.Last(), on.First()) + adjustMonths
	return Tenure{Months: max(0, months), About: !converted.Exact()}
}

// fullMonths returns how many whole months lie between two days, by the
// clamped month arithmetic of domain.md §1.3; negative when to lies before from.
func fullMonths(from, to record.Date) int {
	n := (to.Year-from.Year)*12 + to.Month - from.Month
	if from.AddMonths(n).After(to) {
		n--
	}
	return n
}

// Age returns the completed years of someone born on birth; ok is false when
// the birth date is unknown. With less than day precision it is the smaller of
// the possible ages.
func Age(birth, on record.Date) (years int, ok bool) {
	if birth.IsZero() || on.IsZero() {
		return 0, false
	}
	return floorDiv(fullMonths(birth.Last(), on.First()), 12), true
}

func floorDiv(a, b int) int {
	if a < 0 {
		return (a - b + 1) / b
	}
	return a / b
}

// dateIn returns the date at path, zero when empty or unreadable.
func dateIn(v record.Values, path string) record.Date { return dayOf(v[path]) }

// dayOf reads the civil date of a canonical date or moment.
func dayOf(value string) record.Date {
	if len(value) > 10 {
		value = value[:10]
	}
	return record.ReadDate(value)
}
