package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"zhibu/storage/record"
)

// blobStore keeps the bytes of attachments by their SHA-256 (64 hexadecimal
// digits). There are two, a folder and an S3-compatible store, held to one
// conformance suite.
type blobStore interface {
	// put takes a file over whose hash was checked. To put what is there already
	// changes nothing but its age.
	put(ctx context.Context, sha, path string) error
	// open returns the bytes, errNoBlob where there are none.
	open(ctx context.Context, sha string) (io.ReadSeekCloser, error)
	// drop removes a blob; one that is not there is no error.
	drop(ctx context.Context, sha string) error
	// each visits every blob with the time it was put.
	each(ctx context.Context, visit func(sha string, at time.Time) error) error
}

// openBlobStore opens a folder, or a store at s3://, and says in which folder
// uploads under way are kept.
func openBlobStore(address string) (store blobStore, uploads string, err error) {
	if strings.HasPrefix(address, "s3://") {
		return openS3(address)
	}
	return folder(address), filepath.Join(address, uploadsFolder), nil
}

const uploadsFolder = "uploads"

// folder is a blobStore in the file system: a folder a hash prefix keeps folders
// small.
type folder string

func (f folder) path(sha string) string { return filepath.Join(string(f), sha[:2], sha) }

func (f folder) put(_ context.Context, sha, path string) error {
	to := f.path(sha)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return fmt.Errorf("attachment: %w", err)
	}
	if err := settle(path); err != nil {
		return err
	}
	if err := os.Rename(path, to); err != nil {
		return fmt.Errorf("attachment: %w", err)
	}
	return errors.Join(settle(filepath.Dir(to)), settle(string(f)))
}

// settle forces the bytes of a file, or the names in a folder, onto the disk.
func settle(path string) error {
	if runtime.GOOS == "windows" { // only what is open for writing can be forced there; a district's server is no such machine
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("attachment: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("attachment: %w", err)
	}
	return nil
}

func (f folder) open(_ context.Context, sha string) (io.ReadSeekCloser, error) {
	file, err := os.Open(f.path(sha))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, record.Wrap(err, errNoBlob.Code, errNoBlob.Say)
	}
	if err != nil {
		return nil, fmt.Errorf("attachment: %w", err)
	}
	return file, nil
}

func (f folder) drop(_ context.Context, sha string) error { return remove(f.path(sha)) }

func (f folder) each(ctx context.Context, visit func(string, time.Time) error) error {
	return filepath.WalkDir(string(f), func(_ string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == uploadsFolder:
			return fs.SkipDir
		case !blobName.MatchString(d.Name()):
			return ctx.Err()
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return visit(d.Name(), info.ModTime())
	})
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
