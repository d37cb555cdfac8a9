package gallery

import (
	"fmt"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
)

// Shell puts a page into the whole skeleton, with the navigation of the design.
func Shell(k *kit.Kit, current string, page fyne.CanvasObject, hints ...kit.KeyHint) *kit.Shell {
	nothing := func() {}
	strip := k.Strip("青梧街道云栈科技园第三联合党支部", kit.StripActs{Find: nothing, Sync: nothing, Face: nothing, Lock: nothing, Help: nothing})
	strip.SetSync(kit.Offline, "离线", "待同步 12 项")
	nav := k.Nav([]kit.NavGroup{
		{Items: []kit.NavItem{{ID: "desk", Label: "工作台", Short: "工作台", Icon: kit.IconHome}}},
		{Title: "人员", Items: []kit.NavItem{{ID: "members", Label: "党员名册", Short: "名册", Icon: kit.IconMembers}, {ID: "pool", Label: "发展党员", Short: "发展", Icon: kit.IconPipeline}}},
		{Title: "组织生活", Items: []kit.NavItem{{ID: "meetings", Label: "会议与活动", Short: "会议", Icon: kit.IconMeeting}, {ID: "training", Label: "学习培训", Short: "学习", Icon: kit.IconTraining}}},
		{Title: "作用发挥", Items: []kit.NavItem{{ID: "posts", Label: "示范岗责任区", Short: "岗区", Icon: kit.IconPost}, {ID: "demands", Label: "诉求办理", Short: "诉求", Icon: kit.IconDemand}, {ID: "dossiers", Label: "主体档案", Short: "主体", Icon: kit.IconEntity}}},
		{Title: "支部事务", Items: []kit.NavItem{{ID: "dues", Label: "党费收缴", Short: "党费", Icon: kit.IconFee}, {ID: "stats", Label: "统计报表", Short: "统计", Icon: kit.IconStats}, {ID: "print", Label: "打印中心", Short: "打印", Icon: kit.IconPrint}}},
		{Title: "系统", Items: []kit.NavItem{{ID: "sync", Label: "同步与备份", Short: "同步", Icon: kit.IconSync}, {ID: "exchange", Label: "导入导出", Short: "导入", Icon: kit.IconExcel}, {ID: "settings", Label: "设置", Short: "设置", Icon: kit.IconSettings}}},
	}, func(string) {})
	nav.SetBadge("desk", 4, kit.Overdue)
	nav.SetBadge("pool", 2, kit.Overdue)
	nav.SetBadge("meetings", 1, kit.Due)
	nav.SetBadge("demands", 3, kit.Due)
	nav.SetBadge("dues", 6, kit.Due)
	nav.SetBadge("sync", 12, kit.Offline)
	nav.SetCurrent(current)
	status := kit.NewStatusBar("数据已加密・1.0.0")
	status.SetSaved(kit.Done, "全部内容已存入本机 14:32")
	status.SetKeys(hints...)
	s := k.Shell(strip, nav, status)
	s.SetPage(page)
	return s
}

// person is a made-up row of the roster.
type person struct{ name, sex, age, joined, group, unit, seen, paid string }

func people() []person {
	names := []string{"白一宁", "陈立群", "丁一舟", "方书禾", "范语桐", "顾明川", "何砚秋", "韩知远", "江予安", "罗沐辰", "陆婉清", "孟思齐", "古丽巴哈尔·买买提", "邱景行", "石远航", "唐映雪", "许清禾", "薛望舒"}
	units := []string{"澄光软件", "云帆智控", "禾木检测", "云栈科技园物业管理服务有限公司联合工会"}
	out := make([]person, len(names))
	for i, n := range names {
		out[i] = person{n, []string{"女", "男"}[i%2], fmt.Sprint(31 + i*3%23), fmt.Sprintf("20%02d-06-%02d", 3+i, 8+i), []string{"第三小组", "第一小组", "第二小组"}[i%3],
			units[i%4], fmt.Sprintf("%d/31", 31-i%5), "2026-11"}
	}
	out[0].paid, out[9].paid = "2026-10", "2026-10"
	return out
}

