package model

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zhibu/storage/record"
)

// garbage is how many bytes may lie about before they are collected.
const garbage = 64 << 20

// steps is the length of one case.
const steps = 60

// TestModel searches for a breach of the invariants I1–I13 of design/sync.md
// §12: 5,000 cases; with ZHIBU_SOAK=1 a million, about two hours of one
// processor. rapid prints the seed.
func TestModel(t *testing.T) {
	cases := "2500" // in each half
	if os.Getenv("ZHIBU_SOAK") != "" {
		cases = "500000"
	}
	set(t, "rapid.checks", cases)
	collectSeldom()
	for _, half := range []string{"one", "two"} {
		t.Run(half, func(t *testing.T) {
			t.Parallel()
			search(t, inMemory)
		})
	}
}

// search plays as many cases as rapid is told, and says how many: rapid itself
// ends early, and content, when the time of the test runs out.
func search(t *testing.T, at desk) {
	began, played := time.Now(), 0
	rapid.Check(t, func(t *rapid.T) {
		play(t, at)
		played++
	})
	t.Logf("%d cases in %.0f s", played, time.Since(began).Seconds())
	want, err := strconv.Atoi(flag.Lookup("rapid.checks").Value.String())
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		want /= 5 // as rapid does
	}
	if played != want {
		t.Fatalf("%d cases played of %d: give the test more time", played, want)
	}
}

// collectSeldom lets garbage lie until it is much: cases leave little alive, and
// marking that little a hundred times a second was a quarter of the work.
func collectSeldom() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(garbage)
}

func set(t testing.TB, name, value string) {
	t.Helper()
	if f := flag.Lookup(name); f == nil || f.Value.String() == f.DefValue {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := flag.Set(name, f.DefValue); err != nil {
				t.Error(err)
			}
		})
	}
}

// play is one case: steps at random, then peace, then the reckoning.
func play(t *rapid.T, at desk) {
	dir, err := tempDir()
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	w, err := newWorld(t, dir, at)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	w.flavour = rapid.SampledFrom(flavours()).Draw(t, "flavour")
	w.alone = rapid.Bool().Draw(t, "alone")
	w.records = rapid.SampledFrom([][]string{{"-m1"}, {"-m1", "-m2"}}).Draw(t, "records")
	w.paths = rapid.SampledFrom([][]string{{"name", "joined", "deleted"}, {"name", "mobile", "joined", "row/1/state", "deleted", "approval", "closed", "fix/1/text"}}).Draw(t, "paths")
	for range steps {
		w.step()
		w.now = w.now.Add(time.Duration(rapid.SampledFrom([]int{1, 1000, 60_000}).Draw(t, "pause")) * time.Millisecond)
	}
	for _, b := range w.branches {
		w.peace(b.ID)
	}
	w.reckon()
}

// flavours are what cases are about: what must meet to do harm is drawn often
// in one of them. rapid draws evenly, so what is common stands several times.
func flavours() [][]string {
	return [][]string{
		strings.Fields("edit edit edit edit edit edit sync sync sync sync cut cut cut again skew answer attack clone backup restore copy putback stickout stickin reply faint"),
		strings.Fields("edit edit edit edit edit sync sync cut stickout stickout stickin stickin reply reply clone backup backup errand packet skew copy putback relapse lapse relief"),
		strings.Fields("edit edit edit edit edit sync sync sync sync cut answer clone backup restore copy copy putback putback relapse amnesia again"),
		strings.Fields("edit edit edit edit edit sync sync cut half half answer skew again stickout stickin reply"), // nothing is put back
		strings.Fields("edit edit edit edit edit edit sync sync skew answer stickout stickin reply reply relief"),   // only the district is, and sticks repair it
	}
}

// deed is one thing that happens at a laptop.
type deed func(w *world, s *seatAt, rec string)

