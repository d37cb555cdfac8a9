package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/storage/record"
)

func duesCommand() command {
	return command{name: "dues", args: "month 2026-11 | collect 2026-11 [--but 姓名,姓名] | handover 2026-11 元 [--receipt 收据号]", least: 2, most: 3, run: dues,
		say: "一个月的党费：应缴、实缴、欠缴；collect 把没缴的都记为足额缴清，--but 后面的人除外；handover 记上解",
		flags: func(f *flag.FlagSet) {
			for _, name := range []string{"on", "but", "method", "receipt"} {
				f.String(name, "", "")
			}
		}}
}

type duesJSON struct {
	Member string `json:"member"`
	Name   string `json:"name"`
	Due    int64  `json:"due_fen"`
	Paid   int64  `json:"paid_fen"`
	PaidOn string `json:"paid_on,omitempty"`
	Exempt bool   `json:"exempt,omitempty"`
	Open   bool   `json:"open"`
	Months int    `json:"arrears_months"`
}

func dues(c *call, args []string) error {
	month, err := record.ParseDate(args[1])
	if err != nil || month.Month == 0 || month.Day != 0 {
		return usageError("月份写成 2026-11：zhibu dues month 2026-11")
	}
	b, err := c.book()
	if err != nil {
		return err
	}
	switch {
	case args[0] == "month" && len(args) == 2:
	case args[0] == "collect" && len(args) == 2:
		err = c.collectDues(b, month)
	case args[0] == "handover" && len(args) == 3:
		err = c.handOverDues(b, month, args[2])
	default:
		err = usageError("写法：zhibu dues month 2026-11，dues collect 2026-11，dues handover 2026-11 元")
	}
	if err != nil {
		return err
	}
	return c.printDues(b, month)
}

// collectDues records that everybody who had not paid a month has paid it in
// full, except the people named after --but and those whose dues are not fixed.
func (c *call) collectDues(b *screen.Book, month record.Date) error {
	on, err := c.today()
	if err != nil {
		return err
	}
	method, err := duesMethod(b, c.text("method"))
	if err != nil {
		return err
	}
	but := map[string]bool{}
	for _, name := range strings.FieldsFunc(c.text("but"), func(r rune) bool { return slices.Contains([]rune(",，、"), r) }) {
		_, member, err := named(b, "member", name)
		if err != nil {
			return err
		}
		but[member.ID] = true
	}
	var edits []record.Edit
	var complaints []record.Complaint
	ledger := branch.ReadLedger(b)
	for _, line := range ledger.Month(month).Lines {
		switch {
		case line.Settled || but[line.Member.ID]:
		case line.Unset:
			fmt.Fprintln(c.complain, "提醒："+b.Title(line.Member)+"今年的党费还没有核定，没有登记。")
		default:
			more, said := ledger.Pay(line.Member, month, line.Due, on, method)
			edits, complaints = append(edits, more...), append(complaints, said...)
		}
	}
	return c.carry(b, edits, complaints)
}

// duesMethod reads a way of paying as the dues register does.
func duesMethod(b *screen.Book, typed string) (string, error) {
	k, err := b.Kind("dues")
	if err != nil {
		return "", err
	}
	f, _ := k.Field(record.Path("month", "01", "method"))
	return f.Parse(typed)
}

func (c *call) handOverDues(b *screen.Book, month record.Date, text string) error {
	on, err := c.today()
	if err != nil {
		return err
	}
	amount, err := record.Money{}.Parse(text)
	if err != nil {
		return err
	}
	if on.After(b.Today()) {
		return record.Refuse("DATE_FUTURE", "上解日期 "+on.String()+" 还没有到。请核对日期。")
	}
	return c.carry(b, branch.HandOver(month, record.Fen(amount), on, c.text("receipt"), b), nil)
}

// printDues shows a month's sheet.
func (c *call) printDues(b *screen.Book, month record.Date) error {
	sheet := branch.DuesMonth(month, b)
	var lines []duesJSON
	for _, l := range sheet.Lines {
		lines = append(lines, duesJSON{l.Member.ID, b.Title(l.Member), l.Due, l.Paid, l.PaidOn.String(), l.Exempt, !l.Settled, l.Arrears})
	}
	out := map[string]any{"month": sheet.Month.String(), "due_fen": sheet.Due, "paid_fen": sheet.Paid, "members": sheet.Payers,
		"settled": sheet.Settled, "exempt": sheet.Exempt, "handed_over": sheet.Handed, "lines": lines}
	return c.print(out, func(w io.Writer) {
		for _, l := range lines {
			fmt.Fprintf(w, "%s\t应缴 %s\t实缴 %s", l.Name, record.Money{}.Format(strconv.FormatInt(l.Due, 10)), record.Money{}.Format(strconv.FormatInt(l.Paid, 10)))
			if l.Months > 0 {
				fmt.Fprintf(w, "\t连续 %d 个月未缴", l.Months)
			}
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "共 %d 人，已缴 %d 人。\n", sheet.Payers, sheet.Settled)
	})
}
