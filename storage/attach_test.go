package storage_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w {
		img.Set(i, i%h, color.RGBA{uint8(i), uint8(i >> 3), 90, 255})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAttachmentIsStoredOnceAndReadWhole(t *testing.T) {
	s := storetest.Open(t)
	data := bytes.Repeat([]byte("会议签到表"), 60_000) // several parts
	data = append([]byte("%PDF-1.7 "), data...)
	a, err := s.AddFile("签到.pdf", data)
	if err != nil || a.MIME != "application/pdf" {
		t.Fatalf("%+v %v", a, err)
	}
	if _, err := s.AddFile("签到副本.pdf", data); err != nil {
		t.Fatal(err)
	}
	all, err := s.Files()
	if err != nil || len(all) != 1 {
		t.Fatalf("files %+v %v", all, err)
	}
	s = reopen(t, s)
	_, got, err := s.File(a.SHA)
	if err != nil || !bytes.Equal(got, data) {
		t.Fatalf("read %d bytes, %v", len(got), err)
	}
}

func TestPhotoIsReencodedAndHEICRefused(t *testing.T) {
	s := storetest.Open(t)
	a, err := s.AddFile("合影.png", picture(t, 3000, 1500))
	if err != nil || a.MIME != "image/jpeg" {
		t.Fatalf("%+v %v", a, err)
	}
	_, data, err := s.File(a.SHA)
	if err != nil {
		t.Fatal(err)
	}
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || format != "jpeg" || cfg.Width != 2000 || cfg.Height != 1000 {
		t.Errorf("%v %s %v", cfg, format, err)
	}
	if _, err := s.AddFile("IMG.heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")); record.CodeOf(err) != "PHOTO_HEIC" {
		t.Errorf("heic: %v", err)
	}
}

func TestQuotaAndSizeAreChecked(t *testing.T) {
	s := storetest.Open(t, func(o *storage.Options) { o.Quota = 1000 })
	for code, data := range map[string][]byte{
		"FILE_EMPTY": nil,
		"FILE_QUOTA": make([]byte, 2000),
		"FILE_LARGE": make([]byte, storage.MaxFile+1),
	} {
		if _, err := s.AddFile("a.bin", data); record.CodeOf(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestOrphansGoAfterThirtyDays(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.Local)
	s := storetest.Open(t, func(o *storage.Options) { o.Now = func() time.Time { return now } })
	kept, err := s.AddFile("a.pdf", []byte("%PDF-a"))
	if err != nil {
		t.Fatal(err)
	}
	alone, err := s.AddFile("b.pdf", []byte("%PDF-b"))
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, record.Edit{Kind: "meeting", Set: record.Values{"minutes_file": kept.SHA}})
	for _, step := range []struct {
		days, gone int
	}{{0, 0}, {29, 0}, {2, 1}, {60, 0}} {
		now = now.AddDate(0, 0, step.days)
		if gone, err := s.DropOrphans(); err != nil || gone != step.gone {
			t.Fatalf("after %d more days: %d gone, %v", step.days, gone, err)
		}
	}
	if _, _, err := s.File(kept.SHA); err != nil {
		t.Errorf("named file: %v", err)
	}
	if _, _, err := s.File(alone.SHA); record.CodeOf(err) != "FILE_GONE" {
		t.Errorf("orphan: %v", err)
	}
}
