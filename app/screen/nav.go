package screen

import (
	"slices"

	"zhibu/storage/record"
)

// NavPage is one page of the navigation.
type NavPage struct {
	Name  string // permanent: "desk", or the name of the kind it lists
	Label string // 党员名册
	Short string // two characters for the narrow navigation
	Group string // caption it stands under, "" for none
	Kind  string // kind whose list it is, "" for none
}

// Navigation returns the pages in the order of the navigation; Digits says which
// of them answer to Ctrl+1…9, the last answers to Ctrl+0.
func Navigation() []NavPage {
	return []NavPage{
		{"desk", "工作台", "工作台", "", ""},
		{"member", "党员名册", "名册", "人员", "member"},
		{"pool", "发展党员", "发展", "人员", "pool"},
		{"meeting", "会议与活动", "会议", "组织生活", "meeting"},
		{"training", "学习培训", "学习", "组织生活", "training"},
		{"post", "示范岗责任区", "岗区", "作用发挥", "post"},
		{"demand", "诉求办理", "诉求", "作用发挥", "demand"},
		{"dossier", "主体档案", "主体", "作用发挥", "dossier"},
		{"service", "共建服务", "服务", "作用发挥", "service"},
		{"dues", "党费收缴", "党费", "支部事务", "dues"},
		{"stats", "统计报表", "统计", "支部事务", ""},
		{"print", "打印中心", "打印", "支部事务", ""},
		{"sync", "同步与备份", "同步", "系统", ""},
		{"excel", "导入导出", "导入", "系统", ""},
		{"settings", "设置", "设置", "系统", ""},
	}
}

// Digits returns the nine pages of Ctrl+1…9 in order. 共建服务, opened a few times a
// year, has no digit, so that Ctrl+9 is 党费收缴.
func Digits() []NavPage {
	pages := slices.DeleteFunc(Navigation(), func(p NavPage) bool { return p.Name == "service" })
	return pages[:9]
}

// PageOf returns the page where records of kind are kept. Registers without a page
// of their own stand together under 共建服务 (decisions.md 25).
func PageOf(kind string) string {
	switch kind {
	case "zone":
		return "post"
	case "branch":
		return "settings"
	}
	for _, p := range Navigation() {
		if p.Kind == kind {
			return kind
		}
	}
	return shared
}

// shared is the page of the registers that have none of their own.
const shared = "service"

// Sharing returns the kinds that stand together with kind on one list page, in the
// order of the catalog; none for a kind that has its page for itself.
func (b *Book) Sharing(kind string) []record.Kind {
	if PageOf(kind) != shared {
		return nil
	}
	var out []record.Kind
	for _, k := range b.kinds {
		if PageOf(k.Name) == shared {
			out = append(out, k)
		}
	}
	return out
}
