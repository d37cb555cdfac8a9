package storage_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"
	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

func TestScale(t *testing.T) {
	s := storetest.Open(t)
	start := time.Now()
	for f := 0; f < 200_000; f += 10_000 {
		var e []record.Edit
		for i := range 10_000 {
			v := memberValues(f + i)
			if (f+i)%20 != 0 {
				delete(v, "address")
				delete(v, "work")
				delete(v, "native_place")
			}
			e = append(e, record.Edit{Kind: map[bool]string{true: "member", false: "dues"}[(f+i)%20 == 0], ID: fmt.Sprint("r", f+i), Set: v, Batch: "x"})
		}
		if _, err := s.Apply(e...); err != nil {
			t.Fatal(err)
		}
	}
	fmt.Println("200k records", time.Since(start))
	start = time.Now()
	for k := range 9 {
		for f := 0; f < 200_000; f += 10_000 {
			var e []record.Edit
			for i := range 10_000 {
				e = append(e, record.Edit{Kind: map[bool]string{true: "member", false: "dues"}[(f+i)%20 == 0], ID: fmt.Sprint("r", f+i), Set: record.Values{"mobile": fmt.Sprint("139", k, f+i), "remark": fmt.Sprint("改", k)}})
			}
			if _, err := s.Apply(e...); err != nil {
				t.Fatal(err)
			}
		}
		fmt.Println("round", k, time.Since(start))
		if s.CompactDue() && (k == 4 || k == 8) {
			st := time.Now()
			if err := s.Compact(t.Context()); err != nil {
				t.Fatal(err)
			}
			fmt.Println("compact", time.Since(st))
		}
	}
	rep, err := s.Check(t.Context())
	fmt.Printf("%+v %v\n", rep, err)
	dir := s.Dir()
	s.Close()
	runtime.GC()
	start = time.Now()
	n, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("open", time.Since(start))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println("heap MB", m.HeapAlloc>>20, "members", len(n.All("member")))
	start = time.Now()
	for i := range 200 {
		apply(t, n, record.Edit{Kind: "member", ID: "r0", Set: record.Values{"mobile": fmt.Sprint(i)}})
	}
	fmt.Println("save", time.Since(start)/200)
	start = time.Now()
	h, err := n.History("member", "r0")
	fmt.Println("history", len(h), time.Since(start), err)
	start = time.Now()
	u, err := n.PreviewUndo("x")
	fmt.Println("preview undo", len(u.Records), len(u.Later), time.Since(start), err)
	n.Close()
}
