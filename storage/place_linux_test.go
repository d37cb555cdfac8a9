package storage_test

import (
	"path/filepath"
	"testing"

	"zhibu/storage"
	"zhibu/storage/internal/powerfs"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// TestNetworkDriveIsRefused mounts a real file system of the type that a network
// drive of the desktop has, with a sound store on it.
func TestNetworkDriveIsRefused(t *testing.T) {
	for _, name := range []string{"sshfs", "gvfsd-fuse"} {
		b := backupOf(t, "甲")
		mount, unmount := mounted(t, powerfs.New(1, false), name, made(t))
		refused(t, mount, "NETWORK_DRIVE")
		before := len(snapshotOf(t, mount))
		if _, _, err := storage.Create(filepath.Join(mount, "新建"), storetest.Passphrase, storetest.Options(nil)); record.CodeOf(err) != "NETWORK_DRIVE" {
			t.Errorf("%s: create: %v", name, err)
		}
		if _, _, err := storage.Restore(filepath.Join(mount, "恢复"), b, storetest.Passphrase, storage.RestoreOptions{Options: storetest.Options(nil)}); record.CodeOf(err) != "NETWORK_DRIVE" {
			t.Errorf("%s: restore: %v", name, err)
		}
		if entries, err := filepath.Glob(filepath.Join(mount, "*")); err != nil || len(entries) != before {
			t.Errorf("%s: something was made: %v %v", name, entries, err)
		}
		unmount()
	}
}

// backupOf makes a store with one member and returns the path of a backup of it.
func backupOf(t *testing.T, name string) string {
	t.Helper()
	s := storetest.Open(t)
	member(t, s, name)
	return backup(t, s).Path
}
