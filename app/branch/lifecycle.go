package branch

import (
	"maps"

	"zhibu/storage/record"
)

// events are what can happen to a membership; every one is a row that stays.
func events() record.Choice {
	return choice("ARRIVED", "进入本支部", "TRANSFER_OUT", "组织关系转出", "RECEIPT", "收到转出回执", "SUSPENDED", "停止党籍", "RESTORED", "恢复党籍",
		"STRUCK", "除名", "ADVISED", "劝退", "RESIGNED", "退党", "EXPELLED", "开除党籍", "DEATH", "死亡", "CONVERTED", "转为正式党员",
		"EXTENDED", "延长预备期", "CANCELLED", "取消预备党员资格", "LOST", "失去联系", "FOUND", "恢复联系", "FLOAT_OUT", "外出流动", "FLOAT_BACK", "流动返回", "DUAL", "双纳管")
}

// Event is something that happens to a membership.
type Event struct {
	Kind   string      // code of the event, e.g. "TRANSFER_OUT"
	On     record.Date // the day it takes effect
	Party  string      // the other organisation
	DocNo  string      // letter or document number
	Reason string
	Days   int // validity of a transfer letter, 1–90
}

// change is what an event makes of the plain fields.
type change struct {
	status, out string            // new status; kind of leaving
	set         map[string]string // further fields; "DATE" and "PARTY" stand for the event's
	needsDoc    bool
	article     string
}

var changes = map[string]change{
	"ARRIVED":      {status: StatusNormal, set: map[string]string{"in_date": "DATE", "in_from": "PARTY", "out_kind": "", "out_date": "", "out_to": ""}, article: "教管条例25"},
	"TRANSFER_OUT": {status: StatusMoved, out: "TRANSFER", set: map[string]string{"out_to": "PARTY", "receipt_date": ""}, article: "教管条例25"},
	"RECEIPT":      {set: map[string]string{"receipt_date": "DATE"}, article: "教管条例25"},
	"SUSPENDED":    {status: StatusSuspended, article: "教管条例28"},
	"RESTORED":     {status: StatusNormal, set: map[string]string{"is_lost": No, "out_kind": "", "out_date": ""}, article: "教管条例29"},
	"STRUCK":       {status: "STRUCK", out: "STRUCK", needsDoc: true, article: "教管条例31"},
	"ADVISED":      {status: "STRUCK", out: "ADVISED", needsDoc: true, article: "教管条例31"},
	"RESIGNED":     {status: "STRUCK", out: "RESIGNED", needsDoc: true, article: "教管条例31"},
	"EXPELLED":     {status: "EXPELLED", out: "EXPELLED", needsDoc: true, article: "纪律处分条例"},
	"DEATH":        {status: StatusDead, out: "DEATH"},
	"LOST":         {set: map[string]string{"is_lost": Yes, "lost_since": "DATE"}, article: "教管条例28"},
	"FOUND":        {set: map[string]string{"is_lost": No, "lost_since": "", "lost_reason": ""}, article: "教管条例28"},
	"FLOAT_OUT":    {set: map[string]string{"is_floating": Yes, "float_since": "DATE", "float_out_to": "PARTY", "float_state": "AWAITED"}, article: "流动党员意见"},
	"FLOAT_BACK":   {set: map[string]string{"is_floating": No, "float_state": "RETURNED"}, article: "流动党员意见"},
	"DUAL":         {set: map[string]string{"is_dual_managed": Yes, "dual_since": "DATE", "dual_branch": "PARTY"}, article: "双纳管"},
}

// Happen records an event of a member: a row that stays, and the fields that
// follow. It returns the edit, or why the event cannot be.
func Happen(m record.Record, e Event, in record.Around) ([]record.Edit, []record.Complaint) {
	c, ok := changes[e.Kind]
	if !ok {
		return nil, []record.Complaint{block("event", "EVENT_UNKNOWN", "没有这种党籍变动。入党、转正请在发展党员里办（细则）。")}
	}
	complaints := eventComplaints(m, e, c, in)
	if record.Blocking(complaints) {
		return nil, complaints
	}
	set := eventRow(m.ID, e.Kind, e.On)
	row := derivedID(m.ID, e.Kind+e.On.String())
	for column, value := range map[string]string{"party": e.Party, "doc_no": e.DocNo, "reason": e.Reason} {
		if value != "" {
			set[record.Path("event", row, column)] = value
		}
	}
	maps.Copy(set, c.fields(e))
	return []record.Edit{{Kind: "member", ID: m.ID, Set: set, Why: e.Reason}}, complaints
}

