package branch

import (
	"fmt"

	"zhibu/storage/record"
)

// ofSigns are reminder 29 and the publicity of posts and zones (34).
func (c *calendar) ofSigns() {
	for _, kind := range []string{"post", "zone"} {
		for _, p := range c.in.All(kind) {
			v := p.Values
			at := func(rule int, path string, due record.Date, what string) task {
				return task{rule: rule, kind: kind, id: p.ID, path: path, due: due, name: v["name"], what: what}
			}
			switch v["status"] {
			case PostPublic:
				if v["approved_on"] == "" {
					c.add(at(34, "public_to", dateIn(v, "public_to"), "公示期满，可报上级审定"))
				}
			case PostHung, PostReview:
				last := later(dateIn(v, "hung_on"), dateIn(v, "reviewed_on"))
				c.add(at(29, "reviewed_on", last.AddMonths(c.set.Int("sign_months")), "挂牌满期，要复评"))
				c.add(at(29, "valid_to", dateIn(v, "valid_to"), "任岗期限到期，要考评后续期或摘牌"))
			case PostFix:
				c.add(at(29, "fix_due", dateIn(v, "fix_due"), "整改期满，要复评"))
			}
		}
	}
}

// SignFlags says why a post or zone needs a look: the holder left, was graded
// 基本合格 or worse, is in arrears, the last points are too low, or it was not
// evaluated for the period (domain.md §5.3).
func (l *Ledger) SignFlags(sign record.Record) []record.Complaint {
	in := l.in
	status := sign.Values["status"]
	if status != PostHung && status != PostReview && status != PostFix {
		return nil
	}
	set := l.rules(in.Today())
	var out []record.Complaint
	m, ok := in.Get("member", sign.Values["holder"])
	switch {
	case !ok || !InRoster(m, in.Today()):
		out = append(out, warn("holder", "HOLDER_LEFT", "岗位党员已不在册，要摘牌或换人（教管条例22）。"))
	default:
		out = append(out, l.holderFlags(m)...)
	}
	row, found := lastEvaluation(sign)
	if total, complete := Total(row, set); found && complete && total < set.Int("pass_points") {
		out = append(out, warn("evaluation", "POINTS_LOW", fmt.Sprintf("最近一次 %d 分，不到 %d 分，要谈话整改或摘牌。", total, set.Int("pass_points"))))
	}
	since := later(record.ReadDate(row.Values["date"]), dateIn(sign.Values, "hung_on"))
	if due := since.AddMonths(set.Int("evaluation_months")); in.Today().After(due) {
		out = append(out, warn("evaluation", "EVALUATION_DUE", "应在 "+due.String()+" 前考评，还没有评。"))
	}
	return out
}

func (l *Ledger) holderFlags(m record.Record) []record.Complaint {
	var out []record.Complaint
	name := m.Values["name"]
	today := l.in.Today()
	year := itoa(today.Year - 1)
	if grade := m.Values[record.Path("appraisal", year, "grade")]; grade == "BASIC" || grade == "UNQUALIFIED" {
		out = append(out, warn("holder", "HOLDER_GRADE", name+"上年评议“"+grades().Format(grade)+"”，不宜继续挂牌。"))
	}
	if n := l.arrears(m, monthOf(today).AddMonths(-1)); n > 0 {
		out = append(out, warn("holder", "HOLDER_ARREARS", fmt.Sprintf("%s党费欠 %d 个月，要谈话。", name, n)))
	}
	return out
}

// lastEvaluation returns the newest evaluation row.
func lastEvaluation(sign record.Record) (record.Row, bool) {
	var last record.Row
	for _, row := range sign.Rows("evaluation") {
		if last.ID == "" || row.Values["date"] >= last.Values["date"] {
			last = row
		}
	}
	return last, last.ID != ""
}

// ofDemands is reminder 30.
func (c *calendar) ofDemands() {
	what := map[string]string{Collected: "诉求要受理", Collated: "诉求要分办", Handling: "诉求要答复", Feedback: "诉求要回访"}
	for _, d := range c.in.All("demand") {
		say, open := what[d.Values["status"]]
		if !open {
			continue
		}
		if until := dateIn(d.Values, "snooze_until"); until.After(c.on) {
			continue
		}
		if owner := d.Values["owner"]; owner != "" && d.Values["status"] == Handling {
			say += "，承办：" + owner
		}
		c.add(task{rule: 30, kind: "demand", id: d.ID, path: "status", due: demandDue(d, c.book), name: d.Values["title"], what: say})
	}
}
