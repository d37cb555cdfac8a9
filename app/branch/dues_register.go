package branch

import (
	"slices"

	"zhibu/storage/record"
)

// duesKind is 党费: one record a member and year, one row a month; row ids are
// 01 to 12. Amounts are integer fen.
func duesKind() record.Kind {
	return record.Kind{
		Name: "dues", Label: "党费", Page: "党费收缴", Title: "member",
		Fields: slices.Concat(
			group("核定",
				column(1, required(guarded(ref("member", "党员", "member")))),
				column(2, required(guarded(record.Field{Name: "year", Label: "年度", Type: record.Number{Min: 1949, Max: 2100}}))),
				pick("payer", "党费类型", payers()),
				column(3, guarded(headings(money("base", "缴费基数"), "计费基数"))),
				column(4, guarded(rate("rate_bp", "比例"))),
				column(5, guarded(headings(money("monthly", "月应缴"), "月缴标准"))),
				text("basis_note", "核定依据"),
				yesNo("exempt", "批准免交"),
				text("exempt_doc", "减免批准文号"),
				long("note", "备注")),
			group("每月缴纳",
				guarded(table("month", "每月缴纳", money("base", "当月基数"), money("due", "应缴"), money("paid", "实缴"), date("paid_on", "缴纳日期"),
					pick("method", "方式", open("WECHAT", "微信转账", "CASH", "现金", "BANK", "银行转账", "ONLINE", "线上缴纳")), text("handler", "经办人"), text("note", "备注"))))),
		Check: duesCheck,
	}
}

func duesCheck(r record.Record, in record.Around) []record.Complaint {
	var out []record.Complaint
	for _, row := range r.Rows("month") {
		path := record.Path("month", row.ID, "paid_on")
		paidOn := record.ReadDate(row.Values["paid_on"])
		if paidOn.After(in.Today()) {
			out = append(out, block(path, "DATE_FUTURE", "缴纳日期 "+paidOn.String()+" 还没有到。"))
		}
		month := record.Date{Year: record.Int(r.Values["year"]), Month: record.Int(row.ID)}
		if row.Values["paid"] != "" && !paidOn.IsZero() && paidOn.After(month.AddMonths(6)) {
			out = append(out, warn(path, "DUES_BACKPAY", "补缴一般不超过六个月（党费规定），"+month.String()+" 的党费最晚应在 "+month.AddMonths(6).Last().String()+" 前补缴。"))
		}
	}
	if Profile(in).Values["type"] == TypeProvisional {
		out = append(out, block("member", "DUES_PROVISIONAL", "临时党支部一般不收党费（支部条例8），请在党员原来的党支部缴。"))
	}
	return out
}
