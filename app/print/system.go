package print

import (
	"cmp"
	"context"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-text/typesetting/fontscan"

	"zhibu/app/print/face"
	"zhibu/app/print/page"
	"zhibu/assets"
	"zhibu/storage/record"
)

// FaceFile is a font file of this machine that can stand in front of a paper face.
type FaceFile struct {
	Path string
	Name string // as people call the font: 仿宋_GB2312
	Has  int    // how many of the 8105 characters of 通用规范汉字表
}

// fewest is how many characters of 通用规范汉字表 a font must have to be offered:
// GB 2312 fonts have more, Japanese ones fewer.
const fewest = 6000

// FindFaces looks through the folders where this machine keeps fonts for those that
// Chinese can be printed in, in the order of their names. Every one of them is
// read once, which takes a moment; ctx stops it.
func FindFaces(ctx context.Context) ([]FaceFile, error) {
	dirs, err := fontscan.DefaultFontDirectories(log.New(io.Discard, "", 0))
	if err != nil {
		return nil, nil // a machine without such folders has no fonts
	}
	seen := map[string]bool{}
	var folders []fs.FileInfo // Windows names one folder in two ways
	var out []FaceFile
	for _, dir := range dirs {
		folder, err := os.Stat(dir)
		if err != nil || slices.ContainsFunc(folders, func(f fs.FileInfo) bool { return os.SameFile(f, folder) }) {
			continue
		}
		folders = append(folders, folder)
		if err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil || entry.IsDir() || seen[path] { // what may not be read is not offered
				return nil
			}
			seen[path] = true
			if f, ok := faceFile(path); ok {
				out = append(out, f)
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b FaceFile) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Path, b.Path))
	})
	return out, nil
}

// faceFile reads a font file; ok is false when Chinese cannot be printed in it.
func faceFile(path string) (f FaceFile, ok bool) {
	if ext := strings.ToLower(filepath.Ext(path)); ext != ".ttf" && ext != ".ttc" {
		return f, false
	}
	font, err := readFont(path, "found")
	if err != nil {
		return f, false
	}
	f = FaceFile{Path: path, Name: cmp.Or(font.Called(), filepath.Base(path)), Has: count(font)}
	return f, f.Has >= fewest
}

// count returns how many characters of 通用规范汉字表 a font has.
func count(font *face.Font) int {
	n := 0
	for _, r := range assets.Tongyong() {
		if r > 0x2E80 && font.Glyph(r) != 0 {
			n++
		}
	}
	return n
}

// Specimen returns one line in the face of a role, drawn as on paper with file in
// front of the built-in face; with "" the line is in the built-in face. A file that
// cannot be used is named in the complaints, and the line is in the built-in face.
func Specimen(role, file string) (*Document, []record.Complaint, error) {
	files := FaceFiles{}
	if file != "" {
		files[role] = file
	}
	faces, err := ChosenFaces(files)
	if err != nil {
		return nil, nil, err
	}
	flow := page.NewFlow(page.Sheet{W: 92, H: 8})
	flow.Text(page.Text(page.Style{Face: *faces.role(role), Size: size4, Lead: 8, Color: page.Black}, "支部党员大会 2026年11月20日")...)
	return &Document{page: page.Document{Pages: flow.Pages}}, append(faces.standIn(role), faces.notes...), nil
}

// standIn complains when 宋体 stands in for the 仿宋 shipped beside the program.
func (f *Faces) standIn(role string) []record.Complaint {
	fang, _, _ := f.Fang.Find('支')
	song, _, _ := f.Song.Find('支')
	if role != "fang" || fang != song {
		return nil
	}
	return []record.Complaint{{Path: role, Severity: record.Warn, Code: "FACE_STANDS_IN",
		Say: "程序旁边没有仿宋字库 " + assets.FangFile + "，先用宋体代替。请把它放回程序文件夹，或另选一个仿宋字库。"}}
}
