package screen_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"zhibu/app/screen"
	"zhibu/storage/storetest"
)

// spoil writes over the first pages of the file of the books, or takes it away.
func (d *desk) spoil(gone bool) {
	d.t.Helper()
	file := filepath.Join(d.vault.Dir, "zhibu.db")
	if gone {
		d.must(os.Remove(file))
		return
	}
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	d.must(err)
	_, err = f.Write(make([]byte, 32<<10))
	d.must(err)
	d.must(f.Close())
}

func TestTheLockScreenLeadsOutOfASpoiltFile(t *testing.T) {
	for name, c := range map[string]struct{ copied, gone bool }{
		"spoilt, with a copy": {true, false}, "gone, with a copy": {true, true}, "gone before any copy": {false, true},
	} {
		t.Run(name, func(t *testing.T) {
			d := sit(t)
			d.at = d.at.Add(time.Minute) // after the copy of the day
			if c.copied {
				d.Backup("", func(file string, err error) { d.back(file, err) })
			}
			d.register("白一宁") // after the copy
			d.LockNow()
			copies, err := d.vault.Copies("")
			d.must(err)
			for _, made := range copies {
				if !c.copied { // the day's own
					d.must(os.Remove(made.File))
				}
			}
			d.spoil(c.gone)
			d.Unlock(storetest.Passphrase)
			if d.Stage != screen.Locked || d.Lock.Rescue == nil || (d.Lock.Rescue.Copy != "") != c.copied {
				t.Fatalf("no way out of %q: %+v", d.Lock.Say, d.Lock.Rescue)
			}
			d.RestoreLocked(d.Lock.Rescue.Copy, "不是这个密码2026")
			if d.Stage != screen.Locked || d.Lock.Say == "" {
				t.Fatal("restored with a wrong passphrase")
			}
			d.RestoreLocked(d.Lock.Rescue.Copy, storetest.Passphrase)
			if d.Stage != screen.Unlocked || len(d.Book.All("member")) != 2 {
				t.Fatalf("not restored: %v %q, %d members", d.Stage, d.Lock.Say, len(d.Book.All("member")))
			}
		})
	}
}
