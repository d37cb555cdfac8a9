package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// duesPage is 党费收缴 (picture l): twelve months, the sheet of one of them in the
// manner of Excel, the totals and how dues are worked out.
type duesPage struct {
	a      *App
	d      *screen.Dues
	head   *kit.PageHead
	months *fyne.Container
	month  *kit.Choice // the piece of the month shown
	sheet  *kit.Sheet
	list   []screen.DuesRow
	sum    *fyne.Container
	pay    *kit.Button
	wrong  *kit.Text
	// refusal is the line under the sheet that says what is wrong with a cell.
	refusal *fyne.Container
	body    *fyne.Container
}

// newDuesPage shows the month a place names, 2026-11, or this one.
func newDuesPage(a *App, p Place) (Page, error) {
	pg := &duesPage{a: a, d: screen.NewDues(a.Book()), months: kit.Stack(), sum: kit.Stack(), wrong: kit.NewCaptionStrong("").In(kit.ColorOverdue).Short()}
	if day := record.ReadDate(p.Note + "-01"); !day.IsZero() {
		pg.d.Show(day.Year, day.Month)
	}
	return pg, nil
}

// Content implements Page.
func (p *duesPage) Content() fyne.CanvasObject {
	k := p.a.kit
	p.pay = k.Button(kit.Primary, "登记勾选的人", kit.IconCheck, p.payTicked)
	p.head = kit.NewPageHead("党费收缴", "").Actions(p.pay, k.Button(kit.Normal, "打印收缴明细表", kit.IconPrint, func() { p.a.preview("F16", "dues", nil) }),
		k.Button(kit.Normal, "登记上解", kit.IconTransfer, p.handOver),
		k.More(kit.MenuItem{Text: "上一年", Do: func() { p.show(p.d.Year()-1, 12) }}, kit.MenuItem{Text: "今年", Do: func() { t := p.a.Book().Today(); p.show(t.Year, t.Month) }},
			kit.MenuItem{Text: "导出本月", Icon: kit.IconDownload, Key: "Ctrl+E", Do: p.export},
			kit.MenuItem{Text: "核定基数", Icon: kit.IconEdit, Do: func() { p.a.Go(Place{Page: "dues", View: "list", Kind: "dues"}) }}))
	p.refusal = kit.Pad(p.wrong, 2, 12, 2, 12)
	p.refusal.Hide()
	p.makeSheet()
	p.refresh()
	p.body = kit.Column(0, kit.Grow(p.sheet), p.refusal)
	sheet := kit.NewFlushCard("", p.body)
	right := kit.Column(12, kit.NewFixedCard("本月情况", p.sum), kit.Grow(p.rules()))
	return kit.Page(p.head, kit.Column(10, p.months, kit.Grow(kit.Columns(12, []float32{0, 262}, sheet, right))))
}

func (p *duesPage) show(year, month int) { p.d.Show(year, month); p.refresh() }

// refresh shows another month or what changed.
func (p *duesPage) refresh() {
	sum := p.d.Sum()
	p.head.SetNote(fmt.Sprintf("%d 年 %d 月・%s", p.d.Year(), p.d.Month(), sum.Deadline))
	p.drawMonths()
	p.redraw()
	p.drawSum(sum)
}

func (p *duesPage) drawMonths() {
	var cells []fyne.CanvasObject
	var pieces []*kit.Choice
	for _, m := range p.d.Months() {
		mark := fyne.CanvasObject(kit.NewCaption(m.Mark.Say).In(stateOf(m.Mark.Tone).Color()))
		inside := kit.Column(0, kit.Row(4, kit.NewStrong(fmt.Sprintf("%d 月", m.Month)), kit.Space(), mark), kit.NewText(m.Sum).Right())
		cell := p.a.kit.Choice(kit.Pad(inside, 3, 6, 3, 6), func() { p.show(p.d.Year(), m.Month); p.a.kit.Focus(p.month) })
		if m.Month == p.d.Month() {
			cell.SetChosen(true)
			p.month = cell
		}
		if m.Mark.Say == "" {
			cell.SetFill(kit.ColorLocked)
		}
		cells, pieces = append(cells, cell), append(pieces, cell)
	}
	kit.Walk(pieces...)
	columns := 12
	if p.a.kit.Face() == kit.Large {
		columns = 6
	}
	p.months.Objects = []fyne.CanvasObject{kit.Grid(columns, 5, cells...)}
	p.months.Refresh()
}

// tick fills the lines of members who have not paid yet.
func (p *duesPage) tick(members []string) {
	for i, r := range p.list {
		if r.Open && slices.Contains(members, r.Member) {
			p.sheet.Tick(i, true)
		}
	}
	p.redraw()
}

// redraw shows the lines anew.
func (p *duesPage) redraw() {
	p.list = p.d.Rows()
	for i, r := range p.list {
		if p.sheet.IsTicked(r.Member) != r.Ticked {
			p.sheet.Tick(i, r.Ticked)
		}
	}
	p.sheet.Refresh()
	p.showPay()
}

// showPay says on the button how many would be booked.
func (p *duesPage) showPay() {
	word, n := "登记勾选的人", p.d.Ticked()
	if n > 0 {
		word = fmt.Sprintf("登记勾选的 %d 人", n)
	}
	p.pay.Set(word, kit.IconCheck)
	able(p.pay, n > 0)
}
