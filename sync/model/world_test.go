package model

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/server"
)

// world is one case: two branches of a real district, their laptops with all
// that happens to laptops, and a book of everything that was ever saved.
type world struct {
	t        *rapid.T
	random   *rand.ChaCha8
	page     int // rows in one answer
	dir      string
	server   *server.Server
	restores int
	folders  int            // data folders of laptops
	closers  []func() error // of the laptops' stores
	now      time.Time
	branches []server.Branch
	laptops  []*seatAt
	ops      int
	saved    map[string]map[string]savedOp // branch → op id
	backups  []string                      // files of the server
	seen     map[string]uint64             // laptop and epoch → cursor, for I5
	deeds    map[string]deed
	flavour  []string // what may happen, common things several times
	alone    bool     // only in the first branch
	records  []string
	paths    []string
	story    []event // what happened, told when an invariant breaks
}

// event is a line of the story, put into words only when it is told.
type event struct {
	format string
	args   []any
}

// tell adds a line to the story. What args point to must not change any more.
func (w *world) tell(format string, args ...any) {
	w.story = append(w.story, event{format, args})
}

// fail ends the case with its story.
func (w *world) fail(format string, args ...any) {
	var story strings.Builder
	for _, e := range w.story {
		fmt.Fprintf(&story, e.format+"\n", e.args...)
	}
	w.t.Fatalf("%s%s", story.String(), fmt.Sprintf(format, args...))
}

// savedOp is one save of a person, or of the district, and who has it.
type savedOp struct {
	change record.Change
	// lost are the paths that no living copy had when something was put back: of an
	// op of two values one may be.
	lost map[string]bool
}

// seatAt is a laptop at its desk: its clock may be wrong, its folder be copied.
type seatAt struct {
	Replica
	name    string
	branch  string
	skew    time.Duration
	backup  Replica
	answers []record.Delivery // taken before, to be delivered again
	sticks  []stick           // handed in or not, read in any order
	replies []reply
}

// stick and reply are files, sealed by the identity the laptop had and for it.
type stick struct {
	device string
	ask    sync.Request
}

type reply struct {
	device string
	answer sync.Response
}

func guards() record.Guards {
	return record.Guards{"member": {"joined", "!closed", "+fix", "!deleted"}}
}

func districtRules() server.Rules {
	return server.Rules{Guards: guards(), Owned: map[string][]string{"member": {"approval"}}}
}

func newWorld(t *rapid.T, dir string, at desk) (*world, error) {
	m, err := firstMorning()
	if err != nil {
		return nil, err
	}
	w := &world{t: t, random: rand.NewChaCha8([32]byte{1}), dir: dir, page: rapid.SampledFrom([]int{1, 5}).Draw(t, "page"), now: m.now, ops: m.ops, deeds: deeds(), saved: map[string]map[string]savedOp{}, seen: map[string]uint64{}}
	if err := errors.Join(os.CopyFS(dir, m.files), w.open(filepath.Join(dir, "district"))); err != nil {
		return nil, err
	}
	for i, b := range m.branches {
		w.branches, w.saved[b.ID] = append(w.branches, b), map[string]savedOp{}
		for n, e := range m.seats[i] {
			s := &seatAt{name: fmt.Sprintf("%s%d", b.Name, n), branch: b.ID}
			s.Replica = at(w, w.clock(s))
			if err := s.Enrol(e); err != nil {
				return nil, err
			}
			w.laptops = append(w.laptops, s)
		}
	}
	return w, nil
}

func (w *world) open(dir string) (err error) {
	w.server, err = server.Open(dir, server.Options{Now: func() time.Time { return w.now }, Rules: districtRules(), Quick: true, Random: w.random,
		Temp: w.dir, Page: w.page, SnapshotAfter: 40})
	return err
}

// clock is that of a laptop.
func (w *world) clock(s *seatAt) func() time.Time {
	return func() time.Time { return w.now.Add(s.skew) }
}

// desk gives a laptop what it keeps things in.
type desk func(w *world, now func() time.Time) Replica

