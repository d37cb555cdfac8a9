package main

import (
	"image"
	"io"
	"strings"
	"time"

	"zhibu/app/print"
	"zhibu/app/screen"
	"zhibu/storage"
)

// press lays out forms for the screens, from the books that are open in v.
type press struct {
	v   *vault
	now func() time.Time
}

// Forms implements screen.Press.
func (press) Forms() []screen.FormInfo {
	var out []screen.FormInfo
	for _, f := range print.Forms() {
		out = append(out, screen.FormInfo{Code: f.Code, Name: f.Name, Kinds: f.Kinds, Blank: f.Blank, List: f.Whole})
	}
	return out
}

// Lay implements screen.Press.
func (p press) Lay(form string, ids []string) (screen.Paper, error) {
	if p.v.open == nil {
		return nil, locked()
	}
	f, _ := print.FormOf(form) // an unknown one is refused by Make
	in := screen.Open(p.v.open, p.now)
	faces, err := facesOf(p.v.open)
	if err != nil {
		return nil, err
	}
	doc, _, err := print.Make(form, ids, in, print.Options{Faces: faces, Blank: len(ids) == 0 && f.Blank && !f.Whole})
	if err != nil {
		return nil, err
	}
	return paper{doc, p.v.open, storage.AuditEntry{Act: storage.AuditPrint, Kind: strings.Join(f.Kinds, " "), Record: strings.Join(ids, " "), What: f.Code}}, nil
}

// paper is a laid-out document; it is noted in the chain before it leaves.
type paper struct {
	*print.Document
	store *storage.Store
	entry storage.AuditEntry
}

// Image implements screen.Paper.
func (p paper) Image(page int, dpi float64) (image.Image, error) {
	return p.Document.Image(page, dpi), nil
}

// PDF implements screen.Paper.
func (p paper) PDF(w io.Writer) error {
	if err := p.store.Audit(p.entry); err != nil {
		return err
	}
	return p.Document.PDF(w)
}
