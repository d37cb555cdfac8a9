package screen

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
)

// folder is a Vault on a real folder.
type folder struct {
	dir   string
	clock *clock
	open  *storage.Store
}

func (f *folder) Exists() bool { return storage.Exists(f.dir) }

func (f *folder) Create(pass string) (Store, string, error) {
	s, code, err := storage.Create(f.dir, pass, f.clock.options())
	f.open = s
	return s, code, err
}

func (f *folder) Open(pass string) (Store, error) {
	s, err := storage.Open(f.dir, pass, f.clock.options())
	f.open = s
	return s, err
}

func (f *folder) OpenWithCode(code, pass string) (Store, error) {
	s, err := storage.OpenWithCode(f.dir, code, pass, f.clock.options())
	f.open = s
	return s, err
}

func (f *folder) Restore(string, string) (Store, Restored, error) {
	return nil, Restored{}, record.Refuse("BACKUP_UNREADABLE", "这个文件不是备份。请另选一个；没有改动任何文件。")
}

func (f *folder) Close() error {
	if f.open == nil {
		return nil
	}
	s := f.open
	f.open = nil
	return s.Close()
}

func newSession(t *testing.T) (*Session, *folder, *int) {
	t.Helper()
	f := &folder{dir: filepath.Join(t.TempDir(), "data"), clock: newClock()}
	kept := 0
	s := NewSession(Plant{Vault: f, Run: Inline{}, Now: f.clock.now, Changed: func() {}, Keep: func() { kept++ }})
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, f, &kept
}

// founded carries a session through the wizard.
func founded(t *testing.T, s *Session) (recovery string) {
	t.Helper()
	w := s.Wizard
	w.Way = StartAlone
	w.Next()
	w.Branch, w.By = "青梧街道云栈科技园第三联合党支部", "陈立群"
	w.Next()
	w.Pass = "yunzhan2026"
	if w.Ready() {
		t.Error("goes on before the passphrase is repeated")
	}
	w.Repeat = w.Pass
	w.Next()
	if w.Problem != nil || len(w.Recovery) != 6 {
		t.Fatalf("no recovery code: %v %v", w.Problem, w.Recovery)
	}
	w.Noted, w.Proof = true, "0000"
	if w.Ready() {
		t.Error("goes on with a wrong group")
	}
	w.Proof = strings.ToLower(w.Recovery[w.ProofGroup()-1])
	recovery = strings.Join(w.Recovery, "-")
	w.Next()
	if w.Problem != nil || w.Step != StepDone {
		t.Fatalf("not done: step %d, %v", w.Step, w.Problem)
	}
	w.Next()
	return recovery
}

func TestFirstRunLockAndUnlock(t *testing.T) {
	s, f, kept := newSession(t)
	if s.Stage != FirstRun {
		t.Fatalf("stage %d", s.Stage)
	}
	code := founded(t, s)
	if s.Stage != Unlocked || s.Book.BranchName() != "青梧街道云栈科技园第三联合党支部" || s.Book.By() != "陈立群" {
		t.Fatalf("stage %d, branch %q, by %q", s.Stage, s.Book.BranchName(), s.Book.By())
	}
	s.LockNow()
	if s.Stage != Locked || s.Book != nil || *kept != 1 || f.open != nil {
		t.Fatalf("stage %d, book %v, drafts kept %d times, file open %v", s.Stage, s.Book, *kept, f.open != nil)
	}
	s.Unlock("不对的密码")
	if s.Stage != Locked || !strings.Contains(s.Lock.Say, "还可以试 4 次") {
		t.Fatalf("said %q", s.Lock.Say)
	}
	s.Unlock("yunzhan2026")
	if s.Stage != Unlocked {
		t.Fatalf("still locked: %q", s.Lock.Say)
	}
	s.LockNow()
	s.UnlockWithCode(code, "short")
	if s.Stage != Locked || s.Lock.Say == "" {
		t.Error("a weak new passphrase was taken")
	}
	s.UnlockWithCode(code, "xinmima-2026")
	if s.Stage != Unlocked {
		t.Fatalf("recovery code refused: %q", s.Lock.Say)
	}
}

func TestAutoLock(t *testing.T) {
	s, f, _ := newSession(t)
	founded(t, s)
	f.clock.pass(9 * time.Minute)
	s.Tick()
	if s.Stage != Unlocked {
		t.Fatal("locked too early")
	}
	s.Touch()
	f.clock.pass(9 * time.Minute)
	s.Tick()
	if s.Stage != Unlocked {
		t.Fatal("locked though touched")
	}
	f.clock.pass(time.Minute)
	s.Tick()
	if s.Stage != Locked || !strings.Contains(s.Lock.Note, "自动锁定") {
		t.Fatalf("stage %d, note %q", s.Stage, s.Lock.Note)
	}
}

func TestWrongTriesWait(t *testing.T) {
	var l Lock
	now := newClock().now()
	for range freeTries - 1 {
		l.Refused(now)
		if l.Wait(now) != 0 {
			t.Fatalf("waits after %d tries", l.wrong)
		}
	}
	var last time.Duration
	for range 10 {
		l.Refused(now)
		wait := l.Wait(now)
		if wait < last || wait > mostWait || wait < firstWait {
			t.Fatalf("after %d tries the wait is %v, before %v", l.wrong, wait, last)
		}
		last = wait
	}
	if l.Countdown(now) == "" || l.Countdown(now.Add(mostWait)) != "" {
		t.Error("the countdown does not run out")
	}
}

func TestJudgePassphrase(t *testing.T) {
	for pass, want := range map[string]bool{
		"": false, "abc": false, "12345678": false, "87654321": false, "aaaaaaaa": false, "abcdefgh": false,
		"qwertyui": false, "yunzhan2026": true, "党支部台账加密2026": true, "一二三四五六七八九十甲乙丙丁": true, "correct horse battery": true,
	} {
		if ok, say := JudgePassphrase(pass); ok != want || say == "" {
			t.Errorf("%q: %v, %q", pass, ok, say)
		}
	}
}
