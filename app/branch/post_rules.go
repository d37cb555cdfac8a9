package branch

import (
	"fmt"
	"maps"
	"strings"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Stars returns the stars of a total: 90 and more five, 80 four, 70 three, 60
// two, less one (domain.md §5.3).
func Stars(total int, set rules.Set) int {
	for i, least := range set.Stars {
		if total >= least {
			return 5 - i
		}
	}
	return 1
}

// Total adds the items of one evaluation row; ok is false when an item is
// missing.
func Total(row record.Row, set rules.Set) (total int, ok bool) {
	for _, item := range set.Scores {
		value := row.Values[item.Item]
		if value == "" {
			return 0, false
		}
		total += record.Int(value)
	}
	return total, true
}

// signDerive sums up the evaluation that was changed: those before it stand as they were
// counted, by the rules of their day.
func signDerive(v record.Values, changed string, in record.Around) record.Values {
	out := record.Values{}
	table, id, _ := record.SplitPath(changed)
	set := RulesOn(in, in.Today())
	for _, row := range v.Rows(table) {
		if total, ok := Total(row, set); ok && table == "evaluation" && row.ID == id {
			out[record.Path("evaluation", row.ID, "total")] = itoa(total)
			out[record.Path("evaluation", row.ID, "star")] = itoa(Stars(total, set))
		}
	}
	if m, ok := in.Get("member", v["holder"]); ok && changed == "holder" {
		out["unit"] = m.Values["employer"]
	}
	return out
}

func signCheck(r record.Record, in record.Around) []record.Complaint {
	var out []record.Complaint
	if n := len(r.Rows("promise")); n > 3 {
		out = append(out, warn("promise", "PROMISES", fmt.Sprintf("公开承诺一般不超过 3 条，现在是 %d 条。少而实，便于检查。", n)))
	}
	pairs := []struct{ early, late, label string }{{"applied", "branch_opinion_on", "支部意见早于申报"}, {"branch_opinion_on", "approved_on", "审定早于支部意见"},
		{"approved_on", "hung_on", "挂牌早于审定"}, {"hung_on", "valid_to", "任岗期限早于挂牌"}, {"hung_on", "removed_on", "摘牌早于挂牌"}, {"public_from", "public_to", "公示止早于公示起"}}
	for _, p := range pairs {
		early, late := dateIn(r.Values, p.early), dateIn(r.Values, p.late)
		if !early.IsZero() && !late.IsZero() && late.Before(early) {
			out = append(out, block(p.late, "DATE_ORDER", p.label+"，最早是 "+early.String()+"。请核对日期。"))
		}
	}
	if m, ok := in.Get("member", r.Values["holder"]); ok && r.Values["status"] != PostRemoved && !InRoster(m, in.Today()) {
		out = append(out, warn("holder", "HOLDER_LEFT", m.Values["name"]+"已不在册，请摘牌或换人（教管条例22）。"))
	}
	return out
}

// signAllow keeps the whole life of a sign: the steps back are by an act.
func signAllow(before, after record.Record, in record.Around) []record.Complaint {
	if before.ID != "" && after.Deleted() && before.Values["hung_on"] != "" {
		return []record.Complaint{block("", "SIGN_HISTORY", "已经挂过牌，不能删除。要撤请办摘牌，历次评价仍可查看。")}
	}
	return nil
}

// SignAct is one act in the life of a post or zone.
type SignAct struct {
	Kind   string // BRANCH 支部意见, APPROVE 审定, HANG 挂牌, REVIEW 复评, REMOVE 摘牌, REAPPLY 再申报
	On     record.Date
	Result string // REVIEW: KEEP, FIX or REMOVE
	Text   string // opinion or reason
	Until  record.Date
}

// signActs says from which states an act leads where.
var signActs = map[string]struct {
	from  string // states, separated by blanks
	to    string
	field string // dated by the act
	say   string
}{
	"BRANCH":  {PostApplied, PostPublic, "branch_opinion_on", "支部先提出意见，再公示"},
	"APPROVE": {PostPublic, PostPublic, "approved_on", "支部意见之后报上级审定"},
	"HANG":    {PostPublic, PostHung, "hung_on", "上级审定、公示期满后挂牌"},
	"REVIEW":  {PostHung + " " + PostReview + " " + PostFix, PostHung, "reviewed_on", "挂牌以后才能复评"},
	"REMOVE":  {PostHung + " " + PostReview + " " + PostFix, PostRemoved, "removed_on", "挂牌以后才能摘牌"},
	"REAPPLY": {PostRemoved, PostApplied, "applied", "摘牌以后可以再申报"},
}

// ActOn does one act of a post or zone, or says why it cannot be and from when
// it can.
func ActOn(sign record.Record, act SignAct, in record.Around) ([]record.Edit, []record.Complaint) {
	step, ok := signActs[act.Kind]
	if !ok {
		return nil, []record.Complaint{block("status", "ACT_UNKNOWN", "没有这个办理步骤。")}
	}
	if act.On.IsZero() {
		act.On = in.Today()
	}
	complaints := signComplaints(sign, act, step.from, step.say, in)
	if record.Blocking(complaints) {
		return nil, complaints
	}
	set := record.Values{"status": step.to, step.field: act.On.String()}
	maps.Copy(set, signValues(sign, act, in))
	return []record.Edit{{Kind: sign.Kind, ID: sign.ID, Set: set, Why: act.Text}}, complaints
}

func signComplaints(sign record.Record, act SignAct, from, say string, in record.Around) []record.Complaint {
	v := sign.Values
	var out []record.Complaint
	if !strings.Contains(" "+from+" ", " "+v["status"]+" ") {
		out = append(out, block("status", "SIGN_ORDER", "现在办不了这一步："+say+"（教管条例22）。"))
	}
	if act.On.After(in.Today()) {
		out = append(out, block("status", "DATE_FUTURE", "日期 "+act.On.String()+" 还没有到，最早到那天才能办。"))
	}
	switch act.Kind {
	case "HANG":
		out = append(out, hangComplaints(sign, act, in)...)
	case "REMOVE":
		if act.Text == "" {
			out = append(out, block("removed_reason", "REASON_MISSING", "摘牌要写原因。"))
		}
	case "REAPPLY":
		// withdrawn for a low result: again next year (domain.md §5.3)
		if removed := dateIn(v, "removed_on"); v["review_result"] == "REMOVE" && act.On.Year <= removed.Year {
			out = append(out, block("applied", "REAPPLY_EARLY", fmt.Sprintf("考评不达标摘牌的，次年才能再申报，最早是 %d-01-01（单位做法）。", removed.Year+1)))
		}
	}
	return out
}

func hangComplaints(sign record.Record, act SignAct, in record.Around) []record.Complaint {
	v := sign.Values
	var out []record.Complaint
	approved := dateIn(v, "approved_on")
	if approved.IsZero() {
		out = append(out, block("approved_on", "NOT_APPROVED", "上级还没有审定，不能挂牌。"))
	} else if act.On.Before(approved) {
		out = append(out, block("hung_on", "DATE_ORDER", "挂牌最早是审定日 "+approved.String()+"。"))
	}
	set := RulesOn(in, act.On)
	if from := dateIn(v, "public_from"); !from.IsZero() {
		days := set.Int("publicity_workdays")
		if end := set.Calendar.AddWorkdays(from, days); !act.On.After(end) {
			out = append(out, block("hung_on", "PUBLICITY", "公示到 "+workdayEnd(set, from, days)+" 期满，最早 "+end.AddDays(1).String()+" 挂牌。"))
		}
	}
	if m, ok := in.Get("member", v["holder"]); !ok || !InRoster(m, act.On) {
		out = append(out, block("holder", "HOLDER_LEFT", "岗位党员不在册，不能挂牌（教管条例22）。请先选好党员。"))
	}
	return out
}

func signValues(sign record.Record, act SignAct, in record.Around) record.Values {
	set := record.Values{}
	switch act.Kind {
	case "BRANCH":
		set["branch_opinion"], set["public_from"] = act.Text, act.On.String()
		rules := RulesOn(in, act.On)
		set["public_to"] = rules.Calendar.AddWorkdays(act.On, rules.Int("publicity_workdays")).String()
	case "HANG":
		set["code"] = signCode(sign, act.On, in)
		set["valid_to"] = act.Until.String()
		if act.Until.IsZero() {
			set["valid_to"] = record.Date{Year: act.On.Year, Month: 12, Day: 31}.String()
		}
	case "REVIEW":
		set["review_result"] = act.Result
		if act.Result == "FIX" {
			set["status"], set["fix_due"] = PostFix, act.Until.String()
		}
		if act.Result == "REMOVE" {
			set["status"], set["removed_on"], set["removed_reason"] = PostRemoved, act.On.String(), "复评不达标"
		}
	case "REMOVE":
		set["removed_reason"] = act.Text
	case "REAPPLY":
		for _, name := range []string{"branch_opinion_on", "branch_opinion", "public_from", "public_to", "approved_on", "hung_on", "valid_to", "reviewed_on", "review_result", "fix_due", "removed_on", "removed_reason"} {
			set[name] = ""
		}
	}
	return set
}

// signCode returns the number of a sign: SFG or ZRQ, branch code, year, number.
func signCode(sign record.Record, on record.Date, in record.Around) string {
	if code := sign.Values["code"]; code != "" {
		return code
	}
	prefix := fmt.Sprintf("%s-%s%04d-", map[string]string{"post": "SFG", "zone": "ZRQ"}[sign.Kind], codeOf(in), on.Year)
	most := 0
	for _, other := range in.All(sign.Kind) {
		if rest, ok := strings.CutPrefix(other.Values["code"], prefix); ok {
			most = max(most, record.Int(rest))
		}
	}
	return fmt.Sprintf("%s%02d", prefix, most+1)
}

func codeOf(in record.Around) string {
	if code := Profile(in).Values["code"]; code != "" {
		return code + "-"
	}
	return ""
}
