package branch

import (
	"zhibu/storage/record"
)

// Problem is one finding about an ID number.
type Problem string

// What can be wrong with an ID number, each reported by itself (GB 11643).
const (
	ProblemFormat   Problem = "FORMAT"   // not 18 characters of digits and a final X
	ProblemDate     Problem = "DATE"     // no such day in the calendar
	ProblemChecksum Problem = "CHECKSUM" // the check digit does not fit
	ProblemOld      Problem = "OLD"      // 15 digits of the old kind
)

// IDCheck is what an ID number tells.
type IDCheck struct {
	Birth    record.Date // zero when the number holds no real day
	Sex      string      // Male, Female or ""
	Problems []Problem   // in the order form, date, check digit
	// Upgraded is the 18-character form of a 15-digit number, for a person to
	// confirm; "" otherwise.
	Upgraded string
}

// Valid reports whether nothing is wrong with the number.
func (c IDCheck) Valid() bool { return len(c.Problems) == 0 }

// Say tells a person what a problem of the number is and what to do.
func (c IDCheck) Say(p Problem) string {
	return map[Problem]string{
		ProblemFormat:   "身份证号不是 18 位。请对照身份证。",
		ProblemDate:     "身份证号里的出生日期日历上没有。请对照身份证。",
		ProblemChecksum: "最后一位对不上，多半是抄错一位。请对照身份证。",
		ProblemOld:      "这是 15 位旧号。推算的 18 位号是 " + c.Upgraded + "，请对照身份证后改。",
	}[p]
}

// CheckID judges a citizen identity number by GB 11643: form, calendar and
// check digit. An unknown area code is no problem (decisions.md 8).
func CheckID(no string) IDCheck {
	typed := no
	no, err := record.IDNumber{}.Parse(typed)
	if err != nil {
		return IDCheck{Problems: []Problem{idFormProblem(typed, err)}}
	}
	if len(no) == 15 {
		full := no[:6] + "19" + no[6:]
		full += string(checkDigit(full))
		c := CheckID(full)
		return IDCheck{Birth: c.Birth, Sex: c.Sex, Problems: append([]Problem{ProblemOld}, c.Problems...), Upgraded: full}
	}
	var c IDCheck
	birth, err := record.ParseDate(no[6:14])
	if err != nil {
		c.Problems = append(c.Problems, ProblemDate)
	}
	if no[17] != checkDigit(no) {
		c.Problems = append(c.Problems, ProblemChecksum)
	}
	if err == nil && len(c.Problems) == 0 {
		c.Birth, c.Sex = birth, Female
		if (no[16]-'0')%2 == 1 {
			c.Sex = Male
		}
	}
	return c
}

// idFormProblem tells a wrong last character apart from a wrong form: seventeen
// digits and a strange letter are a check digit that cannot fit.
func idFormProblem(no string, err error) Problem {
	if record.CodeOf(err) == "ID_FORMAT" && len(no) == 18 && onlyDigits(no[:17]) {
		return ProblemChecksum
	}
	return ProblemFormat
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// checkDigit returns the last character that fits the first 17 digits.
func checkDigit(no string) byte {
	weights := [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(no[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// idComplaints says what a person should look at when an ID number is kept.
// Nothing here stops a save: a card may really carry an unusual number.
func idComplaints(v record.Values) []record.Complaint {
	no := v["id_no"]
	if no == "" {
		return nil
	}
	c := CheckID(no)
	var out []record.Complaint
	for _, p := range c.Problems {
		out = append(out, warn("id_no", "ID_"+string(p), c.Say(p)+"可以先保存，会标为“待核对”。"))
	}
	if birth := record.ReadDate(v["birth"]); !c.Birth.IsZero() && !birth.IsZero() && (c.Birth.Before(birth) || c.Birth.After(birth)) {
		out = append(out, warn("birth", "ID_BIRTH_MISMATCH", "出生日期与身份证号里的 "+c.Birth.String()+" 不一致。请核对哪一个对；可以先保存。"))
	}
	if sex := v["gender"]; c.Sex != "" && sex != "" && sex != c.Sex {
		out = append(out, warn("gender", "ID_SEX_MISMATCH", "性别与身份证号第 17 位不一致。请核对哪一个对；可以先保存。"))
	}
	return out
}

func warn(path, code, say string) record.Complaint {
	return record.Complaint{Path: path, Severity: record.Warn, Code: code, Say: say}
}

func block(path, code, say string) record.Complaint {
	return record.Complaint{Path: path, Severity: record.Block, Code: code, Say: say}
}

// derivePerson fills birth and sex from an ID number and the pinyin from a name.
func derivePerson(v record.Values, changed string) record.Values {
	switch changed {
	case "id_no":
		if c := CheckID(v["id_no"]); c.Valid() {
			return record.Values{"birth": c.Birth.String(), "gender": c.Sex}
		}
	case "name":
		if v["name"] != "" {
			return record.Values{"name_pinyin": Pinyin(v["name"])}
		}
	}
	return nil
}
