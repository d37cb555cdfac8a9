package sheet

import (
	"fmt"
	"regexp"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

var (
	maskedID   = regexp.MustCompile(`^[\dXx]{1,14}[*＊●•×xX]{3,}[\dXx*＊●•×]*$`)
	sciForm    = regexp.MustCompile(`^\d(\.\d+)?[Ee]\+?\d+$`)
	zeroTail   = regexp.MustCompile(`^\d{15}000$`)
	phoneBreak = regexp.MustCompile(`[、，,；;/／|\n\r]+|\s{2,}|\s+(?:1\d{10}|0\d{2,3}-)|或`)
	phoneWords = regexp.MustCompile(`^(手机|电话|座机|办公|家|本人|联系电话|宅电|TEL|Tel|tel)\s*[:：.]?\s*`)
	mobileForm = regexp.MustCompile(`^1\d{10}$`)
	phoneNote  = regexp.MustCompile(`[(（]([^()（）\d]+)[)）]`)
	moneyPlain = regexp.MustCompile(`^\d+(\.\d{1,2})?$`)
	unitTail   = regexp.MustCompile(`^([\d.,]+)\s*(元|人民币|块|圆|元整|人|名|票|次|小时|学时|个月|月|%|天|元/月)+$`)
)

// readID reads a citizen identity number. Digits that a spreadsheet has lost are
// never stored.
func readID(c Cell) reading {
	var r reading
	raw := c.Text
	if c.Type == Number {
		if c.Number >= 1e15 {
			return lostDigits(c)
		}
	}
	typed := strings.TrimSpace(record.Halfwidth(strings.TrimLeft(raw, "'‘’`")))
	tight := strings.Join(strings.Fields(typed), "")
	switch {
	case sciForm.MatchString(tight) || zeroTail.MatchString(tight) && !branch.CheckID(tight).Valid():
		return lostDigits(c)
	case maskedID.MatchString(tight) && strings.ContainsAny(tight, "*＊●•×"):
		r.find(idMasked, "身份证号打了星号，不能用来认人，没有填进这一项。请补上完整的号码。")
		return r
	}
	value, err := record.IDNumber{}.Parse(raw)
	if err != nil {
		code := map[string]string{"ID_LENGTH": idLength, "ID_SCIENTIFIC": idLost}[record.CodeOf(err)]
		if code == "" {
			code = idLength
		}
		r.find(code, "“"+clip(raw)+"”："+record.SayOf(err))
		return r
	}
	r.value = value
	judgeID(value, &r)
	if value != raw {
		r.find(idNormalised, "身份证号去掉了多余的空格、符号，字母统一成大写、半角。")
	}
	return r
}

// lostDigits reports an identity number that was kept as a number. Some programs
// write all digits into the file; they are offered, never stored unasked.
func lostDigits(c Cell) reading {
	var r reading
	var suggest []string
	digits := c.Raw
	if digits == "" {
		digits = c.Text
	}
	if branch.CheckID(digits).Valid() {
		suggest = []string{digits}
	}
	r.find(idLost, "身份证号被表格存成了数字“"+clip(c.Text)+"”，末几位已经丢了，不能导入。请对照身份证补上，或在原表里把这一列设为文本后重填。", suggest...)
	return r
}

func judgeID(value string, r *reading) {
	check := branch.CheckID(value)
	for _, p := range check.Problems {
		switch p {
		case branch.ProblemChecksum:
			r.find(idCheckDigit, "身份证号“"+value+"”的最后一位对不上，多半是抄错了一位。请对照身份证改正。")
		case branch.ProblemDate:
			r.find(idCheckDigit, "身份证号“"+value+"”里的出生日期日历上没有。请对照身份证改正。")
		case branch.ProblemOld:
			r.find(idOld, "这是 15 位旧号，推算的 18 位号是 "+check.Upgraded+"。请对照身份证确认后改。", check.Upgraded)
		}
	}
}

// readPhone reads a phone number; further numbers in the cell are in others.
func readPhone(c Cell) (r reading, others []string) {
	if c.Type == Text || c.Type == Loose {
		if t := strings.TrimSpace(record.Halfwidth(c.Text)); sciForm.MatchString(t) {
			r.find("PHONE_PRECISION_LOST", "电话被表格改成了科学计数法“"+clip(t)+"”，后几位丢了，没有填进这一项。请补上。")
			return r, nil
		}
	}
	for _, m := range phoneNote.FindAllStringSubmatch(c.Text, -1) {
		r.rest = m[1]
	}
	numbers, err := phonesIn(floatTail.ReplaceAllString(strings.TrimSpace(phoneNote.ReplaceAllString(c.Text, "")), "$1"))
	if err != nil {
		r.find(alike, "“"+clip(c.Text)+"”："+record.SayOf(err))
		r.rest = c.Text
		return r, nil
	}
	if len(numbers) == 0 {
		return r, nil
	}
	r.value = numbers[0]
	if strings.HasPrefix(r.value, "1") && len(r.value) != 11 && len(r.value) > 5 {
		r.find("PHONE_LENGTH", fmt.Sprintf("手机应为 11 位，这个是 %d 位。请核对。", len(r.value)))
	}
	switch {
	case len(numbers) > 1:
		r.find(phoneTidied, "这一格有几个号码，这一项用 "+r.value+"，其余另外记下。")
	case c.Type == Number || r.value != c.Text:
		r.find(phoneTidied, "电话统一写成 "+r.value+"。")
	}
	return r, numbers[1:]
}

// phonesIn reads every number of a text, a mobile first.
func phonesIn(text string) ([]string, error) {
	var numbers []string
	for _, part := range splitPhones(text) {
		value, err := record.Phone{}.Parse(phoneWords.ReplaceAllString(strings.TrimSpace(part), ""))
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, value)
	}
	for i, n := range numbers {
		if mobileForm.MatchString(n) && !mobileForm.MatchString(numbers[0]) {
			numbers[0], numbers[i] = n, numbers[0]
		}
	}
	return numbers, nil
}

