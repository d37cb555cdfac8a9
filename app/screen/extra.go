package screen

import (
	"strconv"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

func number(n int) string { return strconv.Itoa(n) }

// extraColumn is a column that no single field holds.
type extraColumn struct {
	Column
	after    string // name of the column it follows
	replaces string // name of the column it stands for, "" for none
}

// extraColumns returns the columns only this kind has.
func extraColumns(b *Book, kind string) []extraColumn {
	if kind == "member" {
		return memberColumns(b)
	}
	return nil
}

func memberColumns(b *Book) []extraColumn {
	tally := attendanceOf(b, b.Today().Year)
	return []extraColumn{
		{after: "gender", replaces: "birth", Column: Column{Name: "+age", Label: "年龄", Priority: 8, Right: true,
			text: func(r record.Record) Mark { return Mark{Say: ageText(r, b.Today())} }}},
		{after: "employer", Column: Column{Name: "+attended", Label: "本年到会", Priority: 7, Right: true,
			text: func(r record.Record) Mark { return Mark{Say: tally[r.ID].String()} }}},
		{after: "+attended", Column: Column{Name: "+dues", Label: "党费缴至", Priority: 5, text: duesTo(b)}},
	}
}

// duesTo returns up to which month each member has paid; behind the month that
// is due it is marked.
func duesTo(b *Book) func(record.Record) Mark {
	ledger := branch.ReadLedger(b)
	return func(r record.Record) Mark {
		today := b.Today()
		due := record.Date{Year: today.Year, Month: today.Month}
		to := ledger.PaidTo(r, today)
		switch {
		case to.IsZero():
			return Mark{}
		case to.Before(due.AddMonths(-1)):
			return Mark{Late, to.String()}
		case to.Before(due):
			return Mark{Soon, to.String()}
		}
		return Mark{Say: to.String()}
	}
}

// Owing says how many months of dues the current member owes, nothing for one who
// owes none and for other kinds.
func (l *List) Owing() []Mark {
	row, column := l.Place(), l.column("+dues")
	if row < 0 || column < 0 {
		return nil
	}
	m := l.Cell(row, column)
	if m.Tone == Plain {
		return nil
	}
	today, to := l.book.Today(), record.ReadDate(m.Say)
	m.Say = "党费欠 " + number(12*(today.Year-to.Year)+today.Month-to.Month) + " 个月"
	return []Mark{m}
}

func ageText(r record.Record, today record.Date) string {
	if age, ok := branch.Age(record.ReadDate(r.Values["birth"]), today); ok {
		return number(age)
	}
	return ""
}

// tally counts the meetings a person was expected at and came to.
type tally struct{ came, expected int }

// String returns "28/31", "" when never expected.
func (t tally) String() string {
	if t.expected == 0 {
		return ""
	}
	return number(t.came) + "/" + number(t.expected)
}

// attendanceOf counts attendance at the meetings of a year by member id.
func attendanceOf(b *Book, year int) map[string]tally {
	out := map[string]tally{}
	prefix := number(year)
	for _, m := range b.All("meeting") {
		start := m.Values["start"]
		if len(start) < 4 || start[:4] != prefix {
			continue
		}
		for path, state := range m.Values {
			table, id, column := record.SplitPath(path)
			if table != "attendance" || column != "state" {
				continue
			}
			t := out[id]
			switch state {
			case branch.Present:
				t.came++
				t.expected++
			case branch.Leave, branch.Absent:
				t.expected++
			}
			out[id] = t
		}
	}
	return out
}

// Unit is the counting word of the kind.
func (l *List) Unit() string {
	switch l.Kind.Name {
	case "member", "pool":
		return "人"
	case "meeting":
		return "次"
	}
	return "条"
}
