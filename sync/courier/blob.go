package courier

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"zhibu/storage/record"
	"zhibu/sync"
)

// chunk is what one request of an upload carries; a break costs at most that. On a line
// of 10 KB/s it goes within the two minutes that the district waits for a request.
const chunk = 512 << 10

// Upload sends an attachment by its SHA-256 (64 hexadecimal digits), from where
// an earlier try stopped, unless the district has it.
func (c *Courier) Upload(ctx context.Context, sha string, content io.ReaderAt, size int64) error {
	have, err := c.ask(ctx, http.MethodHead, sync.PathBlob+sha, nil, nil)
	if err == nil && have.StatusCode == http.StatusOK {
		return have.Body.Close()
	}
	if err != nil && record.CodeOf(err) != "BLOB_MISSING" {
		return err
	}
	path, offset, err := c.beginUpload(ctx, sha, size)
	if err != nil {
		return err
	}
	buffer := make([]byte, chunk)
	for offset < size {
		n, err := content.ReadAt(buffer[:min(chunk, size-offset)], offset)
		if err != nil && !errors.Is(err, io.EOF) {
			return record.Wrap(err, "BLOB_UNREADABLE", "附件在本机读不出来，没有传。请检查文件是否还在。")
		}
		header := http.Header{"Upload-Offset": {strconv.FormatInt(offset, 10)}, "Content-Type": {"application/offset+octet-stream"}}
		if _, err := c.tus(ctx, http.MethodPatch, path, buffer[:n], header); err != nil {
			return err
		}
		offset += int64(n)
	}
	return nil
}

// beginUpload finds an upload that broke off, or makes one. Its address follows
// from branch and hash.
func (c *Courier) beginUpload(ctx context.Context, sha string, size int64) (path string, offset int64, err error) {
	who, _ := c.identity()
	path = sync.PathUpload + who.Branch + "-" + sha
	resp, err := c.tus(ctx, http.MethodHead, path, nil, nil)
	if err == nil {
		offset, err = strconv.ParseInt(resp.Header.Get("Upload-Offset"), 10, 64)
		if err != nil || offset < 0 || offset > size {
			return "", 0, garbage(fmt.Errorf("upload at %q of %d", resp.Header.Get("Upload-Offset"), size))
		}
		return path, offset, nil
	}
	if code := record.CodeOf(err); code != "BLOB_REFUSED" && code != "BLOB_MISSING" {
		return "", 0, err
	}
	header := http.Header{"Upload-Length": {strconv.FormatInt(size, 10)},
		"Upload-Metadata": {"sha256 " + base64.StdEncoding.EncodeToString([]byte(sha))}}
	_, err = c.tus(ctx, http.MethodPost, sync.PathUpload, nil, header)
	return path, 0, err
}

// tus sends one request of the tus protocol. Its refusals are plain text and
// become one sentence.
func (c *Courier) tus(ctx context.Context, method, path string, body []byte, header http.Header) (*http.Response, error) {
	if header == nil {
		header = http.Header{}
	}
	header.Set("Tus-Resumable", "1.0.0")
	resp, err := c.ask(ctx, method, path, body, header)
	if err != nil {
		return nil, err
	}
	text, err := c.read(resp)
	if err != nil {
		return nil, explain(ctx, err)
	}
	if resp.StatusCode/100 != 2 {
		return nil, record.Wrap(fmt.Errorf("status %d: %.200s", resp.StatusCode, text), "BLOB_REFUSED",
			"区里没有收下这个附件（内容对不上，或支部的附件空间已满）。附件还在本机，稍后再试；仍不行请告诉区里。")
	}
	return resp, nil
}

// ask sends a request whose answer is no message. A refusal of the district
// itself still comes back as its sentence.
func (c *Courier) ask(ctx context.Context, method, path string, body []byte, header http.Header) (*http.Response, error) {
	for try := 0; ; try++ {
		resp, err := c.raw(ctx, method, path, body, header)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode/100 == 2 {
			return resp, nil
		}
		if method == http.MethodHead || resp.Header.Get("Tus-Resumable") != "" {
			return c.bare(resp)
		}
		err = c.refused(ctx, resp)
		if try == 0 && record.CodeOf(err) == "CLOCK_OFF" {
			continue
		}
		return nil, err
	}
}

// bare turns an answer without a body of ours into what it means.
func (c *Courier) bare(resp *http.Response) (*http.Response, error) {
	switch {
	case resp.Header.Get("Tus-Resumable") != "":
		return resp, nil
	case resp.StatusCode == http.StatusUnauthorized:
		return nil, errors.Join(record.Refuse("PROOF_INVALID", "区里不认这台电脑，附件没有传。请先同步一次看看原因。"), resp.Body.Close())
	}
	return nil, errors.Join(record.Refuse("BLOB_MISSING", "区里没有这个附件。请在有原件的电脑上同步一次。"), resp.Body.Close())
}

// Download writes an attachment to w from byte from on; a connection that breaks
// is taken up again. The caller compares the hash: it is the name.
func (c *Courier) Download(ctx context.Context, sha string, from int64, w io.Writer) (int64, error) {
	d := &download{courier: c, ctx: ctx, path: sync.PathBlob + strings.ToLower(sha), at: from}
	if err := d.open(); err != nil {
		return 0, err
	}
	n, err := io.Copy(w, d)
	return n, errors.Join(err, d.Close())
}
