package server_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"zhibu/storage/record"
	"zhibu/sync/courier"
	"zhibu/sync/server"
)

// attachments is a district with a store of attachments, asked over HTTP.
type attachments struct {
	world
	url string
	now time.Time
}

// stores are the addresses of the two kinds of store: a folder, and a server
// that speaks S3.
func stores(t *testing.T) map[string]string {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "district")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "only for this test")
	backend := s3mem.New()
	if err := backend.CreateBucket("zhibu"); err != nil {
		t.Fatal(err)
	}
	s3 := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(s3.Close)
	return map[string]string{"folder": filepath.Join(t.TempDir(), "blobs"), "s3": "s3://zhibu/district?endpoint=" + s3.URL + "&uploads=" + t.TempDir()}
}

func onBoth(t *testing.T, test func(t *testing.T, a *attachments)) {
	for name, address := range stores(t) {
		t.Run(name, func(t *testing.T) {
			a := &attachments{now: time.Now()}
			a.world = open(t, t.TempDir(), server.Options{Blobs: address, Now: func() time.Time { return a.now }})
			ts := httptest.NewServer(a.Handler())
			t.Cleanup(ts.Close)
			a.url = ts.URL
			test(t, a)
		})
	}
}

func (a *attachments) courier(l *near) *courier.Courier {
	a.t.Helper()
	e, _ := l.Enrolment()
	e.Server = a.url
	c, err := courier.New(e, courier.Options{Now: func() time.Time { return a.now }})
	if err != nil {
		a.t.Fatal(err)
	}
	a.t.Cleanup(c.Close)
	return c
}

func bytesOf(size int, fill byte) (sha string, data []byte) {
	data = bytes.Repeat([]byte{fill}, size)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), data
}

func (a *attachments) upload(c *courier.Courier, sha string, data []byte) {
	a.t.Helper()
	if err := c.Upload(context.Background(), sha, bytes.NewReader(data), int64(len(data))); err != nil {
		a.t.Fatalf("%v: %s", err, record.SayOf(err))
	}
}

func (a *attachments) has(c *courier.Courier, sha string) bool {
	a.t.Helper()
	_, err := c.Download(context.Background(), sha, 0, io.Discard)
	if err != nil && record.CodeOf(err) != "BLOB_MISSING" {
		a.t.Fatal(err)
	}
	return err == nil
}

func (a *attachments) sweep(want server.Swept) {
	a.t.Helper()
	got, err := a.Sweep(context.Background())
	if err != nil || got != want {
		a.t.Fatalf("swept %+v, want %+v: %v", got, want, err)
	}
}

func TestAttachmentsComeBackFromEitherStore(t *testing.T) {
	onBoth(t, func(t *testing.T, a *attachments) {
		b := a.branch("甲支部")
		one, two, other := a.courier(a.laptop(b, "")), a.courier(a.laptop(b, "")), a.courier(a.laptop(a.branch("乙支部"), ""))
		sha, data := bytesOf(5<<20, 'x')
		a.upload(one, sha, data)
		var got bytes.Buffer
		if _, err := two.Download(context.Background(), sha, 0, &got); err != nil || !bytes.Equal(got.Bytes(), data) {
			t.Fatalf("%d bytes came back: %v", got.Len(), err)
		}
		got.Reset()
		if _, err := two.Download(context.Background(), sha, 5<<20-3, &got); err != nil || got.String() != "xxx" {
			t.Errorf("from the middle: %q, %v", got.String(), err)
		}
		if a.has(other, sha) {
			t.Error("another branch has it by its hash")
		}
		wrong, _ := bytesOf(10, 'y')
		if err := one.Upload(context.Background(), wrong, strings.NewReader("zzzzzzzzzz"), 10); record.CodeOf(err) != "BLOB_REFUSED" {
			t.Errorf("other content: %v", err)
		}
		a.upload(other, sha, data) // by its own bytes it may
		if !a.has(other, sha) {
			t.Error("not kept for the second branch")
		}
	})
}

