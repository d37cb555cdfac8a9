package branch

import (
	"fmt"
	"maps"
	"strings"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// nextDemand returns the next number of a demand: D-118.
func nextDemand(in record.Around) string {
	most := 0
	for _, d := range in.All("demand") {
		if rest, ok := strings.CutPrefix(d.Values["code"], "D-"); ok {
			most = max(most, record.Int(rest))
		}
	}
	return fmt.Sprintf("D-%03d", most+1)
}

// DemandDue returns by when a demand should leave the state it is in; zero for
// one that is closed or put off. A demand put off counts from the day it wakes.
func DemandDue(d record.Record, in record.Around) record.Date { return demandDue(d, ruleBook(in)) }

func demandDue(d record.Record, book func(record.Date) rules.Set) record.Date {
	v := d.Values
	if until := dateIn(v, "snooze_until"); !until.IsZero() {
		return until
	}
	raised := dateIn(v, "raised_at")
	set := book(raised)
	switch v["status"] {
	case Collected:
		return raised.AddDays(set.Int("accept_days"))
	case Collated:
		return dateIn(v, "accepted_on").AddDays(set.Int("accept_days"))
	case Handling:
		if due := dateIn(v, "due"); !due.IsZero() {
			return due
		}
		return raised.AddDays(set.Int("demand_days"))
	case Feedback:
		if v["returned_on"] != "" {
			return record.Date{} // may be closed at any time
		}
		return set.Calendar.AddWorkdays(dateIn(v, "answered_on").AddDays(1), set.Int("return_workdays"))
	}
	return record.Date{}
}

func demandCheck(r record.Record, in record.Around) []record.Complaint {
	var out []record.Complaint
	order := []string{"raised_at", "accepted_on", "assigned_on", "answered_on", "returned_on", "closed_on"}
	last, label := record.Date{}, ""
	for _, name := range order {
		d := dateIn(r.Values, name)
		if d.IsZero() {
			continue
		}
		if d.After(in.Today()) {
			out = append(out, block(name, "DATE_FUTURE", "日期 "+d.String()+" 还没有到。请核对。"))
		}
		if !last.IsZero() && d.Before(last) {
			out = append(out, block(name, "DATE_ORDER", "早于"+label+" "+last.String()+"。请核对日期。"))
		}
		f, _ := demandField(name)
		last, label = d, f.Label
	}
	return out
}

func demandField(path string) (record.Field, bool) {
	for _, group := range [][]record.Field{demandCollecting(), demandCollating(), demandHandling(), demandFeedback()} {
		if f, ok := (record.Kind{Fields: group}).Field(path); ok {
			return f, true
		}
	}
	return record.Field{}, false
}

func demandAllow(before, after record.Record, in record.Around) []record.Complaint {
	if before.Values["status"] == Merged && after.Values["title"] != before.Values["title"] {
		return []record.Complaint{block("title", "DEMAND_MERGED", "这条已并入另一条，请在那一条里改。")}
	}
	return nil
}

// DemandAct is one act in the loop of a demand.
type DemandAct struct {
	Kind  string // ACCEPT 受理, ASSIGN 分办, PROGRESS 记过程, URGE 催办, ANSWER 答复, RETURN 回访, CLOSE 办结, REOPEN 重办, MERGE 合并, SNOOZE 暂缓, WAKE 恢复, PROJECT 转治理项目
	On    record.Date
	By    string
	Text  string      // what was done, answered or said
	Owner string      // ASSIGN
	Due   record.Date // ASSIGN, SNOOZE
	Into  string      // MERGE: id of the demand that stays
	Grade string      // RETURN: YES, FAIR or NO
	Solve bool        // ANSWER: the matter is solved
}

// demandActs says in which states an act is possible and where it leads.
var demandActs = map[string]struct{ from, to, say string }{
	"ACCEPT":   {Collected, Collated, "只有刚征集的诉求要受理"},
	"ASSIGN":   {Collated, Handling, "先受理，再分办"},
	"PROGRESS": {Handling, Handling, "分办以后才有办理过程"},
	"URGE":     {Collated + " " + Handling, "", "在办的诉求才能催办"},
	"ANSWER":   {Handling, Feedback, "先分办，再答复"},
	"RETURN":   {Feedback, Feedback, "先答复，再回访"},
	"CLOSE":    {Feedback, Closed, "先回访，再办结"},
	"REOPEN":   {Feedback + " " + Closed, Handling, "答复或办结以后才能重办"},
	"MERGE":    {Collected + " " + Collated + " " + Handling, Merged, "办结的诉求不能再合并"},
	"SNOOZE":   {Collected + " " + Collated + " " + Handling, "", "在办的诉求才能暂缓"},
	"WAKE":     {Collected + " " + Collated + " " + Handling, "", "在办的诉求才能恢复"},
	"PROJECT":  {Collated + " " + Handling + " " + Feedback + " " + Closed, "", "受理以后才能转为治理项目"},
}

// Advance does one act on a demand, or says why it cannot be.
func Advance(d record.Record, act DemandAct, in record.Around) ([]record.Edit, []record.Complaint) {
	step, ok := demandActs[act.Kind]
	if !ok {
		return nil, []record.Complaint{block("status", "ACT_UNKNOWN", "没有这个办理步骤。")}
	}
	if act.On.IsZero() {
		act.On = in.Today()
	}
	if complaints := demandComplaints(d, act, step.from, step.say, in); record.Blocking(complaints) {
		return nil, complaints
	}
	set := record.Values{}
	if step.to != "" {
		set["status"] = step.to
	}
	maps.Copy(set, demandValues(d, act))
	edits := []record.Edit{{Kind: "demand", ID: d.ID, Set: set}}
	if act.Kind == "PROJECT" {
		edits = append(edits, governance(d, act))
	}
	return edits, nil
}

func demandComplaints(d record.Record, act DemandAct, from, say string, in record.Around) []record.Complaint {
	v := d.Values
	if !strings.Contains(" "+from+" ", " "+v["status"]+" ") {
		return []record.Complaint{block("status", "DEMAND_ORDER", "现在办不了这一步："+say+"（征集—汇总—处理—反馈）。")}
	}
	if act.On.After(in.Today()) {
		return []record.Complaint{block("status", "DATE_FUTURE", "日期 "+act.On.String()+" 还没有到。")}
	}
	if raised := dateIn(v, "raised_at"); act.On.Before(raised) {
		return []record.Complaint{block("status", "DATE_ORDER", "早于提出日期，最早是 "+raised.String()+"。")}
	}
	need := map[string]struct{ value, path, say string }{
		"ASSIGN": {act.Owner, "owner", "要写承办单位。"}, "ANSWER": {act.Text, "answer", "要写答复内容。"}, "REOPEN": {act.Text, "reopened", "重办要写原因。"},
		"SNOOZE": {act.Text, "snooze_reason", "暂缓要写原因。"}, "RETURN": {act.Grade, "satisfied", "要选满意不满意。"}, "MERGE": {act.Into, "merged_into", "要选并入哪一条。"}}
	if n, ok := need[act.Kind]; ok && n.value == "" {
		return []record.Complaint{block(n.path, "DEMAND_MISSING", n.say)}
	}
	if act.Kind == "CLOSE" && v["returned_on"] == "" {
		return []record.Complaint{block("returned_on", "DEMAND_MISSING", "还没有回访，不能办结（反馈要见面见人）。")}
	}
	if act.Kind == "SNOOZE" && !act.Due.After(in.Today()) {
		return []record.Complaint{block("snooze_until", "SNOOZE_PAST", "暂缓要写到以后的一天，最早是 "+in.Today().AddDays(1).String()+"。")}
	}
	return mergeComplaints(d, act, in)
}

func mergeComplaints(d record.Record, act DemandAct, in record.Around) []record.Complaint {
	if act.Kind != "MERGE" {
		return nil
	}
	into, ok := in.Get("demand", act.Into)
	if !ok || into.ID == d.ID || into.Values["status"] == Merged {
		return []record.Complaint{block("merged_into", "MERGE_TARGET", "不能并入这一条。请选另一条在办的诉求。")}
	}
	return nil
}

func demandValues(d record.Record, act DemandAct) record.Values {
	on := act.On.String()
	row := func(table string, cells map[string]string) record.Values {
		id := derivedID(d.ID, table+on+act.Text)
		out := record.Values{record.Path(table, id, record.RankColumn): d.Values.NextRank(table)}
		for column, value := range cells {
			out[record.Path(table, id, column)] = value
		}
		return out
	}
	switch act.Kind {
	case "ACCEPT":
		return record.Values{"accepted_on": on, "accepted_by": act.By}
	case "ASSIGN":
		return record.Values{"assigned_on": on, "assigned_by": act.By, "owner": act.Owner, "due": act.Due.String()}
	case "PROGRESS":
		return row("progress", map[string]string{"date": on, "by": act.By, "text": act.Text})
	case "URGE":
		return row("urge", map[string]string{"date": on, "by": act.By, "note": act.Text})
	case "ANSWER":
		return record.Values{"answer": act.Text, "answered_on": on, "solved": map[bool]string{true: Yes, false: No}[act.Solve]}
	case "RETURN":
		return returned(act, row)
	case "CLOSE":
		return record.Values{"closed_on": on}
	case "REOPEN":
		out := row("reopened", map[string]string{"date": on, "reason": act.Text})
		maps.Copy(out, afresh(act))
		return out
	case "MERGE":
		return record.Values{"merged_into": act.Into}
	case "SNOOZE":
		return record.Values{"snooze_until": act.Due.String(), "snooze_reason": act.Text}
	case "WAKE":
		return record.Values{"snooze_until": "", "snooze_reason": ""}
	}
	return record.Values{"is_governance_project": Yes, "project": derivedID(d.ID, "project")}
}

// returned keeps what the person said; when they are not satisfied the demand
// is taken up again.
func returned(act DemandAct, row func(string, map[string]string) record.Values) record.Values {
	out := record.Values{"returned_on": act.On.String(), "returned_by": act.By, "satisfied": act.Grade, "comment": act.Text}
	if act.Grade == "NO" {
		out = row("reopened", map[string]string{"date": act.On.String(), "reason": "回访不满意：" + act.Text})
		maps.Copy(out, afresh(act))
		out["status"], out["comment"] = Handling, act.Text
	}
	return out
}

// afresh clears what an earlier round answered, so that the dates of the new
// round stand in order; the history keeps the old values.
func afresh(act DemandAct) record.Values {
	return record.Values{"answered_on": "", "returned_on": "", "closed_on": "", "satisfied": "", "solved": No, "due": act.Due.String()}
}

// governance makes the project a demand is turned into.
func governance(d record.Record, act DemandAct) record.Edit {
	return record.Edit{Kind: "project", ID: derivedID(d.ID, "project"), Set: record.Values{
		"title": d.Values["title"], "kind": "GOVERN", "status": "OPEN", "start": act.On.String(), "demand": d.ID}}
}
