// Package print makes the official forms of a branch as paper: minutes, rosters,
// registers, letters, plates, the book of a year. A form is one explicit file
// that names its source; it gets records and what is around them and returns a
// Document, which can be written as PDF, painted for preview, or put over
// pre-printed stationery. Only subpackage page speaks to a PDF library.
package print
