package screen

import (
	"slices"
	"strings"
	"time"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Barred returns why nobody at this laptop may write a register, nil where they may:
// the role says so (decisions.md 20), or the books were handed over.
func (b *Book) Barred(kind string) error {
	if books, ok := b.Store.(interface{ HandedOver() (time.Time, bool) }); ok {
		if _, handed := books.HandedOver(); handed {
			return record.Refuse(handedOver, "这份台账已移交，在这台电脑上只能查看和打印。要接着记请先收回移交；内容都在。")
		}
	}
	e, _ := b.enrolment()
	if e.Role == "" {
		return nil
	}
	set := branch.RulesOn(b, b.Today())
	if branch.MayWrite(set, e.Role, kind) {
		return nil
	}
	return record.Refuse(roleForbidden, "这台电脑的角色是“"+branch.RoleName(set, e.Role)+"”，不能改"+b.register(kind)+"。要改请找支部书记，或请区里换角色；内容都在。")
}

// IsBarred reports whether an error is that nobody at this laptop may write a register:
// trying again does not help.
func IsBarred(err error) bool {
	code := record.CodeOf(err)
	return code == roleForbidden || code == handedOver
}

// Why nothing may be typed.
const (
	roleForbidden = "ROLE_FORBIDDEN"
	handedOver    = "HANDED_OVER"
)

// whatToDo is a refusal without what was kept: a band over what is only looked at.
func whatToDo(err error) string {
	happened, do, _ := record.Parts(err)
	return happened + "。" + do
}

// ReadOnly returns why nothing of a stored record may be typed, nil where it may: the
// laptop may not write the register, or the record is of a closed year.
func (b *Book) ReadOnly(r record.Record) error {
	if err := b.Barred(r.Kind); err != nil {
		return err
	}
	return branch.OnlyRead(r, "", b)
}

// Amending returns the same books with closed years open, for whoever writes there on
// purpose (「补改」).
func (b *Book) Amending() *Book {
	open := *b
	open.amends = true
	return &open
}

// Amends implements branch.Amending.
func (b *Book) Amends() bool { return b.amends }

// OfClosedYears is what the question before records are moved to the recycle bin says
// of those of closed years, "" where there are none.
func (b *Book) OfClosedYears(kind string, ids ...string) string {
	var years []string
	for _, id := range ids {
		r, _ := b.Get(kind, id)
		if year := branch.ClosedYear(r, record.DeletedPath, b); year > 0 {
			years = append(years, number(year))
		}
	}
	if len(years) == 0 {
		return ""
	}
	slices.Sort(years)
	return "这里有往年（" + strings.Join(slices.Compact(years), "、") + " 年）的记录，年度统计已截止。"
}

// ReadOnly returns why nothing may be typed into the form, nil where something may.
func (f *Form) ReadOnly() error { return f.shut }

// Amend opens what is of a closed year for as long as the form is open (「补改」).
func (f *Form) Amend() {
	f.book = f.book.Amending()
	f.Settle()
}

// close finds out whether the form is only read. What there is to say about a record
// that nobody here can mend is not said.
func (f *Form) close() {
	f.shut = nil
	if !f.New() {
		f.shut = f.book.ReadOnly(f.shown)
	}
	if f.shut != nil {
		f.said = nil
	}
}

// Fixed reports whether the box at path is text: the whole form is only read, the row is
// of a closed year, or the meeting is finalised and the box is none of those open after that.
func (f *Form) Fixed(path string) bool {
	return f.shut != nil || branch.OnlyRead(f.shown, path, f.book) != nil || sealed(f.Kind, f.shown) && !branch.OpenAfterSeal(path)
}
