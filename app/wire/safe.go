package wire

import (
	"context"
	"path/filepath"
	"time"

	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
)

// Backup implements screen.Safe.
func (v *Vault) Backup(folder string) (string, error) {
	s, err := v.Store()
	if err != nil {
		return "", err
	}
	if folder != "" {
		b, err := s.BackupTo(folder)
		return b.Path, err
	}
	b, err := s.Backup(storage.BackupManual)
	return b.Path, err
}

// Housekeep implements screen.Safe.
func (v *Vault) Housekeep(ctx context.Context) error {
	s, err := v.Store()
	if err == nil {
		err = housekeep(ctx, s)
	}
	switch record.CodeOf(err) {
	case "LOCKED", "CLOSED": // meanwhile: the next opening sees to it
		return nil
	}
	return err
}

func housekeep(ctx context.Context, s *storage.Store) error {
	if _, _, err := s.BackupIfDue(); err != nil {
		return err
	}
	if _, err := s.DropOrphans(); err != nil {
		return err
	}
	if s.CompactDue() {
		return s.Compact(ctx, nil)
	}
	return nil
}

// Copies implements screen.Safe.
func (v *Vault) Copies(folder string) ([]screen.Copy, error) {
	list, err := storage.BackupsOf(v.Dir)
	if folder != "" {
		list, err = storage.BackupsIn(folder, "")
	}
	var out []screen.Copy
	for _, b := range list {
		out = append(out, screen.Copy{File: b.Path, Reason: b.Reason, At: b.At, Size: b.Size})
	}
	return out, err
}

// Look implements screen.Safe.
func (v *Vault) Look(file, secret string) (screen.Holds, error) {
	in, err := storage.Preview(v.Dir, filepath.Clean(file), secret, v.Options)
	return screen.Holds{Counts: in.Counts, Pending: in.Pending, Drafts: in.Drafts, Last: in.Last, Later: in.Later}, err
}

// Check implements screen.Safe.
func (v *Vault) Check(ctx context.Context, progress screen.Progress) (screen.Health, error) {
	s, err := v.Store()
	if err != nil {
		return screen.Health{}, err
	}
	r, err := s.Check(ctx, storage.Progress(progress))
	return screen.Health{OK: r.OK, Records: r.Records, History: r.History, Drafts: r.Drafts, Audit: r.Audit, Files: r.Files, Bytes: r.Bytes,
		Problems: r.Problems}, err
}

// Rekey implements screen.Safe.
func (v *Vault) Rekey(ctx context.Context, passphrase string, progress screen.Progress) (string, error) {
	s, err := v.Store()
	if err != nil {
		return "", err
	}
	return s.Rekey(ctx, passphrase, storage.Progress(progress))
}

// NewCode implements screen.Safe.
func (v *Vault) NewCode(passphrase string) (string, error) {
	s, err := v.Store()
	if err != nil {
		return "", err
	}
	if err := s.Prove(passphrase); err != nil {
		return "", err
	}
	return s.NewCode()
}

// HandOver implements screen.Safe.
func (v *Vault) HandOver(ctx context.Context, file, passphrase string, progress screen.Progress) (string, error) {
	s, err := v.Store()
	if err != nil {
		return "", err
	}
	return s.Handover(ctx, file, passphrase, storage.Progress(progress))
}

// TakeBack implements screen.Safe.
func (v *Vault) TakeBack() error {
	s, err := v.Store()
	if err != nil {
		return err
	}
	return s.TakeBack()
}

// HandedOver implements screen.Safe.
func (v *Vault) HandedOver() (time.Time, bool) {
	s, err := v.Store()
	if err != nil {
		return time.Time{}, false
	}
	return s.HandedOver()
}

// Failed implements screen.Safe.
func (v *Vault) Failed() bool {
	s, err := v.Store()
	return err == nil && s.Failed()
}

// Restart implements screen.Safe.
func (v *Vault) Restart() error {
	s, err := v.Store()
	if err != nil {
		return err
	}
	return s.Restart()
}
