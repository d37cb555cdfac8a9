package screen

import (
	"context"
	"image"
	"io"
)

// Press lays out printed forms. main wires app/print into it, so that neither
// the screens nor the face know how a page is made (decisions.md 23).
type Press interface {
	// Forms lists every form by name.
	Forms() []FormInfo
	// Lay lays out a form for the records with these ids, in this order; with
	// no ids it lays out the blank form.
	Lay(form string, ids []string) (Paper, error)
}

// FormInfo is one printed form as the print centre lists it.
type FormInfo struct {
	Code  string   // permanent code, e.g. "F01"
	Name  string   // 会议记录
	Kinds []string // registers it prints
	Blank bool     // makes sense without records
	List  bool     // one document for many records (a roster), not one each
}

// Prints reports whether the form prints records of kind.
func (f FormInfo) Prints(kind string) bool {
	for _, k := range f.Kinds {
		if k == kind {
			return true
		}
	}
	return false
}

// Paper is one laid-out document.
type Paper interface {
	Title() string
	Pages() int
	Size(page int) (width, height float64)            // of page 0…, in millimetres
	Image(page int, dpi float64) (image.Image, error) // as it will be printed
	PDF(w io.Writer) error
}

// Printers is the machine's printing. main wires the desktop's own in.
type Printers interface {
	// List returns the printers with their state, the default one first.
	List(ctx context.Context) ([]Printer, error)
	// Print hands a PDF over and returns when the printer's queue has taken it.
	Print(ctx context.Context, printer string, pdf []byte, job Job) error
}

// Printer is one printer of this machine.
type Printer struct {
	Name    string // as the machine calls it
	Label   string // as people call it
	Ready   bool
	State   string // 就绪, 脱机, 缺纸 …
	Default bool
}

// Job says how a document is printed.
type Job struct {
	Title  string
	Copies int
	Pages  string // "", "1-2" or "1,3": the pages to print, all when empty
	Duplex bool   // both sides, turned on the long edge
}
