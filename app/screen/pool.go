package screen

import (
	"fmt"
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Pool is the page 发展党员 (picture d): five stages side by side, and under them
// the 25 steps of the person chosen.
type Pool struct {
	book   *Book
	stages [5][]PoolCard
	late   int
	query  string
	now    string // id of the person chosen
	step   int    // step shown, 0 follows the person
	steps  []branch.StepState
}

// PoolCard is one person on the board.
type PoolCard struct {
	ID, Name string
	Step     string // 10 政治审查
	Mark     Mark   // 逾期 8 天, 今天, 13 天后, 按时, 可推进
	Sync     Mark   // where it stands with the district, nothing when 已同步
	n        int
	days     int // until it is due; negative: overdue by so many
}

// NewPool opens the page.
func NewPool(b *Book) *Pool {
	p := &Pool{book: b}
	p.Refresh()
	return p
}

// Refresh reads everybody anew and keeps the person chosen.
func (p *Pool) Refresh() {
	p.stages, p.late = [5][]PoolCard{}, 0
	due := map[string]branch.Duty{}
	for _, d := range branch.Due(p.book, p.book.DueDay()) {
		if _, known := due[d.ID]; d.Kind == "pool" && !known { // the most urgent comes first
			due[d.ID] = d
		}
	}
	planned := branch.Planned(p.book)
	for _, r := range p.book.Search("pool", p.query) {
		phase := branch.Phase(r)
		if phase == 0 {
			continue // left the pool, or a full member
		}
		card := p.card(r, due[r.ID])
		if start := planned[r.ID]; start != "" && card.Mark.Tone != Late {
			card.Mark = p.meetingMark(start)
		}
		if card.Mark.Tone == Late {
			p.late++
		}
		p.stages[phase-1] = append(p.stages[phase-1], card)
	}
	for i := range p.stages {
		slices.SortStableFunc(p.stages[i], func(a, b PoolCard) int { return urgency(a.Mark) - urgency(b.Mark) })
	}
	p.choose(p.now)
}

// urgency orders the cards of a column: what is late first.
func urgency(m Mark) int {
	return map[Tone]int{Late: 0, Soon: 1, Coming: 2, Neutral: 3, Fine: 4}[m.Tone]
}

func (p *Pool) card(r record.Record, duty branch.Duty) PoolCard {
	steps := branch.Stage(r, p.book, p.book.Today())
	s := nextStep(steps)
	c := PoolCard{ID: r.ID, Name: p.book.Title(r), Sync: unsettled(r.State), n: s.N}
	if duty.Step > 0 && duty.Step <= len(steps) {
		c.n = duty.Step
	}
	now := steps[c.n-1]
	c.Step = fmt.Sprintf("%d %s", c.n, now.Brief)
	c.Mark, c.days = p.mark(s, duty), duty.Days
	return c
}

// nextStep returns the first step that is not done, the last when all are.
func nextStep(steps []branch.StepState) branch.StepState {
	for _, s := range steps {
		if !s.Done {
			return s
		}
	}
	return steps[len(steps)-1]
}

// mark says how a person stands: by the most urgent reminder, else by what the
// next step waits for.
func (p *Pool) mark(s branch.StepState, duty branch.Duty) Mark {
	today := p.book.Today()
	switch {
	case duty.ID != "":
		return daysMark(duty.Days)
	case !s.Deadline.IsZero():
		return daysMark(today.DaysUntil(s.Deadline))
	case s.PossibleFrom.After(today):
		return Mark{Coming, ShortDay(s.PossibleFrom.String(), today) + " 起"}
	case len(blocking(s)) == 0 && s.N != 6 && s.N != 21:
		return Mark{Neutral, "可推进"}
	}
	return Mark{Fine, "按时"}
}

// meetingMark is the pill of someone on whom a meeting is to decide.
func (p *Pool) meetingMark(start string) Mark {
	today := p.book.Today()
	day, clock, _ := strings.Cut(start, " ")
	if day == today.String() {
		return Mark{Soon, strings.TrimSpace("今天 " + clock)}
	}
	return Mark{Coming, ShortDay(day, today) + " 上会"}
}

// daysMark is the pill of something due in so many days.
func daysMark(days int) Mark {
	switch {
	case days < 0:
		return Mark{Late, fmt.Sprintf("逾期 %d 天", -days)}
	case days == 0:
		return Mark{Soon, "今天"}
	case days == 1:
		return Mark{Soon, "明天"}
	}
	return Mark{Coming, fmt.Sprintf("%d 天后", days)}
}

// blocking are the rules that refuse a step now.
func blocking(s branch.StepState) []branch.Blocker {
	var out []branch.Blocker
	for _, b := range s.Blocked {
		if b.Severity == "BLOCK" || b.Severity == "OVERRIDE" {
			out = append(out, b)
		}
	}
	return out
}

// Find shows only people who match text.
func (p *Pool) Find(text string) { p.query = text; p.Refresh() }

// Summary returns the line under the title and how many are late.
func (p *Pool) Summary() (line string, late int) {
	n := 0
	for _, s := range p.stages {
		n += len(s)
	}
	return fmt.Sprintf("5 个阶段、25 步・在册 %d 人", n), p.late
}

// PoolStage is one column of the board.
type PoolStage struct {
	Name  string
	Steps string // 7–11 步
	Cards []PoolCard
}

// Stages returns the five columns.
func (p *Pool) Stages() []PoolStage {
	spans := [5][2]int{}
	for _, s := range branch.RulesOn(p.book, p.book.Today()).Steps {
		span := &spans[s.Stage-1]
		if span[0] == 0 {
			span[0] = s.N
		}
		span[1] = s.N
	}
	out := make([]PoolStage, 5)
	for i := range out {
		out[i] = PoolStage{branch.PhaseName(i + 1), fmt.Sprintf("%d–%d 步", spans[i][0], spans[i][1]), p.stages[i]}
	}
	return out
}

// Choose makes a person the one whose path is shown; ids not on the board are
// ignored.
func (p *Pool) Choose(id string) {
	if id != p.now {
		p.step = 0
	}
	p.choose(id)
}

func (p *Pool) choose(id string) {
	stage, row := p.place(id)
	if stage < 0 {
		stage, row = p.first()
	}
	p.now, p.steps = "", nil
	if stage < 0 {
		return
	}
	p.now = p.stages[stage][row].ID
	if r, ok := p.book.Get("pool", p.now); ok {
		p.steps = branch.Stage(r, p.book, p.book.Today())
	}
}

// first is the most urgent person on the board.
func (p *Pool) first() (stage, row int) {
	stage, row = -1, 0
	var best PoolCard
	for i, cards := range p.stages {
		for j, c := range cards {
			if stage < 0 || urgency(c.Mark) < urgency(best.Mark) || urgency(c.Mark) == urgency(best.Mark) && c.days < best.days {
				stage, row, best = i, j, c
			}
		}
	}
	return stage, row
}

func (p *Pool) place(id string) (stage, row int) {
	for i, cards := range p.stages {
		if row := slices.IndexFunc(cards, func(c PoolCard) bool { return c.ID == id }); row >= 0 {
			return i, row
		}
	}
	return -1, 0
}

// Current returns the id of the person chosen, "" when there is nobody.
func (p *Pool) Current() string { return p.now }

// Move chooses another person: so many rows down, so many stages to the right.
func (p *Pool) Move(down, right int) {
	stage, row := p.place(p.now)
	if stage < 0 {
		return
	}
	for to := stage + right; right != 0 && to >= 0 && to < 5; to += right {
		if len(p.stages[to]) > 0 {
			stage = to
			break
		}
	}
	cards := p.stages[stage]
	p.Choose(cards[min(max(row+down, 0), len(cards)-1)].ID)
}
