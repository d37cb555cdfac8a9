package screen

import (
	"fmt"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// PoolPerson is the head of the path: who it is and what holds them up.
type PoolPerson struct {
	ID, Name, Line string
	Stuck          Mark
}

// Person returns the person chosen; false when nobody is.
func (p *Pool) Person() (PoolPerson, bool) {
	r, ok := p.book.Get("pool", p.now)
	if !ok {
		return PoolPerson{}, false
	}
	line := p.book.personLine(r)
	if unit := r.Values["employer"]; unit != "" {
		line += "・" + unit
	}
	var contacts []string
	for _, row := range r.Rows("contacts") {
		if m, ok := p.book.Get("member", row.Values["member"]); ok && row.Values["to"] == "" {
			contacts = append(contacts, p.book.Title(m))
		}
	}
	if len(contacts) > 0 {
		line += "・培养联系人：" + strings.Join(contacts, "、")
	}
	person := PoolPerson{ID: r.ID, Name: p.book.Title(r), Line: line}
	stage, row := p.place(p.now)
	if card := p.stages[stage][row]; card.Mark.Tone == Late {
		person.Stuck = Mark{Late, fmt.Sprintf("卡在第 %d 步，%s", card.n, card.Mark.Say)}
	}
	return person, true
}

// PathStage is one column of the path.
type PathStage struct {
	Name    string
	Done    string // 4/5
	Current bool
	Steps   []PathStep
}

// PathStep is one of the 25 steps of the person chosen.
type PathStep struct {
	N       int
	Name    string
	Mark    Mark // tone: Fine done, Late, Soon, Neutral blocked, Plain to come
	When    string
	Current bool
}

// Path returns the 25 steps in the columns of the board.
func (p *Pool) Path() []PathStage {
	out := make([]PathStage, 5)
	done := [5]int{}
	for i := range out {
		out[i].Name = branch.PhaseName(i + 1)
	}
	for _, rule := range branch.RulesOn(p.book, p.book.Today()).Steps {
		if rule.N > len(p.steps) {
			break
		}
		s := p.steps[rule.N-1]
		stage := &out[rule.Stage-1]
		stage.Steps = append(stage.Steps, p.pathStep(s))
		if s.Done {
			done[rule.Stage-1]++
		}
		stage.Current = stage.Current || s.N == p.Step()
	}
	for i := range out {
		out[i].Done = fmt.Sprintf("%d/%d", done[i], len(out[i].Steps))
	}
	return out
}

func (p *Pool) pathStep(s branch.StepState) PathStep {
	today := p.book.Today()
	step := PathStep{N: s.N, Name: s.Name, Current: s.N == p.Step()}
	next := nextStep(p.steps).N
	switch {
	case s.Done:
		step.Mark, step.When = Mark{Fine, "已完成"}, shortYear(s.Date)
	case !s.Deadline.IsZero() && s.Deadline.Before(today):
		step.Mark, step.When = Mark{Late, "逾期"}, ShortDay(s.Deadline.String(), today)+" 前"
	case !s.Deadline.IsZero():
		step.Mark, step.When = Mark{Soon, "待办"}, ShortDay(s.Deadline.String(), today)+" 前"
	case s.PossibleFrom.After(today):
		step.When = ShortDay(s.PossibleFrom.String(), today) + " 起"
	}
	if waits := waitsFor(s); !s.Done && waits > 0 && s.N <= next+3 && step.When == "" {
		step.Mark, step.When = Mark{Neutral, "等"}, fmt.Sprintf("等第 %d 步", waits)
	}
	return step
}

// waitsFor returns the step that a step waits for, 0 for none: what the order
// of steps says, by its own sentence.
func waitsFor(s branch.StepState) int {
	for _, b := range s.Blocked {
		if b.Rule != "STEP" {
			continue
		}
		if _, rest, ok := strings.Cut(b.Say, "：第 "); ok {
			n := 0
			if _, err := fmt.Sscanf(rest, "%d", &n); err == nil {
				return n
			}
		}
	}
	return 0
}

// shortYear shows a date as the path does: 24-09-10.
func shortYear(d record.Date) string {
	s := d.String()
	if len(s) < 3 {
		return s
	}
	return s[2:]
}

// Step returns the step shown: the one chosen, else the person's next.
func (p *Pool) Step() int {
	if p.step > 0 {
		return p.step
	}
	if stage, row := p.place(p.now); stage >= 0 {
		return p.stages[stage][row].n
	}
	return 0
}

// ChooseStep shows another step; 0 goes back to the person's next.
func (p *Pool) ChooseStep(n int) { p.step = min(max(n, 0), len(p.steps)) }

// StepDetail is the strip under the path.
type StepDetail struct {
	N         int
	Title     string // 第 10 步 政治审查
	Limit     string // 时限：…
	Stuck     string // 卡住原因：…
	Papers    []branch.Paper
	Have      string // 3/4
	Done      bool
	Possible  bool
	Forms     []string // codes of the forms of this step
	Who       string
	FirstVerb string // 去登记
}

// Detail returns the strip of the step shown.
func (p *Pool) Detail() (StepDetail, bool) {
	n := p.Step()
	if n == 0 || n > len(p.steps) {
		return StepDetail{}, false
	}
	s, today := p.steps[n-1], p.book.Today()
	rule, _ := branch.RulesOn(p.book, today).Step(n)
	d := StepDetail{N: n, Title: fmt.Sprintf("第 %d 步 %s", n, s.Name), Done: s.Done, Papers: s.Materials, Forms: rule.Forms, Who: rule.Who, FirstVerb: "办这一步"}
	have, lacking := 0, ""
	for _, paper := range s.Materials {
		switch {
		case paper.Have:
			have++
		case lacking == "":
			lacking = "还缺材料：" + paper.Name
		}
	}
	d.Have = fmt.Sprintf("%d/%d", have, len(s.Materials))
	refusals := blocking(s)
	d.Possible = !s.Done && len(refusals) == 0
	d.Limit = limitOf(s, rule, today)
	if s.Done {
		d.FirstVerb = "改这一步"
	}
	switch {
	case len(refusals) > 0:
		d.Stuck = refusals[0].Say
	case d.Possible:
		d.Stuck = lacking
	}
	return d, true
}

// limitOf says when a step was done, by when it must be, or from when it can be.
func limitOf(s branch.StepState, rule rules.Step, today record.Date) string {
	switch {
	case s.Done:
		return "已于 " + s.Date.String() + " 完成"
	case !s.Deadline.IsZero():
		return fmt.Sprintf("时限：%s 前（%s）", ShortDay(s.Deadline.String(), today), rule.Basis)
	case s.PossibleFrom.After(today):
		return "最早 " + s.PossibleFrom.String() + "（" + rule.Basis + "）"
	}
	return "由" + rule.Who + "办理（" + rule.Basis + "）"
}
