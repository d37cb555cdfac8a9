package branch

import (
	"fmt"
	"strings"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// checks are the rules that need more than a comparison of dates, by the name
// the rule set calls them. Each returns what is wrong, "" when nothing is.
var checks = map[string]func(t trial) string{
	"league":                 checkLeague,
	"contacts":               checkContacts,
	"contact_load":           checkContactLoad,
	"observations":           checkObservations,
	"reports":                checkReports,
	"signed":                 checkSigned,
	"group_opinion":          checkGroupOpinion,
	"publicity":              checkPublicity,
	"introducers":            checkIntroducers,
	"polrev":                 checkPolrev,
	"training":               checkTraining,
	"leaving":                checkLeaving,
	"one_by_one":             checkOneByOne,
	"approver":               checkApprover,
	"oath":                   checkOath,
	"probation_observations": checkProbation,
	"vote1":                  func(t trial) string { return checkVote(t, "meeting1") },
	"vote2":                  checkConversionVote,
	"extension":              checkExtension,
	"after_extension":        checkAfterExtension,
	"transferred_in":         checkTransferredIn,
	"booklet_year":           checkBookletYear,
	"provisional":            checkProvisional,
	"order":                  checkOrder,
}

func (t trial) check(r rules.Rule) (Finding, bool) {
	named, ok := checks[r.Check]
	if !ok {
		return Finding{}, false // a rule of a newer program is not judged by this one
	}
	wrong := named(t)
	if wrong == "" {
		return Finding{}, false
	}
	return t.finding(r, "", wrong), true
}

func checkLeague(t trial) string {
	if age, ok := Age(dateIn(t.v, "birth"), t.on); ok && age < 28 && t.v["league"] == "" {
		return fmt.Sprintf("当时 %d 周岁，请填团推优日期，不是团员写“非团员”。", age)
	}
	return ""
}

// full returns what is wrong with the members named by the rows of a table as
// guides of the person: each a full member with rights.
func (t trial) full(table string) (wrong string, n int) {
	for _, row := range t.v.Rows(table) {
		if to := record.ReadDate(row.Values["to"]); !to.IsZero() && to.Before(t.on) {
			continue
		}
		n++
		m, ok := t.in.Get("member", row.Values["member"])
		switch {
		case !ok:
			return "名单里有人不在党员名册，请从名册里选。", n
		case !IsFull(m, t.on):
			return m.Values["name"] + "当时不是正式党员。", n
		case table == "introducers" && punishedOn(m, t.on):
			return m.Values["name"] + "受留党察看处分，不能担任。", n
		}
	}
	return "", n
}

func checkContacts(t trial) string {
	wrong, n := t.full("contacts")
	if wrong == "" && (n < 1 || n > 2) {
		return fmt.Sprintf("现在是 %d 名。", n)
	}
	return wrong
}

func checkContactLoad(t trial) string {
	most := t.set.Int("contact_most")
	for _, row := range t.v.Rows("contacts") {
		if row.Values["relation"] != "" && !strings.Contains(row.Values["relation"], "无") {
			return "联系人与本人是" + row.Values["relation"] + "关系。"
		}
		guided := 0
		for _, other := range t.in.All("pool") {
			if other.ID == t.person.ID || Phase(other) < 2 || Phase(other) > 4 {
				continue
			}
			for _, c := range other.Rows("contacts") {
				if c.Values["member"] == row.Values["member"] {
					guided++
				}
			}
		}
		if m, ok := t.in.Get("member", row.Values["member"]); ok && guided >= most {
			return fmt.Sprintf("%s已经联系 %d 人。", m.Values["name"], guided)
		}
	}
	return ""
}

// ObservationDue returns the day the k-th half-year observation of an activist
// is due, k from 1 (细则11).
func ObservationDue(activist record.Date, k int) record.Date { return activist.AddMonths(6 * k) }

func checkObservations(t trial) string {
	start := dateIn(t.v, "activist_decided")
	list := signed(t.v, false)
	for k := range list {
		due := ObservationDue(start, k+1).AddDays(t.set.Int("observation_grace_days"))
		if on := record.ReadDate(list[k].Values["signed"]); !start.IsZero() && on.After(due) {
			return fmt.Sprintf("第 %d 次应在 %s 前，签名是 %s。", k+1, due, on)
		}
	}
	return ""
}

func checkReports(t trial) string {
	start := dateIn(t.v, "activist_decided")
	if start.IsZero() || t.on.IsZero() {
		return ""
	}
	if want, got := fullMonths(start.Last(), t.on.First())/3, len(t.v.Rows("reports")); got < want {
		return fmt.Sprintf("应有 %d 篇，现有 %d 篇。", want, got)
	}
	return ""
}

func checkSigned(t trial) string {
	start := activistStart(t.v)
	if start.IsZero() || t.on.IsZero() {
		return ""
	}
	want := max(2, fullMonths(start.Last(), t.on.First())/6)
	if got := len(signed(t.v, false)); got < want {
		return fmt.Sprintf("应有 %d 次，现有 %d 次。", want, got)
	}
	return ""
}

func checkGroupOpinion(t trial) string {
	if len(GroupsOn(t.in, t.on)) > 0 && t.v["opinion_group"] == "" {
		return "还缺“党小组意见”。"
	}
	return ""
}

func checkPublicity(t trial) string {
	from, to := dateIn(t.v, "target_publicity_from"), dateIn(t.v, "target_publicity_to")
	want := t.set.Int("publicity_workdays")
	switch {
	case want == 0:
		return ""
	case from.IsZero() || to.IsZero():
		return fmt.Sprintf("公示起止还没有填，应公示 %d 个工作日。", want)
	case t.set.Calendar.Workdays(from, to) < want:
		return fmt.Sprintf("公示 %d 个工作日，最早到 %s。", want, workdayEnd(t.set, from, want))
	case t.v["target_objection"] != "":
		return "异议还没有了结。"
	}
	return ""
}

// workdayEnd names the last of n workdays from a day on, and says when the days off
// of that year are not known yet.
func workdayEnd(set rules.Set, from record.Date, n int) string {
	end := set.Calendar.AddWorkdays(from, n)
	if unknown := set.Calendar.Unknown(end); unknown != "" {
		return end.String() + "（" + unknown + "）"
	}
	return end.String()
}

func checkIntroducers(t trial) string {
	wrong, n := t.full("introducers")
	if wrong == "" && n != 2 {
		return fmt.Sprintf("现在是 %d 名。", n)
	}
	return wrong
}

func checkPolrev(t trial) string {
	switch {
	case t.v["polrev_concluded"] == "":
		return "政审结论还没有。"
	case t.v["polrev_result"] != "QUALIFIED":
		return "政审结论不是合格。"
	case t.v["is_floating"] == Yes && (t.v["polrev_home_opinion"] == "" || t.v["polrev_place_opinion"] == ""):
		return "流动人员还要有户籍地和居住地党组织的意见。"
	}
	return ""
}

func checkTraining(t trial) string {
	from, to := dateIn(t.v, "training_from"), dateIn(t.v, "training_to")
	days := 0
	if from.Exact() && to.Exact() {
		days = from.DaysUntil(to) + 1
	}
	if hours := record.Int(t.v["training_hours"]); days < 3 && hours < 24 {
		return fmt.Sprintf("现在是 %d 天、%d 学时。", max(0, days), hours)
	}
	return ""
}

// leavingBefore is the day up to which leaving the unit stands in the way
// (细则19): three months after the expected meeting.
func leavingBefore(v record.Values, on record.Date) record.Date {
	expected := dateIn(v, "meeting1_expected")
	if expected.IsZero() {
		expected = on
	}
	return expected.AddMonths(3)
}

func checkLeaving(t trial) string {
	leave := dateIn(t.v, "planned_leave_date")
	if limit := leavingBefore(t.v, t.on); !leave.IsZero() && !leave.After(limit) {
		return fmt.Sprintf("预计 %s 离开，大会后三个月是 %s。", leave, limit)
	}
	return ""
}

func checkProvisional(t trial) string {
	if Profile(t.in).Values["type"] == TypeProvisional {
		return "请由党员原来的党支部办理。"
	}
	return ""
}

func checkApprover(t trial) string {
	if Profile(t.in).Values["can_approve_members"] == No {
		return "支部信息里写着上级没有审批权。请报有审批权的党委。"
	}
	return ""
}
