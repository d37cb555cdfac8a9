package branch

import "zhibu/storage/record"

// DuesYearLine is one member's year: what was due and paid by month, January
// first. Months that are not owed here are not Owed.
type DuesYearLine struct {
	Member    record.Record
	Months    [12]DuesLine
	Owed      [12]bool
	Due, Paid int64
	Behind    int // months owed and not settled up to today
}

// DuesYear works out the year grid of dues (F16b) up to the present month.
func DuesYear(year int, in record.Around) []DuesYearLine {
	l := ReadLedger(in)
	present := monthOf(in.Today())
	var out []DuesYearLine
	for _, m := range byName(append([]record.Record{}, l.members...)) {
		line := DuesYearLine{Member: m}
		for i := range line.Months {
			month := record.Date{Year: year, Month: i + 1}
			if month.After(present) || !l.owes(m, month) {
				continue
			}
			line.Owed[i], line.Months[i] = true, l.line(m, month)
			line.Due += line.Months[i].Due
			line.Paid += line.Months[i].Paid
			if !line.Months[i].Settled {
				line.Behind++
			}
		}
		if line.Owed != [12]bool{} {
			out = append(out, line)
		}
	}
	return out
}
