package screen

import (
	"fmt"
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Signs is the page 示范岗责任区 (picture g): posts, zones and those taken down, as
// cards with their last evaluation.
type Signs struct {
	book  *Book
	tab   string // "post", "zone" or TabRemoved
	unit  string
	grade string
	cards []SignCard
	now   string

	ledger *branch.Ledger // as of the last Refresh
}

// TabRemoved is the tab of what was taken down.
const TabRemoved = "removed"

// SignCard is one post or zone.
type SignCard struct {
	ID, Kind, Name string
	Holder, Unit   string
	Promise        string
	Score          string // 92 分
	Grade          string // 优秀, 良好, 合格, 待改进, 不达标
	Part           float64
	State          Mark // 在岗, 需谈话, 待评价, 12-31 到期, 公示中 …
	Sync           Mark // where it stands with the district, nothing when 已同步
}

// NewSigns opens the page.
func NewSigns(b *Book) *Signs {
	s := &Signs{book: b, tab: "post"}
	s.Refresh()
	return s
}

// Refresh reads the posts and zones anew.
func (s *Signs) Refresh() {
	s.cards, s.ledger = nil, branch.ReadLedger(s.book)
	for _, kind := range []string{"post", "zone"} {
		if s.tab != TabRemoved && s.tab != kind {
			continue
		}
		for _, r := range s.book.Search(kind, "") {
			if (r.Values["status"] == branch.PostRemoved) != (s.tab == TabRemoved) {
				continue
			}
			c := s.card(r)
			if (s.unit == "" || c.Unit == s.unit) && (s.grade == "" || c.Grade == s.grade) {
				s.cards = append(s.cards, c)
			}
		}
	}
	slices.SortStableFunc(s.cards, func(a, b SignCard) int { return strings.Compare(s.code(a), s.code(b)) })
	if !slices.ContainsFunc(s.cards, func(c SignCard) bool { return c.ID == s.now }) {
		s.now = ""
		if len(s.cards) > 0 {
			s.now = s.cards[0].ID
		}
	}
}

// code is what cards are ordered by: their number, those without one last.
func (s *Signs) code(c SignCard) string {
	r, _ := s.book.Get(c.Kind, c.ID)
	if code := r.Values["code"]; code != "" {
		return code
	}
	return "~" + branch.SortKey(c.Name)
}

func (s *Signs) card(r record.Record) SignCard {
	c := SignCard{ID: r.ID, Kind: r.Kind, Name: s.book.Title(r), Unit: r.Values["unit"]}
	if m, ok := s.book.Get("member", r.Values["holder"]); ok {
		c.Holder = s.book.Title(m)
	}
	for _, row := range r.Rows("promise") {
		if c.Promise == "" {
			c.Promise = row.Values["text"]
		}
	}
	if last, ok := lastEvaluation(r); ok {
		total := record.Int(last.Values["total"])
		c.Score, c.Part, c.Grade = fmt.Sprintf("%d 分", total), float64(total)/100, gradeOf(total)
	}
	c.State, c.Sync = s.state(r, c), unsettled(r.State)
	return c
}

// lastEvaluation returns the newest evaluation by its date.
func lastEvaluation(r record.Record) (record.Row, bool) {
	var last record.Row
	for _, row := range r.Rows("evaluation") {
		if last.ID == "" || row.Values["date"] >= last.Values["date"] {
			last = row
		}
	}
	return last, last.ID != ""
}

// gradeOf names a total (domain.md §5.3).
func gradeOf(total int) string {
	switch {
	case total >= 90:
		return "优秀"
	case total >= 80:
		return "良好"
	case total >= 75:
		return "合格"
	case total >= 70:
		return "待改进"
	}
	return "不达标"
}

// Grades are the words of gradeOf, best first.
func Grades() []string { return []string{"优秀", "良好", "合格", "待改进", "不达标"} }

func (s *Signs) state(r record.Record, c SignCard) Mark {
	k, err := s.book.Kind(r.Kind)
	if err != nil {
		return Mark{}
	}
	f, _ := k.Field("status")
	switch status := r.Values["status"]; status {
	case branch.PostRemoved:
		return Mark{Neutral, "已摘牌"}
	case branch.PostFix:
		return Mark{Late, "整改中"}
	case branch.PostApplied, branch.PostPublic:
		return Mark{Coming, f.Format(status)}
	}
	return s.standing(r, c)
}

// standing is the state of a sign that hangs: what needs a look comes first.
func (s *Signs) standing(r record.Record, c SignCard) Mark {
	today, flags := s.book.Today(), map[string]bool{}
	for _, flag := range s.ledger.SignFlags(r) {
		flags[flag.Code] = true
	}
	until := record.ReadDate(r.Values["valid_to"])
	switch {
	case flags["HOLDER_LEFT"]:
		return Mark{Late, "要换人"}
	case flags["POINTS_LOW"] || flags["HOLDER_ARREARS"] || flags["HOLDER_GRADE"]:
		return Mark{Late, "需谈话"}
	case c.Score == "" || flags["EVALUATION_DUE"]:
		return Mark{Soon, "待评价"}
	case !until.IsZero() && until.Before(today):
		return Mark{Late, "已到期"}
	case !until.IsZero() && today.DaysUntil(until) <= 45:
		return Mark{Coming, ShortDay(until.String(), today) + " 到期"}
	}
	return Mark{Fine, "在岗"}
}

// Cards returns the posts or zones of the tab.
func (s *Signs) Cards() []SignCard { return s.cards }

// SignTab is one tab with its count.
type SignTab struct {
	ID, Label string
	Count     int
}

// Tabs returns the three tabs.
func (s *Signs) Tabs() []SignTab {
	tabs := []SignTab{{"post", "党员示范岗", 0}, {"zone", "党员责任区", 0}, {TabRemoved, "已撤销", 0}}
	for i, kind := range []string{"post", "zone"} {
		for _, r := range s.book.All(kind) {
			if r.Values["status"] == branch.PostRemoved {
				tabs[2].Count++
			} else {
				tabs[i].Count++
			}
		}
	}
	return tabs
}

// Tab returns the tab shown.
func (s *Signs) Tab() string { return s.tab }

// Show shows another tab, without filters.
func (s *Signs) Show(tab string) { s.tab, s.unit, s.grade = tab, "", ""; s.Refresh() }

// Kind is what 「设一个岗」 registers under the tab shown.
func (s *Signs) Kind() string {
	if s.tab == "zone" {
		return "zone"
	}
	return "post"
}

// Summary returns the line under the title.
func (s *Signs) Summary() string {
	t := s.Tabs()
	return fmt.Sprintf("党员示范岗 %d 个，党员责任区 %d 个", t[0].Count, t[1].Count)
}

// Units returns the units that have posts or zones.
func (s *Signs) Units() []string {
	var units []string
	for _, kind := range []string{"post", "zone"} {
		for _, r := range s.book.All(kind) {
			if unit := r.Values["unit"]; unit != "" && !slices.Contains(units, unit) {
				units = append(units, unit)
			}
		}
	}
	slices.SortFunc(units, func(a, b string) int { return strings.Compare(branch.SortKey(a), branch.SortKey(b)) })
	return units
}

// Filter shows only one unit and one grade; "" shows all.
func (s *Signs) Filter(unit, grade string) { s.unit, s.grade = unit, grade; s.Refresh() }

// Filtered returns the filters that are on.
func (s *Signs) Filtered() (unit, grade string) { return s.unit, s.grade }

// Current returns the card chosen; false when there is none.
func (s *Signs) Current() (SignCard, bool) {
	i := slices.IndexFunc(s.cards, func(c SignCard) bool { return c.ID == s.now })
	if i < 0 {
		return SignCard{}, false
	}
	return s.cards[i], true
}

// Choose chooses a card.
func (s *Signs) Choose(id string) { s.now = id }

// Move chooses another card, stopping at the ends.
func (s *Signs) Move(by int) {
	i := slices.IndexFunc(s.cards, func(c SignCard) bool { return c.ID == s.now })
	if i >= 0 {
		s.now = s.cards[min(max(i+by, 0), len(s.cards)-1)].ID
	}
}