// An attachment that the store lost or spoilt is not said to be there, and the
// laptops hear that it must come anew.
func TestALostAttachmentIsAskedForAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "blobs")
	a := &attachments{now: time.Now()}
	a.world = open(t, t.TempDir(), server.Options{Blobs: dir, Now: func() time.Time { return a.now }})
	ts := httptest.NewServer(a.Handler())
	t.Cleanup(ts.Close)
	a.url = ts.URL
	l := a.laptop(a.branch("甲支部"), "")
	c := a.courier(l)
	sha, data := bytesOf(1000, 'a')
	file := filepath.Join(dir, sha[:2], sha)
	for name, spoil := range map[string]func() error{
		"gone":   func() error { return os.Remove(file) },
		"empty":  func() error { return os.Truncate(file, 0) },
		"spoilt": func() error { return os.WriteFile(file, make([]byte, 1000), 0o600) },
	} {
		a.upload(c, sha, data)
		a.now = a.now.Add(time.Hour)
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		if a.has(c, sha) {
			t.Errorf("%s, and given all the same", name)
		}
		if out := l.sync(); out.Lost != a.now.UnixMilli() {
			t.Errorf("%s: the laptop hears of %d", name, out.Lost)
		}
		if a.upload(c, sha, data); !a.has(c, sha) {
			t.Errorf("%s: not taken anew", name)
		}
		if err := spoil(); err != nil { // nobody asked for it meanwhile
			t.Fatal(err)
		}
	}
	if a.upload(c, sha, data); !a.has(c, sha) {
		t.Error("said to be there though it is not")
	}
}

// An attachment goes when no record has named it for 30 days, and its bytes when
// no branch has it: not sooner, whatever happens meanwhile.
func TestAttachmentsNobodyNamesGo(t *testing.T) {
	onBoth(t, func(t *testing.T, a *attachments) {
		l := a.laptop(a.branch("甲支部"), "")
		c := a.courier(l)
		sha, data := bytesOf(1000, 'a')
		kept, more := bytesOf(1000, 'b')
		a.upload(c, sha, data)
		a.upload(c, kept, more)
		l.edit("meeting", "m1", "files/1/file", sha, "files/2/file", kept)
		l.sync()
		later := func(days int) { a.now = a.now.Add(time.Duration(days) * 24 * time.Hour) }
		later(400)
		a.sweep(server.Swept{})
		l.edit("meeting", "m1", "files/1/file", "")
		l.sync()
		a.sweep(server.Swept{})
		later(29)
		a.sweep(server.Swept{})
		if !a.has(c, sha) {
			t.Fatal("gone while it might be taken back")
		}
		later(2)
		a.sweep(server.Swept{Refs: 1, Blobs: 1})
		if a.has(c, sha) || !a.has(c, kept) {
			t.Error("the wrong one went")
		}
		a.upload(c, sha, data)
		l.edit("meeting", "m1", "files/1/file", sha)
		l.sync()
		later(31)
		a.sweep(server.Swept{})
	})
}

// The photo of a person goes along when the person is transferred.
func TestAttachmentsGoAlongWithATransfer(t *testing.T) {
	onBoth(t, func(t *testing.T, a *attachments) {
		from, to := a.branch("甲支部"), a.branch("乙支部")
		l, there := a.laptop(from, ""), a.courier(a.laptop(to, ""))
		photo, data := bytesOf(1000, 'p')
		other, more := bytesOf(1000, 'q')
		a.upload(a.courier(l), photo, data)
		a.upload(a.courier(l), other, more)
		l.edit("member", "m1", "name", "李伟", "photo", photo)
		l.sync()
		if err := a.Transfer(context.Background(), from.ID, "member", "m1", to.ID, "区里"); err != nil {
			t.Fatal(err)
		}
		if !a.has(there, photo) || a.has(there, other) {
			t.Error("the new branch has not the photo, or has more than it")
		}
	})
}

