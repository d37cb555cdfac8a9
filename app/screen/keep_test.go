package screen_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/app/wire"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

const fresh = "换过以后的密码2026"

// desk is a session on a real data folder with one member in it.
type desk struct {
	*screen.Session
	t     *testing.T
	vault *wire.Vault
	at    time.Time
}

func sit(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, at: time.Date(2026, 11, 20, 14, 32, 0, 0, time.Local)}
	opt := storetest.Options(func() time.Time { return d.at })
	opt.Guards = branch.Guards()
	d.vault = &wire.Vault{Dir: filepath.Join(t.TempDir(), "台账 数据"), Options: opt}
	s, _, err := d.vault.Create(storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	b := screen.Open(s, opt.Now)
	if _, err := b.Found("青梧街道云栈科技园第三联合党支部"); err != nil {
		t.Fatal(err)
	}
	if err := d.vault.Close(); err != nil {
		t.Fatal(err)
	}
	d.Session = screen.NewSession(screen.Plant{Vault: d.vault, Run: screen.Inline{}, Now: opt.Now, Changed: func() {}, Keep: func() {}})
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	d.Unlock(storetest.Passphrase)
	d.register("罗沐辰")
	return d
}

func (d *desk) register(name string) {
	d.t.Helper()
	if _, _, err := d.Book.Save("member", "", map[string]string{"name": name, "category": "正式党员"}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) back(file string, err error) string {
	d.t.Helper()
	d.must(err)
	return file
}

func TestRestoreShowsWhatItHoldsAndMergesWhatCameLater(t *testing.T) {
	d := sit(t)
	d.at = d.at.Add(time.Hour)
	d.Backup("", func(file string, err error) { d.back(file, err) })
	d.at = d.at.Add(time.Hour)
	d.register("白一宁")
	k, err := d.Keep("")
	d.must(err)
	if len(k.Copies) != 2 || k.Copies[0].Why != "手动" || k.Copies[0].When != "今天 15:32" || k.StickText() != "没有插 U 盘" {
		t.Fatalf("%+v", k.Copies)
	}
	k.Look("不是这个", func(err error) {
		if record.CodeOf(err) != screen.WrongPassphrase || k.Held != nil {
			t.Error(err)
		}
	})
	k.Look(storetest.Passphrase, d.must)
	for _, x := range k.Differences() {
		if x.Label == "党员名册" && (x.Then != 1 || x.Now != 2) {
			t.Errorf("%+v", x)
		}
	}
	if say := k.LastText(); !strings.Contains(say, "之后的 1 项改动会一并找回") {
		t.Error(say)
	}
	k.Restore(storetest.Passphrase)
	if d.Stage != screen.Unlocked || len(d.Book.All("member")) != 2 {
		t.Fatalf("stage %v, lock %+v", d.Stage, d.Lock)
	}
	if say := d.News(); say != "已恢复，并找回备份之后的 1 项改动。原来的文件留着。" {
		t.Error(say)
	}
}

func TestRestoreOfSomethingElseLeavesTheBooks(t *testing.T) {
	d := sit(t)
	file := filepath.Join(t.TempDir(), "照片.bak")
	d.must(os.WriteFile(file, []byte("not a copy at all"), 0o600))
	d.Restore(file, storetest.Passphrase)
	if d.Stage != screen.Locked || d.Lock.Say == "" || d.Lock.Busy {
		t.Fatalf("%+v", d.Lock)
	}
	d.Unlock(storetest.Passphrase)
	if d.Stage != screen.Unlocked || len(d.Book.All("member")) != 1 {
		t.Fatal(d.Stage)
	}
}

func TestACopyOnTheStick(t *testing.T) {
	d := sit(t)
	stick := t.TempDir()
	k, err := d.Keep(stick)
	d.must(err)
	if k.StickText() != "还没有" {
		t.Error(k.StickText())
	}
	d.Backup(k.Stick(), func(file string, err error) {
		if d.must(err); filepath.Dir(file) != filepath.Join(stick, screen.StickFolder) {
			t.Error(file)
		}
	})
	d.must(k.Refresh())
	if k.StickText() != "今天 14:32" || len(k.Copies) != 2 {
		t.Errorf("%s %+v", k.StickText(), k.Copies)
	}
	k.Add(filepath.Join(stick, "别处.bak"))
	if c, _ := k.Current(); c.Where != "别处" {
		t.Errorf("%+v", c)
	}
}

// TestAFailedFileIsOpenedAgain cuts the file under the open books, puts it back and
// lets the clock tick.
func TestAFailedFileIsOpenedAgain(t *testing.T) {
	d := sit(t)
	path := filepath.Join(d.vault.Dir, "zhibu.db")
	whole, err := os.ReadFile(path)
	d.must(err)
	d.must(os.Truncate(path, 0))
	if _, _, err := d.Book.Save("member", "", map[string]string{"name": "陆婉清", "category": "正式党员"}); record.CodeOf(err) != screen.MustRestart {
		t.Fatal(err)
	}
	d.must(os.WriteFile(path, whole, 0o600))
	d.Tick()
	if say := d.News(); !strings.Contains(say, "台账已重新打开") || d.Stage != screen.Unlocked {
		t.Fatal(say, d.Stage)
	}
	d.register("白一宁")
	if d.Book.Search("member", "罗沐辰") == nil {
		t.Error("something is lost")
	}
	d.must(os.Truncate(path, 0))
	if _, _, err := d.Book.Save("member", "", map[string]string{"name": "顾明川", "category": "正式党员"}); record.CodeOf(err) != screen.MustRestart {
		t.Fatal(err)
	}
	if d.Tick(); d.Stage != screen.Locked || !strings.Contains(d.Lock.Note, "磁盘出了问题") {
		t.Errorf("a file that is gone: %v %+v", d.Stage, d.Lock)
	}
}

func TestHandingOver(t *testing.T) {
	d := sit(t)
	file := filepath.Join(t.TempDir(), "支部台账 移交.bak")
	if err := screen.JudgeNew(fresh, "不一样"); record.CodeOf(err) != "PASSPHRASE_REPEAT" || d.Handed() != "" {
		t.Error(err)
	}
	d.HandOver(file, fresh, func(groups []string, err error) {
		if d.must(err); len(groups) != 6 {
			t.Error(groups)
		}
	})
	if say := d.Handed(); !strings.Contains(say, "只能查看，到 2027-02-18 为止") {
		t.Error(say)
	}
	if _, _, err := d.Book.Save("member", "", map[string]string{"name": "白一宁", "category": "正式党员"}); record.CodeOf(err) != "HANDED_OVER" {
		t.Error(err)
	}
	next := &wire.Vault{Dir: filepath.Join(t.TempDir(), "next"), Options: d.vault.Options}
	s, _, err := next.Restore(file, fresh)
	d.must(err)
	if len(s.All("member")) != 1 {
		t.Error("the next secretary does not see the member")
	}
	d.must(next.Close())
	d.must(d.TakeBack())
	if d.Handed() != "" {
		t.Error(d.Handed())
	}
	d.register("白一宁")
}

func TestKeysAreChanged(t *testing.T) {
	d := sit(t)
	d.NewCode("不是这个", func(_ []string, err error) {
		if record.CodeOf(err) != screen.WrongPassphrase {
			t.Error(err)
		}
	})
	var code []string
	d.NewCode(storetest.Passphrase, func(groups []string, err error) { d.must(err); code = groups })
	d.LockNow()
	d.UnlockWithCode(strings.Join(code, "-"), fresh)
	if d.Stage != screen.Unlocked {
		t.Fatal(d.Lock.Say)
	}
	d.Rekey("另一句只有我知道的话2026", func(groups []string, err error) {
		if d.must(err); len(groups) != 6 || strings.Join(groups, "") == strings.Join(code, "") {
			t.Error(groups)
		}
	})
	d.LockNow()
	d.Unlock("另一句只有我知道的话2026")
	if d.Stage != screen.Unlocked || len(d.Book.All("member")) != 1 {
		t.Fatal(d.Lock.Say)
	}
	d.Check(func(h screen.Health, err error) {
		if d.must(err); !h.OK || !strings.HasPrefix(h.Say(), "数据完好：") {
			t.Errorf("%+v", h)
		}
	})
}

func TestTheChainIsReadAndNamed(t *testing.T) {
	d := sit(t)
	who := d.Book.All("member")[0]
	d.must(d.Book.Reveal(who))
	d.must(d.Book.Note(screen.ActPrint, "member pool", who.ID, "F24"))
	d.must(d.Book.Note(screen.ActExport, "member", "", "党员名册.xlsx"))
	all := d.Book.Audit([]screen.FormInfo{{Code: "F24", Name: "党员基本信息采集表"}})
	if len(all.Lines) != 3 || all.Broken != "" {
		t.Fatalf("%+v", all)
	}
	got := all.Table()[1:]
	for i, want := range [][]string{{"导出", "党员名册", "党员名册.xlsx"}, {"打印", "罗沐辰", "F24 党员基本信息采集表"}, {"看完整号码", "罗沐辰", ""}} {
		if strings.Join(got[i][2:], "|") != strings.Join(want, "|") {
			t.Errorf("%v, want %v", got[i], want)
		}
	}
	if found := all.Find("lmc"); len(found) != 2 {
		t.Errorf("%+v", found)
	}
}
