package branch

import (
	"cmp"

	"zhibu/storage/record"
)

// statisticsDue is the day by which a year's statistics, as of its 31 December, are
// reported: 31 January of the next year (domain.md, reminder 28).
func statisticsDue(year int) record.Date { return record.Date{Year: year + 1, Month: 1, Day: 31} }

// ClosedYear returns the year that a record is of and the day from which it is
// closed, the one after its statistics were due; closed tells whether that day has
// come. A record is of the year of its date, or of its last day: of a demand when it
// was closed, of a liaison when it ended. What goes on from year to year has neither
// field, nor have dues, whose arrears are paid later, and meetings, which are locked
// when they are finalised and not before.
func ClosedYear(r record.Record, in record.Around) (year int, from record.Date, closed bool) {
	year = dayOf(cmp.Or(r.Values["date"], r.Values["closed_on"], r.Values["to"])).Year
	from = statisticsDue(year).AddDays(1)
	return year, from, year > 0 && !in.Today().Before(from)
}
