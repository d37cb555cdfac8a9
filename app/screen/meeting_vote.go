package screen

import (
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Vote is one row of the voting table.
type Vote struct {
	Row     string
	Item    string
	Line    string // under the item: 无记名投票・发 16 票，收 16 票
	Outcome Mark   // 通过, 未通过, 票数不符, 无效
	Wrong   string // why the figures can't be right, "" when they can
	Need    string // 赞成须达到 10 票（超过 18 人的半数）
	Say     string // the rule's own sentence about the outcome
	m       *Meeting
}

// Text returns a figure of the vote as it counts: what was typed, else 0, and
// for ballots and people the number present by right.
func (v Vote) Text(column string) string {
	if text := v.m.Text(record.Path("vote", v.Row, column)); text != "" {
		return text
	}
	switch column {
	case "entitled":
		return number(v.m.Counts().Entitled)
	case "present", "issued", "collected":
		return number(v.m.Counts().EntitledPresent)
	case "for", "against", "abstain", "invalid", "written":
		return "0"
	}
	return ""
}

// figure returns a figure as a number.
func (v Vote) figure(column string) int { return record.Int(v.Text(column)) }

// Votes returns the votes taken.
func (m *Meeting) Votes() []Vote {
	var votes []Vote
	for _, row := range m.Rows("vote") {
		votes = append(votes, m.vote(row.ID))
	}
	return votes
}

func (m *Meeting) vote(row string) Vote {
	v := Vote{Row: row, Item: m.Text(record.Path("vote", row, "item")), m: m}
	v.Line = strings.Join([]string{v.Text("method"), "发 " + v.Text("issued") + " 票，收 " + v.Text("collected") + " 票"}, "・")
	if n := v.Text("invalid"); n != "0" {
		v.Line += "，废票 " + n
	}
	if n := v.Text("written"); n != "0" {
		v.Line += "，书面赞成 " + n
	}
	v.Wrong = v.mistake()
	v.judge()
	return v
}

// mistake says what is wrong with the arithmetic of the ballots (domain.md
// §1.5): issued ≥ collected = 赞成 + 反对 + 弃权 + 废票.
func (v Vote) mistake() string {
	for _, column := range []string{"for", "against", "abstain", "invalid", "written", "issued", "collected"} {
		if say := v.m.saying(record.Path("vote", v.Row, column)); say != "" {
			return say
		}
	}
	if !v.Begun() {
		return ""
	}
	if say := v.sum(); say != "" {
		return say
	}
	for _, c := range branch.FinalCheck(v.m.ready(), v.m.book) {
		if table, row, _ := record.SplitPath(c.Path); c.Severity == record.Block && table == "vote" && row == v.Row {
			return strings.TrimPrefix(c.Say, "“"+v.Item+"”")
		}
	}
	return ""
}

// sum says by how much the ballots do not add up.
func (v Vote) sum() string {
	sum := v.figure("for") + v.figure("against") + v.figure("abstain") + v.figure("invalid")
	collected, issued := v.figure("collected"), v.figure("issued")
	switch {
	case collected > issued:
		return "收回 " + number(collected) + " 票，比发出的 " + number(issued) + " 票多。收回的票多于发出的票，这次表决无效，要重新投票。"
	case sum > collected:
		return "各项相加 " + number(sum) + " 票，比收回的 " + number(collected) + " 票多 " + number(sum-collected) + " 票。请核对；记录已存草稿。"
	case sum < collected:
		return "各项相加 " + number(sum) + " 票，比收回的 " + number(collected) + " 票少 " + number(collected-sum) + " 票。请核对；记录已存草稿。"
	}
	return ""
}

// Begun reports whether a figure was typed.
func (v Vote) Begun() bool {
	for _, column := range []string{"for", "against", "abstain", "invalid"} {
		if v.m.Text(record.Path("vote", v.Row, column)) != "" {
			return true
		}
	}
	return false
}

// judge gives the outcome by the branch's rule.
func (v *Vote) judge() {
	roll := v.m.Roll()
	verdict := branch.Judge(v.row(), roll, branch.RulesOn(v.m.book, v.m.on()).Text("elect_base"))
	v.Need = "赞成须达到 " + number(verdict.Need) + " 票（超过 " + v.Text("entitled") + " 人的半数）"
	v.Say = verdict.Say
	switch {
	case v.Wrong != "":
		v.Outcome = Mark{Late, "票数不符"}
	case !v.Begun():
		v.Outcome = Mark{Soon, "待填"}
	case verdict.Outcome == branch.Passed:
		v.Outcome = Mark{Fine, "通过"}
	case verdict.Outcome == branch.Failed:
		v.Outcome = Mark{Late, "未通过"}
	default:
		v.Outcome = Mark{Late, "无效"}
	}
}

// row returns the vote as it would be stored, figures on their default written
// out; what the attendance tells is left to it.
func (v Vote) row() record.Row {
	row := record.Row{ID: v.Row, Values: map[string]string{}}
	for _, r := range v.m.Record().Rows("vote") {
		if r.ID == v.Row {
			for column, value := range r.Values {
				row.Values[column] = value
			}
		}
	}
	for _, column := range ballotColumns() {
		row.Values[column] = v.Text(column)
	}
	return row
}

// VoteAsks reports whether the details of a vote ask for a column: what every vote
// has, what its sort and its way of voting need besides, and whatever is filled in.
func (m *Meeting) VoteAsks(row, column string) bool {
	cell := func(name string) string { return m.Text(record.Path("vote", row, name)) }
	about, secret := cell("about"), strings.HasSuffix(cell("method"), "记名投票")
	pool := strings.Contains(about, "预备") // 接收, 转正, 延长, 取消
	switch column {
	case "entitled", "present", "outcome":
		return false // these follow from the attendance and the figures
	case "for", "against", "abstain":
		return false // these stand in its row
	case "person", "written":
		return pool || cell(column) != ""
	case "months":
		return about == "延长预备期" || cell(column) != ""
	case "seats", "candidate", "post":
		return about == "选举" || cell(column) != ""
	case "scrutineer", "counter":
		return secret || cell(column) != ""
	}
	return true
}

// AddVote adds a vote about item and returns its row. What sort it is follows
// from the words: 接收…, …转正, 选举….
func (m *Meeting) AddVote(item string) string {
	row := NewRow()
	cells := map[string]string{"item": item, "method": "举手"}
	about, secret := sortOfVote(item, m.Record().Values["kind"])
	cells["about"] = about
	if secret {
		cells["method"] = "无记名投票"
	}
	if person := m.candidate(item); person != "" {
		cells["person"] = person
	}
	m.did(m.newRow("vote", row, cells))
	return row
}

// sortOfVote guesses what a vote is about; admission, conversion and election
// are secret by rule (细则21, 选举条例).
func sortOfVote(item, meeting string) (about string, secret bool) {
	switch {
	case strings.Contains(item, "接收") || strings.Contains(item, "吸收"):
		return "接收预备党员", true
	case strings.Contains(item, "延长"):
		return "延长预备期", true
	case strings.Contains(item, "取消"):
		return "取消预备党员资格", true
	case strings.Contains(item, "转正") || strings.Contains(item, "转为正式"):
		return "预备党员转正", true
	case strings.Contains(item, "选举") || meeting == branch.Election:
		return "选举", true
	}
	return "一般决议", false
}

// candidate returns the pool person named in item, the longest name first.
func (m *Meeting) candidate(item string) string {
	best, length := "", 0
	for _, r := range m.book.All("pool") {
		if name := m.book.Title(r); len(name) > length && strings.Contains(item, name) {
			best, length = r.ID, len(name)
		}
	}
	return best
}

// DropVote removes a vote.
func (m *Meeting) DropVote(row string) { m.RemoveRow("vote", row) }

// SetVote takes a cell of a vote as typed.
func (m *Meeting) SetVote(row, column, text string) {
	m.Type(record.Path("vote", row, column), text)
	m.Settle()
}

// ballotColumns are the figures that stand on a default until they are typed.
func ballotColumns() []string {
	return []string{"issued", "collected", "for", "against", "abstain", "invalid", "written"}
}

// countAll writes the figures of every vote down before saving.
func (m *Meeting) countAll() {
	for _, v := range m.Votes() {
		if !v.Begun() {
			continue
		}
		for _, column := range ballotColumns() {
			if path := record.Path("vote", v.Row, column); m.Text(path) == "" {
				m.put(path, v.Text(column))
			}
		}
	}
	m.Settle()
}
