// Package rules holds the versioned rule set as data: the 25 steps, the rules
// DP01–DP43, meeting minimums, dues brackets, reminders and the parameters that
// differ by place. A revision is a new file with a later effective_from; what
// happened before is judged by the set of its own day, so history never changes.
package rules

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"zhibu/storage/record"
)

// Severities of a rule (domain.md §1.4).
const (
	Block    = "BLOCK"    // refuse
	Override = "OVERRIDE" // refuse unless a reason and the superior's document are kept
	Warn     = "WARN"     // allow, flag
	Due      = "DUE"      // a reminder; flagged when missed
)

// Set is one version of the rules.
type Set struct {
	ID            string     `json:"id"`
	EffectiveFrom string     `json:"effective_from"` // civil date
	Title         string     `json:"title"`
	Params        []Param    `json:"params"`
	Steps         []Step     `json:"steps"`
	Development   []Rule     `json:"development"`
	Minimums      []Minimum  `json:"minimums"`
	Dues          []Payer    `json:"dues"`
	Reminders     []Reminder `json:"reminders"`
	Scores        []Score    `json:"scores"`
	Stars         []int      `json:"stars"` // least points of five, four, three and two stars
	Archive       []Material `json:"archive"`
	Roles         []Role     `json:"roles"`
	Calendar      Calendar   `json:"calendar"`
}

// Step is one of the 25 steps of 发展党员.
type Step struct {
	N         int      `json:"n"`
	Stage     int      `json:"stage"` // 1–5
	Name      string   `json:"name"`
	Brief     string   `json:"brief,omitempty"` // where there is little room; "" for Name
	Who       string   `json:"who"`
	Date      string   `json:"date"`               // the field that dates it
	Fields    []string `json:"fields"`             // the fields filled at this step
	Done      []string `json:"done"`               // fields that must not be empty for it to be done
	After     []int    `json:"after,omitempty"`    // steps that must be done before
	Basis     string   `json:"basis"`              // article
	Materials []string `json:"materials"`          // papers this step must have
	Forms     []string `json:"forms,omitempty"`    // codes of printed forms
	Deadline  *Limit   `json:"deadline,omitempty"` // by when it should be done
}

// Limit is a base field and a distance from it.
type Limit struct {
	Base   string `json:"base"`
	Months int    `json:"months,omitempty"`
	Days   int    `json:"days,omitempty"`
}

// Rule is one line of the rule table. Op says how it is judged:
//
//	from   date ≥ base + months
//	until  date ≤ base + months
//	needs  every field of Needs is filled
//	check  the named function of the program
//
// Own rules look at what the step itself records, so they are judged only when
// it is being done.
type Rule struct {
	ID          string   `json:"id"`
	Steps       []int    `json:"steps"`
	Op          string   `json:"op"`
	Date        string   `json:"date,omitempty"`
	Base        string   `json:"base,omitempty"`
	Months      int      `json:"months,omitempty"`
	MonthsParam string   `json:"months_param,omitempty"` // parameter that replaces Months
	Days        int      `json:"days,omitempty"`
	Needs       []string `json:"needs,omitempty"`
	Check       string   `json:"check,omitempty"`
	Own         bool     `json:"own,omitempty"`
	Severity    string   `json:"sev"`
	Basis       string   `json:"basis"`
	Say         string   `json:"say"`
}

// Minimum is how often a kind of meeting is held: Times a year, once every
// Every months.
type Minimum struct {
	Kind  string `json:"kind"`
	Times int    `json:"times"`
	Every int    `json:"every"`
	Basis string `json:"basis"`
	Per   string `json:"per,omitempty"` // "group": for each group
}

// Payer is a kind of payer of dues with the brackets of its base.
type Payer struct {
	Kind     string    `json:"kind"`
	Flat     int64     `json:"flat,omitempty"` // fen a month, instead of brackets
	Brackets []Bracket `json:"brackets,omitempty"`
}

// Bracket is the rate for the whole base up to and including UpTo fen (0: no
// upper end).
type Bracket struct {
	UpTo int64 `json:"upto"`
	BP   int64 `json:"bp"` // ten-thousandths
}

// Reminder is one of the 36 reminders of domain.md §8. Leads are the days ahead
// at which it turns yellow, orange and red.
type Reminder struct {
	N     int    `json:"n"`
	Name  string `json:"name"`
	Leads []int  `json:"leads"`
	Basis string `json:"basis"`
}

// Score is one item of the evaluation sheet of posts and zones.
type Score struct {
	Item string `json:"item"`
	Name string `json:"name"`
	Full int    `json:"full"`
}

// Material is one paper of a person's archive pack (domain.md §1.8).
type Material struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Step     int    `json:"step"`               // the step it belongs to
	Personal bool   `json:"personal,omitempty"` // goes into the personnel file
}

// Role says what a role may write: kinds by name, "*" for all (decisions.md 20).
type Role struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Writes []string `json:"writes"`
}

//go:embed *.json
var shipped embed.FS

var parsed = sync.OnceValue(func() []Set {
	sets, err := load(shipped)
	if err != nil {
		panic(err) // embedded data, held by a test: cannot fail
	}
	return sets
})

// Shipped returns the rule sets that come with the program, oldest first. The
// result is shared: read only.
func Shipped() []Set { return parsed() }

func load(files fs.FS) ([]Set, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, fmt.Errorf("rule sets: %w", err)
	}
	var out []Set
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("rule set %s: %w", name, err)
		}
		set, err := Parse(data)
		if err != nil {
			return nil, fmt.Errorf("rule set %s: %w", name, err)
		}
		out = append(out, set)
	}
	sortSets(out)
	return out, nil
}

// Parse reads a rule set as a district may ship it and refuses one that is not
// complete in itself.
func Parse(data []byte) (Set, error) {
	var s Set
	if err := json.Unmarshal(data, &s); err != nil {
		return Set{}, record.Wrap(err, "RULES_FORMAT", "这份规则读不出来。请向区里要一份新的；现用规则不变。")
	}
	if s.ID == "" || record.ReadDate(s.EffectiveFrom).IsZero() || len(s.Steps) != 25 || len(s.Development) == 0 {
		return Set{}, record.Refuse("RULES_INCOMPLETE", "这份规则不完整。请向区里要一份新的；现用规则不变。")
	}
	for i := range s.Params {
		s.Params[i].Since, s.Params[i].By = s.EffectiveFrom, ByProgram
	}
	return s, nil
}

func sortSets(sets []Set) {
	slices.SortStableFunc(sets, func(a, b Set) int {
		return record.ReadDate(a.EffectiveFrom).Compare(record.ReadDate(b.EffectiveFrom))
	})
}

// At returns the set in force on a day; the oldest one for days before all.
func At(sets []Set, on record.Date) Set {
	var found Set
	for i, s := range sets {
		if i == 0 || !on.Before(record.ReadDate(s.EffectiveFrom)) {
			found = s
		}
	}
	return found
}

// Step returns step n (1–25).
func (s Set) Step(n int) (Step, bool) {
	for _, step := range s.Steps {
		if step.N == n {
			return step, true
		}
	}
	return Step{}, false
}

// Reminder returns reminder n (1–36).
func (s Set) Reminder(n int) Reminder {
	for _, r := range s.Reminders {
		if r.N == n {
			return r
		}
	}
	return Reminder{N: n}
}
