package branch

import (
	"fmt"

	"zhibu/storage/record"
)

// ofPool are the duties of people being developed: reminders 1 to 15 and 34, and
// the deadlines the branch set itself.
func (c *calendar) ofPool() {
	for _, p := range c.in.All("pool") {
		if Phase(p) == 0 {
			continue
		}
		v := p.Values
		at := func(rule, step int, path string, due record.Date, what string) task {
			return task{rule: rule, kind: "pool", id: p.ID, step: step, path: path, due: due, name: v["name"], what: what}
		}
		c.ownDeadlines(p)
		switch StateOf(v) {
		case Applicant:
			if v["talked"] == "" {
				c.add(at(1, 2, "talked", dateIn(v, "applied").AddMonths(1), "入党申请后谈话未做"))
			}
		case Activist:
			c.ofActivist(p, at)
		case Target:
			c.ofTarget(p, at)
		case AdmittedPending, OnProbation, ConversionPending:
			c.ofProbation(p, at)
		}
	}
}

// makeTask builds a task of one person.
type makeTask func(rule, step int, path string, due record.Date, what string) task

// ownDeadlines are the dates that the branch set for a step, with its reason.
func (c *calendar) ownDeadlines(p record.Record) {
	if !hasTable(p, "deadline/") {
		return
	}
	for _, row := range p.Rows("deadline") {
		s, ok := c.set.Step(record.Int(row.ID))
		if !ok || stepDone(p.Values, s) {
			continue
		}
		what := s.Name + "还没有完成"
		for _, paper := range papersOf(p)(s) {
			if !paper.Have && paper.Note != "" {
				what = s.Name + "：" + paper.Note
			}
		}
		c.add(task{code: "STEP", kind: "pool", id: p.ID, step: s.N, path: s.Date, due: record.ReadDate(row.Values["due"]), leads: []int{30, 7, 0}, name: p.Values["name"], what: what})
	}
}

func (c *calendar) ofActivist(p record.Record, at makeTask) {
	v := p.Values
	decided := dateIn(v, "activist_decided")
	if v["activist_filed"] == "" {
		t := at(0, 4, "activist_filed", decided.AddMonths(c.set.Int("filing_months")), "确定积极分子后还没有报上级备案")
		t.code, t.leads = "STEP", []int{15, 7, 1}
		c.add(t)
	}
	k := len(signed(v, false)) + 1
	c.add(at(2, 6, "observations", ObservationDue(decided, k), fmt.Sprintf("第 %d 次半年考察要写实", k)))
	ready := at(3, 7, "target_decided", activistStart(v).AddMonths(12), "培养教育满一年，可列为发展对象")
	ready.never = true
	c.add(ready)
	c.reports(p, at, 6)
}

// reports asks for this quarter's 思想汇报 near the quarter's end.
func (c *calendar) reports(p record.Record, at makeTask, step int) {
	end := quarterEnd(c.on)
	first := monthOf(end).AddMonths(-2).First()
	if c.on.DaysUntil(end) > 15 {
		return
	}
	for _, row := range p.Rows("reports") {
		if d := record.ReadDate(row.Values["date"]); !d.Before(first) && !d.After(end) {
			return
		}
	}
	c.add(at(4, step, "reports", end, "本季度思想汇报还没有交"))
}

func quarterEnd(d record.Date) record.Date {
	return record.Date{Year: d.Year, Month: (d.Month + 2) / 3 * 3}.Last()
}

func (c *calendar) ofTarget(p record.Record, at makeTask) {
	v := p.Values
	if v["target_filed"] == "" {
		from, to := dateIn(v, "target_publicity_from"), dateIn(v, "target_publicity_to")
		what := "发展对象公示期满，可报备案"
		if to.IsZero() && !from.IsZero() {
			to = c.set.Calendar.AddWorkdays(from, c.set.Int("publicity_workdays"))
			if unknown := c.set.Calendar.Unknown(to); unknown != "" {
				what += "（" + unknown + "）"
			}
		}
		c.add(at(34, 8, "target_publicity_to", to, what))
		t := at(0, 8, "target_filed", dateIn(v, "target_decided").AddMonths(c.set.Int("filing_months")), "确定发展对象后还没有报上级备案")
		t.code, t.leads = "STEP", []int{15, 7, 1}
		c.add(t)
	}
	if v["polrev_result"] == "QUALIFIED" {
		c.add(at(5, 15, "polrev_concluded", dateIn(v, "polrev_concluded").AddMonths(c.set.Int("polrev_valid_months")), "政审将满一年，还没有接收"))
	}
	c.add(at(6, 15, "training_to", dateIn(v, "training_to").AddMonths(c.set.Int("training_valid_months")), "集中培训将满一年，还没有接收"))
	if v["prereview_passed"] == "" || c.planned()[p.ID] {
		return
	}
	c.add(at(7, 15, "meeting1", dateIn(v, "prereview_passed").AddMonths(c.set.Int("prereview_meeting_months")), "预审合格后要开支部大会"))
	c.add(at(15, 15, "meeting1", record.Date{Year: c.on.Year, Month: 12, Day: 31}, "年底前没开接收大会的，要列入下一年计划并换志愿书编号"))
}

func (c *calendar) ofProbation(p record.Record, at makeTask) {
	v := p.Values
	meeting := dateIn(v, "meeting1")
	if v["approved1"] == "" && v["transferred_in"] == "" {
		t := at(8, 17, "approved1", meeting.AddMonths(3), "支部大会后等上级审批")
		t.critical = !meeting.IsZero() && !c.on.Before(meeting.AddMonths(6))
		c.add(t)
		return
	}
	if v["oath"] == "" && v["approved1"] != "" {
		c.add(at(9, 20, "oath", dateIn(v, "approved1").AddMonths(1), "审批后还没有入党宣誓"))
	}
	if v["meeting2"] != "" && outcome(v) != "EXTEND" {
		c.add(at(14, 24, "approved2", later(dateIn(v, "meeting2"), dateIn(v, "meeting3")).AddMonths(3), "转正大会后等上级审批"))
		return
	}
	if k := len(signed(v, true)) + 1; k <= 2 {
		c.add(at(10, 21, "observations", meeting.AddMonths(6*k), fmt.Sprintf("预备期第 %d 次考察要写实", k)))
	}
	if extended := base(v, "extension_end"); !extended.IsZero() {
		c.add(at(13, 23, "meeting3", extended, "延长预备期满，要开会讨论"))
		return
	}
	end := base(v, "probation_end")
	if v["conv_applied"] == "" {
		c.add(at(11, 22, "conv_applied", end, "要递交转正申请"))
	}
	if !c.planned()[p.ID] {
		c.add(at(12, 23, "meeting2", end, "预备期满，要开会讨论转正"))
	}
}
