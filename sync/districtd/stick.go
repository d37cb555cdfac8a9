package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"zhibu/storage/record"
	"zhibu/sync/bundle"
	"zhibu/sync/server"
)

// stick reads files in the order of their numbers and writes the answer to each
// beside it, unless the laptop was stopped. Files that cannot be read are named; the others are still done.
func (p program) stick(c call) (err error) {
	ctl, err := server.Dial(c.store, p.optionsFor(c))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ctl.Close()) }()
	var failed []string
	for _, path := range inOrder(c.args) {
		if err := p.stickFile(ctl, path, c.stopped); err != nil {
			failed = append(failed, filepath.Base(path)+"："+record.SayOf(err))
			continue
		}
		if _, err := fmt.Fprintln(p.out, "已读 "+filepath.Base(path)); err != nil {
			return err
		}
	}
	if len(failed) > 0 {
		return record.Refuse("STICK_FAILED", strings.Join(failed, "\n"))
	}
	return nil
}

// stickFile hands one file in. The answers lie beside it: the first under its name,
// the attachments it asked for under its name and a number.
func (p program) stickFile(ctl *server.Control, path string, stopped bool) error {
	data, err := readFile(path)
	if err != nil {
		return record.Wrap(err, "STICK_UNREADABLE", "读不了这个文件。请检查 U 盘；没有采用任何内容。")
	}
	if stopped {
		return ctl.Call(p.ctx, "POST", "/admin/v1/sticks?stopped=true", data, nil)
	}
	name := strings.TrimSuffix(path, ".dsx")
	for part := 0; ; part++ {
		var answer bytes.Buffer
		if err := ctl.Call(p.ctx, "POST", fmt.Sprintf("/admin/v1/sticks?part=%d", part), data, &answer); err != nil {
			return err
		}
		if answer.Len() == 0 {
			return nil
		}
		out := name + ".dsr"
		if part > 0 {
			out = fmt.Sprintf("%s-%d.dsr", name, part)
		}
		if err := os.WriteFile(out, answer.Bytes(), 0o600); err != nil {
			return record.Wrap(err, "STICK_NOT_WRITTEN", "改动已收下，答复没有写到U盘上。腾出空间后再读一次这个文件，不会重复。")
		}
	}
}

func readFile(path string) (data []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	data, err = io.ReadAll(io.LimitReader(f, bundle.MaxFile+1))
	return data, errors.Join(err, f.Close())
}

// inOrder sorts files of one laptop by the number of their first op, so that
// what follows is not held back for what precedes.
func inOrder(paths []string) []string {
	return slices.SortedFunc(slices.Values(paths), func(a, b string) int {
		return cmp.Or(cmp.Compare(firstOp(a), firstOp(b)), cmp.Compare(a, b))
	})
}

func firstOp(path string) uint64 {
	parts := strings.Split(strings.TrimSuffix(filepath.Base(path), ".dsx"), "-")
	if len(parts) < 2 {
		return 0
	}
	n, err := strconv.ParseUint(parts[len(parts)-2], 10, 64)
	if err != nil {
		return 0
	}
	return n
}
