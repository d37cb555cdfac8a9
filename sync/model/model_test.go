package model

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zhibu/storage/record"
	"zhibu/sync"
)

// steps is the length of one case.
const steps = 60

// TestModel searches for a breach of the invariants I1–I13 of design/sync.md
// §12: 5,000 cases, a million with ZHIBU_SOAK=1. rapid prints the seed.
func TestModel(t *testing.T) {
	cases := "2500" // in each half
	if testing.Short() {
		cases = "100"
	}
	if os.Getenv("ZHIBU_SOAK") != "" {
		cases = "500000"
	}
	set(t, "rapid.checks", cases)
	for _, half := range []string{"one", "two"} {
		t.Run(half, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, play)
		})
	}
}

func set(t testing.TB, name, value string) {
	t.Helper()
	if f := flag.Lookup(name); f == nil || f.Value.String() == f.DefValue {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
}

// play is one case: steps at random, then peace, then the reckoning.
func play(t *rapid.T) {
	dir, err := tempDir()
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	w, err := newWorld(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := w.server.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	for range steps {
		w.step()
		w.now = w.now.Add(time.Duration(rapid.SampledFrom([]int{1, 1000, 60_000}).Draw(t, "pause")) * time.Millisecond)
	}
	w.peace()
	w.reckon()
}

// actions are the common ones several times: rapid draws them evenly.
func actions() []string {
	return []string{"edit", "edit", "edit", "edit", "edit", "sync", "sync", "sync", "bad sync", "bad sync", "bad sync", "again", "skew", "rarely", "rarely", "rarely"}
}

func (w *world) step() {
	t := w.t
	s := w.laptops[rapid.IntRange(0, len(w.laptops)-1).Draw(t, "laptop")]
	rec := s.branch + rapid.SampledFrom([]string{"-m1", "-m2"}).Draw(t, "record")
	switch rapid.SampledFrom(actions()).Draw(t, "action") {
	case "edit":
		w.edit(s, rec, rapid.SampledFrom([]string{"name", "mobile", "joined", "row/1/state", "deleted", "approval", "closed", "fix/1/text"}).Draw(t, "path"))
	case "sync":
		if err := w.exchange(s, fault{}); err != nil {
			t.Fatal(err)
		}
	case "bad sync":
		f := fault{rapid.SampledFrom([]string{"request lost", "answer lost", "sent twice", "dies before storing"}).Draw(t, "fault"),
			rapid.IntRange(1, 3).Draw(t, "at")}
		if err := w.exchange(s, f); err != nil && !errors.Is(err, errCut) {
			t.Fatal(err)
		}
	case "again":
		if len(s.answers) > 0 {
			w.again(s, rapid.IntRange(0, len(s.answers)-1).Draw(t, "answer"))
		}
	case "skew":
		s.skew = rapid.SampledFrom(skews()).Draw(t, "skew")
	default:
		w.rarely(s, rec)
	}
}

// rarely does what happens once in a while; most draws of it do nothing.
func (w *world) rarely(s *seatAt, rec string) {
	t := w.t
	switch rapid.SampledFrom([]string{"clone", "backup", "restore", "server backup", "server restore", "answer", "attack",
		"stick out", "stick in", "reply"}).Draw(t, "rare") {
	case "clone":
		if len(w.laptops) < 7 {
			w.clone(s)
		}
	case "backup":
		w.tell("%s makes a backup", s.name)
		s.backup = s.Copy()
	case "restore":
		w.restoreLaptop(s)
	case "server backup":
		w.backupServer()
	case "server restore":
		if len(w.backups) > 0 {
			w.restoreServer(rapid.IntRange(0, len(w.backups)-1).Draw(t, "backup"))
		}
	case "answer":
		w.answer(s.branch, rec)
	case "attack":
		w.attack(s)
	case "stick out":
		w.stickOut(s)
	case "stick in":
		w.stickIn(s)
	case "reply":
		w.reply(s)
	}
}

func (w *world) stickOut(s *seatAt) {
	req, err := sync.AskSealed(s.Laptop, 0)
	w.must(err, "stick")
	w.tell("%s writes stick %d: %d ops, acked %d", s.name, len(s.sticks), len(req.Ops), req.Acked)
	s.sticks = append(s.sticks, req)
}

// stickIn reads any stick of the laptop, again or for the first time.
func (w *world) stickIn(s *seatAt) {
	if len(s.sticks) == 0 {
		return
	}
	req := s.sticks[rapid.IntRange(0, len(s.sticks)-1).Draw(w.t, "stick")]
	resp, err := w.server.For(s.Position().Device).Sync(context.Background(), req)
	if record.CodeOf(err) == "OP_OF_ANOTHER" {
		return // written under an identity that was given up since
	}
	w.must(err, "stick in")
	w.tell("a stick of %s is read: %v %+v, reply %d", s.name, resp.Results, resp.Next, len(s.replies))
	s.replies = append(s.replies, resp)
}

func (w *world) reply(s *seatAt) {
	if len(s.replies) == 0 {
		return
	}
	_, err := sync.AcceptSealed(s.Laptop, s.replies[rapid.IntRange(0, len(s.replies)-1).Draw(w.t, "reply")])
	w.tell("%s takes a reply: %v; acked %d", s.name, err, s.Position().Acked)
	switch record.CodeOf(err) {
	case "", "DEVICE_FORKED", "ANSWER_OUTDATED", "ANSWER_OF_ANOTHER", "NOT_A_MESSAGE":
		w.watchCursor(s)
	default:
		w.fail("reply: %v", err)
	}
}

// peace lets everybody exchange without faults until nothing moves.
func (w *world) peace() {
	w.tell("peace")
	for round := range 6 {
		for _, s := range w.laptops {
			w.now = w.now.Add(time.Second)
			if err := w.exchange(s, fault{}); err != nil {
				w.fail("round %d: %v", round, err)
			}
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
