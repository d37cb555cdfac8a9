//go:build unix

package storage

import (
	"errors"
	"os"
	"syscall"
	"time"
)

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
		if err = syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB); !errors.Is(err, syscall.EWOULDBLOCK) {
			return err
		}
		<-wait.C
	}
	return alreadyOpen(err)
}

// letGo releases the lock that bbolt took on a file.
func letGo(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
