package sheet

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhibu/storage/record"
)

// Mapping is what a person decided earlier: heading (as Fold writes it) → name
// of the field, "" for a column that is not imported.
type Mapping map[string]string

// Fold makes headings comparable: half-width, lower case, without blanks, line
// ends, numbering, marks of obligation and hints in brackets.
func Fold(heading string) string {
	folded, _ := foldHeading(heading)
	return folded
}

var (
	headingHint   = regexp.MustCompile(`[(\[【<《]([^()\[\]【】<>《》]*)[)\]】>》]`)
	headingNumber = regexp.MustCompile(`^(\d{1,2}[.、)]|[(]\d{1,2}[)])`)
	headingDates  = strings.NewReplacer("年月日", "时", "日期", "时", "时间", "时", "年月", "时", "号码", "号", "编号", "号", "人员", "人", "名单", "人",
		"所属", "所在", "具体", "", "的", "", "是否为", "", "是否", "", "本人", "", "填写", "")
)

// foldHeading also returns what stood in brackets.
func foldHeading(heading string) (folded string, hints []string) {
	s := strings.ToLower(record.Halfwidth(heading))
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("*★☆※:\"'“”‘’", r) {
			return -1
		}
		return r
	}, s)
	for _, m := range headingHint.FindAllStringSubmatch(s, -1) {
		hints = append(hints, m[1])
	}
	if bare := headingHint.ReplaceAllString(s, ""); bare != "" {
		s = bare
	}
	return headingNumber.ReplaceAllString(s, ""), hints
}

var brackets = strings.NewReplacer("(", "", ")", "", "（", "", "）", "")

// whole folds a heading without dropping what stands in brackets.
func whole(heading string) string {
	return brackets.Replace(strings.Join(strings.Fields(strings.ToLower(record.Halfwidth(heading))), ""))
}

// How well a heading fits a field. From sure on, nobody needs to look.
const (
	exact    = 100
	bare     = 90 // equal without hints in brackets
	sure     = 80 // equal but for words like 日期/时间
	near     = 60 // one character more or less
	contains = 50 // the heading holds the field's name
)

// name is one spelling under which a field is known.
type name struct {
	folded, whole, canon string
	field                int // index into the kind's fields
}

// names knows every spelling of every field of a kind.
type names struct {
	list                 []name
	folded, whole, canon map[string]int // spelling → field
	words                map[string]int // spelling → a text field that shares it with a table
}

func namesOf(k record.Kind) names {
	out := names{folded: map[string]int{}, whole: map[string]int{}, canon: map[string]int{}, words: map[string]int{}}
	add := func(to map[string]int, s string, field int) {
		if _, ok := to[s]; !ok && s != "" {
			to[s] = field
		}
	}
	var hinted []name // what a heading with a hint means without it yields to every plain spelling
	for i, f := range k.Fields {
		for _, s := range spellingsOf(k, f) {
			n := name{folded: Fold(s), whole: whole(s), field: i}
			if n.canon = headingDates.Replace(n.folded); n.canon == "时" || n.canon == "号" {
				n.canon = ""
			}
			add(out.whole, n.whole, i)
			out.list = append(out.list, n)
			if _, hints := foldHeading(s); len(hints) > 0 {
				hinted = append(hinted, n)
				continue
			}
			add(out.canon, n.canon, i)
			add(out.folded, n.folded, i)
			if isWords(f) {
				add(out.words, n.folded, i)
			}
		}
	}
	for _, n := range hinted {
		if _, plain := out.canon[n.canon]; !plain {
			add(out.folded, n.folded, n.field)
			add(out.canon, n.canon, n.field)
		}
	}
	return out
}

// spellingsOf returns the headings under which a field is known, none if no cell
// can stand for it.
func spellingsOf(k record.Kind, f record.Field) []string {
	if !importable(f) {
		return nil
	}
	out := append([]string{f.Label, f.Name}, f.Headings...)
	if ref, ok := f.Type.(record.Ref); ok && ref.Kind == "member" && (f.Required || f.Name == k.Title) {
		out = append(out, "姓名", "党员姓名") // the record is about that member
	}
	return out
}

func isWords(f record.Field) bool {
	switch f.Type.(type) {
	case record.Text, record.Long:
		return true
	}
	return false
}

// sureOf finds the field that a heading names for sure; score 0 means none.
func (n names) sureOf(heading string) (field, score int) {
	if len(heading) > 200 || strings.Trim(heading, "0123456789.-/: Xx") == "" {
		return -1, 0 // a number or date, as most cells are
	}
	if f, ok := n.whole[heading]; ok {
		return f, exact // as most headings are written
	}
	if f, ok := n.whole[whole(heading)]; ok {
		return f, exact
	}
	folded := Fold(heading)
	if f, ok := n.folded[folded]; ok {
		return f, bare
	}
	if f, ok := n.canon[headingDates.Replace(folded)]; ok {
		return f, sure
	}
	return -1, 0
}

// match finds the field that a heading names best; score 0 means none.
func (n names) match(heading string) (field, score int) {
	if field, score = n.sureOf(heading); score > 0 {
		return field, score
	}
	folded := Fold(heading)
	if folded == "" || utf8.RuneCountInString(folded) > 30 {
		return -1, 0
	}
	canon := headingDates.Replace(folded)
	for _, known := range n.list {
		if s := fit(known, folded, canon); s > score {
			field, score = known.field, s
		}
	}
	return field, score
}

// others are words that make a heading be about something else than the field
// whose name it holds: 介绍人联系电话 is not the member's phone.
var others = regexp.MustCompile(`配偶|父|母|子女|家属|家庭成员|介绍人|联系人|负责人|书记|谈话人|原|曾|拟|前|非|未|不|入党时|转正时|转出|转入|流出|流入|上级|对方`)

// fit scores two spellings that are not the same.
func fit(n name, folded, canon string) int {
	long := utf8.RuneCountInString(folded)
	if others.MatchString(folded) && !others.MatchString(n.folded) {
		return 0
	}
	switch {
	case long >= 5 && utf8.RuneCountInString(n.folded) >= 5 && apartByOne(folded, n.folded):
		return near
	case utf8.RuneCountInString(n.canon) >= 3 && long <= 16 && strings.Contains(canon, n.canon):
		return contains + min(utf8.RuneCountInString(n.canon), 9)
	}
	return 0
}

// apartByOne reports whether two words differ by one character put in or left
// out. An exchanged one is another word: 入党时间 and 入团时间.
func apartByOne(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) != 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	return string(x[i:]) == string(y[i+1:])
}

// idle are headings of columns that carry nothing to keep.
func idle(folded string) bool {
	switch folded {
	case "序号", "序", "序列", "编号", "行号", "no", "no.", "序数", "党龄", "党龄年", "年龄", "主键", "信息完整度", "":
		return true
	}
	return false
}
