package gallery

import (
	"strings"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
)

// FormPage is a form with tabs, an error, changed fields and the history.
func FormPage(k *kit.Kit) fyne.CanvasObject {
	nothing := func() {}
	box := func(s string) *kit.Entry { e := k.Entry(""); e.SetText(s); return e }
	row := func(label string, required bool, b fyne.CanvasObject) *kit.FormRow {
		return kit.NewFormRow(label, required, b)
	}
	id := row("公民身份号码", true, box("3100001996071500213"))
	id.SetError("应为 18 位，现在是 19 位。请删去多输的一位；已填内容都在。")
	kind := box("正式党员")
	kind.SetLocked(true)
	group := k.Select([]string{"第一党小组", "第三党小组"}, "第一党小组", nil)
	group.SetChanged(true)
	note := k.Area("", 3)
	note.SetText("支部书记谈话了解：愿意承担第一小组信息联络工作。")
	note.SetChanged(true)
	born := k.DateBox(nil)
	born.SetText("1996-07-15")
	tags := kit.Row(16, k.Check("流动党员", false, nil), k.Check("困难党员", false, nil), k.Check("新就业群体", true, nil), k.Check("退役军人", false, nil))
	form := kit.Form(24,
		row("姓名", true, box("罗沐辰")), row("姓名拼音", false, box("luo mu chen")).Help("用于首字母查找，可改"),
		row("性别", true, k.Radio([]string{"男", "女"}, "男", nil)), row("民族", true, k.Select([]string{"汉族"}, "汉族", nil)),
		id, row("出生日期", true, born).Help("30 岁・由身份号码带出，可改"),
		row("籍贯", false, box("江苏省")), row("文化程度", true, k.Select([]string{"大学本科"}, "大学本科", nil)),
		row("参加工作日期", false, box("2018-07")), row("党员类别", true, kind).Help("由入党、转正日期决定，不能直接改"),
		row("党小组", true, group).Help("原为：第三党小组"), row("党内职务", false, k.Select([]string{"组员"}, "组员", nil)),
		kit.Across(row("身份标签", false, tags)), kit.Across(row("备注", false, note)))
	tabs := k.Tabs([]kit.Tab{{ID: "base", Label: "基本信息", Badge: 1}, {ID: "party", Label: "党籍信息"}, {ID: "unit", Label: "联系与单位"}, {ID: "honour", Label: "奖惩与评议"}, {ID: "move", Label: "流动与转接"}, {ID: "dues", Label: "党费记录"}, {ID: "files", Label: "附件 3"}}, func(string) {})
	left := kit.NewFlushCard("", kit.Column(0, kit.Pad(tabs, 0, 0, 0, 12), kit.Grow(kit.Scrolled(form))))
	history := kit.NewTimeline([]kit.Event{
		{Title: "未保存", By: "现在", Lines: []string{"党小组：第三 → 第一", "备注：新增 24 字"}, Foot: "保存后写入记录", Open: true},
		{Title: "2026-10-11 09:20", By: "陆婉清", Lines: []string{"手机：136****0044 → 138****0021"}, Foot: "笔记本 A・已同步"},
		{Title: "2026-03-02 14:05", By: "陈立群", Lines: []string{"单位职务：测试员 → 测试工程师"}, Foot: "办公台式・已同步"},
		{Title: "2022-03-18 10:41", By: "陈立群", Lines: []string{"建立党员信息（组织关系转入）"}, Foot: "办公台式・已同步"}})
	right := kit.NewCard("变更记录", history).Actions(k.Link("导出记录", nothing))
	head := kit.NewPageHead("罗沐辰", "党员信息编辑").Back(k, "党员名册", nothing).Alarm(kit.NewPill(kit.Due, "有 2 处未保存").With(kit.IconEdit)).
		Actions(k.Button(kit.Normal, "取消", "", nothing), k.Button(kit.Normal, "保存并登记下一位", kit.IconMemberAdd, nothing), k.Button(kit.Primary, "保存", kit.IconSave, nothing))
	return Shell(k, "members", kit.Page(head, kit.Columns(14, []float32{0, 296}, left, right)), kit.KeyHint{Key: "Ctrl+S", Does: "保存"}, kit.KeyHint{Key: "Esc", Does: "返回"})
}

