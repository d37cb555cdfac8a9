package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// SyncFolder makes the names in path's folder durable.
func SyncFolder(path string) error {
	if runtime.GOOS == "windows" { // folders cannot be synced there; renames are journaled
		return nil
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	if err := folder.Sync(); err != nil {
		return errors.Join(fmt.Errorf("sync folder: %w", err), folder.Close())
	}
	return folder.Close()
}
