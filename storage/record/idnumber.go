package record

import (
	"fmt"
	"regexp"
	"strings"
)

// IDNumber is a citizen identity number as text: 18 characters, or 15 of the
// old kind. Its form is checked here; calendar, check digit and agreement with
// birth and sex are judged by the domain and never stop a save (domain.md §3.5).
type IDNumber struct{}

// Name implements Type.
func (IDNumber) Name() string { return "id" }

var (
	idForm      = regexp.MustCompile(`^(\d{17}[\dX]|\d{15})$`)
	idDigits    = regexp.MustCompile(`^[\dX]+$`)
	scientific  = regexp.MustCompile(`^\d(\.\d+)?E\+?\d+$`)
	dropInID    = strings.NewReplacer(" ", "", "-", "", "'", "", "’", "", "‘", "", "`", "")
	dropInPhone = strings.NewReplacer(" ", "", "(", "", ")", "-", "—", "-", "–", "-", "－", "-", "'", "", "转", "-")
)

// Parse implements Type.
func (IDNumber) Parse(typed string) (string, error) {
	s := strings.ToUpper(dropInID.Replace(Halfwidth(clean(typed))))
	switch {
	case idForm.MatchString(s):
		return s, nil
	case scientific.MatchString(s):
		return "", Refuse("ID_SCIENTIFIC", "身份证号被表格改成了科学计数法，后几位已经丢了。请在原表里把这一列设为文本再填。")
	case idDigits.MatchString(s):
		do := "对照身份证补全"
		if len(s) > 18 {
			do = "删去多输的数字"
		}
		return "", Refuse("ID_LENGTH", fmt.Sprintf("应为 18 位，现在是 %d 位。请%s；已填内容都在。", len(s), do))
	}
	return "", Refuse("ID_FORMAT", "身份证号只有数字，最后一位可以是 X。请对照身份证改正。")
}

// Format implements Type.
func (IDNumber) Format(value string) string { return value }

// Samples implements Type.
func (IDNumber) Samples() []string {
	return []string{"310115199001010010", "31011519950315003x", " 310115 19900101 0029", "310115900101001"}
}

// Phone is a mobile or landline number: digits with at most two hyphens
// (area code, extension).
type Phone struct{}

// Name implements Type.
func (Phone) Name() string { return "phone" }

var (
	phoneForm = regexp.MustCompile(`^\d{3,12}(-\d{1,8}){0,2}$`)
	chinaCode = regexp.MustCompile(`^(?:\+86|0086|86)-?(1[\d-]{10,12})$`)
)

// Parse implements Type.
func (Phone) Parse(typed string) (string, error) {
	s := strings.Trim(dropInPhone.Replace(Halfwidth(clean(typed))), "-")
	if m := chinaCode.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if strings.HasPrefix(s, "1") && strings.Count(s, "-") > 0 && len(strings.ReplaceAll(s, "-", "")) == 11 {
		s = strings.ReplaceAll(s, "-", "") // 138-0013-8000
	}
	digits := len(strings.ReplaceAll(s, "-", ""))
	if !phoneForm.MatchString(s) || digits < 3 || digits > 20 {
		return "", Refuse("PHONE_FORMAT", "电话看不懂。手机写 11 位，座机写 021-58001234。")
	}
	return s, nil
}

// Format implements Type.
func (Phone) Format(value string) string { return value }

// Samples implements Type.
func (Phone) Samples() []string {
	return []string{"13800138000", "138 0013 8000", "+86 13800138000", "021-58001234", "(021)58001234-801", "110"}
}
