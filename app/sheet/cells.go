package sheet

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"zhibu/storage/record"
)

// planner reads rows as records of one kind.
type planner struct {
	kind    record.Kind
	in      record.Around
	today   record.Date
	titles  map[string]map[string][]string // kind → title → ids, filled on demand
	remarks string                         // field that takes what fits nowhere else, "" if none
}

func newPlanner(k record.Kind, in record.Around) *planner {
	pl := &planner{kind: k, in: in, today: in.Today(), titles: map[string]map[string][]string{}}
	for _, f := range k.Fields {
		if f.Name == "note" || f.Label == "备注" {
			pl.remarks = f.Name
		}
	}
	return pl
}

// read reads one cell for one field.
func (pl *planner) read(f record.Field, c Cell, dates dateReader) reading {
	var r reading
	switch {
	case c.Type == Empty && c.Formula:
		r.find(noCache, "这一格是公式，文件里没有存结果。请在表格里另存一次再导入，或手工填写。")
		return r
	case c.Type == Empty:
		return r
	case c.Type == Fault:
		r.find(fault, "公式出错，显示为“"+c.Text+"”，按空处理。")
		return r
	case strings.ContainsRune(c.Text, utf8.RuneError):
		r.find(badBytes, "“"+clip(c.Text)+"”里有认不出的字（编码损坏），没有填进这一项。请在原表里改正，或另存为 .xlsx 再导入。")
		return r
	}
	c.Text = undoApostrophe(c)
	if rows, ok := f.Type.(record.Rows); ok {
		return pl.readList(f, rows, c)
	}
	return pl.readTyped(f, c, dates)
}

func (pl *planner) readTyped(f record.Field, c Cell, dates dateReader) reading {
	switch t := f.Type.(type) {
	case record.Day:
		day, r := dates.read(c)
		r.value = day.String()
		return pl.judgeDay(f, day, pl.spanned(f, r))
	case record.Moment:
		start, end, r := dates.moment(c)
		r.value = start
		if other, ok := pl.kind.Field("end"); ok && f.Name == "start" && end != "" && other.Type == (record.Moment{}) {
			r.also("end", end)
		}
		return pl.judgeDay(f, record.ReadDate(start[:min(len(start), 10)]), r)
	case record.Choice:
		return readChoice(t, c)
	case record.YesNo:
		return readYesNo(t, c)
	}
	if isBlank(c.Text) {
		return reading{}
	}
	switch t := f.Type.(type) {
	case record.PersonName:
		return pl.remarked(readName(c))
	case record.IDNumber:
		return readID(c)
	case record.Phone:
		return pl.phone(f, c)
	case record.Money, record.Number:
		return readNumeric(f, c)
	case record.Ref:
		return pl.readRef(t, c)
	}
	return readPlain(f, c, dates.date1904)
}

// spanned puts both ends of a span into the pair x_from and x_to, if the field is
// one of such a pair.
func (pl *planner) spanned(f record.Field, r reading) reading {
	base, isTo := strings.CutSuffix(f.Name, "_to")
	base, _ = strings.CutSuffix(base, "_from")
	_, hasFrom := pl.kind.Field(base + "_from")
	if _, hasTo := pl.kind.Field(base + "_to"); r.until.IsZero() || !hasFrom || !hasTo || base == f.Name {
		return r
	}
	from := r.value
	r.also(base+"_from", from)
	r.also(base+"_to", r.until.String())
	if isTo {
		r.value = r.until.String()
	}
	r.findings, r.rest = nil, ""
	r.find(dateRange, "写的是一段时间，按 "+from+" 至 "+r.until.String()+" 分成起止两项。")
	return r
}

var (
	pastFields  = regexp.MustCompile(`出生|入党|入团|转正|转为|申请|递交|确定|谈话|参加工作|加入|接收|审批|宣誓|备案|政治审查|转入|推荐`)
	laterFields = regexp.MustCompile(`届满|到期|截止|预计|计划|期限|时限|有效|期满|延长|至$|止$|完成`)
)

// judgeDay reports a date that has not come yet, where only the past makes sense.
func (pl *planner) judgeDay(f record.Field, day record.Date, r reading) reading {
	say := "“" + day.String() + "”还没有到（今天是 " + pl.today.String() + "）。请核对年份。"
	switch {
	case !day.After(pl.today) || laterFields.MatchString(f.Label):
	case pastFields.MatchString(f.Label) && f.Type == (record.Day{}):
		r.find(dateFuture, say)
	default:
		r.find("DATE_NOT_YET", say)
	}
	return r
}

