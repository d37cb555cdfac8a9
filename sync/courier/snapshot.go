package courier

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// resumes is how often a broken download goes on where it stopped.
const resumes = 5

// Snapshot implements sync.District. A connection that breaks is taken up again
// at the byte where it stopped.
func (c *Courier) Snapshot(ctx context.Context, name string, from int64) (io.ReadCloser, error) {
	d := &download{courier: c, ctx: ctx, path: "/v1/snapshot/" + name, at: from}
	return d, d.open()
}

type download struct {
	courier *Courier
	ctx     context.Context
	path    string
	at      int64
	body    io.ReadCloser
	broken  int
}

func (d *download) open() error {
	header := http.Header{}
	if d.at > 0 {
		header.Set("Range", fmt.Sprintf("bytes=%d-", d.at))
	}
	resp, err := d.courier.do(d.ctx, http.MethodGet, d.path, nil, header)
	if err != nil {
		return err
	}
	if d.at > 0 && resp.StatusCode != http.StatusPartialContent {
		return errors.Join(garbage(fmt.Errorf("asked for bytes from %d, got status %d", d.at, resp.StatusCode)), resp.Body.Close())
	}
	d.body = resp.Body
	return nil
}

// Read implements io.Reader.
func (d *download) Read(p []byte) (int, error) {
	for {
		n, err := d.body.Read(p)
		d.at += int64(n)
		if n > 0 {
			d.broken = 0 // a slow line that moves gets there
		}
		if n > 0 || err == nil || errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return n, err
		}
		if d.broken++; d.broken > resumes || d.ctx.Err() != nil || timedOut(err) {
			return 0, explain(d.ctx, err)
		}
		if err := errors.Join(d.Close(), d.open()); err != nil {
			return 0, err
		}
	}
}

// Close implements io.Closer.
func (d *download) Close() error {
	if d.body == nil {
		return nil
	}
	return d.body.Close()
}