// splitPhones divides a cell into numbers.
func splitPhones(s string) []string {
	s = strings.TrimSpace(record.Halfwidth(s))
	var out []string
	for {
		at := phoneBreak.FindStringIndex(s)
		if at == nil {
			break
		}
		sep := s[at[0]:at[1]]
		end := at[1]
		if i := strings.IndexAny(sep, "01"); i >= 0 && strings.TrimLeft(sep, " \t") != sep {
			end = at[0] + i // the blank divides; the number after it stays
		}
		if part := strings.TrimSpace(s[:at[0]]); part != "" {
			out = append(out, part)
		}
		s = s[max(end, at[0]+1):]
	}
	if s = strings.TrimSpace(s); s != "" {
		out = append(out, s)
	}
	return out
}

// readNumeric reads money and numbers, with a unit or without.
func readNumeric(f record.Field, c Cell) reading {
	var r reading
	text := strings.TrimSpace(record.Halfwidth(c.Text))
	if c.Type == Number {
		text = cents(c, f)
	} else if m := unitTail.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	value, err := f.Type.Parse(text)
	if err != nil {
		r.find(alike, "“"+clip(c.Text)+"”："+record.SayOf(err))
		r.rest = c.Text
		return r
	}
	r.value = value
	if _, money := f.Type.(record.Money); money && (c.Type == Text || !moneyPlain.MatchString(c.Text)) && c.Type != Number {
		r.find(moneyText, "金额写成了文字，按 "+f.Format(value)+" 元保存。")
	}
	return r
}

// cents rounds away what binary fractions add to an amount: 13.4 + 0.2.
func cents(c Cell, f record.Field) string {
	if _, money := f.Type.(record.Money); money && c.Number >= 0 && c.Number < 1e12 {
		if rounded := fmt.Sprintf("%.2f", c.Number); c.Formula || strings.HasPrefix(c.Text, rounded) {
			return rounded
		}
	}
	return c.Text
}
