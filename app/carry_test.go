package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/courier"
	"zhibu/sync/server"
	"zhibu/sync/server/pgtest"
)

// slow is the clock of a laptop that is an hour behind its district.
func slow() time.Time { return time.Now().Add(-time.Hour) }

// enrolled makes a laptop that belongs to the branch of a district.
func enrolled(t *testing.T, d *server.Server, url, branchID string) machine {
	t.Helper()
	s, _, err := storage.Create(t.TempDir(), "测试用的一句密码", storage.Options{Now: slow, Cost: storage.Cost{Time: 1, Memory: 8 << 10, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	in, err := d.Invite(t.Context(), branchID, "secretary")
	if err != nil {
		t.Fatal(err)
	}
	m := machine{s, slow}
	e, err := admit(t.Context(), url, in.Code, slow)
	if err == nil {
		err = m.enrol(e)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// served runs a district with one branch until the test ends.
func served(t *testing.T, store string, opt server.Options) (d *server.Server, url, branchID string) {
	t.Helper()
	opt.Rules.Roles = server.DefaultRoles()
	d, err := server.Open(store, opt)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stop := d.Start(l)
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	made, err := d.AddBranch(t.Context(), server.Branch{Name: "甲支部"})
	if err != nil {
		t.Fatal(err)
	}
	return d, "http://" + l.Addr().String(), made.ID
}

// photographed adds an attachment that a member's record names.
func (m machine) photographed(t *testing.T, content []byte) storage.Attachment {
	t.Helper()
	file, err := m.AddFile("照片.txt", content)
	if err == nil {
		_, err = m.Apply(record.Edit{Kind: "member", Set: record.Values{"name": "陈立群", "photo": file.SHA}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// exchanged exchanges without an error.
func (m machine) exchanged(t *testing.T) sync.Outcome {
	t.Helper()
	out, err := m.exchange(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (m machine) wantFile(t *testing.T, sha string, content []byte) {
	t.Helper()
	if _, got, err := m.File(sha); err != nil || !bytes.Equal(got, content) {
		t.Errorf("a laptop has %d bytes of %d: %v", len(got), len(content), err)
	}
}

func TestAttachmentsReachTheOtherLaptop(t *testing.T) {
	d, url, branchID := served(t, t.TempDir(), server.Options{})
	a, b := enrolled(t, d, url, branchID), enrolled(t, d, url, branchID)
	content := bytes.Repeat([]byte("签到表\n"), 5000)
	file := a.photographed(t, content)
	a.exchanged(t)
	b.exchanged(t)
	b.wantFile(t, file.SHA, content)
	if out := a.exchanged(t); out.Requests != 1 {
		t.Errorf("with nothing new: %d requests", out.Requests)
	}
	e, _ := a.Enrolment()
	c, err := courier.New(e, courier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (attachments{b.Store}).download(t.Context(), c, file.SHA); err != nil {
		t.Error("taking a file twice:", err)
	}
	if _, err := b.TakeFile(file.SHA, []byte("另一个")); record.CodeOf(err) != "FILE_OTHER" {
		t.Errorf("another file under that name: %v", err)
	}
}

// What the district lost comes back from the laptop that has it, unasked.
func TestLostAttachmentsAreSentAnew(t *testing.T) {
	dir := t.TempDir()
	d, url, branchID := served(t, t.TempDir(), server.Options{Blobs: dir})
	a := enrolled(t, d, url, branchID)
	content := bytes.Repeat([]byte("签到表\n"), 5000)
	file := a.photographed(t, content)
	a.exchanged(t)
	if err := os.Remove(filepath.Join(dir, file.SHA[:2], file.SHA)); err != nil {
		t.Fatal(err)
	}
	b := enrolled(t, d, url, branchID)
	b.exchanged(t)
	if out := a.exchanged(t); out.Files != 1 {
		t.Errorf("%d attachments sent anew", out.Files)
	}
	b.exchanged(t)
	b.wantFile(t, file.SHA, content)
	if out := a.exchanged(t); out.Requests != 1 {
		t.Errorf("with nothing new: %d requests", out.Requests)
	}
}

// One attachment that cannot be carried holds up no other, in either direction, and
// is told apart: the exchange went well.
func TestOneAttachmentHoldsUpNoOther(t *testing.T) {
	dir := t.TempDir()
	d, url, branchID := served(t, t.TempDir(), server.Options{Blobs: dir})
	a, b := enrolled(t, d, url, branchID), enrolled(t, d, url, branchID)
	theirs, ours := bytes.Repeat([]byte("乙"), 10), bytes.Repeat([]byte("甲"), 5000)
	come := b.photographed(t, theirs)
	b.exchanged(t)
	stuck, goes := a.photographed(t, []byte("小的先传")), a.photographed(t, ours)
	place := filepath.Join(dir, stuck.SHA[:2], stuck.SHA)
	if err := os.MkdirAll(filepath.Join(place, "x"), 0o700); err != nil { // the district cannot keep it
		t.Fatal(err)
	}
	out := a.exchanged(t)
	if out.Files != 2 || out.FilesLeft != 1 || !strings.Contains(out.String(), "附件还有 1 个待传：区里没有收下这个附件") {
		t.Errorf("%+v: %s", out, out)
	}
	a.wantFile(t, come.SHA, theirs)
	b.exchanged(t)
	b.wantFile(t, goes.SHA, ours)
	if err := os.RemoveAll(place); err != nil {
		t.Fatal(err)
	}
	if out := a.exchanged(t); out.Files != 1 || out.FilesLeft != 0 {
		t.Errorf("the next time: %+v", out)
	}
}

// A district that keeps no attachments is told of as what it is.
func TestADistrictWithoutAttachments(t *testing.T) {
	d, url, branchID := served(t, pgtest.Start(t).Database("district"), server.Options{})
	a := enrolled(t, d, url, branchID)
	a.photographed(t, []byte("照片"))
	if out := a.exchanged(t); out.Pushed != 1 || out.FilesLeft != 1 || !strings.Contains(out.FilesWhy, "没有附件目录，附件先留在本机") {
		t.Errorf("%+v: %s", out, out)
	}
}
