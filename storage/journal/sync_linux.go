package journal

import (
	"os"
	"syscall"
)

// through makes every write return only when its data is on the disk: one call
// instead of two. The file's size does not change between growing steps.
const through = syscall.O_DSYNC

func datasync(*os.File) error { return nil }
