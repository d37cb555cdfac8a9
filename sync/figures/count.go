package figures

import (
	"zhibu/app/branch"
	"zhibu/storage/record"
)

// books are the records of one branch as the rules look at them.
type books struct {
	today record.Date
	byID  map[string]record.Record
	live  map[string][]record.Record
}

func open(records []record.Holding, published []record.Record, today record.Date) books {
	b := books{today: today, byID: map[string]record.Record{}, live: map[string][]record.Record{}}
	for _, r := range published {
		b.live[r.Kind] = append(b.live[r.Kind], r)
	}
	for _, h := range records {
		r := record.Record{Kind: h.Kind, ID: h.ID, Values: record.Values{}}
		for path, reg := range h.Registers {
			if reg.Value != "" {
				r.Values[path] = reg.Value
			}
		}
		b.byID[h.Kind+"/"+h.ID] = r
		if !r.Deleted() {
			b.live[h.Kind] = append(b.live[h.Kind], r)
		}
	}
	return b
}

// Today implements record.Around.
func (b books) Today() record.Date { return b.today }

// Get implements record.Around.
func (b books) Get(kind, id string) (record.Record, bool) {
	r, ok := b.byID[kind+"/"+id]
	return r, ok
}

// All implements record.Around.
func (b books) All(kind string) []record.Record { return b.live[kind] }

// names are the figures, there for every branch: what it has none of is 0.
var names = [...]string{"branches", "members", "probationary", "pool", "pool_1", "pool_2", "pool_3", "pool_4", "pool_5",
	"meetings_held", "meetings_due", "demands", "demands_solved", "demands_projects", "posts", "post_stars",
	"dossiers", "dossiers_covered", "review"}

// Count returns the figures of one branch on a day, by the rules with the versions the
// district published. Names are permanent; sums
// over branches are meaningful for every one of them.
//
//	members, probationary         on the roster today
//	pool, pool_1 … pool_5         people in the pool, by stage
//	meetings_held, meetings_due   periods of this year with a meeting, and those that
//	                              asked for one (支部条例, domain.md §2.2)
//	demands, demands_solved, demands_projects
//	posts, post_stars             posts in force and the stars of their last evaluation
//	dossiers, dossiers_covered    key units, and those with a party organisation
//	review                        items that wait for a decision in the branch
func Count(records []record.Holding, published []record.Record, today record.Date) map[string]int64 {
	b := open(records, published, today)
	out := map[string]int64{}
	for _, name := range names {
		out[name] = 0
	}
	out["branches"] = 1
	b.people(out)
	b.meetings(out)
	b.work(out)
	return out
}

func (b books) people(out map[string]int64) {
	for _, m := range b.All("member") {
		if !branch.InRoster(m, b.today) {
			continue
		}
		out["members"]++
		if !branch.IsFull(m, b.today) {
			out["probationary"]++
		}
	}
	for _, p := range b.All("pool") {
		if phase := branch.Phase(p); phase > 0 {
			out["pool"]++
			out["pool_"+string(rune('0'+phase))]++
		}
	}
}

// meetings counts what was held of what should have been held by today, by the
// same grid that the branch sees.
func (b books) meetings(out map[string]int64) {
	for _, row := range branch.Grid(b.today.Year, b) {
		out["meetings_held"] += int64(row.Held)
		out["meetings_due"] += int64(row.Held + row.Missed)
	}
}

func (b books) work(out map[string]int64) {
	for _, d := range b.All("demand") {
		status := d.Values["status"]
		if status == branch.Merged {
			continue // counted where it was merged into
		}
		out["demands"]++
		if status == branch.Feedback || status == branch.Closed {
			out["demands_solved"]++
		}
		if d.Values["is_governance_project"] == "1" {
			out["demands_projects"]++
		}
	}
	for _, p := range b.All("post") {
		if p.Values["removed_on"] != "" {
			continue
		}
		out["posts"]++
		rows := p.Rows("evaluation")
		if len(rows) > 0 {
			out["post_stars"] += int64(record.Int(rows[len(rows)-1].Values["star"]))
		}
	}
	for _, d := range b.All("dossier") {
		out["dossiers"]++
		if mode := d.Values["setup_mode"]; mode != "" && mode != "NONE" || d.Values["covered_by"] != "" {
			out["dossiers_covered"]++
		}
	}
	for _, c := range b.All(record.ConflictKind) {
		if c.Values[record.ConflictResolved] == "" {
			out["review"]++
		}
	}
}
