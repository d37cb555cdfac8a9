package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/tus/tusd/v2/pkg/filestore"
	"github.com/tus/tusd/v2/pkg/handler"
	"github.com/tus/tusd/v2/pkg/memorylocker"
	expslog "golang.org/x/exp/slog"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Bounds of attachments: of one, and of a branch's together.
const (
	MaxBlob   = 64 << 20
	blobQuota = 5 << 30
)

// blobs keeps attachments by their hash in a folder; uploads go by tus 1.0, so a
// broken one goes on where it stopped. Which branch has which is in the ledger:
// a hash that only another branch has is not there.
type blobs struct {
	dir string
	tus *handler.UnroutedHandler
}

type uploader struct{}

// upload is who uploads what, carried by the request's context to tus' hooks.
type upload struct{ branch string }

var blobName = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (s *Server) newBlobs(dir string) (*blobs, error) {
	under := filepath.Join(dir, "uploads")
	if err := os.MkdirAll(under, 0o700); err != nil {
		return nil, record.Wrap(err, "STORE_UNUSABLE", "附件目录不能写。请检查权限；没有改动任何内容。")
	}
	composer := handler.NewStoreComposer()
	filestore.New(under).UseIn(composer)
	memorylocker.New().UseIn(composer)
	b := &blobs{dir: dir}
	var err error
	b.tus, err = handler.NewUnroutedHandler(handler.Config{
		StoreComposer: composer, BasePath: sync.PathUpload, MaxSize: MaxBlob, DisableDownload: true, DisableTermination: true,
		DisableConcatenation: true, Logger: expslog.New(expslog.NewTextHandler(io.Discard, nil)),
		PreUploadCreateCallback: s.beforeUpload, PreFinishResponseCallback: s.afterUpload,
	})
	return b, err
}

// path of a blob: a folder a hash prefix keeps folders small.
func (b *blobs) path(sha string) string { return filepath.Join(b.dir, sha[:2], sha) }

// uploadID is fixed by branch and hash, so that a laptop finds its broken upload
// again without remembering anything, and nobody finds another's.
func uploadID(branch, sha string) string { return branch + "-" + sha }

func refuseUpload(status int, why string) error { return handler.NewError("ERR_REFUSED", why, status) }

// beforeUpload checks the declared hash and the branch's quota.
func (s *Server) beforeUpload(hook handler.HookEvent) (handler.HTTPResponse, handler.FileInfoChanges, error) {
	who, ok := hook.Context.Value(uploader{}).(upload)
	sha := hook.Upload.MetaData["sha256"]
	if !ok || !blobName.MatchString(sha) {
		return handler.HTTPResponse{}, handler.FileInfoChanges{}, refuseUpload(http.StatusBadRequest, "declare sha256")
	}
	var used int64
	err := s.ledger.view(hook.Context, who.branch, func(tx branchTx) (err error) {
		used, err = tx.blobBytes()
		return err
	})
	if err != nil {
		return handler.HTTPResponse{}, handler.FileInfoChanges{}, refuseUpload(http.StatusInternalServerError, "quota unknown")
	}
	if used+hook.Upload.Size > blobQuota {
		return handler.HTTPResponse{}, handler.FileInfoChanges{}, refuseUpload(http.StatusInsufficientStorage, "quota of the branch is used up")
	}
	return handler.HTTPResponse{}, handler.FileInfoChanges{ID: uploadID(who.branch, sha), MetaData: handler.MetaData{"sha256": sha}}, nil
}

// afterUpload computes the hash anew; only what is what it says is kept.
func (s *Server) afterUpload(hook handler.HookEvent) (handler.HTTPResponse, error) {
	who, ok := hook.Context.Value(uploader{}).(upload)
	if !ok {
		return handler.HTTPResponse{}, refuseUpload(http.StatusForbidden, "no branch")
	}
	sha := hook.Upload.MetaData["sha256"]
	part := filepath.Join(s.blobs.dir, "uploads", hook.Upload.ID)
	err := s.keepBlob(hook.Context, who.branch, sha, part)
	drop := errors.Join(remove(part), remove(part+".info"))
	if err != nil {
		s.opt.Log.Warn("attachment refused", "branch", who.branch, "error", err.Error())
		return handler.HTTPResponse{}, refuseUpload(http.StatusConflict, "content is not what was declared")
	}
	return handler.HTTPResponse{}, drop
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (s *Server) keepBlob(ctx context.Context, branch, sha, part string) error {
	size, err := checkHash(part, sha)
	if err != nil {
		return err
	}
	final := s.blobs.path(sha)
	if err := os.MkdirAll(filepath.Dir(final), 0o700); err != nil {
		return fmt.Errorf("attachment: %w", err)
	}
	if err := os.Rename(part, final); err != nil {
		return fmt.Errorf("attachment: %w", err)
	}
	return s.ledger.update(ctx, branch, func(tx branchTx) error { return tx.putBlob(sha, size, s.opt.Now().UnixMilli()) })
}

func checkHash(path, sha string) (size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("attachment: %w", err)
	}
	sum := sha256.New()
	size, err = io.Copy(sum, f)
	if err := errors.Join(err, f.Close()); err != nil {
		return 0, fmt.Errorf("attachment: %w", err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != sha {
		return 0, errors.New("hash differs")
	}
	return size, nil
}

var errNoBlob = record.Refuse("BLOB_MISSING", "区里没有这个附件。请在有原件的电脑上同步一次。")

// serveBlob says whether the branch has an attachment (HEAD) or gives it, from
// any byte on.
func (s *Server) serveBlob(w http.ResponseWriter, r *call) error {
	sha := r.PathValue("sha")
	if s.blobs == nil || !blobName.MatchString(sha) {
		return errNoBlob
	}
	has := false
	err := s.ledger.view(r.Context(), r.device.Branch, func(tx branchTx) (err error) {
		has, err = tx.hasBlob(sha)
		return err
	})
	if err != nil {
		return err
	}
	if !has {
		return errNoBlob
	}
	f, err := os.Open(s.blobs.path(sha))
	if err != nil {
		return record.Wrap(err, errNoBlob.Code, errNoBlob.Say)
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	http.ServeContent(w, r.Request, "", time.Time{}, f)
	return f.Close()
}

// serveUpload hands a signed request on to tus. An upload of another branch is
// not there, whatever its id.
func (s *Server) serveUpload(w http.ResponseWriter, r *call) error {
	if s.blobs == nil {
		return record.Refuse("NO_BLOBS", "这个服务端没有附件目录，附件先留在本机。请告诉区里用 --blobs 指定目录。")
	}
	id := strings.TrimPrefix(r.URL.Path, sync.PathUpload)
	if id != "" && !strings.HasPrefix(id, r.device.Branch+"-") {
		return errNoBlob
	}
	req := r.Request.Clone(context.WithValue(r.Context(), uploader{}, upload{branch: r.device.Branch}))
	req.URL.Path = "/" + id // tus looks below its own base path
	req.Body = io.NopCloser(bytes.NewReader(r.body))
	tus := map[string]http.HandlerFunc{"POST": s.blobs.tus.PostFile, "HEAD": s.blobs.tus.HeadFile, "PATCH": s.blobs.tus.PatchFile}
	s.blobs.tus.Middleware(tus[r.Method]).ServeHTTP(w, req)
	return nil
}
