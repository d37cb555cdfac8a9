package sheet_test

import (
	"testing"

	"zhibu/storage/record"
)

// team is a small roster for lists that refer to people.
func team() []record.Record {
	var out []record.Record
	for id, name := range map[string]string{"m-chen": "陈立群", "m-zhou": "周敏", "m-wang": "王强", "m-mai": "买买提·艾力"} {
		out = append(out, record.Record{Kind: "member", ID: id, Values: record.Values{"name": name, "category": "FULL"}})
	}
	return append(out, record.Record{Kind: "member", ID: "m-li1", Values: record.Values{"name": "李伟", "birth": "1980-01-02"}},
		record.Record{Kind: "member", ID: "m-li2", Values: record.Values{"name": "李伟", "birth": "1990-01-02"}})
}

// TestListsOfOtherRegisters reads the lists that branches keep besides rosters.
func TestListsOfOtherRegisters(t *testing.T) {
	for _, s := range []shape{
		{name: "dues by month", kind: "dues", books: team(), rows: [][]any{text("2025 年度党员交纳党费登记表"), text("序号", "姓名", "月收入", "每月应缴", "1月", "2月份", "三月", "十二月", "合计"),
			{"1", "陈立群", "11200", 168.0, 168.0, "168元", "168.00 ", "", 504.0}, {"2", "周 敏", "6000", 60.0, 60.0, "60", "免", "/", 120.0}, text("合计", "", "", "", "228", "228", "168", "", "")},
			want: []string{"m-chen year=2025 month/01/paid=168.00 month/02/paid=168.00 month/03/paid=168.00 month/12/paid=", "m-zhou year=2025 month/01/paid=60.00 month/03/paid="}, issues: []string{"F3 MONEY_TEXT", "G4 VALUE_FORMAT"}},
		{name: "dues with due and paid under each month", kind: "dues", books: team(), rows: [][]any{text("党员姓名", "2026年1月", "", "2026年2月", ""), text("", "应缴", "实缴", "应缴", "实缴"), {"陈立群", 20.0, 20.0, 20.5, 0.0}, {"吴凯", 20.0, 20.0, 20.0, 0.0}},
			merged: []string{"A1:A2", "B1:C1", "D1:E1"}, want: []string{"m-chen year=2026 month/01/due=20.00 month/01/paid=20.00 month/02/due=20.50 month/02/paid=0.00", ""}, issues: []string{"A4 REF_UNKNOWN"}},
		{name: "a course with its participants", kind: "training", books: team(), rows: [][]any{text("培训名称", "培训时间", "学时", "地点", "参加人员"), text("学习贯彻全会精神", "2026.3.5", "4学时", "党群服务中心", "陈立群、周敏、吴凯")},
			want: []string{"学习贯彻全会精神 date=2026-03-05 hours=4 participant/m-chen/hours=4 participant/m-zhou/hours=4"}, issues: []string{"E2 REF_UNKNOWN"}},
		{name: "posts and their holders", kind: "post", books: team(), rows: [][]any{text("岗位名称", "党员姓名", "所在单位", "挂牌日期", "公开承诺"), text("服务示范岗", "王强", "云帆智控", "2026年1月1日", "一、微笑服务；二、首问负责")},
			want: []string{"服务示范岗 holder=m-wang hung_on=2026-01-01 promise/+1/text=微笑服务 promise/+2/text=首问负责"}},
		{name: "a meeting with its roster", kind: "meeting", books: team(), rows: [][]any{text("会议类型", "会议名称", "会议时间", "主持人", "记录人", "应到人数", "实到人数", "请假人数", "参会人员", "请假人员及原因", "列席人员"),
			text("支委会", "第3次", "2026年3月5日下午2:30—4:00", "李伟（1980-01-02）", "周敏", "3", "2", "1", "陈立群 买买提•艾力", "王强：出差", "群众代表3人")},
			want: []string{"第3次 kind=支部委员会会议 start=2026-03-05␣14:30 end=2026-03-05␣16:00 chair=m-li1 recorder=m-zhou attendance/m-chen/state=到会 attendance/m-mai/state=到会 attendance/m-wang/state=请假 attendance/m-wang/reason=出差 observer_names=群众代表3人"}},
		{name: "a list of meetings without names for them", kind: "meeting", rows: [][]any{text("三会一课台账（2026年）"), text("序号", "时间", "会议类型", "主题", "应到", "实到", "缺席人员", "主要内容"), text("1", "2026年1月5日", "支委会", "研究年度计划", "3", "3", "无", "一、传达学习"), text("2", "1月20日", "党员大会", "", "12", "11", "陈立群：出差", "总结"), text("合计", "2次")},
			want: []string{"研究年度计划 start=2026-01-05 kind=支部委员会会议 minutes=一、传达学习", "支部党员大会 start= on_leave=1"}, issues: []string{"C4 ENUM_SYNONYM", "B4 DATE_INVALID", "4 TITLE_DERIVED"}},
		{name: "a chair whose name two bear", kind: "meeting", books: team(), rows: [][]any{text("会议类型", "会议名称", "会议时间", "主持人"), text("党课", "书记讲党课", "2026-03-05", "李伟")}, want: []string{"书记讲党课 chair= note=主持人：李伟"}, issues: []string{"D2 REF_UNKNOWN"}},
		{name: "a pool with contacts on the roster", kind: "pool", books: team(), rows: [][]any{text("姓名", "申请入党时间", "确定为入党积极分子时间", "培养联系人", "短期集中培训时间"), text("吴凯", "2023.5.4", "2024.6.1", "陈立群/周敏", "2025年11月14日至17日")},
			want: []string{"吴凯 applied=2023-05-04 contacts/+1/member=m-chen contacts/+2/member=m-zhou training_from=2025-11-14 training_to=2025-11-17"}},
		{name: "demands", kind: "demand", rows: [][]any{text("诉求", "提出日期", "类别", "联系电话", "编号"), text("园区停车难", "2026/3/5", "交通", "13800001111", "S-01")}, want: []string{"园区停车难 raised_at=2026-03-05 category=交通 phone=13800001111 code=S-01"}},
		{name: "honours", kind: "honour", books: team(), rows: [][]any{text("表彰名称", "姓名", "级别", "授予日期"), text("优秀共产党员", "陈立群", "区级", "2025.7")}, want: []string{"优秀共产党员 date=2025-07"}},
	} {
		t.Run(s.name, func(t *testing.T) { checkShape(t, s) })
	}
}
