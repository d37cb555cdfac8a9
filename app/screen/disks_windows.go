package screen

import (
	"io/fs"
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/windows"
)

// disks are all drives, A and B aside: nobody has those any more.
func disks() []FilePlace {
	var out []FilePlace
	for letter := 'C'; letter <= 'Z'; letter++ {
		p := FilePlace{"磁盘 " + string(letter) + ":", string(letter) + `:\`}
		if removable(p.Path) {
			p.Say = "U 盘 " + string(letter) + ":"
		}
		out = append(out, p)
	}
	return out
}

// sticks are the removable disks that are put in: a reader without a card is none.
func sticks() []string {
	var out []string
	for _, d := range disks() {
		if _, err := os.Stat(d.Path); err == nil && removable(d.Path) {
			out = append(out, d.Path)
		}
	}
	return out
}

func removable(root string) bool {
	name, err := windows.UTF16PtrFromString(root)
	return err == nil && windows.GetDriveType(name) == windows.DRIVE_REMOVABLE
}

// hidden reports whether people are not to see a file.
func hidden(f fs.FileInfo) bool {
	data, ok := f.Sys().(*syscall.Win32FileAttributeData)
	return ok && data.FileAttributes&windows.FILE_ATTRIBUTE_HIDDEN != 0 || strings.HasPrefix(f.Name(), ".")
}
