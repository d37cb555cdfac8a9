package storage

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// lockByte is the byte of the file that bbolt locks there: the last one there is.
const lockByte = ^uint32(0)

// unheld refuses when another program has the database open. Unlike opening it,
// this maps nothing, so that it is safe on a damaged file.
func unheld(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return place(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }() // closing lets the lock go
	wait := time.NewTicker(lockWait / 6)
	defer wait.Stop()
	for range 6 {
		at := windows.Overlapped{Offset: lockByte, OffsetHigh: lockByte}
		err = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
		if !errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
			return err
		}
		<-wait.C
	}
	return alreadyOpen(err)
}

// letGo leaves the lock to the closing of the file.
func letGo(*os.File) error { return nil }
