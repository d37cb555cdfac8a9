package screen

import (
	"context"
	"image"
	"io"
	"slices"
	"strings"
)

// Press lays out printed forms. main wires app/print into it, so that neither
// the screens nor the face know how a page is made (decisions.md 23).
type Press interface {
	// Forms lists every form by name.
	Forms() []FormInfo
	// Lay lays out a form for the records with these ids, in this order; with no ids
	// the register as a whole, or the blank form. ctx stops a long one.
	Lay(ctx context.Context, form string, ids []string, how Layout, progress Progress) (Paper, error)
	// Cross lays out the page that tells how far a printer is off.
	Cross() (Paper, error)
	// Calibrate turns where the cross stands, in mm from the left and the top edge,
	// into what overlay prints are moved by.
	Calibrate(left, top float64) (Shift, error)
	// RecoverySheet lays out the page a recovery code is kept on.
	RecoverySheet(branch string, groups []string) (Paper, error)
	// FaceRoles lists the uses of type on paper that a font file may be chosen for.
	FaceRoles() []FaceRole
	// FindFaces looks for the fonts of this machine that Chinese can be printed in.
	FindFaces(ctx context.Context) ([]FaceFile, error)
	// Specimen lays out one line in the face of a role, with file in front of the
	// built-in one; its notes tell if the file cannot be used.
	Specimen(role, file string) (Paper, error)
}

// FaceRole is one use of type on paper.
type FaceRole struct {
	ID   string // permanent: "song"
	Name string // 宋体
}

// FaceFile is a font file of this machine.
type FaceFile struct {
	Path string
	Name string // as people call the font: 仿宋_GB2312
	Has  int    // how many of the 8105 characters of 通用规范汉字表
}

// FormInfo is one printed form as the print centre lists it.
type FormInfo struct {
	Code     string   // permanent code, e.g. "F01"
	Name     string   // 会议记录
	Kinds    []string // registers it prints
	Blank    bool     // makes sense without records
	List     bool     // one document for many records (a roster), not one each
	Variants []FormVariant
	Told     bool      // records say the variant themselves
	Asks     []FormAsk // what is asked when it is printed
	Overlay  bool      // values may be printed alone onto ready stationery

	// Which choices of a Layout have a meaning.
	SignIn, RedHead, Yearly, Monthly, Ordered bool
}

// No is the number people know a form by, "" for the program's own lists and cards.
func (f FormInfo) No() string {
	if strings.HasPrefix(f.Code, "F") {
		return f.Code
	}
	return ""
}

// FormVariant is one shape of a form.
type FormVariant struct {
	ID, Name string
	Self     bool // about the branch itself: needs no record
}

// FormAsk is something no record keeps, asked when a form is printed.
type FormAsk struct{ Name, Label string }

// Layout is what a person chose about the content of a print. The zero value is
// right for most forms.
type Layout struct {
	Blank       bool
	Variant     string // "" for the default, or what the record says
	Order       string // "" by pinyin, "strokes" by 姓氏笔画
	Year, Month int    // 0: today's
	Mask        bool   // hide the middle of numbers
	SignIn      bool   // a sign-in sheet behind minutes
	RedHead     bool
	Fill        map[string]string // answers to FormInfo.Asks
	Overlay     *Shift            // values alone, moved by so much
	Reprint     int               // which reprint it is, marked on every page; 0: no mark
	Password    string            // protects the PDF against changes
}

// Shift is how far overlay prints are moved, in mm to the right and downward.
type Shift struct{ Right, Down float64 }

// Prints reports whether the form prints records of kind.
func (f FormInfo) Prints(kind string) bool { return slices.Contains(f.Kinds, kind) }

// Paper is one laid-out document.
type Paper interface {
	Title() string
	Pages() int
	Size(page int) (width, height float64)            // of page 0…, in millimetres
	Image(page int, dpi float64) (image.Image, error) // as it will be printed
	// PDF writes these pages, counted from 0; none writes all.
	PDF(w io.Writer, pages ...int) error
	// Notes are what a person should know, e.g. a character that no face has.
	Notes() []string
}

// Printers is the machine's printing. main wires the desktop's own in.
type Printers interface {
	// List returns the printers with their state, the default one first.
	List(ctx context.Context) ([]Printer, error)
	// Print hands a document over, as a PDF or as job.Paper, whichever the machine
	// prints, and returns when the printer's queue has taken it.
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
	Paper  Paper // what the PDF shows
	Pages  []int // of Paper, counted from 0; none stands for all
	Copies int
	Duplex bool // both sides, turned on the long edge
	Exact  bool // in its own size, whatever the printer's margins
}
