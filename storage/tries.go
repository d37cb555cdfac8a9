package storage

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"zhibu/storage/record"
)

// tries counts wrong passphrases in a row. It lies beside the database so that
// it survives a restart; losing it only shortens a wait, never loses anything.
type tries struct {
	Wrong int   `cbor:"1,keyasint"`
	Last  int64 `cbor:"2,keyasint"` // Unix milliseconds
}

const (
	freeTries = 4
	longest   = 15 * time.Minute
)

// wait is how long after the last of n wrong tries the next one is let in: none
// for the first four, then 5 s doubling up to 15 minutes.
func (t tries) wait() time.Duration {
	if t.Wrong <= freeTries {
		return 0
	}
	d := 5 * time.Second
	for range t.Wrong - freeTries - 1 {
		if d *= 2; d >= longest {
			return longest
		}
	}
	return d
}

// left is what remains of the wait. A clock that was set back does not lengthen
// it beyond the wait itself.
func (t tries) left(now time.Time) time.Duration {
	gone := now.Sub(time.UnixMilli(t.Last))
	return t.wait() - max(gone, 0)
}

func readTries(dir string) tries {
	var t tries
	data, err := os.ReadFile(filepath.Join(dir, triesName))
	if err != nil || record.Decode(data, &t) != nil || t.Wrong < 0 {
		return tries{}
	}
	return t
}

// guess lets one try of a passphrase or code through, counts a wrong one and
// forgets the count after a right one.
func guess(dir string, now time.Time, try func() error) error {
	t := readTries(dir)
	if left := t.left(now); left > 0 {
		return tooSoon(left, t.Wrong)
	}
	err := try()
	switch record.CodeOf(err) {
	case "PASSPHRASE_WRONG", "CODE_WRONG":
		next := tries{Wrong: t.Wrong + 1, Last: now.UnixMilli()}
		data, encErr := record.Encode(next)
		if encErr != nil {
			return errors.Join(err, fmt.Errorf("encode tries: %w", encErr))
		}
		return errors.Join(err, replaceFile(filepath.Join(dir, triesName), data))
	case "":
		if err == nil && t.Wrong > 0 {
			return remove(filepath.Join(dir, triesName))
		}
	}
	return err
}