// inMemory is a laptop that keeps everything in memory.
func inMemory(_ *world, now func() time.Time) Replica {
	l := NewLaptop(now, guards())
	l.Owned = districtRules().Owned
	return l
}

// join makes a laptop one of a branch.
func (w *world) join(branch string) (record.Enrolment, error) {
	invite, err := w.server.Invite(context.Background(), branch, "secretary")
	if err != nil {
		return record.Enrolment{}, err
	}
	got, err := w.server.Join(context.Background(), sync.Join{Code: invite.Code, Key: w.key()})
	return record.Enrolment{Branch: got.Branch, Device: got.Device, ServerKey: got.ServerKey}, err
}

// key makes a public key nobody signs with: signatures are the courier's matter.
func (w *world) key() []byte {
	w.ops++
	key := make([]byte, 32)
	copy(key, fmt.Sprint("key ", w.ops))
	return key
}

// must fails the case; the seed that rapid prints repeats it.
func (w *world) must(err error, doing string) {
	if err != nil {
		w.fail("%s: %v", doing, err)
	}
}

// edit saves one value, and now and then a second. Values name their branch, so
// that a leak shows.
func (w *world) edit(s *seatAt, rec, path string) {
	w.ops++
	set := map[string]string{path: s.branch + " " + fmt.Sprint(w.ops)}
	switch {
	case path == record.DeletedPath:
		set[path] = []string{"1", ""}[w.ops%2]
	case w.ops%4 == 0:
		set["note"] = s.branch + " 附"
	}
	c, err := s.Edit(fmt.Sprintf("op%d", w.ops), "member", rec, set)
	w.must(err, "edit")
	w.tell("%s edits %s: %v as %s, n %d, saw %v", s.name, rec, set, c.ID, c.N, c.Saw)
	if c.ID == "" {
		return // it stood there already
	}
	w.saved[s.branch][c.ID] = savedOp{change: c, lost: map[string]bool{}}
}

// answer is the superior writing a value: signed, or giving it back.
func (w *world) answer(branch, rec string) {
	w.ops++
	path, seal := pick(w, "answered", []string{"approval", "mobile"}), rapid.Bool().Draw(w.t, "signed")
	set := map[string]string{path: branch + " 批 " + fmt.Sprint(w.ops)}
	before := w.stands(branch, rec, path)
	_, err := w.server.Write(context.Background(), branch, server.Edit{Kind: "member", Record: rec, Seal: seal, Set: set})
	w.must(err, "answer")
	id := w.stands(branch, rec, path).Op
	w.tell("the district writes %s: %v as %s, signed %v", rec, set, id, seal)
	// Of two answers the newest counts, so none must survive: it is only a link.
	w.saved[branch][id] = savedOp{lost: map[string]bool{path: true}, change: record.Change{ID: id, Device: sync.DistrictDevice, Record: rec, Set: set, Saw: map[string]string{path: before.Op}}}
}

// stands returns what the district holds at a path.
func (w *world) stands(branch, rec, path string) (r record.Register) {
	_, held := w.draw(branch)
	return held[rec].Registers[path]
}

// watchCursor holds I5: within an epoch a cursor never moves back.
func (w *world) watchCursor(s *seatAt) {
	pos := s.Position()
	key := s.name + " " + pos.Device + " " + pos.Epoch
	at := pos.Cursors[sync.BranchChannel(pos.Branch)]
	if at < w.seen[key] {
		w.fail("I5: cursor of %s went from %d back to %d", key, w.seen[key], at)
	}
	w.seen[key] = at
}

// again holds I3: an answer taken before changes nothing, however late.
func (w *world) again(s *seatAt, d record.Delivery) {
	before, pos := Draw(s.Base()), s.Position()
	w.tell("%s takes an old answer again", s.name)
	if err := s.Take(d); err != nil {
		return // of another epoch: refused whole
	}
	after := s.Position()
	if Draw(s.Base()) != before || !maps.Equal(pos.Cursors, after.Cursors) || pos.Acked != after.Acked {
		w.fail("I3: %s changed by an old answer %+v:\n%s\n---\n%s\n%+v %+v", s.name, d, before, Draw(s.Base()), pos, after)
	}
}

