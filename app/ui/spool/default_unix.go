//go:build !windows

package spool

import "zhibu/app/screen"

// Default returns the printing of this machine.
func Default() screen.Printers { return CUPS{} }
