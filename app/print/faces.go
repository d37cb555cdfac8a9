package print

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"zhibu/app/print/face"
	"zhibu/assets"
	"zhibu/storage/record"
)

// Faces are the faces of paper, each a chain that ends in the built-in rare
// characters. They are parsed once and may be shared by any number of documents.
type Faces struct {
	Song  face.Face // 宋体: tables, page numbers
	Title face.Face // 小标宋: titles
	Hei   face.Face // 黑体: first headings, plates
	Kai   face.Face // 楷体: second headings
	Fang  face.Face // 仿宋: body and what is filled in

	notes []record.Complaint // files that were passed over; every document repeats them
}

// FaceFiles names font files of this machine that stand in front of the built-in
// faces: the user's choice, and the 仿宋 shipped beside the program. Empty means
// none. The files are read, never copied.
type FaceFiles struct {
	Song, Title, Hei, Kai, Fang string
	Rare                        string // after every face: characters the built-in ones lack
}

// builtIn parses the embedded faces once a process.
var builtIn = sync.OnceValues(func() (*Faces, error) {
	var fonts []*face.Font
	for _, f := range []struct{ name, data string }{
		{"ZhibuSong-Regular", assets.Song()}, {"ZhibuSong-Black", assets.SongBlack()}, {"ZhibuHei-Bold", assets.Hei()},
		{"ZhibuKai-Regular", assets.Kai()}, {"ZhibuRare-Regular", assets.Rare()},
	} {
		font, err := face.Parse(f.name, f.data)
		if err != nil {
			return nil, fmt.Errorf("print: built-in face %s: %w", f.name, err)
		}
		fonts = append(fonts, font)
	}
	song, rare := fonts[0], fonts[4]
	return &Faces{
		Song:  face.Chain(song, rare),
		Title: face.Chain(fonts[1], song, rare),
		Hei:   face.Chain(fonts[2], song, rare),
		Kai:   face.Chain(fonts[3], song, rare),
		Fang:  face.Chain(song, rare),
	}, nil
})

// BuiltIn returns the faces built into the program; 宋体 stands in for 仿宋.
func BuiltIn() (*Faces, error) { return builtIn() }

// LoadFaces returns the built-in faces with the given files in front. A file that
// is missing, damaged, of PostScript outlines or not to be embedded is left out
// and named in a complaint; printing goes on without it.
func LoadFaces(files FaceFiles) (*Faces, []record.Complaint, error) {
	base, err := BuiltIn()
	if err != nil {
		return nil, nil, err
	}
	var complaints []record.Complaint
	load := func(path, role string) *face.Font {
		if path == "" {
			return nil
		}
		font, err := readFont(path, role)
		if err != nil {
			complaints = append(complaints, record.Complaint{Path: role, Severity: record.Warn, Code: "FACE_UNUSABLE",
				Say: "“" + roleName(role) + "”选用的字库文件用不了，改用自带的字库印。请在设置里另选一个 .ttf 字库。"})
			return nil
		}
		return font
	}
	rare := load(files.Rare, "rare")
	chain := func(path, role string, under face.Face) face.Face {
		return face.Join(load(path, role), under, rare)
	}
	out := &Faces{
		Song:  chain(files.Song, "song", base.Song),
		Title: chain(files.Title, "title", base.Title),
		Hei:   chain(files.Hei, "hei", base.Hei),
		Kai:   chain(files.Kai, "kai", base.Kai),
		Fang:  fangChain(load(files.Fang, "fang"), base, rare),
	}
	out.notes = complaints
	return out, complaints, nil
}

// fangChain puts 楷体 behind 仿宋: characters that 仿宋 lacks look nearer to it in
// that face. Without a 仿宋 the 宋体 stands in alone.
func fangChain(fang *face.Font, base *Faces, rare *face.Font) face.Face {
	if fang == nil {
		return face.Join(nil, base.Fang, rare)
	}
	return face.Join(fang, base.Kai, rare)
}

// standard is Standard, looked up once a process.
var standard = sync.OnceValues(func() (*Faces, error) {
	program, err := os.Executable()
	if err != nil {
		return BuiltIn() // the program cannot say where it stands: no file beside it to be found
	}
	dir := filepath.Dir(program)
	faces, _, err := LoadFaces(FaceFiles{Fang: FindFang(dir, filepath.Join(dir, "fonts"), filepath.Join(dir, "..", "assets", "fonts"), filepath.Join(dir, "..", "share", "zhibu", "fonts"))})
	return faces, err
})

// Standard returns the built-in faces with the 仿宋 file that is shipped beside the
// program (in its folder, in fonts below it, in ../assets/fonts or
// ../share/zhibu/fonts). Where it is missing 宋体 stands in; a damaged one is named
// in the complaints of every document.
func Standard() (*Faces, error) { return standard() }

// FindFang looks for the 仿宋 file in the given folders, in order, and returns its
// path, "" when none has it. It is shipped beside the program, not inside.
func FindFang(dirs ...string) string {
	for _, dir := range dirs {
		path := filepath.Join(dir, assets.FangFile)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	return ""
}

func readFont(path, role string) (*face.Font, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("print: face %s: %w", role, err)
	}
	font, err := face.Parse("Local-"+role, string(data))
	if err != nil {
		return nil, fmt.Errorf("print: face %s: %w", role, err)
	}
	if !font.Embeddable() {
		return nil, fmt.Errorf("print: face %s: its licence forbids embedding", role)
	}
	return font, nil
}

func roleName(role string) string {
	return map[string]string{"song": "宋体", "title": "小标宋", "hei": "黑体", "kai": "楷体", "fang": "仿宋", "rare": "生僻字"}[role]
}
