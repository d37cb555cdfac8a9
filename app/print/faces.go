package print

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"zhibu/app/print/face"
	"zhibu/assets"
	"zhibu/storage/record"
)

// Faces are the faces of paper, each a chain that ends in the built-in rare
// characters and, behind them, in what the screen face has. They are parsed once
// and may be shared by any number of documents.
type Faces struct {
	Song  face.Face // 宋体: tables, page numbers
	Title face.Face // 小标宋: titles
	Hei   face.Face // 黑体: first headings, plates
	Kai   face.Face // 楷体: second headings
	Fang  face.Face // 仿宋: body and what is filled in

	light *face.Font         // 楷体 of the characters that 仿宋 lacks
	notes []record.Complaint // files that were passed over; every document repeats them
}

// FaceRole is one use of type on paper, for which a file may be chosen.
type FaceRole struct {
	ID   string // permanent: "song"
	Name string // 宋体
}

// FaceRoles lists the uses a font file of this machine may be chosen for.
func FaceRoles() []FaceRole {
	return []FaceRole{{"song", "宋体"}, {"title", "小标宋"}, {"hei", "黑体"}, {"kai", "楷体"}, {"fang", "仿宋"}}
}

// role returns the face of a role of FaceRoles.
func (f *Faces) role(id string) *face.Face {
	return map[string]*face.Face{"song": &f.Song, "title": &f.Title, "hei": &f.Hei, "kai": &f.Kai, "fang": &f.Fang}[id]
}

// FaceFiles names font files of this machine that stand in front of the built-in
// faces, by the ids of FaceRoles: the user's choice, and the 仿宋 shipped beside
// the program. The files are read, never copied.
type FaceFiles map[string]string

// builtIn parses the embedded faces once a process.
var builtIn = sync.OnceValues(func() (*Faces, error) {
	var fonts []*face.Font
	for _, f := range []struct{ name, data string }{
		{"ZhibuSong-Regular", assets.Song()}, {"ZhibuSong-Black", assets.SongBlack()}, {"ZhibuHei-Bold", assets.Hei()},
		{"ZhibuKai-Regular", assets.Kai()}, {"ZhibuRare-Regular", assets.Rare()}, {"ZhibuKai-Light", assets.KaiLight()},
	} {
		font, err := face.Parse(f.name, f.data)
		if err != nil {
			return nil, fmt.Errorf("print: built-in face %s: %w", f.name, err)
		}
		fonts = append(fonts, font)
	}
	song, rare := fonts[0], fonts[4]
	chain := func(first ...*face.Font) face.Face { return face.Chain(append(first, song, rare)...).Before(extended) }
	return &Faces{Song: chain(), Title: chain(fonts[1]), Hei: chain(fonts[2]), Kai: chain(fonts[3]), Fang: chain(), light: fonts[5]}, nil
})

// extended is made of the screen face when a document first needs it: CJK Extension
// A, the end of the basic block and the thousands of characters beyond the basic
// plane that the paper faces lack.
var extended = sync.OnceValue(func() *face.Font {
	var runes []rune
	for _, block := range [][2]rune{{0x3400, 0x4DBF}, {0x9FEB, 0x9FFF}, {0x20000, 0x323AF}} {
		for r := block[0]; r <= block[1]; r++ {
			runes = append(runes, r)
		}
	}
	font, err := face.Convert("ZhibuExtended-Regular", assets.ScreenFace(false), runes)
	if err != nil {
		return nil // a character is complained about as if there were no such face
	}
	return font
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
	out := &Faces{}
	for _, role := range FaceRoles() {
		font, under := (*face.Font)(nil), *base.role(role.ID)
		if path := files[role.ID]; path != "" {
			if font, err = readFont(path, role.ID); err != nil {
				out.notes = append(out.notes, unusable(role, path, err))
			} else if role.ID == "fang" {
				under = face.Join(base.light, base.Kai)
			}
		}
		*out.role(role.ID) = face.Join(font, under)
	}
	return out, out.notes, nil
}

// unusable says why a chosen file does not serve.
func unusable(role FaceRole, path string, err error) record.Complaint {
	why := "用不了"
	if errors.Is(err, fs.ErrNotExist) {
		why = "不在了"
	}
	return record.Complaint{Path: role.ID, Severity: record.Warn, Code: "FACE_UNUSABLE",
		Say: "“" + role.Name + "”选的字库文件 " + filepath.Base(path) + " " + why + "，这一种先用自带字库印。请在设置的“纸上的字库”里另选一个。"}
}

// ChosenFaces returns the faces of a laptop: the built-in ones with the chosen files
// in front, the 仿宋 that is shipped beside the program (in its folder, in fonts
// below it, in ../assets/fonts or ../share/zhibu/fonts) where none was chosen, and
// behind them all the fonts that systems bring for the rarest characters. Where the
// 仿宋 is missing 宋体 stands in; a damaged file is named in the complaints of every
// document.
func ChosenFaces(files FaceFiles) (*Faces, error) {
	if len(files) == 0 {
		return standard()
	}
	return chosen(files)
}

// standard is ChosenFaces of no files, looked up once a process.
var standard = sync.OnceValues(func() (*Faces, error) { return chosen(nil) })

func chosen(files FaceFiles) (*Faces, error) {
	all := FaceFiles{}
	if program, err := os.Executable(); err == nil { // else nothing can stand beside it
		dir := filepath.Dir(program)
		all["fang"] = FindFang(dir, filepath.Join(dir, "fonts"), filepath.Join(dir, "..", "assets", "fonts"), filepath.Join(dir, "..", "share", "zhibu", "fonts"))
	}
	maps.Copy(all, files)
	out, _, err := LoadFaces(all)
	if err != nil {
		return nil, err
	}
	for _, role := range FaceRoles() {
		f := out.role(role.ID)
		*f = f.Before(systemFonts()...)
	}
	return out, nil
}

// rarest lists where systems keep the fonts that have the most characters.
var rarest = [...]string{`C:\Windows\Fonts\simsunb.ttf`, `C:\Windows\Fonts\SimsunExtG.ttf`, "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf", "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"}

// systemFonts are read one after the other when a character asks for them; one that
// is not there or cannot be used is passed over.
func systemFonts() []func() *face.Font {
	var out []func() *face.Font
	for _, path := range rarest {
		out = append(out, sync.OnceValue(func() *face.Font {
			font, err := readFont(path, "rare")
			if err != nil {
				return nil // the character is complained about
			}
			return font
		}))
	}
	return out
}

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
	data, err := readText(path)
	if err != nil {
		return nil, fmt.Errorf("print: face %s: %w", role, err)
	}
	font, err := face.Parse("Local-"+role, data)
	if err != nil {
		return nil, fmt.Errorf("print: face %s: %w", role, err)
	}
	if !font.Embeddable() {
		return nil, fmt.Errorf("print: face %s: its licence forbids embedding", role)
	}
	return font, nil
}

// readText reads a file into a string without a second copy: fonts are large.
func readText(path string) (text string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	var b strings.Builder
	if info, err := file.Stat(); err == nil {
		b.Grow(int(info.Size()))
	}
	_, err = io.Copy(&b, file)
	return b.String(), err
}
