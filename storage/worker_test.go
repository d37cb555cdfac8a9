package storage_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// The worker is a process that works on a store with a mixed load until it is
// killed, and says what was acknowledged: one line "kind name counter" after
// each call that returned. Counters only rise, so whoever reads the store
// afterwards knows what must be there at least.

const (
	workerDir  = "ZHIBU_WORKER_DIR"
	workerSeed = "ZHIBU_WORKER_SEED"
	// workerLimit bounds the size of the files the worker writes, in bytes.
	workerLimit = "ZHIBU_WORKER_LIMIT"
)

// work is the worker's main function; it ends only with an error.
func work() error {
	seed, err := strconv.ParseUint(os.Getenv(workerSeed), 10, 64)
	if err != nil {
		return err
	}
	if err := limitFiles(os.Getenv(workerLimit)); err != nil {
		return err
	}
	opt := storetest.Options(nil)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	opt.Child = []string{"env", childMark + "=verify", self}
	s, err := storage.Open(os.Getenv(workerDir), storetest.Passphrase, opt)
	if err != nil {
		return err
	}
	if _, err := fmt.Println("open", "store", 1); err != nil {
		return err
	}
	w := worker{s: s, random: rand.New(rand.NewPCG(seed, 1))}
	for {
		if err := w.step(); err != nil {
			return err
		}
	}
}

type worker struct {
	s      *storage.Store
	random *rand.Rand
}

func (w worker) step() error {
	name := fmt.Sprintf("r%d", w.random.IntN(40))
	switch n := w.random.IntN(100); {
	case n < 45:
		return w.save(name)
	case n < 70:
		return w.draft(name)
	case n < 85:
		return w.batch()
	case n < 93:
		return w.setting(name)
	case n < 96:
		_, err := w.s.AddFile("a.bin", fmt.Append([]byte("内容"), w.random.IntN(1000)))
		return err
	case n < 98:
		_, err := w.s.Backup(storage.BackupManual)
		return err
	}
	return w.s.Compact(context.Background(), nil)
}

func ack(kind, name string, counter int) error {
	_, err := fmt.Println(kind, name, counter)
	return err
}

func (w worker) save(name string) error {
	r, _ := w.s.Get("member", name)
	next := counter(r.Values["c"]) + 1
	_, err := w.s.Apply(record.Edit{Kind: "member", ID: name, Set: record.Values{"c": strconv.Itoa(next), "text": strings.Repeat("字", w.random.IntN(900))}})
	if err != nil {
		return err
	}
	return ack("save", name, next)
}

func (w worker) draft(name string) error {
	next := 1
	for _, d := range w.s.Drafts() {
		if d.Key == name {
			next = counter(d.Typed["c"]) + 1
		}
	}
	if err := w.s.SaveDraft(record.Draft{Key: name, Kind: "form", ID: name, Typed: map[string]string{"c": strconv.Itoa(next)}}); err != nil {
		return err
	}
	return ack("draft", name, next)
}

// batch saves five records in one transaction: all or none must be there.
func (w worker) batch() error {
	r, _ := w.s.Get("batch", "b0")
	next := counter(r.Values["c"]) + 1
	var edits []record.Edit
	for i := range 5 {
		edits = append(edits, record.Edit{Kind: "batch", ID: fmt.Sprintf("b%d", i), Set: record.Values{"c": strconv.Itoa(next)}})
	}
	if _, err := w.s.Apply(edits...); err != nil {
		return err
	}
	return ack("batch", "b0", next)
}

func (w worker) setting(name string) error {
	next := counter(w.s.Setting(name)) + 1
	if err := w.s.SetSetting(name, strconv.Itoa(next)); err != nil {
		return err
	}
	return ack("setting", name, next)
}

func counter(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// acked is what the workers of all rounds acknowledged: "kind name" → counter.
type acked map[string]int

func (a acked) read(out io.Reader) error {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var kind, name string
		var n int
		if _, err := fmt.Sscan(lines.Text(), &kind, &name, &n); err != nil {
			return nil // a line cut off by the kill acknowledges nothing
		}
		a[kind+" "+name] = max(a[kind+" "+name], n)
	}
	return lines.Err()
}

