package branch

import "zhibu/storage/record"

// trainingKind is 学习培训: courses with the hours of each who took part.
func trainingKind() record.Kind {
	return record.Kind{
		Name: "training", Label: "培训", Page: "学习培训", Title: "title",
		Fields: append(group(tabBasic,
			column(1, required(headings(text("title", "名称"), "培训名称", "课程"))),
			column(2, required(headings(date("date", "日期"), "培训时间", "开始日期"))),
			date("to", "结束日期"),
			column(3, pick("kind", "类别", open("STUDY", "集中学习", "CLASS", "集中培训", "SECRETARY", "书记培训班", "LECTURE", "初心讲堂", "TABLE", "头雁圆桌会", "WORKER", "党务工作者培训", "ONLINE", "网络培训"))),
			pick("form", "方式", open("ROOM", "课堂", "SITE", "现场", "CLOUD", "云端")),
			text("place", "地点"),
			column(5, text("lecturer", "主讲人")),
			text("organiser", "主办单位"),
			column(4, required(headings(record.Field{Name: "hours", Label: "学时", Type: record.Number{Decimals: 1, Max: 1000, Unit: "学时"}}, "学时数"))),
			record.Field{Name: "days", Label: "天数", Type: record.Number{Decimals: 1, Max: 366, Unit: "天"}},
			long("content", "内容"),
			long("note", "备注"),
			tableBy("member", "participant", "参加人员", record.Field{Name: "hours", Label: "学时", Type: record.Number{Decimals: 1, Max: 1000, Unit: "学时"}}, text("certificate", "证书号"), text("note", "备注")),
		), group(tabAttachment, files())...),
		New: func(in record.Around) record.Values {
			return record.Values{"date": in.Today().String(), "kind": "STUDY"}
		},
		Check: func(r record.Record, in record.Around) []record.Complaint {
			day, to := dateIn(r.Values, "date"), dateIn(r.Values, "to")
			if !to.IsZero() && to.Before(day) {
				return []record.Complaint{block("to", "DATE_ORDER", "结束日期早于开始日期 "+day.String()+"。请核对。")}
			}
			days := max(1, day.DaysUntil(later(to, day))+1)
			if hours := record.Int(r.Values["hours"]); hours > 8*days {
				return []record.Complaint{warn("hours", "HOURS_MANY", "半天一般不超过 4 学时，"+itoa(days)+" 天最多 "+itoa(8*days)+" 学时。请核对。")}
			}
			return nil
		},
	}
}
