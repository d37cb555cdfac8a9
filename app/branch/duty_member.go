package branch

import (
	"fmt"
	"slices"

	"zhibu/storage/record"
)

// ofMembers are reminders 16 to 19, 32, 33 and 35: transfers, floating and lost
// members, terms of correction, anniversaries.
func (c *calendar) ofMembers() {
	for _, m := range c.ledger().members {
		v := m.Values
		at := func(rule int, path string, due record.Date, what string) task {
			return task{rule: rule, kind: "member", id: m.ID, path: path, due: due, name: v["name"], what: what}
		}
		if v["out_kind"] == "TRANSFER" && v["receipt_date"] == "" {
			c.ofTransfer(v, at)
		}
		if v["status"] == StatusSuspended {
			c.add(at(32, "status", lastEvent(m, "SUSPENDED").AddMonths(24), "停止党籍满两年，仍失联的按自行脱党除名"))
		}
		if !InRoster(m, c.on) {
			continue
		}
		if v["is_floating"] == Yes {
			c.ofFloating(m, at)
		}
		if v["is_lost"] == Yes && v["status"] == StatusNormal {
			c.add(at(19, "lost_since", dateIn(v, "lost_since").AddMonths(6), "失联满六个月，多方查找无果的停止党籍"))
		}
		c.add(at(33, "correction_until", dateIn(v, "correction_until"), "限期改正期满，要作出处理"))
		c.anniversary(v, at)
	}
}

// memberTask builds a task of one member.
type memberTask func(rule int, path string, due record.Date, what string) task

func (c *calendar) ofTransfer(v record.Values, at memberTask) {
	out := dateIn(v, "out_date")
	if days := record.Int(v["letter_valid_days"]); days > 0 {
		c.add(at(16, "letter_valid_days", out.AddDays(days), "组织关系介绍信将过有效期，还没有回执"))
	}
	c.add(at(17, "receipt_date", out.AddMonths(1), "组织关系转出后还没有收到回执"))
}

func (c *calendar) ofFloating(m record.Record, at memberTask) {
	last := dateIn(m.Values, "float_since")
	if hasTable(m, "contact/") {
		for _, row := range m.Rows("contact") {
			last = later(last, record.ReadDate(row.Values["date"]))
		}
	}
	due := last.AddDays(c.set.Int("contact_days"))
	if m.Values["float_kind"] == "ABROAD" {
		due = last.AddMonths(c.set.Int("contact_months_abroad"))
	}
	if !last.IsZero() {
		c.add(at(18, "contact", due, "流动党员要联系一次"))
	}
}

// anniversary reminds of the day of joining and of fifty years in the party.
func (c *calendar) anniversary(v record.Values, at memberTask) {
	joined := dateIn(v, "joined")
	if !joined.Exact() || joined.Year >= c.on.Year {
		return
	}
	next := joined.AddMonths(12 * (c.on.Year - joined.Year))
	if next.Before(c.on) {
		next = joined.AddMonths(12 * (c.on.Year + 1 - joined.Year))
	}
	if c.on.DaysUntil(next) > 7 {
		return
	}
	what := fmt.Sprintf("政治生日，入党 %d 年", next.Year-joined.Year)
	converted := dateIn(v, "converted")
	if Standing(converted, record.Int(v["standing_adjust_months"]), next).Years() == 50 {
		what = "光荣在党 50 年"
	}
	c.add(at(35, "joined", next, what))
}

// ofDues are reminders 20 and 21.
func (c *calendar) ofDues() {
	if c.profile.Values["type"] == TypeProvisional {
		return
	}
	month := monthOf(c.on)
	var t duesTally
	for _, m := range c.ledger().members {
		if c.ledger().owes(m, month) {
			t.add(c, m, month)
		}
	}
	slices.Sort(t.gaps)
	if t.open > 0 {
		day := min(28, max(1, c.set.Int("handover_day")))
		c.add(task{rule: 20, kind: "dues", path: month.String(), due: record.Date{Year: month.Year, Month: month.Month, Day: day}, leads: []int{31, 3, 0}, count: t.open, what: t.what(month)})
	}
	if len(t.gaps) > 0 { // admitted members pay from the meeting on once approval has come
		c.add(task{rule: 20, kind: "dues", path: "back", due: c.on, leads: []int{31}, what: names(t.gaps[:min(3, len(t.gaps))]) + "以前的月份还没有补缴"})
	}
	if month.Month == 1 && t.unset > 0 {
		c.add(task{rule: 21, kind: "dues", path: itoa(month.Year), due: record.Date{Year: month.Year, Month: 1, Day: 31}, what: fmt.Sprintf("还有 %d 人没有核定今年的党费", t.unset)})
	}
}

// duesTally is the month's dues of the whole branch.
type duesTally struct {
	open, worst, unset int
	behind             record.Record // who owes most months
	gaps               []string      // who paid this month but not an earlier one
}

func (t *duesTally) add(c *calendar, m record.Record, month record.Date) {
	if _, ok := c.ledger().record(m.ID, month.Year); !ok { // fixed anew each year, whatever last year's base was
		t.unset++
	}
	if c.ledger().settled(m, month) {
		if c.ledger().PaidTo(m, month) != month {
			t.gaps = append(t.gaps, m.Values["name"])
		}
		return
	}
	t.open++
	n := c.ledger().arrears(m, month)
	if n > t.worst || n == t.worst && m.ID < t.behind.ID {
		t.worst, t.behind = n, m
	}
	if n > 2 { // months that are over
		c.arrears(m, n-1)
	}
}

func (t *duesTally) what(month record.Date) string {
	what := fmt.Sprintf("%d 月党费还有 %d 人未登记", month.Month, t.open)
	if t.worst > 1 {
		what += fmt.Sprintf("，其中%s欠 %d 个月", t.behind.Values["name"], t.worst)
	}
	return what
}

// arrears warns of a member who has not paid for n full months: at two, three
// and five; six without a reason count as leaving the party (党章9).
func (c *calendar) arrears(m record.Record, n int) {
	t := task{rule: 20, kind: "member", id: m.ID, path: "dues", due: c.on, leads: []int{31}, name: m.Values["name"], what: fmt.Sprintf("党费欠 %d 个月，要催缴教育", n), critical: n >= 5}
	if n >= 3 {
		t.leads = []int{31, 31, 31}
	}
	if n >= 6 {
		t.what = fmt.Sprintf("连续 %d 个月没有交党费，没有正当理由的按自行脱党处理", n)
	}
	c.add(t)
}
