// Package gallery shows every component in every state, as sample sheets. Tests
// check them and the pictures of the project are drawn from them; the program does
// not use it.
package gallery

import (
	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
)

// Sheets returns the sample sheets by name.
func Sheets() map[string]func(*kit.Kit) fyne.CanvasObject {
	return map[string]func(*kit.Kit) fyne.CanvasObject{
		"states": States, "tokens": Tokens, "list": List, "form": FormPage, "charts": Charts, "board": BoardPage,
		"dues": DuesPage, "quick": QuickForm, "ask": Asking,
	}
}

// sample is a card with a caption row as on the states sheet.
func sample(title string, body fyne.CanvasObject) fyne.CanvasObject {
	head := kit.Ground("headerBackground", kit.Pad(kit.NewCaptionStrong(title), 4, 12, 4, 12))
	return kit.NewFlushCard("", kit.Column(0, head, kit.NewRule(), kit.Grow(kit.Pad(body, 8, 12, 8, 12))))
}

// States is the sheet of design.md §6.
func States(k *kit.Kit) fyne.CanvasObject {
	nothing := func() {}
	empty := kit.Empty(kit.IconDemand, "还没有诉求", "走访、来电、来信收到的都可以记在这里。",
		k.Button(kit.Primary, "收一条诉求", kit.IconAdd, nothing), k.Button(kit.Normal, "从 Excel 导入", kit.IconExcel, nothing))
	missing := kit.Empty(kit.IconSearch, "没有找到“ghx”", "试试只打姓的首字母，或清除筛选。",
		k.Button(kit.Normal, "清除筛选", "", nothing), k.Button(kit.Normal, "登记党员", kit.IconMemberAdd, nothing))
	loading := k.Loading("正在打开会议记录…", nil)
	loading.Set(612, 1480)
	broken := kit.Column(8,
		kit.NewBand(kit.Overdue, "没有存到 U 盘：空间不够", "还差 38 MB。请删掉 U 盘上不用的文件，再点“重试”。", "本机数据没有变化，也没有丢。"),
		kit.Row(8, k.Button(kit.Primary, "重试", kit.IconRefresh, nothing), k.Button(kit.Normal, "换一个位置", "", nothing), kit.Space(), kit.NewCaption("编号 U-102")))
	final := kit.Column(8,
		kit.NewBand(kit.Finalised, "已定稿，不能直接改", "陈立群 11-20 15:31 定稿。要改请“开更正”，原稿保留，更正单独编号。", ""),
		kit.Row(8, k.Button(kit.Primary, "打印", kit.IconPrint, nothing), k.Button(kit.Normal, "开更正", kit.IconEdit, nothing), kit.Space(), k.Link("看历次版本", nothing)))
	offline := kit.Column(8, kit.NewBand(kit.Offline, "离线，照常使用", "12 项改动存在本机，联网后自动上传。", ""),
		kit.Row(8, k.Button(kit.Normal, "看待上传", "", nothing), k.Button(kit.Normal, "用 U 盘交换", kit.IconUSB, nothing)))
	conflict := kit.Column(8, kit.NewBand(kit.Conflict, "两边都改过许清禾的信息", "两份都保留着。请选哪一份为准，或两份都留。", ""),
		kit.Row(8, k.Button(kit.Primary, "现在确认", kit.IconConflict, nothing), k.Button(kit.Normal, "以后再说", "", nothing)))
	columns := 4
	if k.Face() == kit.Large {
		columns = 3
	}
	return sheet("状态一览", "同一套说法：发生了什么，怎么办，东西还在",
		kit.Grid(columns, 10,
			sample("空列表", empty), sample("没有找到", missing), sample("载入（超过 0.3 秒才出现）", loading), sample("出错", broken),
			sample("定稿（只读）", final), sample("离线", offline), sample("冲突", conflict), sample("要确认的操作", asking(k)),
			sample("办完提示", done(k)), sample("输入框状态", inputs(k)), sample("按钮与状态标签", buttons(k)), sample("锁定（10 分钟不操作）", locked(k)),
		))
}