// Charts shows bars, columns, ring and the editor of long minutes.
func Charts(k *kit.Kit) fyne.CanvasObject {
	months := []kit.Bar{}
	for i, v := range []float64{94, 90, 95, 93, 89, 96, 84, 88, 92, 93, 94, 0} {
		b := kit.Bar{Label: []string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"}[i], Value: v, Text: strings.TrimSuffix(strings.TrimRight(strings.Fields("94 90 95 93 89 96 84 88 92 93 94 0")[i], ""), "")}
		if v == 84 {
			b.Color = kit.ColorOverdue
		}
		months = append(months, b)
	}
	chart := kit.NewBarChart(months, []kit.Bar{{Value: 0, Text: "0%"}, {Value: 50, Text: "50%"}, {Value: 100, Text: "100%"}}, 85, kit.ColorChart1)
	ring := kit.Ring("78", "条", kit.Bar{Label: "设施", Value: 28, Text: "28"}, kit.Bar{Label: "政策", Value: 17, Text: "17"}, kit.Bar{Label: "交通", Value: 14, Text: "14"}, kit.Bar{Label: "融资", Value: 10, Text: "10"}, kit.Bar{Label: "其他", Value: 9, Text: "9"})
	minutes := k.Editor("从这里写起", func(p string) bool { return strings.HasPrefix(p, "一、") || strings.HasPrefix(p, "二、") })
	minutes.SetText("一、学习党章关于入党条件的规定\n　　陈立群领学。丁一舟、方书禾作交流发言。\n二、讨论接收詹云舒为预备党员\n　　詹云舒宣读入党志愿书，汇报对党的认识、本人履历和需要说明的问题。\n　　表决：到会有表决权 16 人，赞成 16 票，反对 0 票，弃权 0 票，通过。")
	todo := []string{"已逾期", "安知夏・政治审查函调回执未到", "左书白・入党申请后谈话未做", "今天", "支部党员大会（接收预备党员）"}
	list := k.Ledger([]kit.Col{
		{Width: 110, Cell: func(i int) kit.Cell {
			return kit.Cell{Text: []string{"", "逾期 8 天", "逾期 5 天", "", "今天 14:00"}[i], Pill: true, State: []kit.State{0, kit.Overdue, kit.Overdue, 0, kit.Due}[i]}
		}},
		{Width: 200, Flex: 1, Cell: func(i int) kit.Cell {
			return kit.Cell{Text: todo[i], Under: "发展党员 第 10 步・应于 11-12 前"}
		}},
		{Width: 80, Align: fyne.TextAlignTrailing, Cell: func(int) kit.Cell { return kit.Cell{Text: "去登记", Link: true} }}}, func() int { return len(todo) })
	list.Double, list.Headless = true, true
	list.Head = func(i int) (kit.Heading, bool) {
		h := kit.Heading{Title: todo[i], Note: "2 件"}
		if i == 0 {
			h.Color = kit.ColorOverdue
		}
		return h, i == 0 || i == 3
	}
	list.SetCurrent(1)
	top := kit.Columns(12, []float32{-2, -1}, kit.NewFixedCard("到会率（按月）", chart).Actions(k.Link("看表格", nil)), kit.NewFixedCard("诉求分类", ring))
	bottom := kit.Columns(12, []float32{-1, -1}, kit.NewFlushCard("会议记录", minutes).Lead(kit.NewCaption("287 字・15:26 已暂存")), kit.NewFlushCard("待办提醒", list).Actions(kit.NewCaption("共 9 件・按到期先后")))
	return Shell(k, "stats", kit.Page(kit.NewPageHead("统计报表", "截至 2026 年 11 月 20 日，取自本机数据"), kit.Grid(1, 12, top, bottom)))
}

// BoardPage shows a board, the step line and the rows of a path.
func BoardPage(k *kit.Kit) fyne.CanvasObject {
	nothing := func() {}
	row := func(name, step string, p *kit.Pill) fyne.CanvasObject {
		return k.BoardRow(kit.Row(7, kit.NewStrong(name), kit.Grow(kit.NewCaption(step).Short()), p), nothing)
	}
	now := row("安知夏", "10 政治审查", kit.NewTag(kit.Overdue, "逾期 8 天").OnSelection()).(*kit.Choice)
	now.SetChosen(true)
	board := kit.Board(true,
		kit.BoardColumn{Title: "申请入党", Note: "1–2 步", Count: "3 人", Rows: []fyne.CanvasObject{row("左书白", "2 派人谈话", kit.NewTag(kit.Overdue, "逾期 5 天")), row("牛一鸣", "2 派人谈话", kit.NewTag(kit.Coming, "13 天后")), row("苗若谷", "2 已谈话", kit.NewTag(kit.Neutral, "可推进"))}},
		kit.BoardColumn{Title: "入党积极分子", Note: "3–6 步", Count: "4 人", Rows: []fyne.CanvasObject{row("柯以宁", "6 考察", kit.NewTag(kit.Done, "按时"))}},
		kit.BoardColumn{Title: "发展对象", Note: "7–11 步", Count: "2 人", Rows: []fyne.CanvasObject{now, row("卢子衿", "11 集中培训", kit.NewTag(kit.Coming, "18 天后"))}})
	card := func(no, kind, title, unit, act string, p *kit.Pill) fyne.CanvasObject {
		return k.Choice(kit.Pad(kit.Column(2, kit.Row(8, kit.NewCaption(no), kit.NewTag(kit.Neutral, kind), kit.Space(), p), kit.NewStrong(title),
			kit.Row(8, kit.Grow(kit.NewSoft(unit).Short()), k.Link(act, nothing).Then(kit.IconForward))), 6, 10, 6, 10), nothing)
	}
	demands := kit.Board(false,
		kit.BoardColumn{Number: 1, Title: "征集", Note: "待受理 2", Rows: []fyne.CanvasObject{card("D-118", "设施", "园区充电桩周末不够用", "云帆智控", "受理", kit.NewTag(kit.Coming, "11-24 前受理"))}},
		kit.BoardColumn{Number: 2, Title: "汇总", Note: "待分办 2", Rows: []fyne.CanvasObject{card("D-116", "设施", "雨天楼前排水慢", "街区小店 4 家", "分办", kit.NewTag(kit.Due, "明天到期"))}},
		kit.BoardColumn{Number: 3, Title: "处理", Note: "承办中 3"}, kit.BoardColumn{Number: 4, Title: "反馈", Note: "待回访 2"})
	steps := kit.StepLine([]string{"选文件", "对应列", "检查问题", "导入"}, 2)
	head := kit.NewPageHead("发展党员", "5 个阶段、25 步・在册 12 人").Alarm(kit.NewPill(kit.Overdue, "2 人逾期")).Actions(k.Button(kit.Primary, "登记申请人", kit.IconMemberAdd, nothing))
	return Shell(k, "pool", kit.Page(head, kit.Column(12, steps, kit.Grow(kit.Grid(1, 12, board, demands)))), kit.KeyHint{Key: "←→", Does: "换阶段"}, kit.KeyHint{Key: "Enter", Does: "办这一步"})
}
