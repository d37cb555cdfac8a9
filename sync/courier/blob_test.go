package courier_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"zhibu/storage/record"
	"zhibu/sync/courier"
	"zhibu/sync/model"
	"zhibu/sync/server"
)

func photo(size int) (string, []byte) {
	data := make([]byte, size)
	random := rand.NewChaCha8([32]byte{1})
	_, _ = random.Read(data) // never fails
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), data
}

// breaking is a file that cannot be read past a byte: the laptop dies there.
type breaking struct {
	io.ReaderAt
	at int64
}

var errDied = errors.New("laptop died")

func (b breaking) ReadAt(p []byte, off int64) (int, error) {
	if off >= b.at {
		return 0, errDied
	}
	return b.ReaderAt.ReadAt(p, off)
}

func at(t *testing.T, l *model.Laptop) *courier.Courier {
	t.Helper()
	e, _ := l.Enrolment()
	c, err := courier.New(e, courier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAttachmentGoesOnWhereItBroke(t *testing.T) {
	d := startDistrict(t, server.Rules{})
	b := d.branch(t, "甲支部")
	one, two, other := at(t, d.join(t, b, nil)), at(t, d.join(t, b, nil)), at(t, d.join(t, d.branch(t, "乙支部"), nil))
	ctx := context.Background()
	sha, data := photo(13 << 20)
	if err := one.Upload(ctx, sha, breaking{bytes.NewReader(data), 8 << 20}, int64(len(data))); !errors.Is(err, errDied) {
		t.Fatalf("broken upload: %v", err)
	}
	sent := one.Traffic()
	if err := one.Upload(ctx, sha, bytes.NewReader(data), int64(len(data))); err != nil || one.Traffic().Up-sent.Up > 6<<20 {
		t.Fatalf("went on with %d bytes: %v", one.Traffic().Up-sent.Up, err)
	}
	var got bytes.Buffer
	if n, err := two.Download(ctx, sha, 0, &got); err != nil || n != int64(len(data)) || !bytes.Equal(got.Bytes(), data) {
		t.Fatalf("download of %d bytes: %v", n, err)
	}
	got.Reset()
	if _, err := two.Download(ctx, sha, 13<<20-10, &got); err != nil || !bytes.Equal(got.Bytes(), data[13<<20-10:]) {
		t.Errorf("download of the end: %v", err)
	}
	if _, err := other.Download(ctx, sha, 0, io.Discard); record.CodeOf(err) != "BLOB_MISSING" {
		t.Errorf("another branch's attachment by its hash: %v", err)
	}
	sent = one.Traffic()
	if err := one.Upload(ctx, sha, bytes.NewReader(data), int64(len(data))); err != nil || one.Traffic().Up-sent.Up > 1000 {
		t.Errorf("sent again what is there: %v", err)
	}
}

func TestAttachmentMustBeWhatItSays(t *testing.T) {
	d := startDistrict(t, server.Rules{})
	c := at(t, d.join(t, d.branch(t, "甲支部"), nil))
	sha, data := photo(1000)
	data[7] ^= 1
	ctx := context.Background()
	if err := c.Upload(ctx, sha, bytes.NewReader(data), 1000); record.CodeOf(err) != "BLOB_REFUSED" {
		t.Fatalf("other content: %v", err)
	}
	if _, err := c.Download(ctx, sha, 0, io.Discard); record.CodeOf(err) != "BLOB_MISSING" {
		t.Errorf("kept other content: %v", err)
	}
	data[7] ^= 1
	if err := c.Upload(ctx, sha, bytes.NewReader(data), 1000); err != nil {
		t.Errorf("the right content after the wrong: %v", err)
	}
	if err := c.Upload(ctx, sha[:10], bytes.NewReader(data), 1000); err == nil {
		t.Error("a name that is no hash")
	}
}
