package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"

	"zhibu/storage"
	"zhibu/sync"
	"zhibu/sync/bundle"
	"zhibu/sync/courier"
)

// deskShelf gives a stick what a laptop's store holds; what records name that it
// lacks is the app's to know, so nothing is asked for here.
type deskShelf struct{ *storage.Store }

func (d *desk) shelf() deskShelf { return deskShelf{d.Store} }

func (s deskShelf) Unsent() (shas []string, sizes []int64, err error) {
	files, err := s.Files()
	for _, f := range files {
		shas, sizes = append(shas, f.SHA), append(sizes, f.Size)
	}
	return shas, sizes, err
}

func (s deskShelf) Wanted() ([]string, error) { return nil, nil }

func (s deskShelf) Read(sha string) ([]byte, error) {
	_, data, err := s.File(sha)
	return data, err
}

func (s deskShelf) Take(sha string, data []byte) error {
	_, err := s.TakeFile(sha, data)
	return err
}

func (s deskShelf) Sent([]string) error { return nil }

// aged is the district as a program of another version asks it.
type aged struct {
	*courier.Courier
	proto int
}

func (a aged) Sync(ctx context.Context, req sync.Request) (sync.Response, error) {
	req.Proto = [2]int{a.proto, a.proto}
	return a.Courier.Sync(ctx, req)
}

// forging is a district whose ledger somebody has laid hands on: the first row
// of each answer says more than the district wrote.
type forging struct {
	*courier.Courier
	set map[string]string
}

func (f forging) Sync(ctx context.Context, req sync.Request) (sync.Response, error) {
	resp, err := f.Courier.Sync(ctx, req)
	for _, ch := range resp.Channels {
		if len(ch.Rows) == 0 {
			continue
		}
		op, err := ch.Rows[0].Stamped()
		if err != nil {
			return resp, err
		}
		maps.Copy(op.Change.Set, f.set)
		if ch.Rows[0].Body, err = op.Change.Bytes(); err != nil {
			return resp, err
		}
	}
	return resp, err
}

// stick writes what is pending to NAME-1.dsx, NAME-2.dsx …
func (s *story) stick(ts *testscript.TestScript, name string, d *desk) {
	e, _ := d.Enrolment()
	n := 0
	ts.Check(bundle.Export(d.Store, e, d.shelf(), func(f bundle.File) error {
		n++
		return os.WriteFile(filepath.Join(s.dir, fmt.Sprintf("%s-%d-0.dsx", name, n)), f.Data, 0o600)
	}))
}