// clone copies a data folder onto another machine.
func (w *world) clone(s *seatAt) {
	w.tell("%s is copied", s.name)
	c := &seatAt{name: fmt.Sprintf("%s'%d", s.name, len(w.laptops)), branch: s.branch, skew: s.skew}
	c.Replica = s.Copy(w.clock(c))
	w.laptops = append(w.laptops, c)
	w.seen = map[string]uint64{}
}

func (w *world) keep(s *seatAt) {
	w.tell("%s makes a backup", s.name)
	s.backup = s.Copy(w.clock(s))
}

func (w *world) restoreLaptop(s *seatAt) {
	if s.backup == nil {
		return
	}
	w.tell("%s is put back", s.name)
	s.Restore(s.backup)
	s.answers = nil
	w.reenlist()
	w.seen = map[string]uint64{}
	w.forgetLost()
}

func (w *world) backupServer() {
	path := filepath.Join(w.dir, fmt.Sprintf("backup%d", len(w.backups)))
	w.tell("the district is copied")
	f, err := os.Create(path)
	w.must(err, "backup")
	w.must(errors.Join(w.server.Copy(context.Background(), f), f.Close()), "backup")
	w.backups = append(w.backups, path)
}

func (w *world) restoreServer(i int) {
	w.tell("the district is put back to copy %d of %d", i, len(w.backups))
	w.must(w.server.Close(), "close")
	w.restores++
	dir := filepath.Join(w.dir, fmt.Sprintf("district%d", w.restores))
	w.must(server.Restore(dir, w.backups[i]), "restore")
	w.must(w.open(dir), "open")
	w.backups = w.backups[:i+1]
	w.reenlist()
	w.forgetLost()
}

// reenlist gives a new code to laptops that the restored server never heard of:
// the one thing a person must do after such a restore.
func (w *world) reenlist() {
	for _, s := range w.laptops {
		known, err := w.server.Devices(context.Background(), s.branch)
		w.must(err, "devices")
		if slices.ContainsFunc(known, func(d server.Device) bool { return d.ID == s.Position().Device }) {
			continue
		}
		e, err := w.join(s.branch)
		w.must(err, "join")
		s.answers = nil
		w.must(s.Enrol(e), "enrol")
	}
}

// held returns the values that laptops and district hold: ops with paths.
func (w *world) held(branch string) map[string]bool {
	ids := map[string]bool{}
	note := func(h record.Holding) error {
		for path, r := range h.Registers {
			ids[r.Op+" "+path] = true
			if path == record.ConflictKeptOp || path == record.ConflictOtherOp {
				ids[r.Value+" "+h.Registers[record.ConflictPath].Value] = true
			}
		}
		return nil
	}
	all := func(c record.Change) {
		for path := range c.Set {
			ids[c.ID+" "+path] = true
		}
	}
	for _, s := range w.laptops {
		if s.branch != branch {
			continue
		}
		for _, h := range s.Base() {
			w.must(note(h), "note")
		}
		for _, c := range s.Unsent() {
			all(c)
		}
		for _, r := range s.RefusedOps() {
			all(r.Change)
		}
	}
	w.must(w.server.EachRecord(context.Background(), branch, note), "records")
	return ids
}

// forgetLost strikes from the book what no living copy holds: a laptop put back
// to an old backup, or a district, has lost that for good, and rightly.
func (w *world) forgetLost() {
	for branch, book := range w.saved {
		held := w.held(branch)
		for id, op := range book {
			for path := range op.change.Set {
				if !held[id+" "+path] {
					op.lost[path] = true // still a link between what it had seen and what saw it
				}
			}
		}
	}
}

// skews are the wrong clocks; rapid's own integers are biased to small ones.
func skews() []time.Duration {
	return []time.Duration{0, time.Minute, -time.Minute, 2 * time.Hour, -2 * time.Hour, 20 * 365 * 24 * time.Hour, -20 * 365 * 24 * time.Hour}
}

func tempDir() (string, error) {
	root := ""
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		root = "/dev/shm"
	}
	return os.MkdirTemp(root, "zhibu-model-"+strings.ReplaceAll(fmt.Sprint(rand.Int32()), "-", ""))
}
