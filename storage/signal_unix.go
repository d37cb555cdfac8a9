//go:build unix

package storage

import (
	"os/signal"
	"syscall"
)

// surviveSizeLimit lets a write beyond the file-size limit fail with an error;
// by default the system would end the program.
func surviveSizeLimit() { signal.Ignore(syscall.SIGXFSZ) }
