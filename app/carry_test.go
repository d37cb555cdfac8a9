package main

import (
	"bytes"
	"net"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/sync/courier"
	"zhibu/sync/server"
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
	if _, err := m.join(t.Context(), url, in.Code); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAttachmentsReachTheOtherLaptop(t *testing.T) {
	d, err := server.Open(t.TempDir(), server.Options{Rules: server.Rules{Roles: server.DefaultRoles()}})
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
	url := "http://" + l.Addr().String()
	a, b := enrolled(t, d, url, made.ID), enrolled(t, d, url, made.ID)

	content := bytes.Repeat([]byte("签到表\n"), 5000)
	file, err := a.AddFile("签到表.txt", content)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Apply(record.Edit{Kind: "member", Set: record.Values{"name": "陈立群", "photo": file.SHA}}); err != nil {
		t.Fatal(err)
	}
	for _, m := range []machine{a, b} {
		if _, err := m.exchange(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, got, err := b.File(file.SHA); err != nil || !bytes.Equal(got, content) {
		t.Fatalf("the other laptop has %d bytes of %d: %v", len(got), len(content), err)
	}
	if out, err := a.exchange(t.Context()); err != nil || out.Requests != 1 {
		t.Errorf("with nothing new: %d requests, %v", out.Requests, err)
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
