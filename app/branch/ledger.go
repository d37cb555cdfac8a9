package branch

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Ledger is the dues of the branch as the books stood when it was read: whoever
// asks about many members or months reads it once. It does not follow changes.
type Ledger struct {
	in      record.Around
	rules   func(record.Date) rules.Set
	dues    map[string]map[int]record.Record // member → year → record
	handed  map[string]bool                  // month → handed over
	since   record.Date                      // first month anybody has paid for in these books
	members []record.Record
}

// ReadLedger reads the dues in one pass over the books.
func ReadLedger(in record.Around) *Ledger {
	l := &Ledger{in: in, rules: ruleBook(in), dues: map[string]map[int]record.Record{}, handed: map[string]bool{}, members: in.All("member")}
	for _, r := range in.All("dues") {
		member, year := r.Values["member"], record.Int(r.Values["year"])
		if l.dues[member] == nil {
			l.dues[member] = map[int]record.Record{}
		}
		if old, ok := l.dues[member][year]; !ok || r.ID < old.ID {
			l.dues[member][year] = r
		}
		l.begin(r, year)
	}
	for _, row := range Profile(in).Rows("handover") {
		l.handed[row.Values["month"]] = row.Values["date"] != ""
	}
	return l
}

// begin moves the start of the books back to the first month paid in r.
func (l *Ledger) begin(r record.Record, year int) {
	for month := 1; month <= 12; month++ {
		m := record.Date{Year: year, Month: month}
		if !l.since.IsZero() && !m.Before(l.since) {
			return
		}
		if r.Values[cellsOf(month).paid] != "" {
			l.since = m
			return
		}
	}
}

func (l *Ledger) record(member string, year int) (record.Record, bool) {
	r, ok := l.dues[member][year]
	return r, ok
}

// owes reports whether a member owes dues here for a month: on the roster at
// its end, from the month of arrival or admission on, and not suspended then.
func (l *Ledger) owes(m record.Record, month record.Date) bool {
	start := duesFrom(m.Values)
	return !month.Before(start) && InRoster(m, month.Last()) && !suspendedOn(m, month.First())
}

// line works out one member's month. What was kept with a payment stands; what
// is open is computed from the year's record, else the member's base.
func (l *Ledger) line(m record.Record, month record.Date) DuesLine {
	year, _ := l.record(m.ID, month.Year)
	cells := cellsOf(month.Month)
	cell := func(path string) string { return year.Values[path] }
	line := DuesLine{Member: m, Base: record.Fen(m.Values["base_fen"]), Method: cell(cells.method), Paid: record.Fen(cell(cells.paid)), PaidOn: record.ReadDate(cell(cells.paidOn))}
	if base := year.Values["base"]; base != "" {
		line.Base = record.Fen(base)
	}
	own := cell(cells.base)
	if own != "" {
		line.Base = record.Fen(own)
	}
	set := l.rules(month.First())
	line.BP = rateOf(payerIn(set, payerOf(m.Values)), line.Base)
	switch kept := cell(cells.due); {
	case kept != "":
		line.Due = record.Fen(kept)
	case year.Values["monthly"] != "" && own == "":
		line.Due = record.Fen(year.Values["monthly"])
	case m.Values["monthly_fen"] != "" && own == "":
		line.Due = record.Fen(m.Values["monthly_fen"])
	default:
		line.Due = Assess(payerOf(m.Values), line.Base, set).Proposed
	}
	line.Unset = line.Base == 0 && payerIn(set, payerOf(m.Values)).Flat == 0
	line.Exempt = m.Values["dues_exempt"] == Yes || year.Values["exempt"] == Yes
	if line.Exempt {
		line.Due = 0
	}
	line.Settled = line.Exempt || cell(cells.paid) != "" && line.Paid >= line.Due
	return line
}

// monthCells are the paths of one month's row, made once: the ledger looks up
// hundreds of thousands of them.
type monthCells struct{ base, due, paid, paidOn, method string }

var allCells = sync.OnceValue(func() (out [13]monthCells) {
	for i := range out {
		path := func(column string) string { return record.Path("month", twoDigits(i), column) }
		out[i] = monthCells{path("base"), path("due"), path("paid"), path("paid_on"), path("method")}
	}
	return out
})

func cellsOf(month int) monthCells { return allCells()[month] }

func twoDigits(n int) string { return fmt.Sprintf("%02d", n) }

