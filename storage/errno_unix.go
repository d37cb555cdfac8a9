//go:build unix

package storage

import (
	"errors"
	"os"
	"syscall"
)

// isFull reports whether the disk took no more: it is full, or a limit on the
// person's share of it or on the file's size was met.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EFBIG) || errors.Is(err, syscall.EDQUOT)
}

// isShut reports whether the folder or disk lets nothing be written.
func isShut(err error) bool { return errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.EROFS) }
