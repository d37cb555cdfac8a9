package screen

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zhibu/storage/record"
)

// Characters returns how long the minutes are, blanks and line ends not counted.
func (m *Meeting) Characters() int {
	return utf8.RuneCountInString(strings.Join(strings.Fields(m.Text("minutes")), ""))
}

// Heading returns the heading of the i-th agenda item (from 1) in the minutes:
// 一、学习党章.
func Heading(i int, title string) string { return hanNumber(i) + "、" + title }

// IsHeading reports whether a paragraph of minutes is a heading such as 二、….
// The face sets it bold.
func IsHeading(paragraph string) bool {
	number, _, found := strings.Cut(strings.TrimSpace(paragraph), "、")
	return found && number != "" && strings.Trim(number, hanDigits+"十") == ""
}

const hanDigits = "一二三四五六七八九"

// hanNumber writes 1 to 99 in Han numerals.
func hanNumber(n int) string {
	digit := func(d int) string {
		if d == 0 {
			return ""
		}
		return string([]rune(hanDigits)[d-1])
	}
	switch {
	case n < 1 || n > 99:
		return number(n)
	case n < 10:
		return digit(n)
	case n < 20:
		return "十" + digit(n%10)
	}
	return digit(n/10) + "十" + digit(n%10)
}

// AgendaText returns what 「插入议程」 puts in: the headings the minutes do not
// have yet, each with an indented line to write on.
func (m *Meeting) AgendaText() string {
	have := headings(m.Text("minutes"))
	var lines []string
	for _, item := range m.Agenda() {
		if item.Title != "" && !have[item.Title] {
			lines = append(lines, Heading(item.No, item.Title), indent)
		}
	}
	return strings.Join(lines, "\n")
}

// OutlineText returns what 「一键插入」 puts in: who came, the headings the minutes do
// not have yet, and each vote under the item it was about, else at the end.
func (m *Meeting) OutlineText() string {
	minutes := m.Text("minutes")
	have := headings(minutes)
	var lines []string
	if !strings.Contains(minutes, indent+"应到 ") {
		lines = append(lines, m.AttendanceText())
	}
	var votes []Vote
	for _, v := range m.Votes() {
		if !strings.Contains(minutes, indent+"表决："+v.Item+"。") {
			votes = append(votes, v)
		}
	}
	for _, item := range m.Agenda() {
		if item.Title == "" || have[item.Title] {
			continue
		}
		lines = append(lines, Heading(item.No, item.Title), indent)
		votes = slices.DeleteFunc(votes, func(v Vote) bool {
			if v.Item == item.Title {
				lines = append(lines, v.text())
			}
			return v.Item == item.Title
		})
	}
	for _, v := range votes {
		lines = append(lines, v.text())
	}
	return strings.Join(lines, "\n")
}

// indent opens a paragraph: two ideographic spaces, as minutes are written.
const indent = "　　"

// headings returns the titles that stand as headings in the minutes.
func headings(minutes string) map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(minutes) {
		if line = strings.TrimSpace(line); IsHeading(line) {
			_, title, _ := strings.Cut(line, "、")
			out[title] = true
		}
	}
	return out
}

// unwritten returns the numbers of agenda items about which nothing is
// recorded: neither text under their heading nor a gist or outcome of their own.
func (m *Meeting) unwritten() []int {
	under := map[string]string{}
	title := ""
	for line := range strings.Lines(m.Text("minutes")) {
		line = strings.TrimSpace(line)
		if IsHeading(line) {
			_, title, _ = strings.Cut(line, "、")
			continue
		}
		under[title] += line
	}
	var out []int
	for _, item := range m.Agenda() {
		gist := m.Text(record.Path("agenda", item.Row, "gist")) + m.Text(record.Path("agenda", item.Row, "outcome"))
		if item.Title != "" && under[item.Title]+gist == "" {
			out = append(out, item.No)
		}
	}
	return out
}

// AttendanceText returns what 「插入到会情况」 puts in, one sentence each for who
// was expected, who was excused or absent and why, and who sat in.
func (m *Meeting) AttendanceText() string {
	c := m.Counts()
	var b strings.Builder
	fmt.Fprintf(&b, "%s应到 %d 人，实到 %d 人", indent, c.Expected, c.Present)
	if c.Voting {
		fmt.Fprintf(&b, "；有表决权 %d 人，到会 %d 人", c.Entitled, c.EntitledPresent)
	}
	b.WriteString("。")
	for _, state := range []string{Excused, Absent} {
		if names := m.named(state); names != "" {
			b.WriteString(state + "：" + names + "。")
		}
	}
	if names := m.named(SittingIn); names != "" {
		b.WriteString("列席：" + names + "。")
	}
	return b.String()
}

// named lists the people of one state with their reasons: 邱景行（出差）、侯佳音.
func (m *Meeting) named(state string) string {
	var names []string
	for _, seat := range append(m.Seats(), m.Guests()...) {
		if seat.State != state {
			continue
		}
		name := seat.Name
		if seat.Reason != "" {
			name += "（" + seat.Reason + "）"
		}
		names = append(names, name)
	}
	return strings.Join(names, "、")
}

// VotesText returns what 「插入表决结果」 puts in, one paragraph a vote.
func (m *Meeting) VotesText() string {
	var lines []string
	for _, v := range m.Votes() {
		lines = append(lines, v.text())
	}
	return strings.Join(lines, "\n")
}

// text is a vote as a paragraph of the minutes.
func (v Vote) text() string {
	line := fmt.Sprintf("%s表决：%s。到会有表决权 %s 人，发出票 %s 张，收回 %s 张；赞成 %s 票，反对 %s 票，弃权 %s 票",
		indent, v.Item, v.Text("present"), v.Text("issued"), v.Text("collected"), v.Text("for"), v.Text("against"), v.Text("abstain"))
	if n := v.Text("invalid"); n != "0" {
		line += "，废票 " + n + " 张"
	}
	if n := v.Text("written"); n != "0" {
		line += "，书面赞成 " + n + " 份"
	}
	if v.Outcome.Say != "" {
		line += "，" + v.Outcome.Say
	}
	return line + "。"
}