// arrears counts the months in a row, up to and including month, that a member
// has not paid. It looks back two years at most, and no further than the month
// written down for the member or, without one, than the books go: what was paid
// before they were begun is not known.
func (l *Ledger) arrears(m record.Record, month record.Date) int {
	start := l.since
	if from := dateIn(m.Values, "from_month"); !from.IsZero() {
		start = monthOf(from.First())
	}
	n := 0
	for n < 24 && !start.IsZero() && !month.Before(start) && l.owes(m, month) && !l.settled(m, month) {
		n++
		month = month.AddMonths(-1)
	}
	return n
}

// settled is line().Settled without working out the rest.
func (l *Ledger) settled(m record.Record, month record.Date) bool {
	year, ok := l.record(m.ID, month.Year)
	if m.Values["dues_exempt"] == Yes || ok && year.Values["exempt"] == Yes {
		return true
	}
	if !ok || year.Values[cellsOf(month.Month).paid] == "" {
		return false
	}
	return l.line(m, month).Settled
}

// Month works out the sheet of a month.
func (l *Ledger) Month(month record.Date) DuesSheet {
	month = monthOf(month)
	s := DuesSheet{Month: month, Handed: l.handed[month.String()]}
	for _, m := range l.members {
		if !l.owes(m, month) {
			continue
		}
		line := l.line(m, month)
		if !line.Settled {
			line.Arrears = l.arrears(m, month)
		}
		s.add(line)
	}
	s.sort(groupOrder(l.in, month.Last()))
	return s
}

// Totals is Month without its lines.
func (l *Ledger) Totals(month record.Date) DuesSheet {
	month = monthOf(month)
	s := DuesSheet{Month: month, Handed: l.handed[month.String()]}
	for _, m := range l.members {
		if l.owes(m, month) {
			s.count(l.line(m, month))
		}
	}
	return s
}

func (s *DuesSheet) add(line DuesLine) {
	s.Lines = append(s.Lines, line)
	s.count(line)
}

func (s *DuesSheet) count(line DuesLine) {
	s.Due += line.Due
	s.Paid += line.Paid
	s.Payers++
	if line.Settled {
		s.Settled++
	}
	if line.Exempt {
		s.Exempt++
	}
}

// Open returns how many have not paid in full.
func (s DuesSheet) Open() int { return s.Payers - s.Settled }

func (s *DuesSheet) sort(order map[string]int) {
	keys := map[string]string{}
	for _, l := range s.Lines {
		v := l.Member.Values
		keys[l.Member.ID] = fmt.Sprintf("%v%03d", l.Settled, order[v["group"]]) + SortKey(v["name"]) + l.Member.ID
	}
	slices.SortFunc(s.Lines, func(a, b DuesLine) int { return cmp.Compare(keys[a.Member.ID], keys[b.Member.ID]) })
}

// groupOrder numbers the groups from 1 in their order; others come last.
func groupOrder(in record.Around, on record.Date) map[string]int {
	out := map[string]int{}
	for i, g := range GroupsOn(in, on) {
		out[g.Name] = i + 1
	}
	return out
}

// Arrears is a member with the months in a row that are not paid.
type Arrears struct {
	Member record.Record
	Months int
}

// ArrearsOn returns who has not paid for at least one full month before the
// month of a day, most months first. Six months without a reason count as
// leaving the party (党费规定, 党章9).
func ArrearsOn(on record.Date, in record.Around) []Arrears {
	l := ReadLedger(in)
	var out []Arrears
	for _, m := range l.members {
		if n := l.arrears(m, monthOf(on).AddMonths(-1)); n > 0 {
			out = append(out, Arrears{m, n})
		}
	}
	slices.SortFunc(out, func(a, b Arrears) int {
		return cmp.Or(b.Months-a.Months, cmp.Compare(SortKey(a.Member.Values["name"]), SortKey(b.Member.Values["name"])))
	})
	return out
}

// PaidTo returns the last month up to which a member has paid without a gap; the
// zero date when nothing is paid. It starts at the month of admission or arrival,
// or at the first payment in the books when that lies further back.
func (l *Ledger) PaidTo(m record.Record, on record.Date) record.Date {
	month := monthOf(on)
	var paid record.Date
	start := duesFrom(m.Values)
	begun := !start.IsZero() && !start.Before(month.AddMonths(-24))
	for at := later(start, month.AddMonths(-24)); !at.After(month); at = at.AddMonths(1) {
		switch {
		case l.owes(m, at) && l.settled(m, at):
			paid, begun = at, true
		case begun:
			return paid
		}
	}
	return paid
}
