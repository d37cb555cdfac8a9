//go:build linux

package powerfs

import (
	"context"
	"fmt"
	"io"
	"log"
	"maps"
	"slices"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// Mount mounts the disk at dir as a file system of type fuse.name. unmount waits
// until it is gone; whoever has files open there must have ended.
func (d *Disk) Mount(dir, name string) (unmount func() error, err error) {
	none := time.Duration(0)
	server, err := fs.Mount(dir, &folderNode{disk: d, folder: d.root}, &fs.Options{
		EntryTimeout: &none, AttrTimeout: &none, Logger: log.New(io.Discard, "", 0),
		MountOptions: fuse.MountOptions{DirectMount: true, Name: name, MaxWrite: 1 << 20},
	})
	if err != nil {
		return nil, fmt.Errorf("mount by /dev/fuse: %w", err)
	}
	return func() error {
		// Detached: a process that was just killed may still be letting go of files.
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			return fmt.Errorf("unmount: %w", err)
		}
		server.Wait()
		return nil
	}, nil
}

type folderNode struct {
	fs.Inode
	disk   *Disk
	folder *folder
}

type fileNode struct {
	fs.Inode
	disk *Disk
	file *file
}

var (
	_ fs.NodeLookuper  = (*folderNode)(nil)
	_ fs.NodeCreater   = (*folderNode)(nil)
	_ fs.NodeMkdirer   = (*folderNode)(nil)
	_ fs.NodeUnlinker  = (*folderNode)(nil)
	_ fs.NodeRenamer   = (*folderNode)(nil)
	_ fs.NodeReaddirer = (*folderNode)(nil)
	_ fs.NodeFsyncer   = (*folderNode)(nil)
	_ fs.NodeStatfser  = (*folderNode)(nil)
	_ fs.NodeOpener    = (*fileNode)(nil)
	_ fs.NodeReader    = (*fileNode)(nil)
	_ fs.NodeWriter    = (*fileNode)(nil)
	_ fs.NodeFsyncer   = (*fileNode)(nil)
	_ fs.NodeSetattrer = (*fileNode)(nil)
	_ fs.NodeGetattrer = (*fileNode)(nil)
)

// child returns the inode of an entry.
func (n *folderNode) child(ctx context.Context, entry any, out *fuse.EntryOut) *fs.Inode {
	if sub, ok := entry.(*folder); ok {
		out.Mode = fuse.S_IFDIR | 0o700
		return n.NewInode(ctx, &folderNode{disk: n.disk, folder: sub}, fs.StableAttr{Mode: fuse.S_IFDIR})
	}
	f, _ := entry.(*file)
	out.Mode, out.Size = fuse.S_IFREG|0o600, uint64(len(f.now))
	return n.NewInode(ctx, &fileNode{disk: n.disk, file: f}, fs.StableAttr{Mode: fuse.S_IFREG})
}

func (n *folderNode) Lookup(ctx context.Context, name string, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	entry, ok := n.folder.now[name]
	if !ok {
		return nil, syscall.ENOENT
	}
	return n.child(ctx, entry, out), 0
}

func (n *folderNode) Create(ctx context.Context, name string, _, _ uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if errno := n.disk.may(0); errno != 0 {
		return nil, nil, 0, errno
	}
	entry := &file{dirty: map[int64]bool{}}
	n.folder.now[name] = entry
	n.folder.changed()
	return n.child(ctx, entry, out), nil, 0, 0
}

func (n *folderNode) Mkdir(ctx context.Context, name string, _ uint32, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if errno := n.disk.may(0); errno != 0 {
		return nil, errno
	}
	entry := newFolder()
	n.folder.now[name] = entry
	n.folder.changed()
	return n.child(ctx, entry, out), 0
}

func (n *folderNode) Unlink(_ context.Context, name string) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if errno := n.disk.may(0); errno != 0 {
		return errno
	}
	n.forget(name)
	n.folder.changed()
	return 0
}

// forget takes a name out and gives its room back.
func (n *folderNode) forget(name string) {
	if f, ok := n.folder.now[name].(*file); ok {
		n.disk.used -= int64(len(f.now))
	}
	delete(n.folder.now, name)
}

func (n *folderNode) Rename(_ context.Context, name string, to fs.InodeEmbedder, newName string, _ uint32) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if other, ok := to.(*folderNode); !ok || other.folder != n.folder {
		return syscall.EXDEV
	}
	if errno := n.disk.may(0); errno != 0 {
		return errno
	}
	entry, ok := n.folder.now[name]
	if !ok {
		return syscall.ENOENT
	}
	delete(n.folder.now, name)
	n.forget(newName)
	n.folder.now[newName] = entry
	n.folder.changed()
	return 0
}

func (n *folderNode) Readdir(context.Context) (fs.DirStream, syscall.Errno) {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	var list []fuse.DirEntry
	for _, name := range slices.Sorted(maps.Keys(n.folder.now)) {
		mode := uint32(fuse.S_IFREG)
		if _, ok := n.folder.now[name].(*folder); ok {
			mode = fuse.S_IFDIR
		}
		list = append(list, fuse.DirEntry{Name: name, Mode: mode})
	}
	return fs.NewListDirStream(list), 0
}

func (n *folderNode) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if errno := n.disk.may(0); errno != 0 {
		return errno
	}
	if !n.disk.lies {
		n.folder.sync()
	}
	return 0
}

func (n *folderNode) Statfs(_ context.Context, out *fuse.StatfsOut) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	out.Bsize = 4096
	out.Blocks = uint64(n.disk.limit / 4096)
	out.Bavail = uint64(max(0, n.disk.limit-n.disk.used) / 4096)
	out.Bfree = out.Bavail
	return 0
}

func (n *fileNode) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	return nil, 0, 0
}

func (n *fileNode) Read(_ context.Context, _ fs.FileHandle, dest []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if off >= int64(len(n.file.now)) {
		return fuse.ReadResultData(nil), 0
	}
	return fuse.ReadResultData(dest[:copy(dest, n.file.now[off:])]), 0
}

func (n *fileNode) Write(_ context.Context, _ fs.FileHandle, data []byte, off int64) (uint32, syscall.Errno) {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if errno := n.disk.may(off + int64(len(data)) - int64(len(n.file.now))); errno != 0 {
		return 0, errno
	}
	n.file.write(data, off)
	return uint32(len(data)), 0
}

func (n *fileNode) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if errno := n.disk.may(0); errno != 0 {
		return errno
	}
	if !n.disk.lies {
		n.file.sync()
	}
	return 0
}

func (n *fileNode) Setattr(ctx context.Context, fh fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if size, ok := in.GetSize(); ok {
		n.disk.mu.Lock()
		grow := int64(size) - int64(len(n.file.now))
		errno := n.disk.may(grow)
		if errno == 0 {
			n.disk.used += min(grow, 0)
			n.file.resize(int64(size))
		}
		n.disk.mu.Unlock()
		if errno != 0 {
			return errno
		}
	}
	return n.Getattr(ctx, fh, out)
}

func (n *fileNode) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	out.Mode, out.Size = fuse.S_IFREG|0o600, uint64(len(n.file.now))
	return 0
}
