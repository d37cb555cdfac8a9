package screen

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Files is a file dialog without pixels: a folder, what is in it, and the way
// to others. It only looks; nothing is read or written.
type Files struct {
	dir   string
	exts  []string // endings shown, with the dot and in lower case; none shows all files
	items []FileItem
	find  string
}

// FileItem is one entry of a folder.
type FileItem struct {
	Name   string
	Path   string
	Folder bool
	Size   int64
	At     time.Time
}

// NewFiles opens a folder; "" or one that is gone opens the person's documents.
func NewFiles(dir string, exts ...string) *Files {
	f := &Files{exts: exts}
	for _, try := range append([]string{dir}, homes()...) {
		if try != "" && f.Open(try) == nil {
			return f
		}
	}
	return f
}

// homes are the folders people keep things in, the likeliest first.
func homes() []string {
	home, err := os.UserHomeDir()
	if err != nil {
		return []string{string(filepath.Separator)}
	}
	return []string{filepath.Join(home, "文档"), filepath.Join(home, "Documents"), home}
}

// FilePlace is a folder to jump to.
type FilePlace struct{ Say, Path string }

// Places returns the folders to jump to that are there now: 桌面, 文档, 下载, the
// home folder and removable disks.
func (f *Files) Places() []FilePlace {
	var out []FilePlace
	add := func(say, path string) {
		if info, err := os.Stat(path); err == nil && info.IsDir() && !slices.ContainsFunc(out, func(p FilePlace) bool { return p.Path == path }) {
			out = append(out, FilePlace{say, path})
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		for _, p := range []FilePlace{{"桌面", "桌面"}, {"桌面", "Desktop"}, {"文档", "文档"}, {"文档", "Documents"}, {"下载", "下载"}, {"下载", "Downloads"}} {
			add(p.Say, filepath.Join(home, p.Path))
		}
		add("我的文件夹", home)
	}
	for _, disk := range disks() {
		add(disk.Say, disk.Path)
	}
	return out
}

// Stick returns the folder of the removable disk, when there is just one, else "".
func (f *Files) Stick() string {
	if found := sticks(); len(found) == 1 {
		return found[0]
	}
	return ""
}

// Open shows a folder. One that can't be read is refused and the present one stays.
func (f *Files) Open(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return record.Wrap(err, "FOLDER_READ", "打不开这个文件夹。它可能已拔出或没有权限；请换一个位置。")
	}
	var items []FileItem
	for _, e := range entries {
		if item, ok := f.item(dir, e); ok {
			items = append(items, item)
		}
	}
	slices.SortFunc(items, func(a, b FileItem) int {
		if a.Folder != b.Folder {
			return map[bool]int{true: -1, false: 1}[a.Folder]
		}
		return cmp.Compare(branch.SortKey(a.Name), branch.SortKey(b.Name))
	})
	f.dir, f.items, f.find = dir, items, ""
	return nil
}

func (f *Files) item(dir string, e fs.DirEntry) (FileItem, bool) {
	info, err := e.Info()
	if err != nil || hidden(info) {
		return FileItem{}, false // gone meanwhile, or hidden
	}
	path := filepath.Join(dir, e.Name())
	if info.Mode()&fs.ModeSymlink != 0 {
		if info, err = os.Stat(path); err != nil {
			return FileItem{}, false // a link that leads nowhere
		}
	}
	item := FileItem{Name: e.Name(), Path: path, Folder: info.IsDir(), Size: info.Size(), At: info.ModTime()}
	return item, item.Folder || len(f.exts) == 0 || slices.Contains(f.exts, strings.ToLower(filepath.Ext(item.Name)))
}

// Dir returns the folder shown.
func (f *Files) Dir() string { return f.dir }

// Find shows only entries whose name matches (initials, pinyin, characters).
func (f *Files) Find(text string) { f.find = text }

// Items returns the entries shown: folders first, in pinyin order.
func (f *Files) Items() []FileItem {
	if f.find == "" {
		return f.items
	}
	var out []FileItem
	for _, item := range f.items {
		if branch.Matches(f.find, item.Name) {
			out = append(out, item)
		}
	}
	return out
}

// Target returns where a file called name would be saved, with its ending, and
// whether something is there already.
func (f *Files) Target(name string) (path string, there bool, err error) {
	name = strings.TrimSpace(name)
	if name == "" || strings.ContainsAny(name, `\/:*?"<>|`) {
		return "", false, record.Refuse("FILE_NAME", `文件名不能空，也不能有 \ / : * ? " < > | 这些符号。请改一下名字。`)
	}
	if len(f.exts) > 0 && !slices.Contains(f.exts, strings.ToLower(filepath.Ext(name))) {
		name += f.exts[0]
	}
	path = filepath.Join(f.dir, name)
	_, err = os.Stat(path)
	return path, err == nil, nil
}

// SizeText shows a file size as people read it.
func SizeText(n int64) string {
	switch {
	case n < 1<<10:
		return number(int(n)) + " 字节"
	case n < 1<<20:
		return number(int((n+512)>>10)) + " KB"
	}
	return number(int((n+1<<19)>>20)) + " MB"
}
