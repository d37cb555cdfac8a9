package ui

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"zhibu/app/screen"
)

// mostAttached is how large one attachment may be.
const mostAttached = 50 << 20

// attach lets a person choose a file, keeps it sealed in the store and hands on
// what names it.
func (a *App) attach(then func(hash, name string)) {
	a.PickFile("选一个附件", nil, func(path string) { a.attachFile(path, then) })
}

// attachFile keeps a file sealed in the store and hands on what names it.
func (a *App) attachFile(path string, then func(hash, name string)) {
	hash := ""
	a.run.Do("存附件", func(context.Context, screen.Progress) error {
		data, err := screen.ReadFile(path, mostAttached)
		if err == nil {
			hash, err = a.Book().Attach(data)
		}
		return err
	}, func(err error) {
		if err != nil {
			a.FailAgain(err, func() { a.attachFile(path, then) })
			return
		}
		then(hash, filepath.Base(path))
	})
}

// pastedFile is the file that was copied in a file list and is pasted here, "" when
// the clipboard holds none.
func pastedFile(clipboard string) string {
	for line := range strings.Lines(clipboard) {
		path := strings.TrimSpace(line)
		if u, err := url.Parse(path); err == nil && u.Scheme == "file" {
			path = u.Path
		}
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	return ""
}
