package screen

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zhibu/storage/record"
)

// Problem is one line of the problem list.
type Problem struct {
	ImportIssue
	Row    int
	Column string // F 入党时间
	Way    string // how it is dealt with now
	ways   []string
}

// Ways a problem is dealt with.
const (
	WayMend  = "改为"
	WaySkip  = "跳过这行"
	WayTake  = "先导入，标记"
	WayAmend = "补改"
	WayAdd   = "另登记一条"
	WayWait  = "留在待处理"
)

// Ways returns what can be chosen for the problem.
func (p Problem) Ways() []string { return p.ways }

// Problems returns the problems in the order of the sheet: errors and warnings,
// and with ShowAll also what is merely worth knowing.
func (p *Importing) Problems() []Problem {
	headings := map[string]string{}
	for _, c := range p.plan.Columns {
		headings[c.Col] = c.Label()
	}
	var out []Problem
	for _, row := range p.plan.Rows {
		for _, issue := range row.Issues {
			if issue.Severity == record.Info && !p.all {
				continue
			}
			out = append(out, p.problem(row, issue, headings[issue.Cell.Col]))
		}
	}
	return out
}

func (p *Importing) problem(row ImportRow, issue ImportIssue, heading string) Problem {
	if _, say, found := strings.Cut(issue.Say, "："); found && strings.HasPrefix(issue.Say, "第 ") {
		issue.Say = say // the place is shown beside it
	}
	issue.Say = strings.TrimPrefix(issue.Say, "“"+issue.Value+"”：") // and the value above it
	pr := Problem{ImportIssue: issue, Row: row.Row, Column: strings.TrimSpace(issue.Cell.Col + " " + heading)}
	switch {
	case row.State == RowAsk:
		pr.ways = []string{WayWait, WayAdd, WayMend, WaySkip}
	case row.closed():
		pr.ways = []string{WayWait, WayMend, WayAmend, WaySkip}
	case row.blocked():
		pr.ways = []string{WayWait, WayMend, WayTake, WaySkip}
	default:
		pr.ways = []string{WayTake, WayMend, WaySkip}
	}
	_, mended := p.fixes[issue.Cell]
	switch way := p.ways[row.Row]; {
	case way == RowSkip:
		pr.Way = WaySkip
	case way == RowKeep:
		pr.Way = WayTake
	case way == RowAmend:
		pr.Way = WayAmend
	case way == RowAdd:
		pr.Way = WayAdd
	case mended:
		pr.Way = WayMend
	default:
		pr.Way = pr.ways[0]
	}
	return pr
}

// ShowAll shows also what is merely worth knowing.
func (p *Importing) ShowAll(all bool) { p.all, p.now = all, 0 }

// ShowsAll reports whether everything is shown.
func (p *Importing) ShowsAll() bool { return p.all }

// Current returns the current problem.
func (p *Importing) Current() (Problem, bool) {
	list := p.Problems()
	if len(list) == 0 {
		return Problem{}, false
	}
	return list[min(p.now, len(list)-1)], true
}

// Place returns the place of the current problem in the list.
func (p *Importing) Place() int { return min(p.now, max(len(p.Problems())-1, 0)) }

// Move moves to another problem, stopping at the ends.
func (p *Importing) Move(by int) { p.GoTo(p.Place() + by) }

// GoTo moves to a problem by its place.
func (p *Importing) GoTo(place int) { p.now = min(max(place, 0), max(len(p.Problems())-1, 0)) }

// Mend replaces what stands in the current problem's cell and goes on to the
// next one. The file itself is never changed. then learns whether the text was
// accepted: if not, the problem stays the current one with its new sentence.
func (p *Importing) Mend(run Runner, text string, then func(accepted bool, err error)) {
	p.mend(run, text, nil, then)
}

// MendAlike does the same to every cell of Alike.
func (p *Importing) MendAlike(run Runner, text string, then func(accepted bool, err error)) {
	p.mend(run, text, p.Alike(), then)
}

// Alike are the other problems of the same text in the column of the current one:
// the same slip, made again.
func (p *Importing) Alike() []Problem {
	now, ok := p.Current()
	if !ok || now.Severity != record.Block || now.Value == "" {
		return nil
	}
	return slices.DeleteFunc(p.Problems(), func(q Problem) bool {
		return q.Cell == now.Cell || q.Cell.Col != now.Cell.Col || q.Value != now.Value || q.Code != now.Code || q.Severity != now.Severity
	})
}

func (p *Importing) mend(run Runner, text string, alike []Problem, then func(accepted bool, err error)) {
	pr, ok := p.Current()
	if !ok {
		return
	}
	for _, q := range append(alike, pr) {
		delete(p.ways, q.Row)
		p.fixes[q.Cell] = text
	}
	before := len(p.Problems())
	p.Reckon(run, func(err error) {
		still := slices.ContainsFunc(p.Problems(), func(q Problem) bool { return q.Cell == pr.Cell && q.Severity == record.Block })
		if err == nil && !still && len(p.Problems()) == before {
			p.Move(1)
		}
		then(!still, err)
	})
}

// Skip leaves the current problem's row out, or takes it back in, and goes on.
func (p *Importing) Skip() {
	pr, ok := p.Current()
	if !ok {
		return
	}
	if p.ways[pr.Row] == RowSkip {
		delete(p.ways, pr.Row)
	} else {
		p.ways[pr.Row] = RowSkip
	}
	p.Move(1)
}

// Deal chooses how the problem at place is dealt with.
func (p *Importing) Deal(place int, way string) {
	list := p.Problems()
	if place < 0 || place >= len(list) {
		return
	}
	p.now = place
	row := list[place].Row
	delete(p.ways, row)
	switch way {
	case WaySkip:
		p.ways[row] = RowSkip
	case WayAmend:
		p.ways[row] = RowAmend
	case WayAdd:
		p.ways[row] = RowAdd
	case WayTake:
		if slices.Contains(list[place].ways, WayWait) { // without a decision the row would wait
			p.ways[row] = RowKeep
		}
	}
}

// Bad returns how many rows would not be imported now.
func (p *Importing) Bad() int {
	n := 0
	for _, r := range p.people() {
		if p.waits(r) {
			n++
		}
	}
	return n
}

// Outlook says what the import would do: 先导入 41 行，5 行留在“待处理”，随时回来改。
func (p *Importing) Outlook() string {
	if p.Ready() == 0 {
		return "没有可以导入的行。请先改好问题，或回上一步核对列。"
	}
	if n := p.Bad(); n > 0 {
		return fmt.Sprintf("先导入 %d 行，%d 行留在“待处理”，随时回来改。", p.Ready(), n)
	}
	return fmt.Sprintf("%d 行都可以导入。", p.Ready())
}

// IssueList makes the spreadsheet of problems (「导出问题清单」).
func (p *Importing) IssueList(ctx context.Context) ([]byte, error) {
	return p.work.Report(ctx, p.ask(p.plan.Sheet), p.book)
}
