// Package journal keeps a second copy of what was saved here but is not yet both
// acknowledged and backed up: an append-only file beside the database, sealed,
// checksummed and synced before the database commits. With it a lost or
// rolled-back database is made whole again.
//
//	file  = head, frame…, zeros
//	head  = "ZBJL" version 1 byte, 3 zeros | store id, 32 bytes | key id 4 | CRC-32C 4
//	frame = length 4 | CRC-32C 4 | first op number 8 | sealed Frame
//
// One frame is one transaction: after a crash it is there whole or not at all.
// The file grows in zeroed steps, so that a save syncs data only.
package journal

import (
	"errors"
	"fmt"
	"os"

	"github.com/fxamacker/cbor/v2"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// Frame is what one transaction wrote, or the note that an earlier one with the
// same First was not committed.
type Frame struct {
	Device string            `cbor:"1,keyasint"`
	First  uint64            `cbor:"2,keyasint"` // number of the first op
	Last   uint64            `cbor:"3,keyasint"` // and of the last
	Void   bool              `cbor:"4,keyasint,omitempty"`
	Ops    []cbor.RawMessage `cbor:"-"` // canonical bytes, rising numbers

	// Groups is Ops as stored: the decoder's bound on list lengths is lower than
	// what joining a district may write at once.
	Groups [][]cbor.RawMessage `cbor:"5,keyasint,omitempty"`
}

// Journal is an open journal file. It is not safe for concurrent use: the store
// has one writer.
type Journal struct {
	path   string
	file   *os.File
	keys   *vault.Keys
	end    int64 // where the next frame goes
	size   int64 // zeroed so far
	broken error // a failed write that could not be taken back
}

const (
	step      = 64 << 10
	frameHead = 16
	maxFrame  = 512 << 20
	group     = 50_000
	bucket    = "journal"
)

// Append writes a frame and syncs it. After an error nothing of it will be
// replayed, unless the error has code JOURNAL_BROKEN: then it is unknown.
func (j *Journal) Append(f Frame) error {
	if j.broken != nil {
		return broken(j.broken)
	}
	frame, err := j.encode(f)
	if err != nil {
		return err
	}
	if err := j.grow(j.end + int64(len(frame)) + 4); err != nil {
		return err
	}
	if _, err := j.file.WriteAt(frame, j.end); err != nil {
		return j.takeBack(err)
	}
	if err := datasync(j.file); err != nil {
		return j.takeBack(err)
	}
	j.end += int64(len(frame))
	return nil
}

// takeBack marks the place of a frame that may have been written as the end.
func (j *Journal) takeBack(cause error) error {
	_, err := j.file.WriteAt(make([]byte, frameHead), j.end)
	if err == nil {
		err = datasync(j.file)
	}
	if err != nil {
		j.broken = errors.Join(cause, err)
		return broken(j.broken)
	}
	return fmt.Errorf("write journal: %w", cause)
}

func (j *Journal) grow(need int64) error {
	if need <= j.size {
		return nil
	}
	size := (need + step - 1) / step * step
	if _, err := j.file.WriteAt(make([]byte, size-j.size), j.size); err != nil {
		return fmt.Errorf("grow journal: %w", err)
	}
	if err := j.file.Sync(); err != nil {
		return fmt.Errorf("grow journal: %w", err)
	}
	j.size = size
	return nil
}

// Trim keeps only the frames that keep names. The file is replaced whole, so a
// crash leaves the old or the new one.
func (j *Journal) Trim(keep func(Frame) bool) error {
	frames, _, err := j.read()
	if err != nil {
		return err
	}
	kept := frames[:0]
	for _, f := range frames {
		if keep(f) {
			kept = append(kept, f)
		}
	}
	return j.replace(j.keys, kept)
}

// Rekey replaces the journal by one sealed with other keys.
func (j *Journal) Rekey(keys *vault.Keys, frames []Frame) error { return j.replace(keys, frames) }

func (j *Journal) replace(keys *vault.Keys, frames []Frame) error {
	next, err := Create(j.path+".new", keys)
	if err != nil {
		return err
	}
	for _, f := range frames {
		if err := next.Append(f); err != nil {
			return errors.Join(err, next.Close())
		}
	}
	// Closed before the renaming: Windows does not rename open files.
	if err := errors.Join(next.Close(), j.file.Close()); err != nil {
		return fmt.Errorf("replace journal: %w", err)
	}
	renamed := Rename(next.path, j.path)
	file, err := os.OpenFile(j.path, os.O_RDWR|through, 0o600)
	if err != nil {
		j.broken = err
		return broken(errors.Join(renamed, err))
	}
	j.file = file
	if renamed != nil {
		return fmt.Errorf("replace journal: %w", renamed)
	}
	j.keys, j.end, j.size, j.broken = keys, next.end, next.size, nil
	return SyncFolder(j.path)
}

// Unlock gives the journal the same store's keys again after they were dropped.
func (j *Journal) Unlock(keys *vault.Keys) { j.keys = keys }

// Close closes the file.
func (j *Journal) Close() error { return j.file.Close() }

func broken(err error) error {
	return record.Wrap(err, "JOURNAL_BROKEN",
		"磁盘写不进去，刚才这一步可能没有存上。请关掉程序，检查磁盘后再打开；之前存的内容都在。")
}
