package print

import (
	"fmt"
	"strconv"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f16 is 党费收缴: month sheet, year grid, calculation, summary, changes. Source:
// 党费规定 (中组发〔2008〕3号); sheets of unit branches (domain.md §4, §7.3 F16).
func f16() Form {
	return Form{Code: "F16", Name: "党费收缴明细表", Blank: true, Whole: true, Yearly: true, Monthly: true, Ordered: true,
		Variants: []Variant{{"MONTH", "党费收缴明细表（月）"}, {"YEAR", "党费收缴登记表（年）"}, {"CALC", "党费核算表"}, {"SUMMARY", "党费收缴汇总表"}, {"CHANGE", "党费异动备案表"}},
		Source:   "《关于中国共产党党费收缴、使用和管理的规定》（中组发〔2008〕3号）；单位党费收缴表",
		draw: func(d *draft) {
			switch d.variant {
			case "YEAR":
				d.duesYear()
			case "CALC":
				d.duesCalc()
			case "SUMMARY":
				d.duesSummary()
			case "CHANGE":
				d.duesChanges()
			default:
				d.duesMonth()
			}
		}}
}

func (d *draft) monthText() string {
	if d.opt.Blank {
		return "　　　　年　　月"
	}
	return fmt.Sprintf("%d年%d月", d.opt.Year, d.opt.Month)
}

func (d *draft) sheetOf(month int) branch.DuesSheet {
	if d.opt.Blank {
		return branch.DuesSheet{}
	}
	return branch.DuesMonth(record.Date{Year: d.opt.Year, Month: month}, d.in)
}

// rate writes ten-thousandths as percent: 150 → 1.5%.
func rate(bp int64) string {
	if bp == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(bp)/100, 'f', -1, 64) + "%"
}

// unlessBlank is a text that blank forms leave to be written by hand.
func (d *draft) unlessBlank(text string) string {
	if d.opt.Blank {
		return ""
	}
	return text
}

// amount is a sum of money on a form that may be blank.
func (d *draft) amount(fen int64) string { return d.unlessBlank(yuan(fen)) }

// capitals is a cell with a sum of money in 大写.
func (d *draft) capitals(fen int64) page.Cell {
	return d.listCell("人民币" + d.unlessBlank(capitalMoney(fen)))
}

// paidText is an amount that has been paid, "" while nothing has.
func paidText(fen int64) string {
	if fen == 0 {
		return ""
	}
	return yuan(fen)
}

func (d *draft) duesMonth() {
	d.paper(page.Portrait)
	sheet := d.sheetOf(d.opt.Month)
	d.title = "党费收缴明细表（" + d.monthText() + "）"
	l := list{title: "党费收缴明细表", left: d.branchLine(), right: []page.Span{d.put(d.monthText()), d.say("　单位：元")},
		heads: []string{"序号", "党员姓名", "缴费基数", "比例", "应缴", "实缴", "缴纳时间", "经办人", "备注"}, cols: []float64{11, 26, 24, 14, 19, 19, 22, 14, 16},
		foot: []string{"支部书记：", "组织委员（会计）：", dayBlank}}
	for i, line := range sheet.Lines {
		note := ""
		switch {
		case line.Exempt:
			note = "免交"
		case line.Arrears > 1:
			note = fmt.Sprintf("欠%d个月", line.Arrears)
		case !line.Settled:
			note = "未交"
		}
		l.rows = append(l.rows, d.line(strconv.Itoa(i+1), d.text(line.Member, "name"), yuan(line.Base), rate(line.BP), yuan(line.Due), paidText(line.Paid),
			dotDate(line.PaidOn.String()), d.handler(line), note))
	}
	l.sums = []page.Row{tied(row(d.listHead("合计"), wide(3, d.listCell(d.unlessBlank(fmt.Sprintf("%d人", sheet.Payers)))), d.listCell(d.amount(sheet.Due)), d.listCell(d.amount(sheet.Paid)), wide(3, d.listCell("")))),
		row(wide(2, d.listHead("实缴合计（大写）")), wide(7, d.capitals(sheet.Paid)))}
	d.drawList(l)
}