// List is a list page: search, filters, letters, ledger, bulk bar, detail.
func List(k *kit.Kit) fyne.CanvasObject {
	nothing := func() {}
	all := people()
	text := func(f func(person) string) func(int) kit.Cell {
		return func(i int) kit.Cell { return kit.Cell{Text: f(all[i])} }
	}
	l := k.Ledger([]kit.Col{
		{Title: "姓名", Width: 86, Sortable: true, Cell: func(i int) kit.Cell { return kit.Cell{Text: all[i].name, Bold: true} }},
		{Title: "性别", Width: 56, Priority: 7, Cell: text(func(p person) string { return p.sex })},
		{Title: "年龄", Width: 48, Priority: 6, Align: fyne.TextAlignTrailing, Cell: text(func(p person) string { return p.age })},
		{Title: "类别", Width: 64, Priority: 1, Cell: func(int) kit.Cell { return kit.Cell{Text: "正式"} }},
		{Title: "入党日期", Width: 100, Priority: 3, Sortable: true, Cell: text(func(p person) string { return p.joined })},
		{Title: "党小组", Width: 88, Priority: 4, Cell: text(func(p person) string { return p.group })},
		{Title: "工作单位", Width: 90, Flex: 1, Priority: 5, Cell: text(func(p person) string { return p.unit })},
		{Title: "本年到会", Width: 76, Priority: 8, Align: fyne.TextAlignTrailing, Cell: text(func(p person) string { return p.seen })},
		{Title: "党费缴至", Width: 90, Priority: 2, Cell: func(i int) kit.Cell {
			c := kit.Cell{Text: all[i].paid}
			if c.Text != "2026-11" {
				c.Bold, c.Color = true, kit.ColorDue
			}
			return c
		}},
	}, func() int { return len(all) })
	l.Key, l.Unit = func(i int) string { return all[i].name }, "人"
	l.Bulk = []kit.BulkVerb{{Text: "记党费", Icon: kit.IconFee, Do: nothing}, {Text: "调整党小组", Icon: kit.IconTransfer, Do: nothing},
		{Text: "打印登记表", Icon: kit.IconPrint, Do: nothing}, {Text: "导出", Icon: kit.IconDownload, Do: nothing}}
	l.SetSorted(0, false)
	for _, row := range []int{0, 9, 12} {
		l.Tick(row, true)
	}
	l.SetCurrent(9)
	search := k.Entry("姓名、拼音首字母、单位").Icon(kit.IconSearch)
	filter := func(caption, value string) *kit.Select {
		return k.Select([]string{"全部", "正式", "第一党小组"}, value, nil).Caption(caption)
	}
	kind := filter("类别：", "正式")
	kind.SetActive(true)
	letters := k.LetterStrip(func(string) {})
	letters.Set([]kit.Letter{{Letter: "B", Count: 1}, {Letter: "C", Count: 1}, {Letter: "D", Count: 1}, {Letter: "F", Count: 2}, {Letter: "G", Count: 2}, {Letter: "H", Count: 3}, {Letter: "J", Count: 1}, {Letter: "L", Count: 2}, {Letter: "M", Count: 1}, {Letter: "Q", Count: 1}, {Letter: "S", Count: 1}, {Letter: "T", Count: 1}, {Letter: "X", Count: 2}}, 18, "")
	bar := kit.Wrapped(8, kit.Wide(262, search), kind, filter("党小组：", "全部"), filter("单位：", "全部"), k.Button(kit.Normal, "更多条件", kit.IconFilter, nothing),
		k.Link("清除筛选", nothing))
	head := kit.NewPageHead("党员名册", "筛选出 18 人，在册共 20 人").Actions(k.Button(kit.Primary, "登记党员", kit.IconMemberAdd, nothing),
		k.Button(kit.Normal, "从 Excel 导入", kit.IconExcel, nothing), k.Button(kit.Normal, "打印名册", kit.IconPrint, nothing), k.More(kit.MenuItem{Text: "回收站", Do: nothing}))
	body := kit.Column(10, bar, letters, kit.Grow(kit.Columns(14, []float32{0, 316}, kit.NewFlushCard("", l), detail(k))))
	page := kit.Page(head, body)
	return Shell(k, "members", page, kit.KeyHint{Key: "↑↓", Does: "移动"}, kit.KeyHint{Key: "空格", Does: "勾选"}, kit.KeyHint{Key: "Enter", Does: "编辑"},
		kit.KeyHint{Key: "Ctrl+P", Does: "打印"}, kit.KeyHint{Key: "Ctrl+F", Does: "查找"})
}

func detail(k *kit.Kit) fyne.CanvasObject {
	nothing := func() {}
	group := func(title string, action fyne.CanvasObject, facts ...fyne.CanvasObject) fyne.CanvasObject {
		head := kit.Row(8, kit.NewCaptionStrong(title), kit.Space())
		if action != nil {
			head.Add(action)
		}
		return kit.Column(3, append([]fyne.CanvasObject{head, kit.NewRule()}, facts...)...)
	}
	event := func(day, what string, p *kit.Pill) fyne.CanvasObject {
		return kit.Row(10, kit.NewText(day), kit.Grow(kit.NewText(what).Short()), p)
	}
	body := kit.Column(8,
		kit.Column(3, kit.NewHeading("罗沐辰"), kit.NewSoft("男・30 岁・本科"), kit.Row(6, kit.NewTag(kit.Neutral, "正式党员"), kit.NewPill(kit.Due, "党费欠 1 个月"))),
		group("党内情况", nil, kit.Fact("入党日期", "2019-06-12"), kit.Fact("转正日期", "2020-06-12"), kit.Fact("党小组", "第三小组・组员"), kit.Fact("组织关系", "2022-03-18 转入")),
		group("联系方式", k.Link("显示完整", nothing).Caption(), kit.Fact("手机", "138****0021"), kit.Fact("单位职务", "澄光软件・测试工程师")),
		group("最近到会", k.Link("全部 31 次", nothing).Caption(), event("11-13", "第三季度专题党课", kit.NewPill(kit.Done, "到会")), event("10-22", "主题党日：安全巡查", kit.NewTag(kit.Neutral, "请假")), event("10-19", "第三党小组会", kit.NewPill(kit.Done, "到会"))))
	foot := kit.PadAll(kit.Grid(2, 8, k.Button(kit.Primary, "编辑", kit.IconEdit, nothing), k.Button(kit.Normal, "打印登记表", kit.IconPrint, nothing)), 10)
	return kit.NewCard("", body).Foot(foot)
}
