//go:build !linux || x11

package main

// wrongBuild says what is wrong with this program, "" if nothing is.
func wrongBuild() string { return "" }
