// Package record holds the data model that every other package shares: what a
// register is (Kind, Field, Type), what a record is (a set of named values),
// what a change is (one op per save) and how two changes merge. It is pure: no
// files, no network, no wall clock.
package record

import (
	"errors"
	"strings"
)

// Error is a refusal with two faces: Code for machines, Say for people. Say is
// one plain Chinese sentence (or two) that names what happened, what to do and,
// where it matters, what was kept.
type Error struct {
	Code string // stable upper-case code, e.g. "DATE_INVALID"
	Say  string // the sentence shown to a person
	Err  error  // the cause, if any; never shown to a person
}

// Error returns the code and the cause for logs; it never contains a value a
// person typed.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Code + ": " + e.Err.Error()
	}
	return e.Code
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Refuse makes an Error without a cause.
func Refuse(code, say string) *Error { return &Error{Code: code, Say: say} }

// Wrap makes an Error around a cause.
func Wrap(err error, code, say string) *Error { return &Error{Code: code, Say: say, Err: err} }

// CodeOf returns the code of the first Error in err's chain, or "".
func CodeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

// SayOf returns the sentence of the first Error in err's chain. For any other
// error it returns a sentence that is true of every unexpected failure.
func SayOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok && e.Say != "" {
		return e.Say
	}
	return "程序遇到没有料到的问题，这一步没有做成。请再试一次；已存的内容都在。"
}

// Parts divides the sentence of an error into the three it is written in: what
// happened, up to the first 。, what to do, and after the last ； what was kept. An
// error that says nothing of it changed nothing.
func Parts(err error) (happened, do, kept string) {
	happened, do, _ = strings.Cut(SayOf(err), "。")
	if at := strings.LastIndex(do, "；"); at >= 0 {
		return happened, do[:at] + "。", do[at+len("；"):]
	}
	return happened, do, "已存的内容都在。"
}

// Severity says what a Complaint means for saving.
type Severity int

// The severities. Info and Warn never stop a save; Block does.
const (
	Info  Severity = iota // worth knowing, e.g. a normalised value
	Warn                  // saved, but marked for review
	Block                 // not saved until mended
)

// String returns "info", "warn" or "error", as the JSON of import reports it.
func (s Severity) String() string { return [...]string{"info", "warn", "error"}[s] }

// Complaint is one finding about one value of a record.
type Complaint struct {
	Path     string   // field path, "" for the record as a whole
	Severity Severity // what it means for saving
	Code     string   // stable code
	Say      string   // Chinese sentence: what happened, what to do
}

// Blocking reports whether any complaint forbids saving.
func Blocking(cs []Complaint) bool {
	for _, c := range cs {
		if c.Severity == Block {
			return true
		}
	}
	return false
}
