package main

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/sync/courier"
)

// sentSetting holds which attachments the district has, one hash a line: what it
// has is not asked for again at every exchange.
const sentSetting = "attachments_at_district"

// carryFiles sends the attachments the district lacks and fetches those that
// records name and this laptop lacks, smallest first; it stops at the first one
// that cannot be carried, and the next exchange goes on from there.
func carryFiles(ctx context.Context, s *storage.Store, c *courier.Courier) error {
	files, err := s.Files()
	if err != nil {
		return err
	}
	slices.SortFunc(files, func(a, b storage.Attachment) int { return int(a.Size - b.Size) })
	here := map[string]bool{}
	sent := map[string]bool{}
	for _, sha := range strings.Fields(s.Setting(sentSetting)) {
		sent[sha] = true
	}
	known := len(sent)
	for _, f := range files {
		here[f.SHA] = true
		if err == nil && !sent[f.SHA] {
			if err = upload(ctx, s, c, f.SHA); err == nil {
				sent[f.SHA] = true
			}
		}
	}
	for _, sha := range wanted(s) {
		if err == nil && !here[sha] {
			sent[sha], err = download(ctx, s, c, sha)
		}
	}
	maps.DeleteFunc(sent, func(_ string, there bool) bool { return !there })
	if len(sent) > known {
		err = errors.Join(err, s.SetSetting(sentSetting, strings.Join(slices.Sorted(maps.Keys(sent)), "\n")))
	}
	return err
}

// wanted returns the hashes that live records name, each once.
func wanted(s *storage.Store) []string {
	found := map[string]bool{}
	for _, k := range branch.Catalog() {
		for _, r := range s.All(k.Name) {
			for path, value := range r.Values {
				if f, ok := k.Field(path); ok && value != "" && f.Type.Name() == (record.File{}).Name() {
					found[value] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func upload(ctx context.Context, s *storage.Store, c *courier.Courier, sha string) error {
	_, data, err := s.File(sha)
	if err != nil {
		return err
	}
	return c.Upload(ctx, sha, bytes.NewReader(data), int64(len(data)), nil)
}

// download fetches one attachment and tells whether the district has it. One that
// nobody has sent yet is no error: it comes with a later exchange.
func download(ctx context.Context, s *storage.Store, c *courier.Courier, sha string) (bool, error) {
	into := &bounded{most: storage.MaxFile}
	switch _, err := c.Download(ctx, sha, 0, into); {
	case record.CodeOf(err) == "BLOB_MISSING":
		return false, nil
	case err != nil:
		return false, err
	}
	_, err := s.TakeFile(sha, into.Bytes())
	return true, err
}

// bounded collects bytes up to a limit.
type bounded struct {
	bytes.Buffer
	most int
}

// Write implements io.Writer.
func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.most {
		return 0, record.Refuse("FILE_LARGE", "区里传来的附件超过 20 MB，没有存。")
	}
	return b.Buffer.Write(p)
}
