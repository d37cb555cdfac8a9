package storage

import (
	"errors"
	"os"
	"slices"

	"golang.org/x/sys/windows"
)

// isFull reports whether the disk took no more: it is full, the person's share of it
// is used up, or the file is as large as a FAT stick can hold.
func isFull(err error) bool {
	code, ok := errors.AsType[windows.Errno](err)
	return ok && slices.Contains([]windows.Errno{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL,
		windows.ERROR_DISK_QUOTA_EXCEEDED, windows.ERROR_FILE_TOO_LARGE}, code)
}

// isShut reports whether the folder or disk lets nothing be written.
func isShut(err error) bool {
	return errors.Is(err, os.ErrPermission) || errors.Is(err, windows.ERROR_WRITE_PROTECT)
}