func deeds() map[string]deed {
	return map[string]deed{
		"edit": func(w *world, s *seatAt, rec string) { w.edit(s, rec, pick(w, "path", w.paths)) },
		"sync": func(w *world, s *seatAt, _ string) { w.must(w.exchange(s, fault{}), "sync") },
		"cut": func(w *world, s *seatAt, _ string) {
			kind := pick(w, "fault", []string{"request lost", "answer lost", "sent twice", "dies before storing", "forged"})
			if err := w.exchange(s, fault{kind, rapid.IntRange(1, 3).Draw(w.t, "at")}); err != nil && !errors.Is(err, errCut) && record.CodeOf(err) != "SEAL_FORGED" {
				w.fail("cut: %v", err)
			}
		},
		"again": func(w *world, s *seatAt, _ string) {
			if len(s.answers) > 0 {
				w.again(s, pick(w, "answer", s.answers))
			}
		},
		"skew":   func(w *world, s *seatAt, _ string) { s.skew = pick(w, "skew", skews()) },
		"answer": func(w *world, s *seatAt, rec string) { w.answer(s.branch, rec) },
		"attack": func(w *world, s *seatAt, _ string) { w.attack(s) },
		"half":   func(w *world, s *seatAt, _ string) { w.half(s) },
		"clone": func(w *world, s *seatAt, _ string) {
			if len(w.laptops) < 7 {
				w.clone(s)
			}
		},
		"backup":  func(w *world, s *seatAt, _ string) { w.keep(s) },
		"restore": func(w *world, s *seatAt, _ string) { w.restoreLaptop(s) },
		"errand":  (*world).errand,
		"packet":  (*world).packet,
		"lapse":   (*world).lapse,
		"relief":  (*world).relief,
		"relapse": (*world).relapse,
		"amnesia": (*world).amnesia,
		"faint":   (*world).faint,
		"copy":    func(w *world, _ *seatAt, _ string) { w.backupServer() },
		"putback": func(w *world, _ *seatAt, _ string) {
			if len(w.backups) > 0 {
				w.restoreServer(rapid.IntRange(0, len(w.backups)-1).Draw(w.t, "backup"))
			}
		},
		"stickout": func(w *world, s *seatAt, _ string) { w.stickOut(s) },
		"stickin": func(w *world, s *seatAt, _ string) {
			if len(s.sticks) > 0 {
				w.stickIn(s, pick(w, "stick", s.sticks))
			}
		},
		"reply": func(w *world, s *seatAt, _ string) {
			if len(s.replies) > 0 {
				w.takeReply(s, pick(w, "reply", s.replies))
			}
		},
	}
}

// pick draws one of from evenly, naming its place only: stories stay readable.
func pick[T any](w *world, label string, from []T) T {
	places := make([]int, len(from))
	for i := range places {
		places[i] = i
	}
	return from[rapid.SampledFrom(places).Draw(w.t, label)]
}

// step lets one thing happen.
func (w *world) step() {
	s := pick(w, "laptop", w.laptops)
	if w.alone && s.branch != w.branches[0].ID {
		s = w.laptops[0]
	}
	rec := s.branch + pick(w, "record", w.records)
	w.deeds[pick(w, "deed", w.flavour)](w, s, rec)
}

// peace lets everybody of a branch exchange without faults until nothing moves.
func (w *world) peace(branch string) {
	w.tell("peace in %s", branch)
	for round, before := 0, ""; ; round++ {
		now := ""
		for _, s := range w.laptops {
			if s.branch != branch {
				continue
			}
			w.now = w.now.Add(time.Second)
			if err := w.exchange(s, fault{}); err != nil {
				w.fail("round %d: %v", round, err)
			}
			pos := s.Position()
			now += fmt.Sprint(pos.Device, pos.Cursors, pos.N, pos.Acked, " ")
		}
		if now == before {
			return
		}
		if before = now; round > 12 {
			w.fail("no peace: %s", now)
		}
	}
}

func (w *world) close() {
	for _, end := range append(w.closers, w.server.Close) {
		if err := end(); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) draw(branch string) (string, map[string]record.Holding) {
	held := map[string]record.Holding{}
	err := w.server.EachRecord(context.Background(), branch, func(h record.Holding) error {
		held[h.ID] = h
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return Draw(held), held
}

func (w *world) name(s *seatAt) string { return fmt.Sprintf("%s (%s)", s.name, s.Position().Device) }
