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
	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/courier"
)

// sentSetting holds which attachments the district has, one hash a line: what it
// has is not asked for again at every exchange.
const sentSetting = "attachments_at_district"

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
	sent := strings.Fields(a.Setting(sentSetting))
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
	all := append(strings.Fields(a.Setting(sentSetting)), shas...)
	slices.Sort(all)
	return a.SetSetting(sentSetting, strings.Join(slices.Compact(all), "\n"))
}

// Forget lets every attachment be offered anew: the district may have lost some.
func (a attachments) Forget() error { return a.SetSetting(sentSetting, "") }

// heed forgets what the district has when an exchange tells that it lost some.
func (a attachments) heed(out sync.Outcome) error {
	lost := strconv.FormatInt(out.Lost, 10)
	if !out.Rebuilt && (out.Lost == 0 || lost == a.Setting(lostSetting)) {
		return nil
	}
	return errors.Join(a.Forget(), a.SetSetting(lostSetting, lost))
}

// carry sends the attachments the district lacks and fetches those that records
// name and this laptop lacks. It stops at the first one that cannot be carried;
// the next exchange goes on from there. It returns how many were carried.
func (a attachments) carry(ctx context.Context, c *courier.Courier) (int, error) {
	unsent, _, err := a.Unsent()
	if err != nil {
		return 0, err
	}
	wanted, err := a.Wanted()
	if err != nil {
		return 0, err
	}
	var carried []string
	for _, sha := range unsent {
		if err == nil {
			if err = a.upload(ctx, c, sha); err == nil {
				carried = append(carried, sha)
			}
		}
	}
	for _, sha := range wanted {
		if err == nil {
			var there bool
			if there, err = a.download(ctx, c, sha); there {
				carried = append(carried, sha)
			}
		}
	}
	return len(carried), errors.Join(err, a.Sent(carried))
}

func (a attachments) upload(ctx context.Context, c *courier.Courier, sha string) error {
	data, err := a.Read(sha)
	if err != nil {
		return err
	}
	return c.Upload(ctx, sha, bytes.NewReader(data), int64(len(data)), nil)
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
