package branch

import (
	"fmt"
	"strconv"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// ballotOf returns the vote of a person at a meeting field ("meeting1"): the
// newest row kept with the person, else the row of the meeting's own record.
func (t trial) ballotOf(meeting string) (Count, string, bool) {
	rows := t.v.Rows(meeting + "_vote")
	if len(rows) > 0 {
		row := rows[len(rows)-1]
		return countOf(row, Roll{}), row.Values["method"], true
	}
	m, ok := t.in.Get("meeting", t.v[meeting+"_record"])
	if !ok {
		return Count{}, "", false
	}
	roll := Attendance(m, t.in)
	for _, row := range m.Rows("vote") {
		if row.Values["person"] == t.person.ID {
			return countOf(row, roll), row.Values["method"], true
		}
	}
	return Count{}, "", false
}

func checkVote(t trial, meeting string) string {
	if t.v[meeting] == "" {
		return ""
	}
	c, method, ok := t.ballotOf(meeting)
	if !ok {
		return "还没有表决结果。"
	}
	if method != "" && method != "SECRET" {
		return "要无记名投票。"
	}
	about := map[string]string{"meeting1": "ADMISSION"}[meeting]
	if about == "" {
		about = "CONVERSION"
	}
	if v := Vote(about, c); v.Outcome != Passed {
		return v.Say
	}
	return ""
}

func checkConversionVote(t trial) string {
	if t.v["meeting2"] != "" && t.v["meeting2_result"] == "" {
		return "还没有写讨论结果：按期转正、延长预备期或取消资格。"
	}
	if t.v["meeting3"] != "" && t.v["meeting3_result"] == "" {
		return "还没有写延长后的讨论结果：转正或取消资格。"
	}
	return checkVote(t, "meeting2")
}

func checkOneByOne(t trial) string {
	m, ok := t.in.Get("meeting", t.v["meeting1_record"])
	if !ok {
		return ""
	}
	n := 0
	for _, row := range m.Rows("vote") {
		if row.Values["about"] == "ADMISSION" && row.Values["person"] == t.person.ID {
			n++
		}
	}
	if n != 1 {
		return fmt.Sprintf("大会记录里本人的表决有 %d 项，应是 1 项。", n)
	}
	return ""
}

func checkOath(t trial) string {
	oath, full := dateIn(t.v, "oath"), dateIn(t.v, "approved2")
	if !oath.IsZero() && !full.IsZero() && !oath.Before(full) {
		return "转正审批是 " + full.String() + "，宣誓是 " + oath.String() + "。"
	}
	return ""
}

func checkProbation(t trial) string {
	start := dateIn(t.v, "meeting1")
	switch {
	case start.IsZero():
		return ""
	case t.on.IsZero(): // what was written down lies before the probation
		return "还没有预备期内的考察，考察期起最早是 " + start.String() + "。"
	}
	want := min(2, fullMonths(start.Last(), t.on.First())/6)
	if got := len(signed(t.v, true)); got < want {
		return fmt.Sprintf("应有 %d 次，现有 %d 次。", want, got)
	}
	return ""
}

// extensionWrong returns what is wrong with an extension: six to twelve months,
// once (细则32).
func extensionWrong(v record.Values) string {
	if v["meeting3_result"] == "EXTEND" {
		return "已经延长过一次，只能转正或取消资格。"
	}
	if v["meeting2_result"] != "EXTEND" {
		return ""
	}
	if months := record.Int(v["extension_months"]); months < 6 || months > 12 {
		return fmt.Sprintf("现在是 %d 个月。", months)
	}
	return ""
}

func checkExtension(t trial) string { return extensionWrong(t.v) }

func checkAfterExtension(t trial) string {
	if t.v["meeting3"] != "" && t.v["meeting2_result"] != "EXTEND" {
		return "没有延长过预备期，不用第二次讨论。"
	}
	return ""
}

func checkTransferredIn(t trial) string {
	end := base(t.v, "probation_end")
	if t.v["transferred_in"] == "" || end.IsZero() {
		return ""
	}
	if latest := end.AddMonths(6); t.on.After(latest) {
		return fmt.Sprintf("最晚应在 %s 前讨论；转正时间仍是 %s。", latest, end)
	}
	return ""
}

// bookletYear returns the year in a booklet number such as 黔202506000001, 0
// when it holds none.
func bookletYear(no string) int {
	for i := 0; i+4 <= len(no); i++ {
		if year, err := strconv.Atoi(no[i : i+4]); err == nil && year >= 2000 && year < 2100 {
			return year
		}
	}
	return 0
}

func checkBookletYear(t trial) string {
	year := bookletYear(t.v["booklet_no"])
	if year == 0 {
		year = dateIn(t.v, "prereview_passed").Year
	}
	if year != 0 && t.on.Year > year {
		return fmt.Sprintf("志愿书是 %d 年的，大会在 %d 年。", year, t.on.Year)
	}
	return ""
}

func checkOrder(t trial) string {
	if s, d := t.former(); !t.on.IsZero() && t.on.Before(d) {
		return fmt.Sprintf("第 %d 步“%s”是 %s。", s.N, s.Name, d)
	}
	return ""
}

// former returns the last dated step before the step, and its date.
func (t trial) former() (rules.Step, record.Date) {
	for n := t.step.N - 1; n > 0; n-- {
		before, ok := t.set.Step(n)
		if !ok || !precedes(n, t.step.N) {
			continue
		}
		if d := stepDate(t.v, before); !d.IsZero() {
			return before, d
		}
	}
	return rules.Step{}, record.Date{}
}

// precedes reports whether step a is dated before step b as a matter of course.
// Observations run beside the steps that follow them.
func precedes(a, b int) bool { return a != 6 && a != 21 && (b != 6 || a == 5) && (b != 21 || a == 17) }
