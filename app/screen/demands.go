package screen

import (
	"fmt"
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Demands is the page 诉求办理 (picture m): 征集—汇总—处理—反馈 side by side, and the
// path of the demand chosen in the same columns.
type Demands struct {
	book     *Book
	kind     record.Kind
	columns  [4][]DemandCard
	now      string
	query    string
	category string
	entity   string
	batch    string // "2026-Q4", "" for all
}

// DemandCard is one demand on the board.
type DemandCard struct {
	ID, Code, Title, Category, Source string
	Mark                              Mark
	Sync                              Mark // where it stands with the district, nothing when 已同步
	Verb                              DemandVerb
	due                               record.Date
}

// DemandVerb is something that can be done with a demand now.
type DemandVerb struct {
	Act   string // of branch.DemandAct
	Say   string
	Text  string // label of the text it asks for, "" for none
	Owner bool   // asks who is to handle it
	Due   string // label of a date it asks for, "" for none
	Grade bool   // asks how content the person was
	Solve bool   // asks whether the matter is solved
}

// states are the four columns in order.
func states() [4]string {
	return [4]string{branch.Collected, branch.Collated, branch.Handling, branch.Feedback}
}

// NewDemands opens the page on everything that is under way.
func NewDemands(b *Book) (*Demands, error) {
	k, err := b.Kind("demand")
	if err != nil {
		return nil, err
	}
	d := &Demands{book: b, kind: k}
	d.Refresh()
	return d, nil
}

// Refresh reads the demands anew and keeps the one chosen.
func (d *Demands) Refresh() {
	d.columns = [4][]DemandCard{}
	for _, r := range d.book.All("demand") {
		i := slices.Index(states4(), r.Values["status"])
		if i < 0 || !d.shows(r) {
			continue
		}
		d.columns[i] = append(d.columns[i], d.card(r))
	}
	for i := range d.columns {
		slices.SortFunc(d.columns[i], func(a, b DemandCard) int {
			if c := a.due.Compare(b.due); c != 0 {
				return c
			}
			return strings.Compare(b.Code, a.Code)
		})
	}
	if _, row := d.place(d.now); row < 0 {
		d.now = ""
		d.chooseFirst()
	}
}

func states4() []string { s := states(); return s[:] }

// chooseFirst chooses what is due first.
func (d *Demands) chooseFirst() {
	var first record.Date
	for _, cards := range d.columns {
		for _, c := range cards {
			if !c.due.IsZero() && (first.IsZero() || c.due.Before(first)) {
				d.now, first = c.ID, c.due
			}
		}
	}
}

func (d *Demands) shows(r record.Record) bool {
	f, _ := d.kind.Field("category")
	switch {
	case d.category != "" && f.Format(r.Values["category"]) != d.category:
		return false
	case d.entity != "" && d.source(r) != d.entity:
		return false
	case d.batch != "" && branch.Quarter(record.ReadDate(r.Values["raised_at"])) != d.batch:
		return false
	}
	return d.query == "" || branch.Matches(d.query, r.Values["code"], r.Values["title"], d.source(r), r.Values["text"])
}

func (d *Demands) source(r record.Record) string {
	if e, ok := d.book.Get("dossier", r.Values["entity"]); ok {
		return d.book.Title(e)
	}
	return r.Values["source"]
}

func (d *Demands) card(r record.Record) DemandCard {
	f, _ := d.kind.Field("category")
	c := DemandCard{ID: r.ID, Code: r.Values["code"], Title: r.Values["title"], Category: f.Format(r.Values["category"]), Source: d.source(r), due: branch.DemandDue(r, d.book)}
	c.Mark, c.Sync = d.mark(r, c.due), unsettled(r.State)
	c.Verb = mainVerb(r.Values)
	return c
}

func (d *Demands) mark(r record.Record, due record.Date) Mark {
	today := d.book.Today()
	what := map[string]string{branch.Collected: "受理", branch.Collated: "分办", branch.Handling: "答复", branch.Feedback: "回访"}[r.Values["status"]]
	switch {
	case r.Values["snooze_until"] != "":
		return Mark{Neutral, "缓到 " + ShortDay(r.Values["snooze_until"], today)}
	case r.Values["status"] == branch.Feedback && r.Values["returned_on"] != "":
		return Mark{Fine, "满意・可办结"}
	case due.IsZero():
		return Mark{Neutral, "待" + what}
	case due.Before(today):
		return Mark{Late, fmt.Sprintf("逾期 %d 天", due.DaysUntil(today))}
	case due == today:
		return Mark{Soon, "今天到期"}
	case due == today.AddDays(1):
		return Mark{Soon, "明天到期"}
	}
	return Mark{Coming, ShortDay(due.String(), today) + " 前" + what}
}

// mainVerb is the act that moves a demand on.
func mainVerb(v record.Values) DemandVerb {
	switch v["status"] {
	case branch.Collected:
		return DemandVerb{Act: "ACCEPT", Say: "受理"}
	case branch.Collated:
		return DemandVerb{Act: "ASSIGN", Say: "分办", Owner: true, Due: "答复期限"}
	case branch.Handling:
		return DemandVerb{Act: "ANSWER", Say: "登记答复", Text: "答复内容", Solve: true}
	case branch.Feedback:
		if v["returned_on"] != "" {
			return DemandVerb{Act: "CLOSE", Say: "办结"}
		}
		return DemandVerb{Act: "RETURN", Say: "回访", Text: "回访意见", Grade: true}
	}
	return DemandVerb{}
}

// Verbs returns what else can be done with the demand chosen.
func (d *Demands) Verbs() []DemandVerb {
	r, ok := d.book.Get("demand", d.now)
	if !ok {
		return nil
	}
	switch r.Values["status"] {
	case branch.Collected, branch.Collated, branch.Handling:
		out := []DemandVerb{{Act: "URGE", Say: "催办", Text: "催办说明"}, {Act: "SNOOZE", Say: "暂缓", Text: "暂缓原因", Due: "暂缓到"}, {Act: "MERGE", Say: "并到另一条"}, {Act: "PROJECT", Say: "转为治理项目"}}
		if r.Values["status"] == branch.Handling {
			out = append([]DemandVerb{{Act: "PROGRESS", Say: "记办理过程", Text: "办理情况"}}, out...)
		}
		if r.Values["snooze_until"] != "" {
			out = append(out, DemandVerb{Act: "WAKE", Say: "不再暂缓"})
		}
		if r.Values["status"] == branch.Collected {
			return out[1:3] // what is not accepted yet is not urged and becomes no project
		}
		return out
	}
	return []DemandVerb{{Act: "REOPEN", Say: "重新办理", Text: "重办原因", Due: "新的期限"}, {Act: "PROJECT", Say: "转为治理项目"}}
}

// DemandColumn is one column of the board.
type DemandColumn struct {
	Name, Note string
	Cards      []DemandCard
}

// Columns returns the four columns.
func (d *Demands) Columns() [4]DemandColumn {
	names := [4]string{"征集", "汇总", "处理", "反馈"}
	notes := [4]string{"待受理", "待分办", "承办中", "待回访"}
	var out [4]DemandColumn
	for i := range out {
		out[i] = DemandColumn{names[i], fmt.Sprintf("%s %d", notes[i], len(d.columns[i])), d.columns[i]}
	}
	return out
}

// Current returns the id of the demand chosen.
func (d *Demands) Current() string { return d.now }

// Choose chooses a demand.
func (d *Demands) Choose(id string) {
	if _, row := d.place(id); row >= 0 {
		d.now = id
	}
}

func (d *Demands) place(id string) (column, row int) {
	for i, cards := range d.columns {
		if row := slices.IndexFunc(cards, func(c DemandCard) bool { return c.ID == id }); row >= 0 {
			return i, row
		}
	}
	return 0, -1
}

// Move chooses another demand: so many rows down, so many columns to the right.
func (d *Demands) Move(down, right int) {
	column, row := d.place(d.now)
	if row < 0 {
		return
	}
	for to := column + right; right != 0 && to >= 0 && to < 4; to += right {
		if len(d.columns[to]) > 0 {
			column = to
			break
		}
	}
	cards := d.columns[column]
	d.now = cards[min(max(row+down, 0), len(cards)-1)].ID
}

// Find shows only demands that match text.
func (d *Demands) Find(text string) { d.query = strings.TrimSpace(text); d.Refresh() }

// Filter shows only one category, one source and one quarter; "" shows all.
func (d *Demands) Filter(category, entity, batch string) {
	d.category, d.entity, d.batch = category, entity, batch
	d.Refresh()
}

// Narrowed reports whether a search or a filter leaves demands out.
func (d *Demands) Narrowed() bool {
	return d.query+d.category+d.entity+d.batch != ""
}

// Filtered returns the filters that are on.
func (d *Demands) Filtered() (category, entity, batch string) { return d.category, d.entity, d.batch }
