package ui

import (
	"context"
	"testing"

	"zhibu/app/screen"
	"zhibu/storage/storetest"
)

// held is a Runner whose work waits until it is let go.
type held struct{ jobs []func() }

// Do implements screen.Runner.
func (h *held) Do(title string, work func(context.Context, screen.Progress) error, then func(error)) {
	h.jobs = append(h.jobs, func() { screen.Inline{}.Do(title, work, then) })
}

func (h *held) letGo() {
	jobs := h.jobs
	h.jobs = nil
	for _, do := range jobs {
		do()
	}
}

// TestFinderOpensBeforeItsIndexIsMade types into the finder while the index is being
// made in the background, and changes records meanwhile.
func TestFinderOpensBeforeItsIndexIsMade(t *testing.T) {
	w := sampleWindow(t)
	work := &held{}
	w.found, w.run = nil, work
	w.index()
	w.openFinder("wy")
	w.sees(t, "正在准备查找")
	w.finding.act(false)
	w.finding.print()
	w.finding.key("↓")
	id := w.Book().Search("member", "罗沐辰")[0].ID
	if _, _, err := w.Book().Save("member", id, map[string]string{"name": "温予宁"}); err != nil {
		t.Fatal(err)
	}
	work.letGo()
	w.types(t, "n")
	w.sees(t, "温予宁")
}

func TestManyChangesAreReadInTheBackground(t *testing.T) {
	w := sampleWindow(t)
	work := &held{}
	w.run = work
	old := w.found
	ids := make([]string, manyChanged+1)
	w.reindex("member", ids)
	if len(work.jobs) != 1 || w.found != old {
		t.Fatalf("%d jobs, index swapped %v", len(work.jobs), w.found != old)
	}
	w.reindex("member", nil) // while it is being made: once more afterwards
	work.letGo()
	if w.found == old || len(work.jobs) != 1 {
		t.Errorf("the index is the old one: %v, %d jobs", w.found == old, len(work.jobs))
	}
	work.letGo()
	if len(work.jobs) != 0 || w.indexing {
		t.Error("it is made again and again")
	}
}

// TestStartPageIsThereBeforeEverythingIsCounted unlocks while what is due is still being
// worked out in the background.
func TestStartPageIsThereBeforeEverythingIsCounted(t *testing.T) {
	w := sampleWindow(t)
	w.session.LockNow()
	work := &held{}
	w.run = work
	w.session.Unlock(storetest.Passphrase)
	w.Go(Place{Page: "desk"})
	w.sees(t, "正在看今天有哪些事", "党员名册")
	work.letGo()
	w.sees(t, "待办提醒")
}