// lost lists what was acknowledged but is not in the store, and what is torn.
func (a acked) lost(s *storage.Store) []string {
	drafts := map[string]int{}
	for _, d := range s.Drafts() {
		drafts[d.Key] = counter(d.Typed["c"])
	}
	var out []string
	for what, n := range a {
		kind, name, _ := strings.Cut(what, " ")
		have := n
		switch kind {
		case "save":
			r, _ := s.Get("member", name)
			have = counter(r.Values["c"])
		case "batch":
			r, _ := s.Get("batch", name)
			have = counter(r.Values["c"])
		case "draft":
			have = drafts[name]
		case "setting":
			have = counter(s.Setting(name))
		}
		if have < n {
			out = append(out, fmt.Sprintf("%s: %d acknowledged, %d there", what, n, have))
		}
	}
	for _, r := range s.All("batch") {
		if first, _ := s.Get("batch", "b0"); first.Values["c"] != r.Values["c"] {
			out = append(out, "a batch is there in part")
		}
	}
	return out
}

// firstWord collects what a worker says and calls begun at its first word: then
// its store is open, however slow the machine is.
type firstWord struct {
	strings.Builder
	begun func()
	once  sync.Once
}

func (w *firstWord) Write(p []byte) (int, error) {
	w.once.Do(w.begun)
	return w.Builder.Write(p)
}

// runWorker starts a worker on dir, kills it (SIGKILL) when ctx ends and notes
// what it acknowledged. It calls begun once the store is open. It returns what the
// worker said on its error output.
func runWorker(ctx context.Context, t *testing.T, dir string, seed uint64, seen acked, begun func()) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, self)
	killWithChildren(cmd)
	cmd.Env = append(os.Environ(), childMark+"=work", workerDir+"="+dir, workerSeed+"="+strconv.FormatUint(seed, 10))
	out, said := firstWord{begun: begun}, strings.Builder{}
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err == nil {
		t.Fatal("worker ended by itself")
	}
	if err := cmd.Cancel(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	if err := seen.read(strings.NewReader(out.String())); err != nil {
		t.Fatal(err)
	}
	return said.String()
}

// soundAfterCrash opens dir after a crash and holds it against what was
// acknowledged.
func soundAfterCrash(t *testing.T, dir string, seen acked) (lost []string) {
	t.Helper()
	opt := storetest.Options(nil)
	opt.Child = verifyChild(t)
	s, err := storage.Open(dir, storetest.Passphrase, opt)
	if err != nil {
		return []string{"open: " + err.Error()}
	}
	lost = seen.lost(s)
	if rep, err := s.Check(t.Context(), nil); err != nil || !rep.OK {
		lost = append(lost, fmt.Sprintf("check: %v %v", err, rep.Problems))
	}
	if err := s.Close(); err != nil {
		lost = append(lost, "close: "+err.Error())
	}
	return lost
}

func TestKillNineLosesNothingAcknowledged(t *testing.T) {
	dir := made(t)
	seen := acked{}
	random := rand.New(rand.NewPCG(9, 9))
	n := rounds(30, 200)
	for round := range n {
		life, kill := context.WithCancel(t.Context())
		after := time.Duration(random.IntN(300)) * time.Millisecond
		said := runWorker(life, t, dir, uint64(round), seen, func() { time.AfterFunc(after, kill) })
		kill()
		if said != "" {
			t.Fatalf("round %d: worker said %s", round, said)
		}
		if lost := soundAfterCrash(t, dir, seen); len(lost) > 0 {
			t.Fatalf("round %d: %v", round, lost)
		}
	}
	total := 0
	for _, c := range seen {
		total += c
	}
	t.Logf("%d rounds, %d acknowledged calls, 0 lost", n, total)
	if total < n {
		t.Errorf("the workers did next to nothing: %d calls", total)
	}
}
