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

// blobs keeps attachments by their hash; uploads go by tus 1.0, so a broken one
// goes on where it stopped. Which branch has which is in the ledger: a hash that
// only another branch has is not there.
type blobs struct {
	store   blobStore
	uploads string // folder of uploads under way
	tus     *handler.UnroutedHandler
}

type uploader struct{}

// upload is who uploads what, carried by the request's context to tus' hooks.
type upload struct{ branch string }

var blobName = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (s *Server) newBlobs(address string) (*blobs, error) {
	store, uploads, err := openBlobStore(address)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(uploads, 0o700); err != nil {
		return nil, record.Wrap(err, "STORE_UNUSABLE", "附件目录不能写。请检查权限；没有改动任何内容。")
	}
	composer := handler.NewStoreComposer()
	filestore.New(uploads).UseIn(composer)
	memorylocker.New().UseIn(composer)
	b := &blobs{store: store, uploads: uploads}
	b.tus, err = handler.NewUnroutedHandler(handler.Config{
		StoreComposer: composer, BasePath: sync.PathUpload, MaxSize: MaxBlob, DisableDownload: true, DisableTermination: true,
		DisableConcatenation: true, Logger: expslog.New(expslog.NewTextHandler(io.Discard, nil)),
		PreUploadCreateCallback: s.beforeUpload, PreFinishResponseCallback: s.afterUpload,
	})
	return b, err
}

// uploadID is fixed by branch and hash, so that a laptop finds its broken upload
// again without remembering anything, and nobody finds another's.
func uploadID(branch, sha string) string { return branch + "-" + sha }

func refuseUpload(status int, why string) error { return handler.NewError("ERR_REFUSED", why, status) }

// beforeUpload checks the declared hash and the branch's quota.
func (s *Server) beforeUpload(hook handler.HookEvent) (handler.HTTPResponse, handler.FileInfoChanges, error) {
	who, ok := hook.Context.Value(uploader{}).(upload)
	sha := hook.Upload.MetaData["sha256"]
	if !ok || !blobName.MatchString(sha) || hook.Upload.SizeIsDeferred {
		return handler.HTTPResponse{}, handler.FileInfoChanges{}, refuseUpload(http.StatusBadRequest, "declare sha256 and size")
	}
	switch err := s.roomFor(hook.Context, who.branch, sha, hook.Upload.Size); {
	case errors.Is(err, errQuota):
		return handler.HTTPResponse{}, handler.FileInfoChanges{}, refuseUpload(http.StatusInsufficientStorage, "quota of the branch is used up")
	case err != nil:
		return handler.HTTPResponse{}, handler.FileInfoChanges{}, refuseUpload(http.StatusInternalServerError, "quota unknown")
	}
	return handler.HTTPResponse{}, handler.FileInfoChanges{ID: uploadID(who.branch, sha), MetaData: handler.MetaData{"sha256": sha}}, nil
}

var errQuota = record.Refuse("BLOB_QUOTA", "这个支部在区里的附件空间已满，没有收。附件还在那台电脑上，请先清理不用的附件。")

// roomFor refuses an attachment of size bytes beyond the branch's quota. Other
// uploads that were begun count as if they were here.
func (s *Server) roomFor(ctx context.Context, branch, sha string, size int64) error {
	begun, err := filepath.Glob(filepath.Join(s.blobs.uploads, uploadID(branch, "*.info")))
	if err != nil {
		return fmt.Errorf("uploads: %w", err)
	}
	for _, path := range begun {
		id := strings.TrimSuffix(filepath.Base(path), ".info")
		info, err := s.blobs.info(ctx, id)
		switch {
		case errors.Is(err, handler.ErrNotFound) || id == uploadID(branch, sha): // ended at this moment, or begins anew
		case err != nil: // written half when the power went: no other upload waits for that
			s.opt.Log.Error("upload unreadable", "upload", id, "error", err.Error())
		default:
			size += info.Size
		}
	}
	return s.ledger.view(ctx, branch, func(tx branchTx) error {
		refs, err := tx.blobs()
		for _, ref := range refs {
			size += ref.Size
		}
		if err == nil && size > blobQuota {
			return errQuota
		}
		return err
	})
}

// info returns what is known of an upload under way.
func (b *blobs) info(ctx context.Context, id string) (handler.FileInfo, error) {
	u, err := filestore.New(b.uploads).GetUpload(ctx, id)
	if err != nil {
		return handler.FileInfo{}, err
	}
	return u.GetInfo(ctx)
}