// handler is who took a member's dues of the month.
func (d *draft) handler(line branch.DuesLine) string {
	id := branch.DuesID(line.Member.ID, d.opt.Year)
	r, ok := d.in.Get("dues", id)
	if !ok {
		return ""
	}
	return d.text(r, record.Path("month", fmt.Sprintf("%02d", d.opt.Month), "handler"))
}

func (d *draft) duesYear() {
	d.paper(page.Landscape)
	d.title = d.yearText() + "年党费收缴登记表"
	l := list{title: d.title, left: d.branchLine(), right: []page.Span{d.say("单位：元　　红字为欠缴")}, foot: []string{"支部书记：", "组织委员：", dayBlank},
		heads: []string{"序号", "姓名", "月缴标准"}, cols: []float64{12, 22, 20}}
	for month := 1; month <= 12; month++ {
		l.heads, l.cols = append(l.heads, strconv.Itoa(month)+"月"), append(l.cols, 14)
	}
	l.heads, l.cols = append(l.heads, "合计", "欠缴"), append(l.cols, 20, 15)
	d.yearRows(&l)
	d.drawList(l)
}

// duesRow is a member's year: what was due and paid in each month.
type duesRow struct {
	member record.Record
	rate   int64
	months [13]*branch.DuesLine
}

// duesRows collects the year month by month, members in the order of the sheets.
func (d *draft) duesRows() []*duesRow {
	var out []*duesRow
	byID := map[string]*duesRow{}
	for month := 1; month <= 12 && !d.opt.Blank; month++ {
		sheet := d.sheetOf(month)
		for i := range sheet.Lines {
			line := &sheet.Lines[i]
			row := byID[line.Member.ID]
			if row == nil {
				row = &duesRow{member: line.Member}
				byID[line.Member.ID] = row
				out = append(out, row)
			}
			row.months[month], row.rate = line, line.Due
		}
	}
	var members []record.Record
	for _, r := range out {
		members = append(members, r.member)
	}
	sorted := make([]*duesRow, 0, len(out))
	for _, m := range sortedByName(members, d.opt.Order) {
		sorted = append(sorted, byID[m.ID])
	}
	return sorted
}

func (d *draft) yearRows(l *list) {
	today := d.in.Today()
	var sums [13]int64
	var all, missing int64
	for i, r := range d.duesRows() {
		line := d.line(strconv.Itoa(i+1), d.text(r.member, "name"), yuan(r.rate))
		var paid, owed int64
		for month := 1; month <= 12; month++ {
			dues := r.months[month]
			cell := d.listCell("")
			past := record.Date{Year: d.opt.Year, Month: month}.Last().Before(today)
			switch {
			case dues == nil:
			case dues.Exempt:
				cell = d.listCell("免")
			case dues.Paid > 0:
				cell = d.listCell(yuan(dues.Paid))
				paid, sums[month] = paid+dues.Paid, sums[month]+dues.Paid
			}
			if dues != nil && !dues.Settled && past {
				owed += dues.Due - dues.Paid
				cell = d.red(d.listCell(yuan(dues.Due - dues.Paid)))
			}
			line.Cells = append(line.Cells, cell)
		}
		arrears := d.listCell("")
		if owed > 0 {
			arrears = d.red(d.listCell(yuan(owed)))
		}
		line.Cells = append(line.Cells, d.listCell(yuan(paid)), arrears)
		l.rows = append(l.rows, line)
		all, missing = all+paid, missing+owed
	}
	total := row(wide(3, d.listHead("实缴合计")))
	for _, sum := range sums[1:] {
		total.Cells = append(total.Cells, d.listCell(paidText(sum)))
	}
	total.Cells = append(total.Cells, d.listCell(d.amount(all)), d.red(d.listCell(paidText(missing))))
	l.sums = []page.Row{total}
}

// red colours a cell that shows a shortfall.
func (d *draft) red(c page.Cell) page.Cell {
	for i := range c.Text {
		for j := range c.Text[i] {
			c.Text[i][j].Style.Color = page.Red
		}
	}
	return c
}
