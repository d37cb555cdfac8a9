package screen

import (
	"slices"
	"time"

	"zhibu/storage/record"
)

// Acts that the chain of what left the program knows.
const (
	ActExport = "export"
	ActPrint  = "print"
	ActReveal = "reveal" // a masked value was shown whole
)

// Left is one entry of the chain: something left the program or was shown whole.
type Left struct {
	At       time.Time
	By       string
	Act      string
	Kind, ID string // the record; ID "" for a whole list
	What     string // form code, file name
}

// Auditor is a store that keeps that chain.
type Auditor interface {
	// Note appends an entry; what it is about happens only when it is stored.
	Note(act, kind, id, what string) error
	// Trail returns the entries, oldest first.
	Trail() ([]Left, error)
}

// Reveal notes that the sensitive values of a record are about to be shown whole.
func (b *Book) Reveal(r record.Record) error {
	if a, ok := b.Store.(Auditor); ok {
		return a.Note(ActReveal, r.Kind, r.ID, "")
	}
	return nil
}

// Look is one time whole numbers were shown on this laptop.
type Look struct{ At, By, Title string }

// Looks returns the times whole numbers were shown, newest first.
func (b *Book) Looks() []Look {
	a, ok := b.Store.(Auditor)
	if !ok {
		return nil
	}
	trail, err := a.Trail()
	if err != nil {
		return nil // a broken chain is told by the check, not here
	}
	var out []Look
	for _, e := range slices.Backward(trail) {
		if e.Act != ActReveal {
			continue
		}
		look := Look{At: e.At.Format(time.DateTime), By: e.By, Title: e.ID}
		if r, ok := b.Get(e.Kind, e.ID); ok {
			look.Title = b.Title(r)
		}
		out = append(out, look)
	}
	return out
}