// sheet is a page of samples under its title.
func sheet(title, note string, body fyne.CanvasObject) fyne.CanvasObject {
	return kit.Scrolled(kit.Column(4, kit.Row(10, kit.NewHeading(title), kit.NewSoft(note).Short()), kit.Grow(body)))
}

func asking(k *kit.Kit) fyne.CanvasObject {
	reason := k.Entry("")
	reason.SetText("岗位合并到客服中心")
	return kit.Column(8,
		kit.Columns(10, []float32{24, 0}, kit.NewGlyphSized(kit.IconWarning, kit.ColorOverdue, "headingText"),
			kit.Column(4, kit.NewParaTitle("撤销“骑手驿站服务岗”？"), kit.NewPara("撤岗后不再评价、不再打印岗牌；历次评价仍可查看，随时可以恢复。"))),
		kit.NewFormRow("撤岗原因", false, reason).LabelWidth(64),
		kit.Row(8, kit.Space(), k.Button(kit.Normal, "不撤了", "", nil), k.Button(kit.Danger, "撤销这个岗", kit.IconDelete, nil)))
}

func inputs(k *kit.Kit) fyne.CanvasObject {
	box := func(s string) *kit.Entry { e := k.Entry(""); e.SetText(s); return e }
	changed, wrong, fixed := box("云栈科技园二楼"), box("2014-13-02"), box("由身份号码带出")
	changed.SetChanged(true)
	wrong.SetError(true)
	fixed.SetLocked(true)
	row := func(label string, b fyne.CanvasObject) fyne.CanvasObject {
		return kit.NewFormRow(label, false, b).LabelWidth(64)
	}
	return kit.Column(5, row("平常", box("云栈科技园")), row("改过", changed), row("有错", wrong), row("不可改", fixed))
}

func buttons(k *kit.Kit) fyne.CanvasObject {
	p := func(s kit.State, text string) fyne.CanvasObject { return kit.NewPill(s, text) }
	return kit.Column(8,
		kit.Row(8, k.Button(kit.Primary, "主要操作", kit.IconCheck, nil), k.Button(kit.Normal, "一般操作", "", nil), k.Button(kit.Normal, "不能点", "", nil).Off()),
		kit.Row(8, k.Button(kit.Danger, "危险操作", kit.IconDelete, nil), k.Button(kit.Positive, "办结", kit.IconDone, nil), k.Link("文字按钮", nil)),
		kit.Row(7, p(kit.Overdue, "逾期 8 天"), p(kit.Due, "今天到期"), p(kit.Done, "已完成")),
		kit.Row(7, p(kit.Coming, "7 天后"), p(kit.Conflict, "冲突"), p(kit.Offline, "离线")),
		kit.Row(7, p(kit.Finalised, "已定稿"), p(kit.Draft, "草稿"), p(kit.Neutral, "正式党员")))
}

func done(k *kit.Kit) fyne.CanvasObject {
	k.Toast("已登记 3 人 11 月党费", "撤销", nil)
	k.Toast("会议记录已送打印机，2 份", "查看", nil)
	return kit.Column(0, kit.Grow(k.Toasts()), kit.NewCaption("停留 8 秒，鼠标停在上面不消失"))
}

func locked(k *kit.Kit) fyne.CanvasObject {
	p := k.Password("")
	p.SetText("secret")
	return kit.Center(kit.Column(8, kit.Center(kit.NewGlyphSized(kit.IconLock, "primary", kit.SizeIconEmpty)),
		kit.Center(kit.NewTitle("已锁定")),
		kit.Row(8, kit.Wide(180, p), k.Button(kit.Primary, "解锁", kit.IconLogin, nil)),
		kit.Center(kit.NewCaption("没写完的内容已存入本机"))))
}
