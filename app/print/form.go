package print

import (
	"image"

	"zhibu/storage/record"
)

// Variant is one shape of a form, e.g. the minutes of one kind of meeting.
type Variant struct {
	ID   string // permanent, e.g. "ZWH"
	Name string // 支委会会议记录
}

// Ask is something to be asked when a form is printed; no record keeps it.
type Ask struct {
	Name  string // key in Options.Fill
	Label string // what to ask
}

// Form is one official form.
type Form struct {
	Code     string    // permanent: "F01" … "F26", "LIST", "CARD", "BOOK"
	Name     string    // as listed
	Kinds    []string  // kinds of the records it prints; none: the branch as a whole
	Blank    bool      // may be printed without records, to fill in by hand
	Whole    bool      // without ids it prints the whole register, as a list
	Overlay  bool      // pre-printed or controlled stationery: values may be printed alone
	Variants []Variant // the first is the default; none: one shape
	Self     []string  // variants that are about the branch itself and need no record
	Asks     []Ask     // what Options.Fill may hold for this form
	Told     bool      // the records say the variant; it is chosen for blanks and whole registers only

	// Which Options have a meaning: SignIn, RedHead, Year, Month, Order.
	SignIn, RedHead, Yearly, Monthly, Ordered bool
	Source                                    string // where labels and layout come from

	draw func(d *draft)
}

// Forms lists every form in the order of their codes. The slice is fresh.
func Forms() []Form {
	return []Form{
		f01(), f02(), f03(), f04(), f05(), f06(), f07(), f08(), f09(), f10(), f11(), f12(), f13(),
		f14(), f15(), f16(), f17(), f18(), f19(), f20(), f21(), f22(), f23(), f24(), f25(), f26(),
		listForm(), cardForm(), book(),
	}
}

// FormOf returns the form of a code.
func FormOf(code string) (Form, bool) {
	for _, f := range Forms() {
		if f.Code == code {
			return f, true
		}
	}
	return Form{}, false
}

// variant returns the variant asked for, the first when none was, "" for a form
// without variants; ok is false for an unknown one.
func (f Form) variant(id string) (string, bool) {
	if len(f.Variants) == 0 {
		return "", id == ""
	}
	if id == "" {
		return f.Variants[0].ID, true
	}
	for _, v := range f.Variants {
		if v.ID == id {
			return id, true
		}
	}
	return "", false
}

// Options are what a person chooses when printing. The zero value is right for
// most forms.
type Options struct {
	Faces   *Faces // nil: ChosenFaces of none
	Blank   bool   // the form without data
	Variant string // one of the form's variants; "": the default, or what the record says
	Year    int    // for yearly and monthly forms; 0: today's
	Month   int    // 0: today's
	Order   string // order of rosters: "pinyin" (default) or "strokes" (姓氏笔画)
	Mask    bool   // hide the middle of ID numbers and phones
	SignIn  bool   // minutes: a sign-in sheet behind the record
	RedHead bool   // 公文: with red head

	// Fill holds what is asked at print time and kept in no record, by the names of
	// the form's Asks.
	Fill map[string]string
	// Picture is put into the empty place of plates; the program ships none.
	Picture image.Image

	// Overlay prints values only, moved by the printer's calibration, onto
	// pre-printed stationery.
	Overlay *Calibration
	// Prints is how often the record has been printed before; above zero every
	// page carries a reprint mark.
	Prints int
	// Password protects the PDF against changes; opening stays free.
	Password string

	// Progress, if not nil, is called after every record of a batch; it returns
	// false to stop.
	Progress func(done, total int) bool
}

// Calibration says how far a printer is off on one form, in mm to the right and
// downward: what a person measured on the printed cross.
type Calibration struct{ Right, Down float64 }

// refuse makes the errors of this package.
func refuse(code, say string) error { return record.Refuse(code, say) }