func (c change) fields(e Event) record.Values {
	out := record.Values{}
	if c.status != "" {
		out["status"] = c.status
	}
	if c.out != "" {
		out["out_kind"], out["out_date"] = c.out, e.On.String()
	}
	for name, value := range c.set {
		switch value {
		case "DATE":
			value = e.On.String()
		case "PARTY":
			value = e.Party
		}
		out[name] = value
	}
	if e.Kind == "TRANSFER_OUT" {
		out["letter_no"] = e.DocNo
		if e.Days > 0 {
			out["letter_valid_days"] = itoa(e.Days)
		}
	}
	return out
}

func eventComplaints(m record.Record, e Event, c change, in record.Around) []record.Complaint {
	name := m.Values["name"]
	var out []record.Complaint
	if e.On.IsZero() {
		out = append(out, block("event", "DATE_MISSING", "要写这件事的日期。"))
	}
	if e.On.After(in.Today()) {
		out = append(out, block("event", "DATE_FUTURE", "日期 "+e.On.String()+" 还没有到，最早到那天才能登记。"))
	}
	if joined := dateIn(m.Values, "joined"); !e.On.IsZero() && e.On.Before(joined) {
		out = append(out, block("event", "DATE_ORDER", "早于入党日期 "+joined.String()+"。请核对日期。"))
	}
	if c.needsDoc && e.DocNo == "" {
		out = append(out, block("event", "DOC_MISSING", "要写上级批准的文号（"+c.article+"）。"))
	}
	return append(out, legal(m, e, name)...)
}

// legal refuses what the present state does not allow.
func legal(m record.Record, e Event, name string) []record.Complaint {
	v := m.Values
	gone := v["status"] != StatusNormal && v["status"] != StatusSuspended && v["status"] != ""
	switch {
	case e.Kind == "ARRIVED":
		return arriveLegal(v, gone, name)
	case e.Kind == "RECEIPT":
		return receiptLegal(v, e, name)
	case gone:
		return []record.Complaint{block("event", "EVENT_ORDER", name+"已不在册（"+statuses().Format(v["status"])+"），不能再登记这件事。")}
	case e.Kind == "RESTORED" && v["status"] != StatusSuspended:
		return []record.Complaint{block("event", "EVENT_ORDER", name+"没有停止党籍，不用恢复（教管条例29）。")}
	case e.Kind == "SUSPENDED":
		return suspendLegal(v, e, name)
	case e.Kind == "TRANSFER_OUT" && (e.Days < 0 || e.Days > 90):
		return []record.Complaint{block("letter_valid_days", "LETTER_DAYS", "介绍信有效期是 1 到 90 天（教管条例25）。")}
	}
	return nil
}

func arriveLegal(v record.Values, gone bool, name string) []record.Complaint {
	switch {
	case !gone:
		return []record.Complaint{block("event", "EVENT_ORDER", name+"本来就在册，不用再转入（教管条例25）。")}
	case v["status"] != StatusMoved:
		return []record.Complaint{block("event", "EVENT_ORDER", name+"的党籍状态是“"+statuses().Format(v["status"])+"”，不能转入（教管条例25）。")}
	}
	return nil
}

func receiptLegal(v record.Values, e Event, name string) []record.Complaint {
	out := dateIn(v, "out_date")
	if v["out_kind"] != "TRANSFER" {
		return []record.Complaint{block("event", "EVENT_ORDER", name+"还没有办转出，没有回执可收（教管条例25）。")}
	}
	if e.On.Before(out) {
		return []record.Complaint{block("event", "DATE_ORDER", "回执早于转出，最早是 "+out.String()+"（教管条例25）。")}
	}
	if late := out.AddMonths(1); e.On.After(late) {
		return []record.Complaint{warn("receipt_date", "RECEIPT_LATE", "回执应在 "+late.String()+" 前退回（教管条例25），迟了 "+itoa(late.DaysUntil(e.On))+" 天。")}
	}
	return nil
}

// suspendLegal: membership is stopped after six months without contact and a
// search in vain (教管条例28).
func suspendLegal(v record.Values, e Event, name string) []record.Complaint {
	since := dateIn(v, "lost_since")
	if v["status"] == StatusSuspended {
		return []record.Complaint{block("event", "EVENT_ORDER", name+"已经停止党籍（教管条例28）。")}
	}
	if v["is_lost"] == Yes && e.On.Before(since.AddMonths(6)) {
		return []record.Complaint{block("event", "LOST_SHORT", "失联满六个月才能停止党籍（教管条例28），最早是 "+since.AddMonths(6).String()+"。")}
	}
	if v["is_lost"] == Yes && len(v.Rows("search")) == 0 {
		return []record.Complaint{warn("search", "SEARCH_MISSING", "还没有查找记录（教管条例28：多方查找仍无结果）。")}
	}
	return nil
}
