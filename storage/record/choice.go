package record

import (
	"regexp"
	"strings"
)

// Code is one entry of a code list: the permanent ID that is stored, the
// official label that is shown, and other spellings understood on input.
type Code struct {
	ID    string
	Label string
	Also  []string
}

// Choice is one entry of a code list. An unknown entry is refused unless Open.
type Choice struct {
	Codes []Code
	// Open keeps text that is not in the list as it is (code lists of the
	// district may be newer than the program).
	Open bool
}

// Name implements Type.
func (Choice) Name() string { return "choice" }

var codePrefix = regexp.MustCompile(`^[0-9A-Za-z]{1,8}[_\-—.、:：]\s*(.+)$`)

// Parse reads a label, another spelling, an ID, or exported forms such as
// "223_正式党员".
func (c Choice) Parse(typed string) (string, error) {
	s := strings.Join(strings.Fields(clean(typed)), "")
	if id, ok := c.match(s); ok {
		return id, nil
	}
	if m := codePrefix.FindStringSubmatch(Halfwidth(s)); m != nil {
		if id, ok := c.match(m[1]); ok {
			return id, nil
		}
	}
	if c.Open {
		return s, tooLong(s, 100)
	}
	return "", Refuse("CODE_UNKNOWN", "“"+s+"”不在可选项里。可以填："+c.list()+"。")
}

func (c Choice) match(s string) (string, bool) {
	for _, code := range c.Codes {
		if s == code.Label || s == code.ID {
			return code.ID, true
		}
	}
	folded := fold(s)
	for _, code := range c.Codes {
		if folded == fold(code.Label) {
			return code.ID, true
		}
		for _, other := range code.Also {
			if folded == fold(other) {
				return code.ID, true
			}
		}
	}
	return "", false
}

// fold makes spellings comparable: half-width, lower case, no blanks.
func fold(s string) string {
	return strings.ToLower(strings.ReplaceAll(Halfwidth(s), " ", ""))
}

func (c Choice) list() string {
	var labels []string
	for i, code := range c.Codes {
		if i == 8 {
			return strings.Join(labels, "、") + "等"
		}
		labels = append(labels, code.Label)
	}
	return strings.Join(labels, "、")
}

// Format returns the official label.
func (c Choice) Format(value string) string {
	for _, code := range c.Codes {
		if code.ID == value {
			return code.Label
		}
	}
	return value
}

// Samples implements Type.
func (c Choice) Samples() []string {
	var out []string
	for _, code := range c.Codes {
		out = append(append(out, code.Label, code.ID, "9_"+code.Label), code.Also...)
	}
	return out
}

// YesNo is yes ("1") or no ("0"), shown 是 and 否.
type YesNo struct{}

var yesNo = Choice{Codes: []Code{
	{ID: "1", Label: "是", Also: []string{"有", "y", "yes", "true", "t", "√", "✓", "✔", "☑", "对"}},
	{ID: "0", Label: "否", Also: []string{"无", "n", "no", "false", "f", "×", "✗", "☐", "没有", "不是"}},
}}

// Name implements Type.
func (YesNo) Name() string { return "yesno" }

// Parse implements Type.
func (YesNo) Parse(typed string) (string, error) { return yesNo.Parse(typed) }

// Format implements Type.
func (YesNo) Format(value string) string { return yesNo.Format(value) }

// Samples implements Type.
func (YesNo) Samples() []string { return yesNo.Samples() }
