package screen

import (
	"cmp"
	"fmt"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Dues is the page 党费收缴 (picture l): twelve months, and the sheet of one of
// them, the open ones first. Enter takes the due amount and goes down.
type Dues struct {
	book   *Book
	year   int
	month  int
	months [12]DuesMonth
	ledger *branch.Ledger // as of the last Refresh
	sheet  branch.DuesSheet
	places map[string]int // member → line of the sheet
	ticked map[string]bool
	typed  map[string]DuesTyped // by member: what stands in the open cells
	dirty  bool                 // typed since the last Keep
	barred bool                 // this laptop may only look
}

// DuesMonth is one cell of the year.
type DuesMonth struct {
	Month int
	Sum   string // 2,916.80, "—" for a month to come
	Mark  Mark   // 已上解, 欠 1 人, 收缴中
}

// DuesTyped is what a person typed into an open line.
type DuesTyped struct{ Paid, On, Method string }

// DuesRow is one line of the sheet as it is shown.
type DuesRow struct {
	Member             string // id
	Name, Group        string
	Base, Rate, Due    string
	Paid, Day, Method  string
	State              Mark
	Sync               Mark // where it stands with the district, nothing when 已同步
	Open, Ticked, Free bool // Free: exempt
	Wrong              string
}

// NewDues opens the page on the present month.
func NewDues(b *Book) *Dues {
	d := &Dues{book: b, year: b.Today().Year, month: b.Today().Month, ticked: map[string]bool{}, typed: map[string]DuesTyped{}}
	d.Refresh()
	d.takeDraft()
	return d
}

// Refresh reads the books anew; what was typed stays.
func (d *Dues) Refresh() {
	d.ledger, d.barred = branch.ReadLedger(d.book), d.book.Barred("dues") != nil
	for i := range d.months {
		d.months[i] = d.ofMonth(i + 1)
	}
	d.sheet, d.places = d.ledger.Month(record.Date{Year: d.year, Month: d.month}), map[string]int{}
	for i, l := range d.sheet.Lines {
		d.places[l.Member.ID] = i
	}
	for id := range d.ticked {
		if i := d.place(id); i < 0 || d.sheet.Lines[i].Settled {
			delete(d.ticked, id)
			delete(d.typed, id)
		}
	}
}

func (d *Dues) ofMonth(month int) DuesMonth {
	out := DuesMonth{Month: month, Sum: "—"}
	m, today := record.Date{Year: d.year, Month: month}, d.book.Today()
	if m.First().After(today) {
		return out
	}
	s := d.ledger.Totals(m)
	out.Sum = grouped(s.Paid)
	switch {
	case s.Handed:
		out.Mark = Mark{Fine, "已上解"}
	case month == today.Month && d.year == today.Year:
		out.Mark = Mark{Soon, "收缴中"}
	case s.Open() > 0:
		out.Mark = Mark{Late, fmt.Sprintf("欠 %d 人", s.Open())}
	default:
		out.Mark = Mark{Coming, "已收齐"}
	}
	return out
}

// grouped shows fen as yuan with thousands marked: 2,916.80.
func grouped(fen int64) string {
	whole, rest, _ := strings.Cut(record.Money{}.Format(fmt.Sprint(fen)), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return whole + "." + rest
}

// Year returns the year shown.
func (d *Dues) Year() int { return d.year }

// Month returns the month shown, 1 to 12.
func (d *Dues) Month() int { return d.month }

// Months returns the twelve cells of the year.
func (d *Dues) Months() [12]DuesMonth { return d.months }

// Show shows another month; what was typed in the old one and not stored goes.
func (d *Dues) Show(year, month int) {
	d.year, d.month = year, min(max(month, 1), 12)
	clear(d.ticked)
	clear(d.typed)
	d.Refresh()
	d.takeDraft()
}

// place returns the line of a member on the sheet, -1 for none.
func (d *Dues) place(member string) int {
	if i, ok := d.places[member]; ok {
		return i
	}
	return -1
}

// Rows returns the lines of the sheet.
func (d *Dues) Rows() []DuesRow {
	rows := make([]DuesRow, len(d.sheet.Lines))
	for i, l := range d.sheet.Lines {
		rows[i] = d.row(l)
	}
	return rows
}

func (d *Dues) row(l branch.DuesLine) DuesRow {
	row := DuesRow{Member: l.Member.ID, Name: d.book.Title(l.Member), Group: l.Member.Values["group"], Base: wholeYuan(l.Base), Rate: rate(l.BP), Due: yuan(l.Due),
		Open: !l.Settled && !d.barred, Ticked: d.ticked[l.Member.ID], Free: l.Exempt}
	year, _ := d.book.Get("dues", branch.DuesID(l.Member.ID, d.year))
	row.Sync = unsettled(year.State)
	switch {
	case l.Exempt:
		row.State = Mark{Neutral, "免交"}
	case l.Settled:
		row.Paid, row.Day, row.Method = yuan(l.Paid), ShortDay(l.PaidOn.String(), d.book.Today()), d.method(l.Method)
		row.State = Mark{Fine, "已缴"}
	case l.Arrears >= 2:
		row.State = Mark{Late, fmt.Sprintf("欠 %d 个月", l.Arrears)}
	default:
		row.State = Mark{Soon, "未缴"}
	}
	if t, ok := d.typed[l.Member.ID]; ok && row.Open {
		row.Paid, row.Day, row.Method = t.Paid, t.On, t.Method
		_, row.Wrong = d.read(l, t)
	}
	return row
}

func yuan(fen int64) string { return record.Money{}.Format(fmt.Sprint(fen)) }

// wholeYuan shows a base without its fen where it has none: 4,800.
func wholeYuan(fen int64) string { return strings.TrimSuffix(grouped(fen), ".00") }

func rate(bp int64) string {
	if bp == 0 {
		return "定额"
	}
	return fmt.Sprintf("%d.%d%%", bp/100, bp%100/10)
}

func (d *Dues) method(code string) string {
	k, err := d.book.Kind("dues")
	if err != nil {
		return code
	}
	f, _ := k.Field(record.Path("month", "01", "method"))
	return f.Format(code)
}

// Methods returns the ways of paying.
func (d *Dues) Methods() []string {
	k, err := d.book.Kind("dues")
	if err != nil {
		return nil
	}
	f, _ := k.Field(record.Path("month", "01", "method"))
	return labelsOf(f.Type)
}

// Type takes the cells of an open line as they now stand; a line with an amount
// is ticked.
func (d *Dues) Type(member string, t DuesTyped) {
	if i := d.place(member); i < 0 || d.sheet.Lines[i].Settled {
		return
	}
	d.typed[member], d.dirty = t, true
	if t.Paid != "" {
		d.ticked[member] = true
	} else {
		delete(d.ticked, member)
	}
}

// Typed returns the cells of a line as typed; false for a line nobody touched.
func (d *Dues) Typed(member string) (DuesTyped, bool) {
	t, ok := d.typed[member]
	return t, ok
}

// Fill puts the due amount, today and the usual way into the empty cells of an open
// line.
func (d *Dues) Fill(member string) {
	if i := d.place(member); i >= 0 && !d.sheet.Lines[i].Settled {
		t, today := d.typed[member], d.book.Today()
		d.typed[member] = DuesTyped{Paid: cmp.Or(t.Paid, yuan(d.sheet.Lines[i].Due)), On: cmp.Or(t.On, ShortDay(today.String(), today)), Method: cmp.Or(t.Method, d.usual(member))}
	}
}

// usual is how a member paid the last time, else the first way of the list.
func (d *Dues) usual(member string) string {
	for back := 1; back <= 12; back++ {
		m := record.Date{Year: d.year, Month: d.month}.AddMonths(-back)
		if r, ok := d.book.Get("dues", branch.DuesID(member, m.Year)); ok {
			if code := r.Values[record.Path("month", fmt.Sprintf("%02d", m.Month), "method")]; code != "" {
				return d.method(code)
			}
		}
	}
	if methods := d.Methods(); len(methods) > 0 {
		return methods[0]
	}
	return ""
}

// Tick ticks or unticks an open line; ticked, it is filled.
func (d *Dues) Tick(member string) {
	if d.ticked[member] {
		delete(d.ticked, member)
		delete(d.typed, member)
		d.dirty = true
		return
	}
	if i := d.place(member); i >= 0 && !d.sheet.Lines[i].Settled && !d.barred {
		d.ticked[member], d.dirty = true, true
		d.Fill(member)
	}
}

// TickAll ticks every open line, or unticks all when they are.
func (d *Dues) TickAll() {
	open := 0
	for _, l := range d.sheet.Lines {
		if !l.Settled {
			open++
		}
	}
	all := open == len(d.ticked)
	for _, l := range d.sheet.Lines {
		if !l.Settled && d.ticked[l.Member.ID] == all {
			d.Tick(l.Member.ID)
		}
	}
}

// Ticked returns how many lines are ticked.
func (d *Dues) Ticked() int { return len(d.ticked) }
