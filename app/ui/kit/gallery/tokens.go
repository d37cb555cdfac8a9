package gallery

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/ui/kit"
)

// Tokens is the sheet of colours, type, sizes and icons.
func Tokens(k *kit.Kit) fyne.CanvasObject {
	left := kit.Column(10, section("基础色", colours()), section("状态色（字色、底色）", states()), kit.Grow(section("尺寸", sizes())))
	right := kit.Column(10, section("字号（思源黑体，只用常规和粗体两种）", faces()), section("自有图标", icons(own())), kit.Grow(section("Fyne 自带图标", icons(fynes()))))
	share := []float32{-6, -10}
	if k.Face() == kit.Large {
		share = []float32{-7, -9}
	}
	return sheet("设计样张", k.Face().String()+"版・Fyne 主题令牌", kit.Columns(10, share, left, right))
}

func section(title string, body fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewFixedCard("", kit.Column(8, kit.NewCaptionStrong(title), body))
}

func swatch(name fyne.ThemeColorName, side float32) fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(name))
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = theme.Color(theme.ColorNameSeparator), 1, 3
	return kit.Sized(side, side, r)
}

func code(name fyne.ThemeColorName) string {
	r, g, b, _ := theme.Color(name).RGBA()
	return fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8)
}

func colours() fyne.CanvasObject {
	grid := kit.Grid(3, 8)
	for _, c := range []struct {
		name fyne.ThemeColorName
		word string
	}{{theme.ColorNameBackground, "工作区底"}, {kit.ColorSurface, "卡片"}, {theme.ColorNameHeaderBackground, "表头"},
		{kit.ColorSide, "导航"}, {theme.ColorNameSelection, "选中"}, {theme.ColorNameSeparator, "细线"},
		{theme.ColorNameInputBorder, "输入框边"}, {theme.ColorNameForeground, "正文"}, {kit.ColorSoft, "次要"},
		{theme.ColorNamePlaceHolder, "提示"}, {theme.ColorNamePrimary, "枣红"}, {kit.ColorTopbar, "顶条"}} {
		grid.Add(kit.Row(8, swatch(c.name, 34), kit.Column(0, kit.NewText(c.word), kit.NewCaption(code(c.name)))))
	}
	return grid
}

func states() fyne.CanvasObject {
	col := kit.Column(6)
	for _, s := range []struct {
		state kit.State
		word  string
		pill  string
	}{{kit.Overdue, "逾期/出错", "逾期 8 天"}, {kit.Due, "到期/提醒", "今天到期"}, {kit.Done, "完成", "已完成"},
		{kit.Coming, "将到/说明", "7 天后"}, {kit.Conflict, "冲突", "有冲突"}, {kit.Offline, "离线", "离线"}, {kit.Finalised, "定稿/草稿", "已定稿"}} {
		col.Add(kit.Columns(8, []float32{90, 28, 28, 140, 0}, kit.NewText(s.word), swatch(s.state.Color(), 24), swatch(s.state.Tint(), 24),
			kit.NewCaption(code(s.state.Color())+" "+code(s.state.Tint())), kit.NewPill(s.state, s.pill)))
	}
	return col
}

func sizes() fyne.CanvasObject {
	grid := kit.Grid(3, 6)
	for _, s := range []struct {
		name fyne.ThemeSizeName
		word string
	}{{kit.SizeRow, "表格行"}, {kit.SizeRowDense, "密行"}, {kit.SizeInput, "输入框"}, {kit.SizeStrip, "顶条"},
		{kit.SizeNavRow, "导航行"}, {kit.SizeNavWidth, "导航宽"}, {kit.SizeHead, "页头"}, {kit.SizeStatus, "状态条"}, {kit.SizeGutter, "外边距"}} {
		grid.Add(kit.Row(8, kit.NewSoft(s.word), kit.NewStrong(fmt.Sprint(theme.Size(s.name)))))
	}
	return grid
}

func faces() fyne.CanvasObject {
	row := func(use string, o fyne.CanvasObject) fyne.CanvasObject {
		return kit.Columns(8, []float32{150, 0}, kit.NewCaption(use), o)
	}
	return kit.Column(4, row("页标题", kit.NewHeading("支部党员大会")), row("卡片标题", kit.NewTitle("组织生活完成情况")),
		row("正文、表格、输入框", kit.NewText("应到 20 人，实到 17 人，请假 2 人，缺席 1 人")), row("强调", kit.NewStrong("罗沐辰 2,336.50 元")),
		row("说明、表头、标签", kit.NewCaption("11-18 17:42 由陈立群在办公台式上修改")),
		row("生僻字", kit.NewText("𬍛𬭊𬊈㛃䶮𠅤𬱖 古丽巴哈尔·买买提")))
}

func icons(list []kit.Icon) fyne.CanvasObject {
	grid := kit.Grid(14, 8)
	for _, i := range list {
		grid.Add(kit.Center(kit.NewGlyphSized(i, theme.ColorNameForeground, theme.SizeNameInlineIcon)))
	}
	return grid
}

func own() []kit.Icon {
	return []kit.Icon{kit.IconAttend, kit.IconBlocked, kit.IconClock, kit.IconCloudOff, kit.IconCloudOK, kit.IconConflict, kit.IconDemand,
		kit.IconDoing, kit.IconDone, kit.IconDot, kit.IconDraft, kit.IconEntity, kit.IconEqual, kit.IconExcel, kit.IconFee, kit.IconFilter,
		kit.IconKey, kit.IconLarge, kit.IconLate, kit.IconLink, kit.IconLock, kit.IconMeeting, kit.IconMemberAdd, kit.IconMembers, kit.IconPin,
		kit.IconPipeline, kit.IconPost, kit.IconSeal, kit.IconStats, kit.IconSync, kit.IconTarget, kit.IconTodo, kit.IconTraining, kit.IconTransfer,
		kit.IconUSB, kit.IconVote}
}

func fynes() []kit.Icon {
	return []kit.Icon{kit.IconHome, kit.IconAccount, kit.IconSearch, kit.IconPrint, kit.IconSave, kit.IconEdit, kit.IconDocument, kit.IconAdd,
		kit.IconRemove, kit.IconDelete, kit.IconSettings, kit.IconHelp, kit.IconInfo, kit.IconWarning, kit.IconError, kit.IconCalendar,
		kit.IconHistory, kit.IconUpload, kit.IconDownload, kit.IconRefresh, kit.IconBack, kit.IconForward, kit.IconUp, kit.IconDown, kit.IconShow,
		kit.IconHide, kit.IconLogin, kit.IconStorage, kit.IconComputer, kit.IconFolder, kit.IconOpen, kit.IconFile, kit.IconPhoto, kit.IconMore,
		kit.IconCheck, kit.IconClose, kit.IconList, kit.IconZoomIn, kit.IconZoomOut, kit.IconSend, kit.IconCopy, kit.IconUndo}
}
