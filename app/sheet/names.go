package sheet

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"

	"zhibu/storage/record"
)

var (
	nameRemarks  = regexp.MustCompile(`[(（\[【]([^()（）\[\]【】]*)[)）\]】]`)
	nameMarks    = regexp.MustCompile(`[*＊※△▲☆★#]+$|^[*＊※△▲☆★#]+|^\d{1,4}[.、．]\s*`)
	spaceInName  = regexp.MustCompile(`\p{Han}[\s\x{3000}\x{00A0}]+\p{Han}`)
	dotInName    = regexp.MustCompile(`(\p{Han})\s*[.．。]\s*(\p{Han})`)
	otherDots    = regexp.MustCompile(`[•‧∙⋅・･●]`)
	nameForm     = regexp.MustCompile(`^[\p{Han}〇\x{E000}-\x{F8FF}]{2,8}$|^[\p{Han}〇\x{E000}-\x{F8FF}]+(·[\p{Han}〇\x{E000}-\x{F8FF}]+)+$|^[A-Za-z][A-Za-z.' -]{1,48}$|^\p{Han}{9,18}$`)
	notName      = regexp.MustCompile(`支部|小组|党委|总支|合计|总计|小计|共计|说明|填表|制表|审核|签字|盖章|日期|以上|以下|注意|备注|负责人|街道|社区|名册|人数|一览表`)
	genericNames = regexp.MustCompile(`^(张三|李四|王五|赵六|孙七|周八|吴九|郑十|某某|某某某|[\p{Han}]某某?|小明|XXX?|xxx?|×××?|示例|样例|例|例如|范例|举例)[0-9]?$`)
)

// readName reads a person's name and what people add to it.
func readName(c Cell) reading {
	var r reading
	s := strings.TrimSpace(c.Text)
	if bare := nameRemarks.ReplaceAllString(s, ""); bare != s {
		var remarks []string
		for _, m := range nameRemarks.FindAllStringSubmatch(s, -1) {
			if m[1] = strings.TrimSpace(m[1]); m[1] != "" {
				remarks = append(remarks, m[1])
			}
		}
		r.rest, s = strings.Join(remarks, "、"), strings.TrimSpace(bare)
		r.find(nameRemark, "姓名后的“（"+r.rest+"）”不算姓名，另外记下。")
	}
	if bare := strings.TrimSpace(nameMarks.ReplaceAllString(s, "")); bare != s && bare != "" {
		r.find(nameRemark, "姓名旁的记号去掉了，按“"+bare+"”保存。")
		s = bare
	}
	s = tidyName(s, &r)
	if fixed, odd := fromPrivateUse(s); odd {
		r.find(namePUA, "姓名里有旧编码的字，别的电脑可能显示成空白。建议改为“"+fixed+"”，请对照身份证确认。", fixed)
		return r
	}
	value, err := record.PersonName{}.Parse(s)
	if err != nil {
		r.find(alike, record.SayOf(err))
		return r
	}
	r.value = value
	if value != "" && (!nameForm.MatchString(value) || notName.MatchString(value)) {
		r.find("NAME_ODD", "“"+clip(value)+"”不像一个人的姓名。请核对。")
	}
	if rare := rareRunes(value); rare != "" {
		r.find(nameRare, "生僻字“"+rare+"”原样保存。")
	}
	return r
}

// tidyName drops blanks between Han characters, makes every interpunct · and
// Kangxi radicals (pasted from a PDF) the characters they stand for.
func tidyName(s string, r *reading) string {
	if spaceInName.MatchString(s) {
		r.find(nameSpace, "姓名中间的空格去掉了，按去掉后的保存。")
		for spaceInName.MatchString(s) {
			s = spaceInName.ReplaceAllStringFunc(s, func(m string) string { return strings.Join(strings.Fields(m), "") })
		}
	}
	if dotted := otherDots.ReplaceAllString(dotInName.ReplaceAllString(s, "$1·$2"), "·"); dotted != s {
		r.find(nameDot, "姓名里的间隔号统一写成“·”。")
		s = dotted
	}
	if plain := fromRadicals(s); plain != s {
		r.find(nameRadical, "姓名里有部首字符，改成了正字“"+plain+"”。")
		s = plain
	}
	return s
}

