//go:build !windows

package screen

import (
	"io/fs"
	"path/filepath"
	"strings"
)

// disks are the roots of removable disks.
func disks() []FilePlace {
	var out []FilePlace
	for _, pattern := range []string{"/media/*/*", "/run/media/*/*", "/mnt/*", "/Volumes/*"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			continue // the patterns are well-formed
		}
		for _, path := range found {
			out = append(out, FilePlace{"U 盘 " + filepath.Base(path), path})
		}
	}
	return out
}

// sticks are the disks that somebody put in. What stands in /mnt was put there by
// whoever keeps the machine and may be anything.
func sticks() []string {
	var out []string
	for _, d := range disks() {
		if !strings.HasPrefix(d.Path, "/mnt/") {
			out = append(out, d.Path)
		}
	}
	return out
}

// hidden reports whether people are not to see a file.
func hidden(f fs.FileInfo) bool { return strings.HasPrefix(f.Name(), ".") }
