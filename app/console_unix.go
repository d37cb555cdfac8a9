//go:build !windows

package main

import (
	"io"
	"os"
)

// console returns where a command writes.
func console() (out, complain io.Writer) { return os.Stdout, os.Stderr }
