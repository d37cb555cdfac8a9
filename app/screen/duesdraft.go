package screen

import (
	"fmt"
	"slices"

	"zhibu/storage/record"
)

// draftKey names the sheet of a month among the drafts.
func (d *Dues) draftKey() string { return fmt.Sprintf("dues/%d-%02d", d.year, d.month) }

// Keep stores what is typed into the open lines and not booked yet.
func (d *Dues) Keep() error {
	if !d.dirty {
		return nil
	}
	d.dirty = false
	typed := map[string]string{}
	for member, t := range d.typed {
		for column, text := range map[string]string{"paid": t.Paid, "paid_on": t.On, "method": t.Method} {
			if text != "" {
				typed[record.Path("month", member, column)] = text
			}
		}
	}
	if len(typed) == 0 {
		return d.book.DropDraft(d.draftKey())
	}
	return d.book.SaveDraft(record.Draft{Key: d.draftKey(), Kind: "dues", Typed: typed, At: d.book.Now().UnixMilli()})
}

// takeDraft goes on from what was typed into this month's lines and not booked.
func (d *Dues) takeDraft() {
	for _, draft := range d.book.Drafts() {
		if draft.Key != d.draftKey() {
			continue
		}
		for path, text := range draft.Typed {
			_, member, column := record.SplitPath(path)
			t := d.typed[member]
			switch column {
			case "paid":
				t.Paid = text
			case "paid_on":
				t.On = text
			case "method":
				t.Method = text
			}
			d.Type(member, t)
		}
	}
	d.dirty = false
}

// Forget drops what was typed and not booked.
func (d *Dues) Forget() error {
	clear(d.typed)
	clear(d.ticked)
	d.dirty = true
	return d.Keep()
}

// TidyMethod turns a letter or two into a way of paying: x is 现金, w 微信转账.
func (d *Dues) TidyMethod(typed string) string {
	return completed(d.Methods(), typed)
}

// completed returns the first option that begins with what was typed, by letters or
// pinyin; what is one already, or none, stays.
func completed(options []string, typed string) string {
	if typed == "" || slices.Contains(options, typed) {
		return typed
	}
	for _, option := range options {
		if matchesStart(typed, option) {
			return option
		}
	}
	return typed
}
