package branch

import (
	"fmt"
	"strconv"

	"zhibu/storage/record"
)

func itoa(n int) string { return strconv.Itoa(n) }

// What a vote came to.
const (
	Passed  = "PASS"
	Failed  = "FAIL"
	Invalid = "INVALID"
)

// Count is one vote in numbers.
type Count struct {
	Entitled int // 有表决权应到 (E)
	Present  int // of them present (P)
	For      int // ballots for, cast in the meeting (A)
	Against  int
	Abstain  int
	Spoilt   int // 废票
	Written  int // valid written opinions for, delivered before the meeting (W)
	Issued   int
	Cast     int // collected; 0 with Issued 0 when nobody counted papers
}

// Verdict is what a vote came to and why.
type Verdict struct {
	Outcome string // Passed, Failed or Invalid
	Need    int    // least votes for, presence granted
	Quorum  int    // least presence
	Rule    string // article
	Say     string // one sentence for people
}

// Vote judges a vote about what (a code of the votes' 性质). Admission and
// conversion must exceed half of the entitled both in presence and in votes,
// written opinions counting for the vote only (细则20、21、33); a general
// resolution needs half present and more than half of the entitled for it
// (支部条例11).
func Vote(about string, c Count) Verdict {
	v := Verdict{Need: c.Entitled/2 + 1, Quorum: c.Entitled/2 + 1, Rule: "细则20、21"}
	if strict := strictVote(about); !strict {
		v.Quorum, v.Rule, c.Written = (c.Entitled+1)/2, "支部条例11", 0
	}
	if about == "CONVERSION" || about == "EXTENSION" || about == "CANCEL" {
		v.Rule = "细则33"
	}
	got := c.For + c.Written
	switch {
	case c.Entitled <= 0 || c.Present < v.Quorum || c.void():
		v.Outcome = Invalid
		v.Say = fmt.Sprintf("表决无效：有表决权应到 %d 人，实到至少 %d 人，现在 %d 人（%s）。", c.Entitled, v.Quorum, c.Present, v.Rule)
		if c.Present >= v.Quorum {
			v.Say = fmt.Sprintf("表决无效：收回 %d 票，多于发出的 %d 票，应当重新表决。", c.Cast, c.Issued)
		}
	case got >= v.Need:
		v.Outcome = Passed
		v.Say = fmt.Sprintf("通过：赞成 %d，达到 %d（超过应到有表决权 %d 人的半数，%s）。", got, v.Need, c.Entitled, v.Rule)
	default:
		v.Outcome = Failed
		v.Say = fmt.Sprintf("未通过：赞成 %d，要达到 %d（超过应到有表决权 %d 人的半数，%s）。", got, v.Need, c.Entitled, v.Rule)
	}
	return v
}

func strictVote(about string) bool {
	return about == "ADMISSION" || about == "CONVERSION" || about == "EXTENSION" || about == "CANCEL"
}

// void reports whether more ballots came back than went out.
func (c Count) void() bool { return c.Issued > 0 && c.Cast > c.Issued }

// Poll is an election in numbers (选举条例, domain.md §2.4).
type Poll struct {
	Entitled, Present int // members with electoral right
	For               int // votes for the candidate
	Issued, Cast      int
}

// Elected is what an election came to: both figures are always given, as the
// sources differ on the base.
type Elected struct {
	Verdict
	NeedPresent  int // more than half of those present
	NeedEntitled int // more than half of the entitled
}

// Elect judges one candidate. base is "PRESENT" (default) or "ENTITLED", the
// parameter elect_base.
func Elect(p Poll, base string) Elected {
	e := Elected{NeedPresent: p.Present/2 + 1, NeedEntitled: p.Entitled/2 + 1}
	e.Quorum, e.Rule, e.Need = (4*p.Entitled+4)/5, "选举条例", e.NeedPresent
	if base == "ENTITLED" {
		e.Need = e.NeedEntitled
	}
	switch {
	case p.Entitled <= 0 || p.Present < e.Quorum:
		e.Outcome = Invalid
		e.Say = fmt.Sprintf("选举无效：有选举权的到会不少于五分之四，应到 %d 人，至少到 %d 人，现在 %d 人（选举条例）。", p.Entitled, e.Quorum, p.Present)
	case p.Issued > 0 && p.Cast > p.Issued:
		e.Outcome = Invalid
		e.Say = fmt.Sprintf("选举无效：收回 %d 票，多于发出的 %d 票，应当重新选举（选举条例）。", p.Cast, p.Issued)
	case p.For >= e.Need:
		e.Outcome = Passed
		e.Say = fmt.Sprintf("当选：赞成 %d，达到 %d（按实到算须 %d，按应到算须 %d）。", p.For, e.Need, e.NeedPresent, e.NeedEntitled)
	default:
		e.Outcome = Failed
		e.Say = fmt.Sprintf("未当选：赞成 %d，要达到 %d（按实到算须 %d，按应到算须 %d）。", p.For, e.Need, e.NeedPresent, e.NeedEntitled)
	}
	return e
}

