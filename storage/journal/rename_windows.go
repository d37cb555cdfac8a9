package journal

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// Rename gives a file another name, in place of what bears it. Windows refuses while
// a third program has either open, and those that look for viruses or copy to a cloud
// open what was just written: it tries for two seconds.
func Rename(from, to string) (err error) {
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for range 40 {
		err = os.Rename(from, to)
		if !errors.Is(err, windows.ERROR_SHARING_VIOLATION) && !errors.Is(err, windows.ERROR_ACCESS_DENIED) {
			return err
		}
		<-again.C
	}
	return err
}
