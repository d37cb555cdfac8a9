package wire

import (
	"context"
	"image"
	"io"
	"slices"
	"time"

	"zhibu/app/print"
	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
)

// Press lays out forms for the screens, from the books that are open in Vault.
type Press struct {
	Vault *Vault
	Now   func() time.Time
}

// Forms implements screen.Press.
func (Press) Forms() []screen.FormInfo {
	var out []screen.FormInfo
	for _, f := range print.Forms() {
		info := screen.FormInfo{Code: f.Code, Name: f.Name, Kinds: f.Kinds, Blank: f.Blank, List: f.Whole, Told: f.Told, Overlay: f.Overlay,
			SignIn: f.SignIn, RedHead: f.RedHead, Yearly: f.Yearly, Monthly: f.Monthly, Ordered: f.Ordered}
		for _, v := range f.Variants {
			info.Variants = append(info.Variants, screen.FormVariant{ID: v.ID, Name: v.Name, Self: slices.Contains(f.Self, v.ID)})
		}
		for _, a := range f.Asks {
			info.Asks = append(info.Asks, screen.FormAsk(a))
		}
		out = append(out, info)
	}
	return out
}

// Lay implements screen.Press.
func (p Press) Lay(ctx context.Context, form string, ids []string, how screen.Layout, progress screen.Progress) (screen.Paper, error) {
	s, err := p.Vault.Store()
	if err != nil {
		return nil, err
	}
	faces, err := Faces(s)
	if err != nil {
		return nil, err
	}
	opt := print.Options{Faces: faces, Blank: how.Blank, Variant: how.Variant, Order: how.Order, Year: how.Year, Month: how.Month, Mask: how.Mask, SignIn: how.SignIn,
		RedHead: how.RedHead, Fill: how.Fill, Overlay: (*print.Calibration)(how.Overlay), Prints: how.Reprint, Password: how.Password,
		Progress: func(done, total int) bool {
			progress(done, total)
			return ctx.Err() == nil
		}}
	doc, complaints, err := print.Make(form, ids, screen.Open(s, p.Now), opt)
	if err != nil {
		return nil, err
	}
	return noted(doc, complaints), nil
}

// Cross implements screen.Press.
func (p Press) Cross() (screen.Paper, error) {
	doc, err := print.CalibrationSheet(nowhere{p.Now}, nil)
	return paper{Document: doc}, err
}

// Calibrate implements screen.Press.
func (Press) Calibrate(left, top float64) (screen.Shift, error) {
	c, err := print.Calibrate(left, top)
	return screen.Shift(c), err
}

// RecoverySheet implements screen.Press.
func (p Press) RecoverySheet(branch string, groups []string) (screen.Paper, error) {
	doc, err := print.RecoverySheet(branch, groups, nowhere{p.Now})
	return paper{Document: doc}, err
}

// FaceRoles implements screen.Press.
func (Press) FaceRoles() []screen.FaceRole {
	var out []screen.FaceRole
	for _, role := range print.FaceRoles() {
		out = append(out, screen.FaceRole(role))
	}
	return out
}

// FindFaces implements screen.Press.
func (Press) FindFaces(ctx context.Context) ([]screen.FaceFile, error) {
	var out []screen.FaceFile
	found, err := print.FindFaces(ctx)
	for _, f := range found {
		out = append(out, screen.FaceFile(f))
	}
	return out, err
}

// Specimen implements screen.Press.
func (Press) Specimen(role, file string) (screen.Paper, error) {
	doc, complaints, err := print.Specimen(role, file)
	if err != nil {
		return nil, err
	}
	return noted(doc, complaints), nil
}

// nowhere is what pages without content are printed around.
type nowhere struct{ now func() time.Time }

// Today implements record.Around.
func (n nowhere) Today() record.Date { return record.DateOf(n.now()) }

// Get implements record.Around.
func (nowhere) Get(string, string) (record.Record, bool) { return record.Record{}, false }

// All implements record.Around.
func (nowhere) All(string) []record.Record { return nil }

// paper is a laid-out document and what is to be said about it.
type paper struct {
	*print.Document
	notes []string
}

func noted(doc *print.Document, complaints []record.Complaint) paper {
	out := paper{Document: doc}
	for _, c := range complaints {
		out.notes = append(out.notes, c.Say)
	}
	return out
}

// Image implements screen.Paper.
func (p paper) Image(page int, dpi float64) (image.Image, error) {
	return p.Document.Image(page, dpi), nil
}

// PDF implements screen.Paper.
func (p paper) PDF(w io.Writer, pages ...int) error {
	if len(pages) > 0 {
		return p.Only(pages...).PDF(w)
	}
	return p.Document.PDF(w)
}

// Notes implements screen.Paper.
func (p paper) Notes() []string { return p.notes }

// Faces returns the paper faces of a laptop: the built-in ones, with the font files
// of this machine in front that were chosen.
func Faces(s *storage.Store) (*print.Faces, error) {
	files := map[string]string{}
	for _, role := range print.FaceRoles() {
		if path := s.Setting(screen.FaceSetting(role.ID)); path != "" {
			files[role.ID] = path
		}
	}
	return print.ChosenFaces(files)
}
