package screen

import (
	"strings"
	"testing"

	"zhibu/storage/record"
)

func TestVoteAsksOnlyWhatItsSortNeeds(t *testing.T) {
	m, _ := meetingOf(t)
	plain, admission, election := m.AddVote("通过第三季度工作报告"), m.AddVote("接收詹云舒为预备党员"), m.AddVote("选举支部委员")
	for _, c := range []struct {
		row, asks, not string
	}{
		{plain, "item about method issued", "person written months seats candidate post scrutineer entitled for outcome"},
		{admission, "person written scrutineer counter", "months seats candidate post"},
		{election, "seats candidate post scrutineer", "person written months"},
	} {
		for _, column := range strings.Fields(c.asks) {
			if !m.VoteAsks(c.row, column) {
				t.Errorf("%s is not asked for %q", column, m.Text(record.Path("vote", c.row, "item")))
			}
		}
		for _, column := range strings.Fields(c.not) {
			if m.VoteAsks(c.row, column) {
				t.Errorf("%s is asked for %q", column, m.Text(record.Path("vote", c.row, "item")))
			}
		}
	}
	m.SetVote(plain, "months", "6")
	if !m.VoteAsks(plain, "months") {
		t.Error("what is filled in is hidden")
	}
}

func TestOutlineGoesInOnce(t *testing.T) {
	m, _ := meetingOf(t)
	m.UseTemplate(Template{Items: []string{"通过第三季度工作报告"}})
	for _, item := range []string{"通过第三季度工作报告", "追认一笔支出"} {
		m.SetVote(m.AddVote(item), "for", "3")
	}
	text := m.OutlineText()
	came, head := strings.Index(text, "应到 "), strings.Index(text, "、通过第三季度工作报告\n")
	under, rest := strings.Index(text, "表决：通过第三季度工作报告。"), strings.Index(text, "表决：追认一笔支出。")
	if came < 0 || head < came || under < head || rest < under {
		t.Fatalf("order %d %d %d %d in\n%s", came, head, under, rest, text)
	}
	m.Type("minutes", text)
	m.Settle()
	if again := m.OutlineText(); again != "" {
		t.Errorf("put in twice:\n%s", again)
	}
}
