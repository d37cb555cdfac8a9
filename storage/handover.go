package storage

import (
	"context"
	"os"
	"time"

	"zhibu/storage/journal"
	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// HandoverDays is how long the old secretary may still look things up after a
// hand-over.
const HandoverDays = 90

// Handover writes everything, sealed under a new root key and passphrase, to path
// as one file for the next secretary, who opens it with Restore. The bundle does
// not carry this laptop's key for the district: the next laptop joins by its own
// code. Saves go on until it is whole; from then on this store is read-only
// (HANDED_OVER) until TakeBack. The recovery code of the bundle is returned; it is
// shown once.
func (s *Store) Handover(ctx context.Context, path, passphrase string, progress Progress) (code string, err error) {
	if _, err := os.Stat(path); err == nil {
		return "", record.Refuse("FILE_EXISTS", "这个位置已经有同名文件，没有覆盖。请换一个文件名。")
	}
	keys, header, code, err := vault.New(s.id, passphrase, s.opt.Cost, s.opt.Algorithm)
	if err != nil {
		return "", err
	}
	defer keys.Drop()
	r := &rewriting{path: path + ".new", to: keys, header: header, progress: progress,
		edit: func(st *state) { st.Lease = "" }, leave: map[string]bool{settingEnrolment: true}}
	if err := s.rewritten(ctx, r, func() error { return s.handed(r.path, path) }); err != nil {
		return "", err
	}
	return code, nil
}

// handed gives the finished bundle its name and makes the store read-only. The
// writer's lock is held.
func (s *Store) handed(bundle, path string) error {
	if err := journal.Rename(bundle, path); err != nil {
		return place(err)
	}
	if err := journal.SyncFolder(path); err != nil {
		return place(err)
	}
	t := s.stage()
	t.st.Handed = s.opt.Now().UnixMilli()
	_, err := s.commit(t)
	return err
}

// TakeBack ends the read-only state, for a hand-over that did not happen.
func (s *Store) TakeBack() error {
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.usable(); err != nil {
		return err
	}
	if s.st.Handed == 0 {
		return nil
	}
	t := s.stage()
	t.st.Handed = 0
	_, err := s.commit(t)
	return err
}

// HandedOver tells whether the store was handed over and until when it may be
// looked at; past that the program proposes to remove it.
func (s *Store) HandedOver() (until time.Time, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.seen.Handed == 0 {
		return time.Time{}, false
	}
	return time.UnixMilli(s.seen.Handed).AddDate(0, 0, HandoverDays), true
}
