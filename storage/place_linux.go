package storage

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// freeSpace returns the bytes that may still be written in dir.
func freeSpace(dir string) (int64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, fmt.Errorf("look at disk: %w", err)
	}
	return int64(st.Bavail) * st.Bsize, nil
}

// remote names the network file system that dir lies on, "" for a local disk.
func remote(dir string) string {
	var st unix.Statfs_t
	if unix.Statfs(dir, &st) != nil {
		return ""
	}
	switch uint32(st.Type) {
	case unix.NFS_SUPER_MAGIC:
		return "nfs"
	case unix.SMB_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC:
		return "smb"
	case unix.AFS_SUPER_MAGIC, unix.CODA_SUPER_MAGIC, unix.CEPH_SUPER_MAGIC:
		return "network"
	case unix.FUSE_SUPER_MAGIC:
		return remoteFuse(dir)
	}
	return ""
}

// remoteFuse is remote for a file system that a program provides: only the mount
// table tells which.
func remoteFuse(dir string) string {
	var st unix.Stat_t
	table, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil || unix.Stat(dir, &st) != nil {
		return ""
	}
	device := fmt.Sprintf("%d:%d", unix.Major(st.Dev), unix.Minor(st.Dev))
	for line := range strings.Lines(string(table)) {
		// id parent major:minor root point options… - type source options
		mount, source, _ := strings.Cut(line, " - ")
		if fields := strings.Fields(mount); len(fields) < 3 || fields[2] != device {
			continue
		}
		kind, _, _ := strings.Cut(source, " ")
		if _, name, _ := strings.Cut(kind, "."); slices.Contains(fuseNetworks(), name) {
			return kind
		}
	}
	return ""
}

// fuseNetworks lists the programs that mount what lies on another machine.
func fuseNetworks() []string {
	return []string{"sshfs", "gvfsd-fuse", "kio-fuse", "rclone", "davfs", "davfs2", "s3fs", "glusterfs", "curlftpfs", "smbnetfs", "juicefs", "ceph-fuse"}
}
