package branch

import (
	"fmt"
	"strings"
	"testing"

	"zhibu/storage/record"
)

// set changes one record as a form would.
func set(kind, id string, v map[string]string) func(testing.TB, *world) {
	return func(t testing.TB, w *world) { w.put(t, kind, id, v) }
}

// held puts finalised meetings of the day into the books.
func held(kinds ...string) func(testing.TB, *world) {
	return func(t testing.TB, w *world) {
		for i, kind := range kinds {
			w.put(t, "meeting", fmt.Sprintf("h%d", i), map[string]string{"kind": kind, "title": kind, "start": w.today.String() + " 09:00", "status": "已定稿",
				"pair/a/from": mid(1), "pair/a/to": mid(2), "pair/b/from": mid(1), "pair/b/to": mid(5), "pair/c/from": mid(5), "pair/c/to": mid(6)})
		}
	}
}

func both(list ...func(testing.TB, *world)) func(testing.TB, *world) {
	return func(t testing.TB, w *world) {
		for _, f := range list {
			f(t, w)
		}
	}
}

func observed(from, to string) func(testing.TB, *world) {
	return set("pool", "p1", map[string]string{"observations/o/period_from": from, "observations/o/period_to": to, "observations/o/signed": to})
}

// settled is what takes each reminder of the table reminders away.
var settledBy = map[string]func(testing.TB, *world){
	"R01": set("pool", "p1", map[string]string{"talked": "2026-05-26"}),
	"R02": observed("2026-01-20", "2026-06-20"),
	"R03": set("pool", "p1", map[string]string{"target_decided": "2026-12-21"}),
	"R04": set("pool", "p1", map[string]string{"reports/r/date": "2026-06-15"}),
	"R05": set("pool", "p1", map[string]string{"polrev_concluded": "2026-07-01"}),
	"R06": set("pool", "p1", map[string]string{"training_to": "2026-07-01"}),
	"R07": set("pool", "p1", map[string]string{"meeting1": "2026-06-05"}),
	"R08": set("pool", "p1", map[string]string{"approved1": "2026-05-03"}),
	"R09": set("pool", "p1", map[string]string{"oath": "2026-04-17"}),
	"R10": observed("2026-03-02", "2026-08-03"),
	"R11": set("pool", "p1", map[string]string{"conv_applied": "2027-02-16"}),
	"R12": set("pool", "p1", map[string]string{"meeting2": "2027-03-05", "meeting2_result": "按期转正"}),
	"R13": set("pool", "p1", map[string]string{"meeting3": "2027-09-05", "meeting3_result": "按期转正"}),
	"R14": set("pool", "p1", map[string]string{"approved2": "2027-05-06"}),
	"R15": set("pool", "p1", map[string]string{"meeting1": "2026-12-01"}),
	"R16": memberWith(map[string]string{"receipt_date": "2026-05-30"}),
	"R17": memberWith(map[string]string{"receipt_date": "2026-05-31"}),
	"R18": memberWith(map[string]string{"contact/d/date": "2026-05-15"}),
	"R19": memberWith(map[string]string{"is_lost": "否"}),
	"R21": func(t testing.TB, w *world) {
		for i := 1; i <= 8; i++ {
			w.put(t, "dues", DuesID(mid(i), 2027), map[string]string{"member": mid(i), "year": "2027", "base": "6000"})
		}
	},
	"R23": held("组织生活会", "民主评议党员"),
	"R24": held("谈心谈话"),
	"R25": set("branch", "b1", map[string]string{"term_from": "2027-07-05", "term_end": "2030-07-05"}),
	"R26": set("branch", "b1", map[string]string{"committee/n/member": mid(4), "committee/n/post": "宣传委员", "committee/n/from": "2026-05-10"}),
	"R27": both(held("书记述职"), set("training", "t1", map[string]string{"title": "班", "date": "2026-10-01", "kind": "书记培训班", "participant/" + mid(1) + "/hours": "56"})),
	"R29": set("post", "s1", map[string]string{"reviewed_on": "2026-05-31", "review_result": "保留"}),
	"R30": set("demand", "d1", map[string]string{"status": "反馈", "answered_on": "2026-05-24"}),
	"R31": set("demand", "d1", map[string]string{"title": "堵", "raised_at": "2026-06-15", "status": "征集", "batch": "2026-Q2", "channel": "季度专项征集"}),
	"R32": memberWith(map[string]string{"status": "除名", "out_date": "2026-06-01"}),
	"R33": memberWith(map[string]string{"correction_until": ""}),
	"R34": set("pool", "p1", map[string]string{"target_filed": "2026-05-20"}),
}

// TestEveryReminderGoesAway: done, a duty is gone; whatever nobody can do, time or
// a reason takes away (the yearly figures, an anniversary).
func TestEveryReminderGoesAway(t *testing.T) {
	for _, c := range reminders {
		w := small(t, "2026-06-30")
		c.setup(t, w)
		day := record.ReadDate(c.shows)
		speaks := func(on record.Date) (Duty, bool) {
			for _, d := range dutiesOf(w, on, c.rule) {
				if strings.Contains(d.Say, c.holds) {
					return d, true
				}
			}
			return Duty{}, false
		}
		d, ok := speaks(day)
		if !ok {
			t.Errorf("%s is silent on %s", c.rule, c.shows)
			continue
		}
		switch done, known := settledBy[c.rule]; {
		case known:
			done(t, w)
		case c.rule == "R35":
			day = d.Due.AddDays(31)
		default:
			edits, cs := Mute(d, "已报", record.Date{}, w)
			if len(cs) > 0 {
				t.Fatal(cs)
			}
			w.apply(edits...)
		}
		if d, still := speaks(day); still {
			t.Errorf("%s still speaks: %s", c.rule, d.Say)
		}
	}
}
