package branch

import (
	"testing"

	"zhibu/storage/record"
)

// elect holds an election of three seats with the given votes for members 1, 2, …
func elect(t *testing.T, w *world, scrutineer string, votes ...int) ([]record.Edit, []record.Complaint) {
	t.Helper()
	typed := map[string]string{}
	for i, n := range votes {
		row := "vote/v" + itoa(i+1) + "/"
		typed[row+"item"], typed[row+"about"], typed[row+"method"] = "选举委员", "选举", "无记名投票"
		typed[row+"candidate"], typed[row+"post"], typed[row+"seats"] = mid(i+1), "委员", "3"
		typed[row+"issued"], typed[row+"collected"], typed[row+"for"] = "7", "7", itoa(n)
		typed[row+"scrutineer"], typed[row+"counter"] = scrutineer, "计票"
	}
	return Finalise(draft(t, w, newID(w), "换届选举大会", "2026-06-20 14:00", typed), w)
}

func TestOnlyAsManyAreElectedAsThereAreSeats(t *testing.T) {
	for _, c := range []struct {
		votes []int
		want  []string
	}{
		{[]int{7, 6, 5, 2}, []string{mid(1), mid(2), mid(3)}},
		{[]int{7, 6, 5, 4}, []string{mid(1), mid(2), mid(3)}}, // four past half, three seats
		{[]int{7, 6, 5, 5}, []string{mid(1), mid(2)}},         // a tie for the last seat is voted on again
		{[]int{5, 5, 5, 5}, nil},
		{[]int{7, 3, 3, 2}, []string{mid(1)}},
	} {
		w := small(t, "2026-06-30")
		edits, cs := elect(t, w, "监票", c.votes...)
		if record.Blocking(cs) {
			t.Fatal(cs)
		}
		w.apply(edits...)
		var got []string
		for _, p := range CommitteeOn(w, record.ReadDate("2026-06-21")) {
			got = append(got, p.Member)
		}
		if len(c.want) == 0 {
			continue // nobody is elected: the old committee stays
		}
		if len(got) != len(c.want) {
			t.Errorf("%v: %v elected, want %v", c.votes, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%v: %v elected, want %v", c.votes, got, c.want)
			}
		}
	}
}

func TestACandidateIsNoScrutineer(t *testing.T) {
	w := small(t, "2026-06-30")
	m, _ := w.Get("member", mid(2))
	_, cs := elect(t, w, m.Values["name"], 7, 6, 5, 2)
	c, ok := find(cs, "ELECT_SCRUTINEER")
	if !ok || c.Severity != record.Block {
		t.Errorf("%v", cs)
	}
	checkSay(t, "scrutineer", c.Say)
}
