package screen

import (
	"fmt"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// SignDetail is a post or zone as the card beside the others shows it.
type SignDetail struct {
	SignCard
	Code       string
	Term       string // 2026-01-01 至 2026-12-31
	Place      string
	Promises   []string
	Evaluation string // 2026-H1 评价
	By         string // 10-09・陈立群、陆婉清
	Scores     []ScoreBar
	Board      string // what the plate says on top: 党员示范岗
	Branch     string
	Flags      []string
	Acts       []SignVerb
}

// ScoreBar is one item of an evaluation.
type ScoreBar struct {
	Name  string
	Got   int
	Full  int
	Part  float64
	Given bool
}

// SignVerb is something that can be done with a post or zone now.
type SignVerb struct {
	Act  string // of branch.SignAct, or Evaluate
	Say  string
	Asks string // label of the text it asks for, "" for none
	Day  string // label of a second date it asks for, "" for none
	Grim bool   // takes something away: asked first
}

// Evaluate is the verb of an evaluation.
const Evaluate = "EVALUATE"

// Detail returns the card of the post or zone chosen.
func (s *Signs) Detail() (SignDetail, bool) {
	card, ok := s.Current()
	if !ok {
		return SignDetail{}, false
	}
	r, _ := s.book.Get(card.Kind, card.ID)
	k, err := s.book.Kind(card.Kind)
	if err != nil {
		return SignDetail{}, false
	}
	d := SignDetail{SignCard: card, Code: r.Values["code"], Place: r.Values["place"], Board: k.Label, Branch: s.book.BranchName()}
	if from, to := r.Values["hung_on"], r.Values["valid_to"]; from != "" {
		d.Term = strings.TrimSuffix(from+" 至 "+to, " 至 ")
	}
	for _, row := range r.Rows("promise") {
		d.Promises = append(d.Promises, row.Values["text"])
	}
	last, evaluated := lastEvaluation(r)
	for _, item := range branch.RulesOn(s.book, s.book.Today()).Scores {
		bar := ScoreBar{Name: item.Name, Full: item.Full, Got: record.Int(last.Values[item.Item]), Given: evaluated}
		bar.Part = float64(bar.Got) / float64(item.Full)
		d.Scores = append(d.Scores, bar)
	}
	if evaluated {
		d.Evaluation = PeriodSay(last.Values["period"]) + "评价"
		d.By = strings.TrimSuffix(ShortDay(last.Values["date"], s.book.Today())+"・"+last.Values["evaluator"], "・")
	}
	for _, flag := range s.ledger.SignFlags(r) {
		d.Flags = append(d.Flags, flag.Say)
	}
	d.Acts = signVerbs(r.Values["status"])
	return d, true
}

// signVerbs are the acts possible in a state, the likeliest first.
func signVerbs(status string) []SignVerb {
	switch status {
	case branch.PostApplied:
		return []SignVerb{{Act: "BRANCH", Say: "记支部意见，开始公示", Asks: "支部意见"}}
	case branch.PostPublic:
		return []SignVerb{{Act: "APPROVE", Say: "记上级审定"}, {Act: "HANG", Say: "挂牌", Day: "任岗期限至"}}
	case branch.PostRemoved:
		return []SignVerb{{Act: "REAPPLY", Say: "再申报"}}
	}
	return []SignVerb{{Act: Evaluate, Say: "做一次评价"}, {Act: "KEEP", Say: "复评：保留"}, {Act: "FIX", Say: "复评：限期整改", Day: "整改期限"},
		{Act: "REMOVE", Say: "撤销这个岗", Asks: "撤岗原因", Grim: true}}
}

// Act does an act on the post or zone chosen. KEEP and FIX are results of a
// second evaluation (复评).
func (s *Signs) Act(verb SignVerb, day, text, until string) (Done, error) {
	card, ok := s.Current()
	if !ok {
		return Done{}, nil
	}
	r, _ := s.book.Get(card.Kind, card.ID)
	act := branch.SignAct{Kind: verb.Act, Text: text}
	if verb.Act == "KEEP" || verb.Act == "FIX" {
		act.Kind, act.Result = "REVIEW", verb.Act
	}
	for _, d := range []struct {
		typed string
		to    *record.Date
	}{{day, &act.On}, {until, &act.Until}} {
		if strings.TrimSpace(d.typed) == "" {
			continue
		}
		read, err := record.ParseDate(record.ExpandDate(d.typed, s.book.Today()))
		if err != nil {
			return Done{}, err
		}
		*d.to = read
	}
	edits, complaints := branch.ActOn(r, act, s.book)
	done, err := s.book.act("“"+card.Name+"”"+verb.Say, edits, complaints)
	if err == nil {
		s.Refresh()
	}
	return done, err
}

// NewEvaluation opens the form of one evaluation of the post or zone chosen: a
// fresh row for the present half-year, and its id.
func (s *Signs) NewEvaluation() (*Form, string, error) {
	card, ok := s.Current()
	if !ok {
		return nil, "", record.Refuse("SIGN_NONE", "这里没有可以评价的岗或责任区。请先设一个岗；没有记下评价。")
	}
	f, err := NewForm(s.book, card.Kind, card.ID)
	if err == nil {
		err = f.ReadOnly()
	}
	if err != nil {
		return nil, "", err
	}
	row, today := NewRow(), s.book.Today()
	f.prefill(f.newRow("evaluation", row, map[string]string{"period": periodOf(today, branch.RulesOn(s.book, today).Int("evaluation_months")),
		"date": today.String(), "evaluator": s.book.By()}))
	f.Settle()
	return f, row, nil
}

// periodOf names the span an evaluation is about: 2026-Q3, 2026-H2 or 2026.
func periodOf(on record.Date, months int) string {
	switch {
	case months <= 3:
		return branch.Quarter(on)
	case months <= 6:
		return fmt.Sprintf("%d-H%d", on.Year, (on.Month+5)/6)
	}
	return number(on.Year)
}

// PeriodSay reads a period as people say it: 2026-H1 is 2026 年上半年.
func PeriodSay(period string) string {
	year, part, ok := strings.Cut(period, "-")
	say := map[string]string{"H1": "上半年", "H2": "下半年", "Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度"}[part]
	if !ok || say == "" {
		return period
	}
	return year + " 年" + say
}
