package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/courier"
)

// lostSetting holds when the district, by its own word, last lost an attachment.
const lostSetting = "attachments_lost"

// attachments are a laptop's own as they travel, by net or by stick.
type attachments struct{ *storage.Store }

// Unsent implements bundle.Shelf: smallest first.
func (a attachments) Unsent() (shas []string, sizes []int64, err error) {
	files, err := a.Files()
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(files, func(x, y storage.Attachment) int { return cmp.Compare(x.Size, y.Size) })
	sent := strings.Fields(a.Setting(screen.SettingSent))
	for _, f := range files {
		if !slices.Contains(sent, f.SHA) {
			shas, sizes = append(shas, f.SHA), append(sizes, f.Size)
		}
	}
	return shas, sizes, nil
}

// Wanted implements bundle.Shelf.
func (a attachments) Wanted() ([]string, error) {
	files, err := a.Files()
	if err != nil {
		return nil, err
	}
	missing := map[string]bool{}
	for _, k := range branch.Catalog() {
		for _, r := range a.All(k.Name) {
			for path, value := range r.Values {
				if f, ok := k.Field(path); ok && value != "" && f.Type.Name() == (record.File{}).Name() {
					missing[value] = true
				}
			}
		}
	}
	for _, f := range files {
		delete(missing, f.SHA)
	}
	return slices.Sorted(maps.Keys(missing)), nil
}

// Read implements bundle.Shelf.
func (a attachments) Read(sha string) ([]byte, error) {
	_, data, err := a.File(sha)
	return data, err
}

// Take implements bundle.Shelf.
func (a attachments) Take(sha string, data []byte) error {
	_, err := a.TakeFile(sha, data)
	return err
}

// Sent implements bundle.Shelf.
func (a attachments) Sent(shas []string) error {
	if len(shas) == 0 {
		return nil
	}
	all := append(strings.Fields(a.Setting(screen.SettingSent)), shas...)
	slices.Sort(all)
	return a.SetSetting(screen.SettingSent, strings.Join(slices.Compact(all), "\n"))
}

// Forget lets every attachment be offered anew: the district may have lost some.
func (a attachments) Forget() error { return a.SetSetting(screen.SettingSent, "") }

// heed forgets what the district has when an exchange tells that it lost some.
func (a attachments) heed(out sync.Outcome) error {
	lost := strconv.FormatInt(out.Lost, 10)
	if !out.Rebuilt && (out.Lost == 0 || lost == a.Setting(lostSetting)) {
		return nil
	}
	return errors.Join(a.Forget(), a.SetSetting(lostSetting, lost))
}

// carry sends the attachments the district lacks and fetches those that records
// name and this laptop lacks, and counts both in out. One that cannot be carried
// holds up no other; only what stops them all ends it: no network, no district.
func (a attachments) carry(ctx context.Context, c *courier.Courier, out *sync.Outcome) error {
	unsent, _, err := a.Unsent()
	if err != nil {
		return err
	}
	wanted, err := a.Wanted()
	if err != nil {
		return err
	}
	var carried []string
	move := func(sha string, way func(context.Context, *courier.Courier, string) (bool, error)) {
		there := false
		if err == nil {
			there, err = way(ctx, c, sha)
		}
		switch {
		case there:
			carried = append(carried, sha)
		case ofOne(err), record.CodeOf(err) == noBlobs:
			out.FilesLeft, out.FilesWhy = out.FilesLeft+1, cmp.Or(out.FilesWhy, record.SayOf(err))
		}
		if ofOne(err) {
			err = nil
		}
	}
	for _, sha := range unsent {
		move(sha, a.upload)
	}
	for _, sha := range wanted {
		move(sha, a.download)
	}
	if record.CodeOf(err) == noBlobs {
		err = nil // the rest of the exchange is none the worse
	}
	out.Files = len(carried)
	return errors.Join(err, a.Sent(carried))
}

// noBlobs is the code of a district that keeps no attachments.
const noBlobs = "NO_BLOBS"

// ofOne reports whether an error concerns one attachment alone.
func ofOne(err error) bool {
	code := record.CodeOf(err)
	return strings.HasPrefix(code, "BLOB_") || strings.HasPrefix(code, "FILE_")
}

func (a attachments) upload(ctx context.Context, c *courier.Courier, sha string) (bool, error) {
	data, err := a.Read(sha)
	if err != nil {
		return false, record.Wrap(err, "FILE_UNREADABLE", "有附件在本机读不出来，没有传。请打开有这个附件的记录看看，需要时重新添加。")
	}
	err = c.Upload(ctx, sha, bytes.NewReader(data), int64(len(data)))
	return err == nil, err
}

// download fetches one attachment and tells whether the district has it. One that
// nobody has sent yet is no error: it comes with a later exchange.
func (a attachments) download(ctx context.Context, c *courier.Courier, sha string) (bool, error) {
	into := &bounded{most: storage.MaxFile}
	switch _, err := c.Download(ctx, sha, 0, into); {
	case record.CodeOf(err) == "BLOB_MISSING":
		return false, nil
	case err != nil:
		return false, err
	}
	return true, a.Take(sha, into.Bytes())
}

// bounded collects bytes up to a limit.
type bounded struct {
	bytes.Buffer
	most int
}

// Write implements io.Writer.
func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.most {
		return 0, record.Refuse("FILE_LARGE", "区里传来的附件超过 20 MB，没有存。请区里换成小一些的；其他内容照常更新。")
	}
	return b.Buffer.Write(p)
}
