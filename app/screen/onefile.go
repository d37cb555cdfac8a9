package screen

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"zhibu/storage/record"
)

// MostSheet is the size above which a spreadsheet is not even read, in bytes.
const MostSheet = 20 << 20

// ReadFile reads a file that a person named, unless it is larger than most bytes.
func ReadFile(path string, most int64) ([]byte, error) {
	name := "“" + filepath.Base(path) + "”"
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, record.Wrap(err, "FILE_MISSING", "没有找到文件"+name+"。请核对文件名，看 U 盘是不是插好了；台账没有变化。")
	case err == nil && info.Size() > most:
		return nil, record.Refuse("FILE_TOO_BIG", fmt.Sprintf("文件%s超过 %d MB，没有读。请换小一些的文件，或者分成几个；台账没有变化。", name, most>>20))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, record.Wrap(err, "FILE_READ", "读不了文件"+name+"。请看它是不是被别的程序锁住了；台账没有变化。")
	}
	return data, nil
}

// WriteFile writes a file a person asked for; only the person may read it.
func WriteFile(path string, data []byte) error {
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return record.Wrap(err, "FILE_WRITE", "没有存成。请看这个文件是不是正在别的程序里开着、磁盘满没满，或者换一个名字、换一个位置再存；台账没有变化。")
	}
	return nil
}
