package journal

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// datasync syncs the file's data; its size did not change.
func datasync(f *os.File) error {
	for {
		err := unix.Fdatasync(int(f.Fd()))
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return fmt.Errorf("sync journal: %w", err)
		}
		return nil
	}
}
