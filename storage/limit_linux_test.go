package storage_test

import (
	"strconv"

	"golang.org/x/sys/unix"
)

// limitFiles sets the file-size limit of this process; "" sets none.
func limitFiles(bytes string) error {
	if bytes == "" {
		return nil
	}
	n, err := strconv.ParseUint(bytes, 10, 64)
	if err != nil {
		return err
	}
	return unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: n, Max: n})
}
