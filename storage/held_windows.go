package storage

import (
	"os"

	"golang.org/x/sys/windows"
)

// errLocked is what shareLock answers while another program has the file.
const errLocked = windows.ERROR_LOCK_VIOLATION

// lockByte is the byte of the file that bbolt locks there: the last one there is.
const lockByte = ^uint32(0)

// shareLock takes the lock of bbolt on a file, with others, if nobody writes.
func shareLock(f *os.File) error {
	at := windows.Overlapped{Offset: lockByte, OffsetHigh: lockByte}
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
}

// letGo leaves the lock to the closing of the file.
func letGo(*os.File) error { return nil }