// afterUpload computes the hash anew; only what is what it says is kept.
func (s *Server) afterUpload(hook handler.HookEvent) (handler.HTTPResponse, error) {
	who, ok := hook.Context.Value(uploader{}).(upload)
	if !ok {
		return handler.HTTPResponse{}, refuseUpload(http.StatusForbidden, "no branch")
	}
	sha := hook.Upload.MetaData["sha256"]
	part := filepath.Join(s.blobs.uploads, hook.Upload.ID)
	err := s.keepBlob(hook.Context, who.branch, sha, part)
	drop := errors.Join(remove(part), remove(part+".info"))
	switch {
	case errors.Is(err, errHash):
		s.opt.Log.Warn("attachment refused", "branch", who.branch)
		return handler.HTTPResponse{}, refuseUpload(http.StatusConflict, "content is not what was declared")
	case err != nil:
		s.opt.Log.Error("attachment not stored", "branch", who.branch, "error", err.Error())
		return handler.HTTPResponse{}, refuseUpload(http.StatusServiceUnavailable, "not stored, send it again")
	}
	return handler.HTTPResponse{}, drop
}

var errHash = errors.New("hash differs")

// keepBlob stores the bytes first, then that the branch has them. A sweep that is
// about to remove the same bytes is noticed (sweep.go): they are sent once more.
func (s *Server) keepBlob(ctx context.Context, branch, sha, part string) error {
	size, err := checkHash(part, sha)
	if err != nil {
		return err
	}
	if err := s.blobs.store.put(ctx, sha, part); err != nil {
		return err
	}
	ref := blobRef{SHA: sha, Size: size, At: s.opt.Now().UnixMilli()}
	if err := s.ledger.update(ctx, branch, func(tx branchTx) error { return tx.putBlob(ref) }); err != nil {
		return err
	}
	return s.stillThere(ctx, branch, sha)
}

func checkHash(path, sha string) (size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("attachment: %w", err)
	}
	size, err = checkSum(f, sha)
	return size, errors.Join(err, f.Close())
}

func checkSum(r io.Reader, sha string) (size int64, err error) {
	sum := sha256.New()
	if size, err = io.Copy(sum, r); err != nil {
		return size, fmt.Errorf("attachment: %w", err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != sha {
		return size, errHash
	}
	return size, nil
}

// openBlob opens an attachment that a branch has. One that is not there, or not
// what was stored, is lost: the branch has it no more, and its laptops are told to
// offer theirs anew.
func (s *Server) openBlob(ctx context.Context, branch, sha string) (io.ReadSeekCloser, error) {
	f, err := s.blobs.store.open(ctx, sha)
	if err == nil {
		if _, err = checkSum(f, sha); err == nil {
			_, err = f.Seek(0, io.SeekStart)
		}
		if err == nil {
			return f, nil
		}
		err = errors.Join(err, f.Close())
	}
	if !errors.Is(err, errHash) && record.CodeOf(err) != errNoBlob.Code {
		return nil, err
	}
	s.opt.Log.Error("attachment lost", "branch", branch, "sha256", sha)
	err = s.ledger.update(ctx, branch, func(tx branchTx) error {
		head, err := tx.head()
		if err != nil {
			return err
		}
		head.Lost = s.opt.Now().UnixMilli()
		return errors.Join(tx.dropBlob(sha), tx.setHead(head))
	})
	return nil, errors.Join(err, errNoBlob)
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
	f, err := s.openBlob(r.Context(), r.device.Branch, sha)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	http.ServeContent(w, r.Request, "", time.Time{}, f)
	return f.Close()
}

var errNoBlobs = record.Refuse("NO_BLOBS", "这个服务端没有附件目录，附件先留在本机。请告诉区里用 --blobs 指定目录。")

// serveUpload hands a signed request on to tus. An upload of another branch is
// not there, whatever its id.
func (s *Server) serveUpload(w http.ResponseWriter, r *call) error {
	if s.blobs == nil {
		return errNoBlobs
	}
	id := strings.TrimPrefix(r.URL.Path, sync.PathUpload)
	if id != "" && !strings.HasPrefix(id, r.device.Branch+"-") {
		return errNoBlob
	}
	if r.Method == http.MethodHead && s.broken(r.Context(), id) {
		return errNoBlob
	}
	req := r.Request.Clone(context.WithValue(r.Context(), uploader{}, upload{branch: r.device.Branch}))
	req.URL.Path = "/" + id // tus looks below its own base path
	req.Body = io.NopCloser(bytes.NewReader(r.body))
	tus := map[string]http.HandlerFunc{"POST": s.blobs.tus.PostFile, "HEAD": s.blobs.tus.HeadFile, "PATCH": s.blobs.tus.PatchFile}
	s.blobs.tus.Middleware(tus[r.Method]).ServeHTTP(w, req)
	return nil
}

// broken reports whether an upload came whole but was not stored: we died in
// between. It is thrown away, so that the laptop sends it again.
func (s *Server) broken(ctx context.Context, id string) bool {
	info, err := s.blobs.info(ctx, id)
	if err != nil || info.Offset < info.Size {
		return false
	}
	part := filepath.Join(s.blobs.uploads, id)
	return errors.Join(remove(part), remove(part+".info")) == nil
}
