package screen

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
)

// FaceSetting is where a laptop keeps the font file that stands in front of a paper
// face.
func FaceSetting(role string) string { return "print.face." + role }

// BuiltInFace is how the choice of no file reads.
const BuiltInFace = "自带字库"

// PaperFaces is the page 纸上的字库: the font files of this machine that forms are
// printed in.
type PaperFaces struct {
	book    *Book
	press   Press
	run     Runner
	changed func()
	files   []FaceFile
	found   bool
	lines   []FaceLine
}

// FaceLine is one use of type on paper.
type FaceLine struct {
	FaceRole
	File     string // the file chosen, "" for the built-in face
	Specimen Paper  // one line in it, with what is to be said about the file; nil while it is drawn
}

// NewPaperFaces opens the page; changed is called when what is shown changed by itself.
func NewPaperFaces(b *Book, press Press, run Runner, changed func()) *PaperFaces {
	p := &PaperFaces{book: b, press: press, run: run, changed: changed}
	for _, role := range press.FaceRoles() {
		p.lines = append(p.lines, FaceLine{FaceRole: role, File: b.Setting(FaceSetting(role.ID))})
	}
	return p
}

// Load draws every line and looks for fonts, away from the face.
func (p *PaperFaces) Load(then func(error)) {
	for i := range p.lines {
		p.draw(i, then)
	}
	var files []FaceFile
	p.run.Do("找字库", func(ctx context.Context, _ Progress) (err error) {
		files, err = p.press.FindFaces(ctx)
		return err
	}, func(err error) {
		p.files, p.found = files, err == nil
		p.changed()
		then(err)
	})
}

// draw draws the specimen of a line.
func (p *PaperFaces) draw(i int, then func(error)) {
	l := p.lines[i]
	var paper Paper
	p.run.Do("画字样", func(context.Context, Progress) (err error) {
		paper, err = p.press.Specimen(l.ID, l.File)
		return err
	}, func(err error) {
		if p.lines[i].File == l.File { // else another was chosen meanwhile
			p.lines[i].Specimen = paper
			p.changed()
		}
		then(err)
	})
}

// Lines returns the uses of type. They are not to be changed.
func (p *PaperFaces) Lines() []FaceLine { return p.lines }

// Found tells what the search for fonts gave, "" while it goes on.
func (p *PaperFaces) Found() string {
	switch {
	case !p.found:
		return ""
	case len(p.files) == 0:
		return "这台电脑上没有找到别的中文字库（.ttf、.ttc）。装好后按 F5 再找。"
	}
	return "这台电脑上找到 " + number(len(p.files)) + " 种中文字库。"
}

// Options returns what can be chosen: the built-in face, the fonts found.
func (p *PaperFaces) Options() []string {
	out := []string{BuiltInFace}
	for _, f := range p.files {
		out = append(out, p.label(f.Path))
	}
	return out
}

// Chosen returns the option that is chosen for a line.
func (p *PaperFaces) Chosen(line FaceLine) string {
	if line.File == "" {
		return BuiltInFace
	}
	return p.label(line.File)
}

// label is what a font file is called, with the file behind it where two fonts have
// the same name.
func (p *PaperFaces) label(path string) string {
	name, same := filepath.Base(path), 0
	for _, f := range p.files {
		if f.Path == path {
			name = f.Name
		}
	}
	for _, f := range p.files {
		if f.Name == name {
			same++
		}
	}
	if same > 1 {
		name += "（" + strings.TrimPrefix(path, filepath.Dir(filepath.Dir(path))+string(filepath.Separator)) + "）"
	}
	return name
}

// Lacks says what the built-in face has to help out with in a chosen one, "" for nothing.
func (p *PaperFaces) Lacks(line FaceLine) string {
	i := slices.IndexFunc(p.files, func(f FaceFile) bool { return f.Path == line.File })
	if i < 0 || p.files[i].Has >= tableSize {
		return ""
	}
	return "通用规范汉字缺 " + number(tableSize-p.files[i].Has) + " 个，用自带字库补上"
}

// tableSize is how many characters 通用规范汉字表 has.
const tableSize = 8105

// Choose takes an option for a role; the next print is in it.
func (p *PaperFaces) Choose(role, option string, then func(error)) {
	file := ""
	for _, f := range p.files {
		if p.label(f.Path) == option {
			file = f.Path
		}
	}
	i := slices.IndexFunc(p.lines, func(l FaceLine) bool { return l.ID == role })
	if err := p.book.SetSetting(FaceSetting(role), file); err != nil {
		then(err)
		return
	}
	p.lines[i].File, p.lines[i].Specimen = file, nil
	p.draw(i, then)
}