// undoApostrophe drops the apostrophe that export puts before a formula sign.
func undoApostrophe(c Cell) string {
	if c.Type != Number && strings.HasPrefix(c.Text, "'") && startsFormula(strings.TrimLeft(c.Text, "'")) {
		return c.Text[1:]
	}
	return c.Text
}

// startsFormula reports whether a spreadsheet would take the text for a formula.
func startsFormula(s string) bool { return s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) }

func readPlain(f record.Field, c Cell, date1904 bool) reading {
	var r reading
	text := c.Text
	if c.Type == Number && isDate(c.Format) {
		if day, minutes := serialDay(c.Number, date1904); !day.IsZero() {
			text = day.String()
			if minutes > 0 {
				text = at(day, minutes)
			}
		}
	}
	value, err := f.Type.Parse(text)
	if err != nil {
		r.find(alike, "“"+clip(text)+"”："+record.SayOf(err))
		return r
	}
	r.value = value
	return r
}

var (
	choiceParts   = regexp.MustCompile(`[+＋/／、，,;；|&\s]|和|及|兼`)
	choiceRemarks = regexp.MustCompile(`[(（\[]([^()（）\[\]]*)[)）\]]`)
)

// readChoice reads an entry of a code list, leniently: 汉, 223_正式党员,
// 本科（在职）, 主题党日+志愿服务.
func readChoice(t record.Choice, c Cell) reading {
	var r reading
	text := strings.TrimSpace(c.Text)
	closed := record.Choice{Codes: t.Codes}
	if listed(closed, text, &r) || isBlank(text) {
		return r
	}
	if id, rest, ok := looseChoice(closed, text); ok {
		r.value, r.rest = id, rest
		r.find(synonym, "“"+clip(text)+"”按“"+t.Format(id)+"”保存。")
		return r
	}
	if value, err := t.Parse(text); err == nil {
		r.value = value // the list is open
		r.find(unknown, "“"+clip(text)+"”不在可选项里，照原文保存。请核对。")
		return r
	}
	_, err := t.Parse(text)
	r.find(unknown, record.SayOf(err)+"这一项先空着，原文放进备注。")
	r.rest = text
	return r
}

// listed reads an entry of a list by any of its spellings.
func listed(t record.Type, text string, r *reading) bool {
	id, err := t.Parse(text)
	if err != nil {
		return false
	}
	if r.value = id; text != t.Format(id) {
		r.find(synonym, "“"+clip(text)+"”按“"+t.Format(id)+"”保存。")
	}
	return true
}

// looseChoice tries a text without its remarks, its parts, and a label with a
// short tail (大学本科毕业).
func looseChoice(t record.Choice, text string) (id, rest string, ok bool) {
	if bare := strings.TrimSpace(choiceRemarks.ReplaceAllString(text, "")); bare != text && bare != "" {
		if id, err := t.Parse(bare); err == nil {
			return id, text, true
		}
	}
	if parts := choiceParts.Split(text, -1); len(parts) > 1 {
		for _, part := range parts {
			if id, err := t.Parse(part); err == nil && strings.TrimSpace(part) != "" {
				return id, text, true
			}
		}
	}
	best := ""
	for _, code := range t.Codes {
		for _, s := range append([]string{code.Label}, code.Also...) {
			tail, found := strings.CutPrefix(text, s)
			if found && utf8.RuneCountInString(s) >= 2 && utf8.RuneCountInString(tail) <= 3 && len(s) > len(best) && !strings.ContainsAny(tail, "以不非") {
				id, best = code.ID, s
			}
		}
	}
	return id, "", best != ""
}

func readYesNo(t record.YesNo, c Cell) reading {
	var r reading
	text := strings.TrimSpace(c.Text)
	if listed(t, text, &r) || isBlank(text) {
		return r
	}
	if first := []rune(text)[0]; first == '是' || first == '否' || first == '有' || first == '无' {
		r.value, _ = t.Parse(string(first)) // these four are in its list
		r.rest = text
		r.find(synonym, "“"+clip(text)+"”按“"+t.Format(r.value)+"”保存。")
		return r
	}
	r.find(unknown, "“"+clip(text)+"”应为“是”或“否”。这一项先空着，原文放进备注。")
	r.rest = text
	return r
}
