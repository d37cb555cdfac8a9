package screen

import (
	"fmt"
	"maps"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// StepForm is the form of one step of one person: the fields the step fills,
// its checklist, its own deadline and what excuses a rule.
type StepForm struct {
	*Form
	n      int
	fields []string
	found  bool // something was left on it
}

// NewStepForm opens step n of a person, filled in with what was left on it.
func NewStepForm(b *Book, person string, n int) (*StepForm, error) {
	f, err := newForm(b, "pool", person, fmt.Sprintf("第 %d 步", n))
	if err != nil {
		return nil, err
	}
	rule, ok := branch.RulesOn(b, b.Today()).Step(n)
	if !ok {
		return nil, record.Refuse("STEP_UNKNOWN", "发展党员只有第 1 步到第 25 步。请在路径图上选一步。")
	}
	s := &StepForm{Form: f, n: n, fields: rule.Fields, found: f.offer != nil}
	f.TakeOffer()
	if f.Text(rule.Date) == "" && f.can(rule.Date) {
		f.prefill(map[string]string{rule.Date: b.Today().String()}) // dates start today (design.md §1.4)
		f.Settle()
	}
	return s, nil
}

// can reports whether path is a plain date field of the kind.
func (f *Form) can(path string) bool {
	field, ok := f.Kind.Field(path)
	_, isDay := field.Type.(record.Day)
	return ok && isDay
}

// Found reports whether something was left on the form.
func (s *StepForm) Found() bool { return s.found }

// N returns the number of the step.
func (s *StepForm) N() int { return s.n }

// Fields returns the fields of the step and, last, the table of excuses.
func (s *StepForm) Fields() []record.Field {
	var out []record.Field
	for _, name := range append(append([]string{}, s.fields...), "override") {
		if f, ok := s.Kind.Field(name); ok && !f.Locked {
			out = append(out, f)
		}
	}
	return out
}

// Complete does the step with what was typed. A refusal changes nothing and
// says the article and from when the step is possible.
func (s *StepForm) Complete() (Done, error) {
	s.asked = true
	s.dropEmptyRows()
	s.Settle()
	for path, err := range s.wrong {
		return Done{}, record.Wrap(err, record.CodeOf(err), s.book.label(s.Kind, path)+record.SayOf(err))
	}
	set := record.Values{}
	for path := range s.typed {
		if table, _, _ := record.SplitPath(path); table == "override" || s.has(table) {
			set[path] = s.values[path]
		}
	}
	edits, complaints := branch.Step(s.shown, s.n, set, s.book)
	done, err := s.book.act(fmt.Sprintf("%s第 %d 步已记下", s.book.Title(s.shown), s.n), edits, complaints)
	if err != nil {
		return done, err
	}
	s.dirty = false
	return done, s.book.DropDraft(s.Key())
}

func (s *StepForm) has(name string) bool {
	for _, f := range s.fields {
		if f == name {
			return true
		}
	}
	return false
}

// TickPaper notes that a paper of a step is there, or takes it back.
func (p *Pool) TickPaper(n int, paper string, have bool) (Done, error) {
	r, ok := p.book.Get("pool", p.now)
	if !ok {
		return Done{}, nil
	}
	row := ""
	for _, m := range r.Rows("material") {
		if m.Values["name"] == paper && m.Values["step"] == number(n) {
			row = m.ID
		}
	}
	set := record.Values{}
	if row == "" {
		row = NewRow()
		maps.Copy(set, record.Values{record.Path("material", row, "name"): paper, record.Path("material", row, "step"): number(n),
			record.Path("material", row, record.RankColumn): r.Values.NextRank("material")})
	}
	set[record.Path("material", row, "have")] = map[bool]string{true: branch.Yes, false: branch.No}[have]
	set[record.Path("material", row, "date")] = p.book.Today().String()
	word := "已勾上"
	if !have {
		word = "已取消"
	}
	return p.book.act(word+"“"+paper+"”", []record.Edit{{Kind: "pool", ID: r.ID, Set: set}}, nil)
}

// SetDeadline gives a step a deadline of the branch's own, with the reason.
func (p *Pool) SetDeadline(n int, due, reason string) (Done, error) {
	r, ok := p.book.Get("pool", p.now)
	if !ok {
		return Done{}, nil
	}
	day, err := record.ParseDate(record.ExpandDate(due, p.book.Today()))
	if err != nil {
		return Done{}, err
	}
	if reason == "" {
		return Done{}, record.Refuse("REASON_MISSING", "改期限要写原因。请写一句为什么改；期限没有变。")
	}
	row := number(n)
	edits := []record.Edit{{Kind: "pool", ID: r.ID, Why: reason, Set: record.Values{
		record.Path("deadline", row, "due"): day.String(), record.Path("deadline", row, "reason"): reason}}}
	return p.book.act(fmt.Sprintf("第 %d 步期限改到 %s", n, day), edits, nil)
}
