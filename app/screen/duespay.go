package screen

import (
	"fmt"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// payment is what a typed line says.
type payment struct {
	fen    int64
	on     record.Date
	method string
}

// read reads a typed line; the sentence says what is wrong with it.
func (d *Dues) read(l branch.DuesLine, t DuesTyped) (payment, string) {
	var p payment
	value, err := record.Money{}.Parse(t.Paid)
	if err != nil {
		return p, record.SayOf(err)
	}
	p.fen = record.Fen(value)
	if p.on, err = record.ParseDate(record.ExpandDate(t.On, d.book.Today())); err != nil {
		return p, record.SayOf(err)
	}
	k, err := d.book.Kind("dues")
	if err != nil {
		return p, record.SayOf(err)
	}
	f, _ := k.Field(record.Path("month", "01", "method"))
	if p.method, err = f.Parse(t.Method); err != nil {
		return p, record.SayOf(err)
	}
	_, complaints := d.ledger.Pay(l.Member, d.sheet.Month, p.fen, p.on, p.method)
	for _, c := range complaints {
		if c.Severity == record.Block {
			return p, c.Say
		}
	}
	return p, ""
}

// Pay stores one line: what was typed, or the due amount where nothing was.
func (d *Dues) Pay(member string) (Done, error) {
	i := d.place(member)
	if i < 0 || d.sheet.Lines[i].Settled {
		return Done{}, nil
	}
	if _, typed := d.typed[member]; !typed {
		d.Fill(member)
	}
	name := d.book.Title(d.sheet.Lines[i].Member)
	return d.pay([]string{member}, fmt.Sprintf("已登记%s %d 月党费", name, d.month))
}

// PayTicked stores every ticked line in one transaction.
func (d *Dues) PayTicked() (Done, error) {
	var members []string
	for _, l := range d.sheet.Lines {
		if d.ticked[l.Member.ID] {
			members = append(members, l.Member.ID)
		}
	}
	if len(members) == 0 {
		return Done{}, record.Refuse("DUES_NOBODY", "还没有勾人。请先勾上已经缴了的人；没有登记。")
	}
	return d.pay(members, fmt.Sprintf("已登记 %d 人 %d 月党费", len(members), d.month))
}

func (d *Dues) pay(members []string, say string) (Done, error) {
	var edits []record.Edit
	batch := NewRow()
	for _, id := range members {
		l := d.sheet.Lines[d.place(id)]
		p, wrong := d.read(l, d.typed[id])
		if wrong != "" {
			return Done{}, record.Refuse("DUES_LINE", d.book.Title(l.Member)+"："+wrong)
		}
		more, _ := d.ledger.Pay(l.Member, d.sheet.Month, p.fen, p.on, p.method)
		for _, e := range more {
			e.Batch = batch
			edits = append(edits, e)
		}
	}
	done, err := d.book.act(say, edits, nil)
	if err != nil {
		return done, err
	}
	for _, id := range members {
		delete(d.ticked, id)
		delete(d.typed, id)
	}
	d.dirty = true
	d.Refresh()
	return done, d.Keep()
}

// HandOver stores the month's hand-over to the superior (登记上解).
func (d *Dues) HandOver(amount, day, receipt string) (Done, error) {
	value, err := record.Money{}.Parse(amount)
	if err != nil {
		return Done{}, err
	}
	on, err := record.ParseDate(record.ExpandDate(day, d.book.Today()))
	if err != nil {
		return Done{}, err
	}
	if on.After(d.book.Today()) {
		return Done{}, record.Refuse("DATE_FUTURE", "上解日期 "+on.String()+" 还没有到。请核对；没有登记。")
	}
	edits := branch.HandOver(d.sheet.Month, record.Fen(value), on, receipt, d.book)
	done, err := d.book.act(fmt.Sprintf("已登记 %d 月上解 %s 元", d.month, grouped(record.Fen(value))), edits, nil)
	if err == nil {
		d.Refresh()
	}
	return done, err
}

// DuesSum is the card beside the sheet and its total row.
type DuesSum struct {
	People          int
	Due, Paid, Left string
	Open            int
	Settled         int
	Part            float64 // of Due that is paid, 0…1
	Percent         string
	Deadline        string // 25 日前上解
	Handed          bool
	LeftPeople      string // 差 595.50 元，6 人
	Raw             int64
}

// Sum returns the totals of the month.
func (d *Dues) Sum() DuesSum {
	s := d.sheet
	out := DuesSum{People: s.Payers, Due: grouped(s.Due), Paid: grouped(s.Paid), Left: grouped(max(s.Due-s.Paid, 0)), Open: s.Open(), Settled: s.Settled, Handed: s.Handed, Raw: s.Paid}
	if s.Due > 0 {
		out.Part = float64(s.Paid) / float64(s.Due)
	}
	out.Percent = fmt.Sprintf("%.1f%%", out.Part*100)
	out.Deadline = fmt.Sprintf("%s 日前上解", branch.RulesOn(d.book, d.book.Today()).Text("handover_day"))
	if s.Open() > 0 {
		out.LeftPeople = fmt.Sprintf("差 %s 元，%d 人", out.Left, s.Open())
	}
	return out
}

// Bracket is one line of the card 怎么算的.
type Bracket struct{ Say, Rate string }

// Brackets returns the rates of payers by salary.
func (d *Dues) Brackets() []Bracket {
	var out []Bracket
	for _, payer := range branch.RulesOn(d.book, d.book.Today()).Dues {
		if payer.Kind != "SALARIED" {
			continue
		}
		below := ""
		for _, b := range payer.Brackets {
			upTo := wholePlain(b.UpTo)
			say := upTo + " 元（含）以下"
			switch {
			case b.UpTo == 0:
				say = below + " 元以上"
			case below != "":
				say = below + " 至 " + upTo + " 元（含）"
			}
			below = upTo
			out = append(out, Bracket{say, rate(b.BP)})
		}
	}
	return out
}

func wholePlain(fen int64) string { return fmt.Sprint(fen / 100) }
