//go:build !windows

package journal

import "os"

// Rename gives a file another name, in place of what bears it.
func Rename(from, to string) error { return os.Rename(from, to) }
