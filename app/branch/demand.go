package branch

import (
	"slices"

	"zhibu/storage/record"
)

// The loop of a demand: 征集 → 汇总 → 处理 → 反馈 (domain.md §6 #37).
const (
	Collected = "COLLECTED" // 征集: to be accepted
	Collated  = "COLLATED"  // 汇总: to be assigned
	Handling  = "HANDLING"  // 处理: to be answered
	Feedback  = "FEEDBACK"  // 反馈: the person is to be asked
	Closed    = "CLOSED"    // 办结
	Merged    = "MERGED"    // 已合并
)

// demandKind is 诉求: what enterprises and people asked for and what came of it.
func demandKind() record.Kind {
	return record.Kind{
		Name: "demand", Label: "诉求", Page: "诉求办理", Title: "title",
		Fields: slices.Concat(
			group("征集", demandCollecting()...),
			group("汇总", demandCollating()...),
			group("处理", demandHandling()...),
			group("反馈", demandFeedback()...),
			group(tabAttachment, files())),
		New: func(in record.Around) record.Values {
			today := in.Today()
			return record.Values{"status": Collected, "raised_at": today.String(), "code": nextDemand(in), "batch": Quarter(today)}
		},
		Derive: func(v record.Values, changed string, in record.Around) record.Values {
			if d, ok := in.Get("dossier", v["entity"]); ok && changed == "entity" {
				return record.Values{"source": d.Values["name"]}
			}
			return nil
		},
		Open:  told("status"),
		Check: demandCheck,
		Allow: demandAllow,
	}
}

func demandCollecting() []record.Field {
	return []record.Field{
		column(1, text("code", "编号")),
		column(2, required(headings(text("title", "诉求"), "诉求标题"))),
		column(3, pick("category", "类别", open("FACILITY", "设施", "POLICY", "政策", "TRAFFIC", "交通", "FINANCE", "融资", "COST", "成本", "WARM", "暖新", "SERVICE", "服务", "OTHER", "其他"))),
		column(5, required(date("raised_at", "提出日期"))),
		pick("channel", "来源", open("VISIT", "走访", "PHONE", "来电", "LETTER", "来信", "SPECIAL", "季度专项征集", "MEETING", "议事会")),
		ref("entity", "主体", "dossier"),
		column(4, headings(text("source", "提出方"), "企业名称")),
		text("person", "提出人"),
		phone("phone", "联系电话"),
		long("text", "诉求内容"),
		text("registered_by", "登记人"),
		hint("如 2026-Q4", text("batch", "征集批次")),
		long("note", "备注"),
	}
}

func demandCollating() []record.Field {
	return []record.Field{
		column(6, locked(pick("status", "状态", choice(Collected, "征集", Collated, "汇总", Handling, "处理", Feedback, "反馈", Closed, "办结", Merged, "已合并")))),
		date("accepted_on", "受理日期"),
		text("accepted_by", "受理人"),
		locked(ref("merged_into", "并入", "demand")),
		date("assigned_on", "分办日期"),
		text("assigned_by", "分办人"),
		text("owner", "承办单位"),
		column(7, date("due", "答复期限")),
		date("snooze_until", "暂缓到"),
		text("snooze_reason", "暂缓原因"),
	}
}

func demandHandling() []record.Field {
	return []record.Field{
		table("progress", "办理过程", date("date", "日期"), text("by", "经办"), long("text", "情况")),
		table("urge", "催办", date("date", "日期"), text("by", "催办人"), text("note", "说明")),
		long("answer", "答复"),
		date("answered_on", "答复日期"),
		yesNo("solved", "已解决"),
		locked(ref("project", "治理项目", "project")),
		yesNo("is_governance_project", "转为治理项目"),
	}
}

func demandFeedback() []record.Field {
	return []record.Field{
		date("returned_on", "回访日期"),
		text("returned_by", "回访人"),
		pick("satisfied", "满意度", choice("YES", "满意", "FAIR", "基本满意", "NO", "不满意")),
		text("comment", "回访意见"),
		date("closed_on", "办结日期"),
		table("reopened", "重办", date("date", "日期"), text("reason", "原因")),
	}
}

// Quarter returns the quarter of a day as batches are named, e.g. 2026-Q4.
func Quarter(d record.Date) string { return itoa(d.Year) + "-Q" + itoa((max(d.Month, 1)+2)/3) }