// An upload that meets a sweep about to remove the same bytes is not said to be
// kept; after the sweep it is.
func TestUploadMeetsASweep(t *testing.T) {
	onBoth(t, func(t *testing.T, a *attachments) {
		l := a.laptop(a.branch("甲支部"), "")
		c := a.courier(l)
		sha, data := bytesOf(1000, 'a')
		if err := a.MarkGoing(context.Background(), sha); err != nil {
			t.Fatal(err)
		}
		if err := c.Upload(context.Background(), sha, bytes.NewReader(data), 1000); record.CodeOf(err) != "BLOB_REFUSED" {
			t.Fatalf("said to be kept: %v", err)
		}
		if a.has(c, sha) {
			t.Error("the branch has what is going")
		}
		a.sweep(server.Swept{})
		a.upload(c, sha, data)
		if !a.has(c, sha) {
			t.Error("not kept after the sweep")
		}
	})
}

func TestUploadsNeverFinishedGo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "blobs")
	a := &attachments{now: time.Now()}
	a.world = open(t, t.TempDir(), server.Options{Blobs: dir, Now: func() time.Time { return a.now }})
	for _, name := range []string{"b-x", "b-x.info"} {
		if err := os.WriteFile(filepath.Join(dir, "uploads", name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a.sweep(server.Swept{})
	a.now = a.now.Add(31 * 24 * time.Hour)
	a.sweep(server.Swept{Uploads: 1})
	left, err := os.ReadDir(filepath.Join(dir, "uploads"))
	if err != nil || len(left) != 0 {
		t.Errorf("%d files left, %v", len(left), err)
	}
}

// Uploads that were begun count against the quota: whoever never ends them cannot
// fill the disk.
func TestUploadsBegunCount(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{Quick: true, Blobs: filepath.Join(t.TempDir(), "blobs")})
	in := &intruder{t: t, w: w, handler: w.Handler()}
	l := w.laptop(w.branch("甲支部"), "")
	begin := func(i int, length, value string) int {
		r := httptest.NewRequest("POST", "/v1/upload/", nil)
		r.Header.Set("Authorization", in.sign(l, "POST", "/v1/upload/", nil)(nil))
		r.Header.Set("Tus-Resumable", "1.0.0")
		r.Header.Set("Upload-Metadata", "sha256 "+base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "%064x", i)))
		r.Header.Set(length, value)
		rec := httptest.NewRecorder()
		in.handler.ServeHTTP(rec, r)
		return rec.Code
	}
	most := fmt.Sprint(server.MaxBlob)
	for i := range 80 { // 5 GB
		if code := begin(i, "Upload-Length", most); code != http.StatusCreated {
			t.Fatalf("upload %d: %d", i, code)
		}
	}
	if code := begin(80, "Upload-Length", most); code != http.StatusInsufficientStorage {
		t.Errorf("beyond the quota: %d", code)
	}
	if code := begin(79, "Upload-Length", most); code != http.StatusCreated {
		t.Errorf("one begun anew: %d", code)
	}
	if code := begin(81, "Upload-Defer-Length", "1"); code != http.StatusBadRequest {
		t.Errorf("of no declared size: %d", code)
	}
}

func TestKeysOfAStoreAreNotShown(t *testing.T) {
	for address, code := range map[string]string{
		"s3://key:secret@zhibu?endpoint=http://127.0.0.1:1&uploads=/x": "S3_KEY_SHOWN",
		"s3://zhibu":                             "S3_ADDRESS",
		"s3://zhibu?endpoint=ftp://x&uploads=/x": "S3_ADDRESS",
		"s3://zhibu?endpoint=http://127.0.0.1:1": "S3_ADDRESS",
	} {
		_, err := server.Open(t.TempDir(), server.Options{Blobs: address, Temp: t.TempDir()})
		if record.CodeOf(err) != code || strings.Contains(record.SayOf(err), "secret") {
			t.Errorf("%s: %v", address, err)
		}
	}
	addresses := stores(t)
	missing := strings.Replace(addresses["s3"], "zhibu/", "nobody/", 1)
	if _, err := server.Open(t.TempDir(), server.Options{Blobs: missing, Temp: t.TempDir()}); record.CodeOf(err) != "S3_UNUSABLE" {
		t.Errorf("a bucket that is not there: %v", err)
	}
}
