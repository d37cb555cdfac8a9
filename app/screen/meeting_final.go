package screen

import (
	"fmt"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Save stores the meeting as a draft in the register, with every figure of the
// votes written down.
func (m *Meeting) Save() (record.Record, error) {
	if !m.Closed() {
		m.countAll()
	}
	done, err := m.Form.Save()
	m.readTimes()
	return done, err
}

// Checks is 「定稿前检查」: what is in order, what is missing (a warning that does
// not block) and what can't be right (an error that does).
func (m *Meeting) Checks() []Mark {
	var marks []Mark
	c := m.Counts()
	switch {
	case c.Expected == 0:
		marks = append(marks, Mark{Soon, "没有应到的人"})
	case !c.Voting:
		marks = append(marks, Mark{Fine, fmt.Sprintf("到会 %d/%d", c.Present, c.Expected)})
	case 2*c.EntitledPresent > c.Entitled:
		marks = append(marks, Mark{Fine, "到会过半"})
	default:
		marks = append(marks, Mark{Soon, fmt.Sprintf("到会未过半（%d/%d）", c.EntitledPresent, c.Entitled)})
	}
	marks = append(marks, m.voteChecks()...)
	if rest := m.unwritten(); len(rest) > 0 {
		say := fmt.Sprintf("第 %d 项还没有记录", rest[0])
		if len(rest) > 1 {
			say = fmt.Sprintf("%d 项议程还没有记录", len(rest))
		}
		marks = append(marks, Mark{Soon, say})
	}
	for _, name := range []string{"chair", "recorder", "place"} {
		if f, ok := m.Kind.Field(name); ok && m.Text(name) == "" {
			marks = append(marks, Mark{Soon, "没有填" + f.Label})
		}
	}
	if missing := m.unreasoned(); missing != "" {
		marks = append(marks, Mark{Soon, missing + "没有写原因"})
	}
	return append(marks, m.blockers()...)
}

func (m *Meeting) voteChecks() []Mark {
	votes := m.Votes()
	if len(votes) == 0 {
		return nil
	}
	for _, v := range votes {
		if v.Item == "" {
			return []Mark{{Soon, "有一项表决没写事项"}}
		}
		if v.Wrong != "" {
			return []Mark{{Late, "票数不符：" + v.Item}}
		}
		if !v.Begun() {
			return []Mark{{Soon, "还没有填票数：" + v.Item}}
		}
	}
	marks := []Mark{{Fine, "票数相符"}}
	for _, c := range branch.FinalCheck(m.ready(), m.book) {
		if c.Severity == record.Warn && strings.HasPrefix(c.Path, "vote/") {
			marks = append(marks, Mark{Soon, strings.TrimSuffix(c.Say, "。")})
		}
	}
	return marks
}

// unreasoned names those who are not there without a reason.
func (m *Meeting) unreasoned() string {
	var names []string
	for _, seat := range m.Seats() {
		if seat.State != Came && seat.Reason == "" {
			names = append(names, seat.Name)
		}
	}
	if len(names) > 3 {
		return fmt.Sprintf("%d 人", len(names))
	}
	return strings.Join(names, "、")
}

// blockers are the rule's own refusals that no other check has named.
func (m *Meeting) blockers() []Mark {
	var marks []Mark
	_, complaints := branch.Finalise(m.ready(), m.book)
	for _, c := range append(complaints, m.said...) {
		if c.Severity == record.Block && !strings.HasPrefix(c.Path, "vote/") {
			marks = append(marks, Mark{Late, c.Say})
		}
	}
	return marks
}

// ready returns the record as finalising would take it.
func (m *Meeting) ready() record.Record {
	r := m.Record()
	if m.Sealed() {
		return r
	}
	r.Values = r.Values.Clone()
	for _, row := range m.Rows("vote") {
		if v := (Vote{Row: row.ID, m: m}); v.Begun() {
			for _, column := range ballotColumns() {
				r.Values[record.Path("vote", v.Row, column)] = v.Text(column)
			}
		}
	}
	return r
}

// Consequences says what finalising will change in the other registers, before
// it happens: from the very edits that finalising makes.
func (m *Meeting) Consequences() []string {
	if m.Closed() {
		return nil
	}
	var out []string
	edits, _ := branch.Finalise(m.ready(), m.book)
	for _, e := range edits {
		if e.Kind == "meeting" {
			continue
		}
		if say := m.effect(e); say != "" {
			out = append(out, say)
		}
	}
	return append(out, m.periodLine())
}

// effect describes one edit: 詹云舒第 15 步“支部大会讨论”记为完成.
func (m *Meeting) effect(e record.Edit) string {
	k, err := m.book.Kind(e.Kind)
	if err != nil {
		return ""
	}
	r, known := m.book.Get(e.Kind, e.ID)
	if !known {
		r = record.Record{Kind: e.Kind, Values: e.Set}
	}
	who := m.book.Title(r)
	if !known {
		return "登记" + k.Label + "“" + who + "”"
	}
	if e.Kind == "pool" {
		for _, step := range branch.RulesOn(m.book, m.on()).Steps {
			if e.Set[step.Date] != "" {
				return fmt.Sprintf("%s第 %d 步“%s”记为完成", who, step.N, step.Name)
			}
		}
	}
	var labels []string
	for _, path := range e.Set.Paths() {
		if f, ok := k.Field(path); ok && e.Set[path] != "" && f.Name != record.RankColumn {
			labels = append(labels, f.Label)
		}
	}
	if len(labels) > 3 {
		labels = append(labels[:3], "等")
	}
	return who + "：记下" + strings.Join(labels, "、")
}

// periodLine says what the yearly grid will show.
func (m *Meeting) periodLine() string {
	day := m.on()
	kind := m.KindLabel()
	switch m.Record().Values["kind"] {
	case branch.AllMembers, branch.Lecture:
		return hanNumber((day.Month+2)/3) + "季度" + kind + "记为已开，到会率重算"
	case branch.Committee, branch.GroupMeet, branch.ThemeDay:
		return fmt.Sprintf("%d 月%s记为已开，到会率重算", day.Month, kind)
	}
	return fmt.Sprintf("%d 年%s记为已开，到会率重算", day.Year, kind)
}

// FinaliseQuestion is the dialog before finalising: a question naming the
// meeting, what follows, and the way back.
func (m *Meeting) FinaliseQuestion() (title, body string) {
	title = "把 " + m.When() + " 的" + m.KindLabel() + "记录定稿？"
	var b strings.Builder
	b.WriteString("定稿后编号、锁定，不能直接改；要改用“开更正”，原稿保留。")
	for _, c := range m.Checks() {
		if c.Tone == Soon {
			b.WriteString("\n还没有办：" + c.Say + "。")
		}
	}
	for _, line := range m.Consequences() {
		b.WriteString("\n定稿时：" + line + "。")
	}
	return title, b.String()
}

// Finalise saves and finalises the meeting. Errors of arithmetic refuse; the
// record then stays a saved draft.
func (m *Meeting) Finalise() (record.Record, error) {
	for _, v := range m.Votes() {
		if v.Wrong != "" {
			return m.shown, record.Refuse("VOTE_SUM", "“"+v.Item+"”"+v.Wrong)
		}
	}
	saved, err := m.Save()
	if err != nil {
		return saved, err
	}
	done, said, err := m.book.Finalise(saved.ID)
	if err != nil {
		m.said = said
		return done, err
	}
	m.clear(done)
	m.readTimes()
	return done, nil
}

// Seal is the band of a finalised meeting: who, when, number.
func (m *Meeting) Seal() string { return m.book.seal(m.shown) }

func (b *Book) seal(meeting record.Record) string {
	v := meeting.Values
	say := "已定稿，编号 " + v["serial"] + "，" + shortMoment(v["finalised_at"], b.Today()) + "。"
	if late, is := branch.Late(meeting, b); is {
		say += "补录于 " + late.String() + "。"
	}
	return say + "要改请“开更正”，原稿保留，更正单独编号。"
}

// Correction is one addendum to a finalised meeting.
type Correction struct{ No, At, Text string }

// Corrections returns the addenda in their order.
func (m *Meeting) Corrections() []Correction {
	var out []Correction
	for i, row := range m.shown.Rows("corrections") {
		out = append(out, Correction{"更正 " + number(i+1), shortMoment(row.Values["at"], m.book.Today()), row.Values["text"]})
	}
	return out
}

// Correct adds an addendum to the finalised meeting.
func (m *Meeting) Correct(text string) (Done, error) {
	if strings.TrimSpace(text) == "" {
		return Done{}, record.Refuse("CORRECTION_EMPTY", "还没有写更正内容。请写明原来怎样、应当怎样；原稿没有变化。")
	}
	edits, complaints := branch.Correct(m.shown, text, m.book)
	done, err := m.book.act("已记下更正，原稿没有改动", edits, complaints)
	if err != nil {
		return done, err
	}
	m.Refresh()
	return done, nil
}
