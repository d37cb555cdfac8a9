package screen

import "zhibu/app/branch"

// BlankDesk returns the desk before anything on it is worked out: Next does that, for
// ten thousand members in the better part of a second.
func BlankDesk(b *Book) *Desk { return &Desk{book: b, reminders: &branch.Reminders{}} }
