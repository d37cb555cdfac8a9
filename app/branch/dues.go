package branch

import (
	"fmt"
	"maps"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// payers are the kinds of payers of dues (domain.md §4.1).
func payers() record.Choice {
	list := codes("SALARIED", "按月领工资", "ANNUAL", "年薪制", "SELF_EMPLOYED", "无固定工资（上季度月均净收入）", "RETIRED", "离退休",
		"FARMER", "农民", "STUDENT", "学生", "UNEMPLOYED", "下岗失业或领救济", "HARDSHIP", "困难减免")
	return record.Choice{Codes: also(also(list, "SALARIED", "在职"), "RETIRED", "退休")}
}

// Assessment is what one payer owes a month.
type Assessment struct {
	Fen      int64  // dues in fen
	BP       int64  // rate in ten-thousandths, 0 for a flat amount
	Proposed int64  // the usual ceiling when Fen lies above it, else Fen
	Say      string // how it was worked out
}

// Assess works out the monthly dues of a base in fen: the rate of the bracket
// applies to the whole base, rounded half up to the fen (党费规定, domain.md §4.1).
// An unknown kind of payer counts as salaried.
func Assess(payer string, base int64, set rules.Set) Assessment {
	p := payerIn(set, payer)
	if p.Flat > 0 {
		return Assessment{Fen: p.Flat, Proposed: p.Flat, Say: "按定额 " + yuan(p.Flat) + " 元（党费规定）。"}
	}
	a := Assessment{BP: rateOf(p, base)}
	a.Fen = roundDues(base*a.BP, set.Text("dues_rounding"))
	a.Proposed = a.Fen
	a.Say = fmt.Sprintf("基数 %s 元，比例 %s，全额计算（党费规定）。", yuan(base), percent(a.BP))
	if ceiling := int64(set.Int("dues_ceiling")) * 100; ceiling > 0 && a.Fen > ceiling {
		a.Proposed = ceiling
		a.Say += "每月一般不超过 " + yuan(ceiling) + " 元，多交自愿。"
	}
	return a
}

// rateOf returns the rate of the bracket a base falls into.
func rateOf(p rules.Payer, base int64) int64 {
	for _, b := range p.Brackets {
		if b.UpTo == 0 || base <= b.UpTo {
			return b.BP
		}
	}
	return 0
}

func payerIn(set rules.Set, kind string) rules.Payer {
	var salaried rules.Payer
	for _, p := range set.Dues {
		if p.Kind == kind {
			return p
		}
		if p.Kind == "SALARIED" {
			salaried = p
		}
	}
	return salaried
}

// roundDues rounds ten-thousandths of a fen half up, or up to jiao or yuan
// where a unit does so.
func roundDues(x int64, to string) int64 {
	fen := (x + 5000) / 10000
	switch to {
	case "JIAO":
		return (fen + 9) / 10 * 10
	case "YUAN":
		return (fen + 99) / 100 * 100
	}
	return fen
}

func yuan(fen int64) string { return fmt.Sprintf("%d.%02d", fen/100, fen%100) }

func percent(bp int64) string { return fmt.Sprintf("%d.%d%%", bp/100, bp%100/10) }

// Payers returns the codes of the kinds of payers, for commands.
func Payers() []record.Code { return payers().Codes }

// DuesID returns the id of a member's dues record of a year: the same on every
// laptop.
func DuesID(member string, year int) string {
	return derivedID(member, fmt.Sprintf("dues-%d", year))
}

// Month is a calendar month; Day of the date is 0.
func monthOf(d record.Date) record.Date { return record.Date{Year: d.Year, Month: d.Month} }

// DuesLine is one member's month.
type DuesLine struct {
	Member  record.Record
	Base    int64 // fen
	BP      int64
	Due     int64
	Paid    int64
	PaidOn  record.Date
	Method  string // code of the way of paying
	Settled bool   // paid in full or exempt
	Exempt  bool
	Unset   bool // the base has not been fixed yet: nothing is worked out
	Arrears int  // months unpaid in a row up to this month, 0 when settled
}

// DuesSheet is a month's sheet: who owes and who has paid (党费收缴明细表).
type DuesSheet struct {
	Month                   record.Date
	Lines                   []DuesLine // open ones first, each part by group and pinyin
	Due, Paid               int64
	Payers, Settled, Exempt int
	Handed                  bool // 已上解
}

// DuesMonth works out the sheet of a month (Day 0) in the books.
func DuesMonth(month record.Date, in record.Around) DuesSheet {
	return ReadLedger(in).Month(month)
}

// Pay returns the edit that records a payment of a month: the due amount is kept
// with it, so that later changes of the base or the rules do not touch it.
// Nothing is ever paid by somebody else's books: the member's own record changes.
func Pay(member record.Record, month record.Date, fen int64, on record.Date, method string, in record.Around) ([]record.Edit, []record.Complaint) {
	return ReadLedger(in).Pay(member, month, fen, on, method)
}

// Pay is the function Pay for any number of members.
func (l *Ledger) Pay(member record.Record, month record.Date, fen int64, on record.Date, method string) ([]record.Edit, []record.Complaint) {
	month = monthOf(month)
	said := payComplaints(member, month, on, l.in)
	if record.Blocking(said) {
		return nil, said
	}
	line := l.line(member, month)
	row := fmt.Sprintf("%02d", month.Month)
	set := record.Values{
		"member": member.ID, "year": itoa(month.Year),
		record.Path("month", row, "due"):     fmt.Sprint(line.Due),
		record.Path("month", row, "paid"):    fmt.Sprint(fen),
		record.Path("month", row, "paid_on"): on.String(),
		record.Path("month", row, "method"):  method,
		record.Path("month", row, "base"):    fmt.Sprint(line.Base),
	}
	if _, ok := l.record(member.ID, month.Year); !ok {
		maps.Copy(set, record.Values{"base": fmt.Sprint(line.Base), "rate_bp": fmt.Sprint(line.BP), "monthly": fmt.Sprint(line.Due), "payer": payerOf(member.Values)})
	}
	id := DuesID(member.ID, month.Year)
	if r, ok := l.record(member.ID, month.Year); ok {
		id = r.ID
	}
	return []record.Edit{{Kind: "dues", ID: id, Set: set}}, said
}

func payComplaints(member record.Record, month, on record.Date, in record.Around) []record.Complaint {
	name := member.Values["name"]
	var out []record.Complaint
	if Profile(in).Values["type"] == TypeProvisional {
		out = append(out, block("member", "DUES_PROVISIONAL", "临时党支部一般不收党费（支部条例8），请在党员原来的党支部缴。"))
	}
	if on.After(in.Today()) {
		out = append(out, block("paid_on", "DATE_FUTURE", "缴纳日期 "+on.String()+" 还没有到。"))
	}
	if start := duesFrom(member.Values); month.Before(start) {
		out = append(out, block("month", "DUES_EARLY", name+"从 "+start.String()+" 起缴党费（党费规定）。"))
	}
	if on.After(month.AddMonths(6)) {
		out = append(out, warn("paid_on", "DUES_BACKPAY", "补缴一般不超过六个月（党费规定），请核对月份。"))
	}
	return out
}

// duesFrom returns the first month a member owes here: the month of admission
// or arrival, or the one written down.
func duesFrom(v record.Values) record.Date {
	if from := dateIn(v, "from_month"); !from.IsZero() {
		return monthOf(from.First())
	}
	if arrived := arrivedOn(v); !arrived.IsZero() {
		return monthOf(arrived.First())
	}
	return record.Date{}
}

func payerOf(v record.Values) string {
	if v["payer"] == "" {
		return "SALARIED"
	}
	return v["payer"]
}

// HandOver returns the edit that records a month's hand-over to the superior
// (上解).
func HandOver(month record.Date, fen int64, on record.Date, receipt string, in record.Around) []record.Edit {
	row := monthOf(month).String()
	return []record.Edit{{Kind: "branch", ID: Profile(in).ID, Set: record.Values{
		record.Path("handover", row, "month"): row, record.Path("handover", row, "amount"): fmt.Sprint(fen),
		record.Path("handover", row, "date"): on.String(), record.Path("handover", row, "receipt"): receipt}}}
}
