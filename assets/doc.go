// Package assets holds the files built into the program: fonts, icons, code
// lists, help pages. It knows no other package; each group of files has its own
// Go file with the functions that hand them out.
package assets
