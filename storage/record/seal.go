package record

import "strings"

// SealTable is the table inside a record that holds the district's signatures
// over values it owns. A seal is a value like any other, so it is stored, passed
// on, and comes back after a restore, and anybody can check it.
const SealTable = "seal"

// SealPath returns where the seal of the value at path stands.
func SealPath(path string) string {
	return Path(SealTable, strings.ReplaceAll(path, "/", "."), "by")
}

// SealedPath returns the path of the value that the seal at path is of, and
// whether there is a seal at path.
func SealedPath(path string) (of string, ok bool) {
	table, row, column := SplitPath(path)
	if table != SealTable || column != "by" {
		return "", false
	}
	return strings.ReplaceAll(row, ".", "/"), true
}

// Sealed reports whether the district owns the value at path: nobody else may
// change it.
func (r Record) Sealed(path string) bool { return r.Values[SealPath(path)] != "" }