// Candidates returns the least number of candidates for committee seats when
// the difference must be percent of the seats (差额, 选举条例: 20).
func Candidates(seats, percent int) int { return seats + (seats*percent+99)/100 }

// ExcellentQuota returns how many of n members who get a grade may be 优秀:
// normally no more than one in share (domain.md §2.3: 3).
func ExcellentQuota(n, share int) int {
	if share <= 0 {
		return n
	}
	return n / share
}

// countOf reads a vote row; entitled and present come from the roll unless
// they are written down.
func countOf(row record.Row, roll Roll) Count {
	n := func(column string) int { return record.Int(row.Values[column]) }
	c := Count{Entitled: n("entitled"), Present: n("present"), For: n("for"), Against: n("against"),
		Abstain: n("abstain"), Spoilt: n("invalid"), Written: n("written"), Issued: n("issued"), Cast: n("collected")}
	if row.Values["entitled"] == "" {
		c.Entitled = roll.VotersExpected
	}
	if row.Values["present"] == "" {
		c.Present = roll.VotersPresent
	}
	return c
}

// Judge returns what a vote row of a meeting comes to.
func Judge(row record.Row, roll Roll, electBase string) Verdict {
	c := countOf(row, roll)
	if row.Values["about"] == "ELECTION" {
		return Elect(Poll{Entitled: c.Entitled, Present: c.Present, For: c.For, Issued: c.Issued, Cast: c.Cast}, electBase).Verdict
	}
	return Vote(row.Values["about"], c)
}

// ballotComplaints checks the arithmetic of one vote row and who voted.
func ballotComplaints(row record.Row, roll Roll) []record.Complaint {
	c := countOf(row, roll)
	path := func(column string) string { return record.Path("vote", row.ID, column) }
	item := "“" + row.Values["item"] + "”"
	var out []record.Complaint
	sum := c.For + c.Against + c.Abstain + c.Spoilt
	if row.Values["collected"] != "" && sum != c.Cast && row.Values["about"] != "ELECTION" {
		out = append(out, block(path("collected"), "VOTE_SUM", fmt.Sprintf("%s：各项相加 %d 票，收回 %d 票，差 %d 票（细则20）。请核对；记录已存草稿。", item, sum, c.Cast, abs(sum-c.Cast))))
	}
	if c.void() {
		out = append(out, block(path("collected"), "VOTE_VOID", fmt.Sprintf("%s：收回 %d 票，多于发出的 %d 票，应当重新表决。", item, c.Cast, c.Issued)))
	}
	if cast := max(sum, c.Cast); cast > c.Present {
		out = append(out, block(path("for"), "VOTE_MORE", fmt.Sprintf("%s：投了 %d 票，到会有表决权的只有 %d 人（预备党员没有表决权）。请核对；记录已存草稿。", item, cast, c.Present)))
	}
	if c.Issued > c.Present {
		out = append(out, block(path("issued"), "VOTE_ISSUED", fmt.Sprintf("%s：发出 %d 票，到会有表决权的只有 %d 人。请核对；记录已存草稿。", item, c.Issued, c.Present)))
	}
	if absent := c.Entitled - c.Present; c.Written > max(0, absent) {
		out = append(out, block(path("written"), "VOTE_WRITTEN", fmt.Sprintf("%s：会前书面意见 %d 张，没到会的有表决权党员只有 %d 人（细则21）。请核对；记录已存草稿。", item, c.Written, max(0, absent))))
	}
	if !roll.Imported && (c.Entitled != roll.VotersExpected || c.Present != roll.VotersPresent) {
		out = append(out, block(path("entitled"), "VOTE_ROLL", fmt.Sprintf("%s：写的是应到 %d、实到 %d，按签到算是应到 %d、实到 %d。请核对签到或清空这两格。", item, c.Entitled, c.Present, roll.VotersExpected, roll.VotersPresent)))
	}
	return append(out, ballotForm(row, item, path)...)
}

// ballotForm checks the form of the vote: secret for people, with scrutineers.
func ballotForm(row record.Row, item string, path func(string) string) []record.Complaint {
	about, method := row.Values["about"], row.Values["method"]
	if !strictVote(about) && about != "ELECTION" {
		return nil
	}
	var out []record.Complaint
	if method != "" && method != "SECRET" {
		out = append(out, block(path("method"), "VOTE_SECRET", item+"要无记名投票，举手或记名的结果无效（细则21、选举条例）。请重新表决或改正方式。"))
	}
	if method == "" {
		out = append(out, warn(path("method"), "VOTE_METHOD", item+"没有写表决方式，应为无记名投票（细则21）。"))
	}
	if row.Values["scrutineer"] == "" || row.Values["counter"] == "" {
		out = append(out, warn(path("scrutineer"), "VOTE_SCRUTINEER", item+"没有写监票人或计票人。"))
	}
	if strictVote(about) && row.Values["person"] == "" {
		out = append(out, block(path("person"), "VOTE_PERSON", item+"要选表决的是谁，一个人一项，逐个表决（细则21）。"))
	}
	return out
}

func abs(n int) int { return max(n, -n) }
