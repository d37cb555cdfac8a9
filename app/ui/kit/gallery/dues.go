package gallery

import (
	"fmt"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
)

// DuesPage is the sheet of a month with its totals, and the months over it.
func DuesPage(k *kit.Kit) fyne.CanvasObject {
	all := people()
	paid := make([]string, len(all))
	for i := 6; i < len(all); i++ {
		paid[i] = fmt.Sprintf("%d.00", 100+i*13)
	}
	free := func(i int) bool { return i < 6 }
	text := func(f func(int) string) func(int) kit.Cell {
		return func(i int) kit.Cell { return kit.Cell{Text: f(i)} }
	}
	set := func(int, string) string { return "" }
	s := k.Sheet([]kit.SheetCol{
		{Col: kit.Col{Title: "姓名", Width: 84, Cell: func(i int) kit.Cell { return kit.Cell{Text: all[i].name, Bold: true} }}},
		{Col: kit.Col{Title: "党小组", Width: 90, Priority: 3, Cell: text(func(i int) string { return all[i].group })}},
		{Col: kit.Col{Title: "计费基数", Width: 96, Priority: 2, Align: fyne.TextAlignTrailing, Cell: text(func(i int) string { return fmt.Sprintf("%d,%d00", 4+i%9, i%10) })}},
		{Col: kit.Col{Title: "比例", Width: 64, Priority: 4, Align: fyne.TextAlignTrailing, Cell: text(func(int) string { return "1.5%" })}},
		{Col: kit.Col{Title: "应缴（元）", Width: 96, Align: fyne.TextAlignTrailing, Cell: text(func(i int) string { return fmt.Sprintf("%d.00", 100+i*13) })}},
		{Col: kit.Col{Title: "实缴（元）", Width: 96, Align: fyne.TextAlignTrailing, Cell: text(func(i int) string { return paid[i] })}, Editable: free, Set: set},
		{Col: kit.Col{Title: "缴纳日期", Width: 96, Priority: 1, Cell: text(func(i int) string { return "11-20" })}, Editable: free, Set: set},
		{Col: kit.Col{Title: "方式", Width: 100, Priority: 5, Flex: 1, Cell: text(func(i int) string { return "微信转账" })}, Editable: free, Set: set},
		{Col: kit.Col{Title: "状态", Width: 110, Cell: func(i int) kit.Cell {
			if free(i) {
				return kit.Cell{Text: "未缴", Pill: true, State: kit.Due}
			}
			return kit.Cell{Text: "已缴", Pill: true, State: kit.Done}
		}}},
	}, func() int { return len(all) })
	s.Key = func(i int) string { return all[i].name }
	s.Tick(0, true)
	s.Tick(1, true)
	s.SetCursor(0, 5)
	s.Total = func(c int) kit.Cell {
		return []kit.Cell{{Text: "合计"}, {Text: "18 人"}, {}, {}, {Text: "2,932.00"}, {Text: "2,336.50"}, {Text: "差 595.50 元，6 人", Color: kit.ColorDue}, {}, {}}[c]
	}
	months := kit.Grid(12, 5)
	for m := 1; m <= 12; m++ {
		cell := k.Choice(kit.Pad(kit.Column(0, kit.Row(4, kit.NewStrong(fmt.Sprint(m, " 月")).Short(), kit.Space(), kit.NewCaption("已上解").In(kit.ColorDone).Short()),
			kit.NewText("2,916.80").Right().Short()), 4, 6, 4, 6), func() {})
		cell.SetChosen(m == 11)
		months.Add(cell)
	}
	head := kit.NewPageHead("党费收缴", "2026 年 11 月・25 日前上解").Actions(k.Button(kit.Primary, "登记勾选的 2 人", kit.IconCheck, nil), k.Button(kit.Normal, "打印收缴明细表", kit.IconPrint, nil))
	side := kit.Column(12, kit.NewFixedCard("本月情况", kit.Column(6, kit.Row(8, kit.NewSoft("应收"), kit.Space(), kit.NewStrong("2,932.00 元")), kit.NewMeter(0.797, kit.ColorDone).High(9), kit.Row(8, kit.NewCaption("已缴 14 人"), kit.Space(), kit.NewCaption("79.7%")))))
	body := kit.Column(10, months, kit.Grow(kit.Columns(12, []float32{0, 262}, kit.NewFlushCard("", s), side)))
	shell := Shell(k, "dues", kit.Page(head, body), kit.KeyHint{Key: "Enter", Does: "按应缴记，到下一人"}, kit.KeyHint{Key: "Tab", Does: "下一格"}, kit.KeyHint{Key: "Ctrl+Z", Does: "撤销"})
	k.Window().SetContent(shell)
	k.Focus(s)
	return shell
}

// QuickForm is the dialog of quick registration over a list, with a toast.
func QuickForm(k *kit.Kit) fyne.CanvasObject {
	page := List(k)
	k.Window().SetContent(page)
	box := func(s string) *kit.Entry { e := k.Entry(""); e.SetText(s); return e }
	row := func(label string, b fyne.CanvasObject, aside string, state kit.State) fyne.CanvasObject {
		return kit.NewFormRow(label, true, b).Aside(kit.NewCaption(aside).In(state.Color()))
	}
	phone := box("138")
	form := kit.Column(10, row("姓名", box("温予宁"), "拼音：wen yu ning，同名 0 人", kit.Done), row("公民身份号码", box("310000198904120021"), "校验通过，已带出性别、出生日期", kit.Done),
		row("性别", k.Segmented([]string{"男", "女"}, "女", nil), "出生 1989-04-12・37 岁", kit.Neutral), row("党员类别", k.Segmented([]string{"正式党员", "预备党员"}, "正式党员", nil), "", kit.Neutral),
		row("入党日期", k.DateBox(nil), "可打 20130620", kit.Neutral), row("党小组", k.Segmented([]string{"第一", "第二", "第三"}, "第二", nil), "", kit.Neutral),
		row("工作单位", k.Select([]string{"禾木检测"}, "禾木检测", nil), "打首字母可选：hm", kit.Neutral), row("手机", phone, "11 位", kit.Neutral))
	foot := kit.Row(8, kit.NewGlyph(kit.IconInfo, kit.ColorInfo), kit.NewSoft("手机、身份号码在列表里只显示首尾几位").Short(), kit.Space(), k.Button(kit.Normal, "取消", "", nil),
		k.Button(kit.Normal, "保存，再登记一位", "", nil), k.Button(kit.Primary, "保存", kit.IconSave, nil))
	k.Show(kit.Panel{Title: "登记党员", Note: "带 * 的填完就能保存，其余以后再补", Width: kit.DialogMiddle, Body: form, Foot: foot, First: phone})
	k.Toast("已登记 3 人 11 月党费", "撤销", func() {})
	return page
}

// Asking is a question over a page.
func Asking(k *kit.Kit) fyne.CanvasObject {
	page := BoardPage(k)
	k.Window().SetContent(page)
	k.Ask(kit.Question{Title: "撤销“骑手驿站服务岗”？", Body: "撤岗后不再评价、不再打印岗牌；历次评价仍可查看，随时可以恢复。", Extra: kit.NewFormRow("撤岗原因", false, k.Entry("")).LabelWidth(64),
		Safe: "不撤了", Verb: "撤销这个岗", Icon: kit.IconDelete})
	return page
}
