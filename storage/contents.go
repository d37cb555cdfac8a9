package storage

import (
	"errors"
	"path/filepath"
	"time"

	"zhibu/storage/journal"
	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// Contents is what a database or backup file holds.
type Contents struct {
	Store   string         // store id
	Counts  map[string]int // live records by kind, conflicts included
	Pending int            // own ops the district had not confirmed
	Drafts  int
	Last    time.Time // of the newest change known to it; zero if there is none
	N       uint64    // newest own op
	// Later is how many own ops are known here beyond the file (from the journal and
	// the present database): a restore brings them back.
	Later int
}

// Verify reads a database or backup file whole, in a child process where
// opt.Child names one, and tells what it holds. The file is not changed.
func Verify(path, passphrase string, opt Options) (Contents, error) {
	keys, _, err := unlockFile(path, passphrase, nil)
	if err != nil {
		return Contents{}, err
	}
	defer keys.Drop()
	if err := verifyFile(opt.Child, path, keys); err != nil {
		return Contents{}, err
	}
	c, _, err := contentsOf(path, keys)
	return c, err
}

// Preview tells what restoring a backup into dir would bring: the backup's
// content and the later ops that would be merged. Nothing is changed.
func Preview(dir, path, passphrase string, opt Options) (Contents, error) {
	known, _ := readSide(dir)
	keys, _, err := unlockFile(path, passphrase, known.Header)
	if err != nil {
		return Contents{}, err
	}
	defer keys.Drop()
	if err := verifyFile(opt.Child, path, keys); err != nil {
		return Contents{}, err
	}
	c, st, err := contentsOf(path, keys)
	if err != nil {
		return c, err
	}
	later, err := laterOps(dir, keys, st, opt)
	c.Later = len(later)
	return c, err
}

// unlockFile opens the root key of a file: with the passphrase in force now, if
// newer is the header of the same root key, else with the file's own.
func unlockFile(path, passphrase string, newer []byte) (*vault.Keys, vault.Header, error) {
	if _, err := inspect(path); err != nil {
		return nil, vault.Header{}, unusable(path, err)
	}
	own, _, err := headOf(path)
	if err != nil {
		return nil, own, err
	}
	if now, err := vault.DecodeHeader(newer); err == nil && now.Store == own.Store && now.KeyID == own.KeyID {
		if keys, err := now.Unlock(passphrase); err == nil {
			return keys, now, nil
		}
	}
	keys, err := own.Unlock(passphrase)
	return keys, own, err
}

// unusable says that the file somebody named cannot be read, or is no copy.
func unusable(path string, err error) error {
	name := filepath.Base(path)
	if code := record.CodeOf(err); code != "" {
		return record.Wrap(err, code, "“"+name+"”不是台账的备份，或已经损坏。请换一份备份；没有改动任何文件。")
	}
	return record.Wrap(err, "FILE_READ", "读不了文件“"+name+"”。请看文件在不在，U 盘是不是插好了；没有改动任何文件。")
}

func contentsOf(path string, keys *vault.Keys) (c Contents, st state, err error) {
	db, err := openBolt(path, true)
	if err != nil {
		return c, st, err
	}
	defer func() { err = errors.Join(err, db.quit(err)) }()
	h, st, err := load(db, keys)
	if err != nil {
		return c, st, damaged(err)
	}
	h.settle(record.Guards{})
	c = Contents{Store: keys.Store(), Counts: map[string]int{}, Pending: len(h.outs), Drafts: len(h.drafts), N: st.N}
	for kind, cells := range h.cells {
		for _, one := range cells {
			if one.view.ID != "" && !one.view.Deleted() {
				c.Counts[kind]++
			}
		}
	}
	if st.Clock != 0 {
		c.Last = st.Clock.Time()
	}
	return c, st, nil
}

// laterOps collects the own ops that a file with state st does not have: from the
// journal beside and from the present database, if that can be read. They are
// in order; there may be gaps.
func laterOps(dir string, keys *vault.Keys, st state, opt Options) ([]record.Change, error) {
	byN := map[uint64]record.Change{}
	frames, _, err := journal.Read(filepath.Join(dir, journalName), keys)
	if err != nil {
		return nil, place(err)
	}
	device := st.Device
	if len(frames) > 0 {
		device = frames[len(frames)-1].Device // joined after the backup: the newer id counts
	}
	for _, f := range frames {
		for _, raw := range f.Ops {
			var c record.Change
			if record.Decode(raw, &c) == nil && f.Device == device {
				byN[c.N] = c
			}
		}
	}
	for _, c := range presentOps(dir, keys, opt) {
		if c.Device == device {
			byN[c.N] = c
		}
	}
	return lacking(byN, device, st), nil
}
