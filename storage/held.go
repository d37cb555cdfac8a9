package storage

import (
	"errors"
	"os"
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
		if err = shareLock(f); !errors.Is(err, errLocked) {
			return err
		}
		<-wait.C
	}
	return alreadyOpen(err)
}
