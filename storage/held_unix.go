//go:build unix

package storage

import (
	"os"
	"syscall"
)

// errLocked is what shareLock answers while another program has the file.
const errLocked = syscall.EWOULDBLOCK

// shareLock takes the lock of bbolt on a file, with others, if nobody writes.
func shareLock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB) }

// letGo releases the lock that bbolt took on a file.
func letGo(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