// fromRadicals turns Kangxi radicals and their like into unified ideographs.
func fromRadicals(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 0x2E80 && r <= 0x2FDF {
			c, _ := utf8.DecodeRuneInString(norm.NFKC.String(string(r)))
			return c
		}
		return r
	}, s)
	return radicals.Replace(s)
}

// radicals turns those of U+2E80–2EFF that occur in names and have no
// decomposition in Unicode (EquivalentUnifiedIdeograph.txt).
var radicals = strings.NewReplacer(
	"⺟", "母", "⻁", "虎", "⻄", "西", "⻅", "见", "⻉", "贝", "⻋", "车", "⻓", "长", "⻔", "门",
	"⻘", "青", "⻙", "韦", "⻚", "页", "⻛", "风", "⻜", "飞", "⻝", "食", "⻢", "马", "⻥", "鱼",
	"⻦", "鸟", "⻨", "麦", "⻩", "黄", "⻬", "齐", "⻮", "齿", "⻰", "龙", "⻳", "龟", "⺠", "民",
	"⺩", "王", "⺒", "巳", "⻤", "鬼", "⻣", "骨", "⻆", "角", "⻫", "齐")

// fromPrivateUse replaces characters of the private use area, which GBK files
// hold for characters that Unicode lacked then. Their places in GBK are
// FE50–FEA0 in order, and today's GB 18030 says what stands there.
func fromPrivateUse(s string) (fixed string, odd bool) {
	out := strings.Map(func(r rune) rune {
		if !unicode.Is(unicode.Co, r) {
			return r
		}
		odd = true
		if r < 0xE815 || r > 0xE864 {
			return '□'
		}
		trail := 0x50 + int(r-0xE815)
		if trail >= 0x7F {
			trail++
		}
		now, err := simplifiedchinese.GB18030.NewDecoder().Bytes([]byte{0xFE, byte(trail)})
		if c, _ := utf8.DecodeRune(now); err == nil && !unicode.Is(unicode.Co, c) && c != utf8.RuneError {
			return c
		}
		return '□'
	}, s)
	return out, odd
}

// rareRunes returns the characters beyond the basic set: extension A and
// whatever lies outside the BMP or came to it late.
func rareRunes(s string) string {
	var rare []string
	for _, r := range s {
		if unicode.Is(unicode.Han, r) && (r >= 0x3400 && r <= 0x4DBF || r >= 0x9FA6 && r <= 0x9FFF || r > 0xFFFF) {
			rare = append(rare, fmt.Sprintf("%c", r))
		}
	}
	return strings.Join(rare, "、")
}

// likeName reports whether a cell's text can be a person's name.
func likeName(s string) bool {
	var r reading
	s = nameRemarks.ReplaceAllString(strings.TrimSpace(s), "")
	s = tidyName(strings.TrimSpace(nameMarks.ReplaceAllString(s, "")), &r)
	return nameForm.MatchString(s) && !notName.MatchString(s)
}

// genericName reports whether a name is one that templates use for an example.
func genericName(s string) bool {
	return genericNames.MatchString(strings.Join(strings.Fields(s), ""))
}

var nameBreaks = regexp.MustCompile(`[、，,；;/／|\n\r\t。]+|\s*和\s*`)

// splitNames divides a list of names: by every separator people use, or by
// blanks when there is no other. "张 三" with a blank inside stays one name.
func splitNames(s string) []string {
	s = record.Halfwidth(s)
	parts := nameBreaks.Split(s, -1)
	if len(parts) == 1 {
		parts = joinSingles(strings.Fields(s))
	}
	var out []string
	for _, part := range parts {
		part = strings.TrimSpace(part)
		if fields := strings.Fields(part); len(fields) > 1 && len(parts) > 1 {
			part = strings.Join(joinSingles(fields), " ")
			if !strings.ContainsAny(part, "()") && likeName(fields[0]) && likeName(fields[1]) {
				out = append(out, joinSingles(fields)...)
				continue
			}
		}
		if part != "" && !isBlank(part) {
			out = append(out, part)
		}
	}
	return out
}

// joinSingles puts 张 三 back together: two neighbours of one Han character.
func joinSingles(words []string) []string {
	var out []string
	for i := 0; i < len(words); i++ {
		if utf8.RuneCountInString(words[i]) == 1 && i+1 < len(words) && utf8.RuneCountInString(words[i+1]) == 1 {
			out = append(out, words[i]+words[i+1])
			i++
			continue
		}
		out = append(out, words[i])
	}
	return out
}
