package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"zhibu/app/branch"
	"zhibu/app/branch/sample"
	"zhibu/app/ui/drive"
	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// startPass opens the books of the start's benchmark; it is typed key by key.
const startPass = "yunzhan2026"

// BenchmarkStart is the time from the start of the program to its lock screen and from
// there to the start page with everything due on it, and the memory taken then; beside
// it an empty window with the same fonts. A real window under Xvfb: the figures hold
// the driver's own pauses of up to 0.15 s.
func BenchmarkStart(b *testing.B) {
	at := time.Date(2026, 11, 20, 14, 32, 0, 0, time.Local)
	program, empty := builtFor(b, "."), builtFor(b, "./ui/drive/window")
	b.Run("empty window", func(b *testing.B) {
		for b.Loop() {
			d := openDesk(b)
			begin := time.Now()
			need(b, d.Start(os.Stderr, "打字", empty, "empty"))
			seen(b, d, "空窗口")
			b.ReportMetric(time.Since(begin).Seconds(), "s-to-frame")
			weigh(b, d)
		}
	})
	for _, members := range []int{20, 10_000} {
		b.Run(fmt.Sprintf("%d members", members), func(b *testing.B) {
			data := booksOf(b, members, at)
			for b.Loop() {
				d := openDesk(b)
				d.Setenv("ZHIBU_NOW=" + at.Format("2006-01-02 15:04"))
				begin := time.Now()
				need(b, d.Start(os.Stderr, "支部台账", program, "open", "--data", data))
				seen(b, d, "已锁定")
				b.ReportMetric(time.Since(begin).Seconds(), "s-to-lock")
				need(b, d.Type(startPass))
				begin = time.Now()
				need(b, d.Key("Return"))
				seen(b, d, "待办提醒")
				b.ReportMetric(time.Since(begin).Seconds(), "s-to-desk")
				weigh(b, d)
			}
		})
	}
}

func openDesk(b *testing.B) *drive.Desk {
	b.Helper()
	d, err := drive.Open(b.Context(), b.TempDir(), screenWidth, screenHeight)
	need(b, err)
	b.Cleanup(func() { need(b, d.Close()) })
	return d
}

// seen waits for a text, a minute on a machine that is busy.
func seen(b *testing.B, d *drive.Desk, text string) {
	b.Helper()
	var err error
	for range 3 {
		if _, err = d.Wait(text); err == nil {
			return
		}
	}
	b.Fatal(err)
}

func weigh(b *testing.B, d *drive.Desk) {
	b.Helper()
	bytes, err := d.Resident()
	need(b, err)
	b.ReportMetric(float64(bytes)/1e6, "MB-resident")
	need(b, d.Close())
}

func need(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// booksOf makes a data folder with the sample branch of so many members, its history
// packed as the program does it every day.
func booksOf(b *testing.B, members int, at time.Time) string {
	b.Helper()
	opt := storetest.Options(func() time.Time { return at })
	opt.Guards = branch.Guards()
	dir := filepath.Join(b.TempDir(), "data")
	s, _, err := storage.Create(dir, startPass, opt)
	need(b, err)
	for some := range slices.Chunk(sample.Edits(record.DateOf(at), members), 2000) {
		_, err := s.Apply(some...)
		need(b, err)
	}
	need(b, s.Compact(b.Context(), nil))
	need(b, s.Close())
	return dir
}
