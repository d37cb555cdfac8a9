package bundle_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/bundle"
	"zhibu/sync/model"
	"zhibu/sync/server"
)

func district(t testing.TB) (*server.Server, server.Branch) {
	t.Helper()
	s, err := server.Open(t.TempDir(), server.Options{Station: bundle.Station{}, Temp: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	b, err := s.AddBranch(context.Background(), server.Branch{Name: "一支部"})
	if err != nil {
		t.Fatal(err)
	}
	return s, b
}

func join(t testing.TB, s *server.Server, b server.Branch) *model.Laptop {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	invite, err := s.Invite(context.Background(), b.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	j, err := s.Join(context.Background(), sync.Join{Code: invite.Code, Key: public})
	if err != nil {
		t.Fatal(err)
	}
	l := model.NewLaptop(time.Now, nil)
	if err := l.Enrol(record.Enrolment{Branch: j.Branch, Device: j.Device, Key: private.Seed(), ServerKey: j.ServerKey}); err != nil {
		t.Fatal(err)
	}
	return l
}

func export(t testing.TB, l *model.Laptop, on *shelf) (files []bundle.File) {
	t.Helper()
	e, _ := l.Enrolment()
	err := bundle.Export(l, e, on, func(f bundle.File) error {
		files = append(files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func edit(t testing.TB, l *model.Laptop, from, to int) {
	t.Helper()
	for i := from; i <= to; i++ {
		if _, err := l.Edit(fmt.Sprintf("%s/%d", l.Position().Device, i), "member", fmt.Sprintf("m%d", i%50), map[string]string{"name": fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
}

// Files handed in backwards and twice, answers taken late, twice and in any
// order: each op counts once, and both laptops end equal.
func TestSticksInAnyOrder(t *testing.T) {
	s, b := district(t)
	one, two := join(t, s, b), join(t, s, b)
	edit(t, one, 1, 2500)
	files := export(t, one, &shelf{})
	if len(files) != 3 {
		t.Fatalf("%d files of 2500 ops", len(files))
	}
	var answers [][]byte
	for _, i := range []int{2, 0, 1, 1, 2} {
		answer, device, err := s.HandIn(context.Background(), files[i].Data, 0)
		if err != nil || device != one.Position().Device {
			t.Fatalf("file %d: %v", i, err)
		}
		answers = append(answers, answer)
	}
	e, _ := one.Enrolment()
	for _, i := range []int{4, 1, 2, 0, 3, 2, 4, 4} {
		if _, err := bundle.Import(one, e, &shelf{}, answers[i]); err != nil && record.CodeOf(err) != "NOT_A_MESSAGE" {
			t.Fatalf("answer %d: %v", i, err)
		}
	}
	if n := len(one.Unsent()); n != 0 {
		t.Errorf("%d ops unanswered", n)
	}
	e2, _ := two.Enrolment()
	answer, _, err := s.HandIn(context.Background(), export(t, two, &shelf{})[0].Data, 0)
	if err != nil {
		t.Fatal(err)
	}
	out, err := bundle.Import(two, e2, &shelf{}, answer)
	if err != nil || out.Pulled != 2500 {
		t.Fatalf("%+v, %v", out, err)
	}
	if one.String() != two.String() {
		t.Error("laptops differ")
	}
}

func TestStickIsForOneReader(t *testing.T) {
	s, b := district(t)
	one, two := join(t, s, b), join(t, s, b)
	edit(t, one, 1, 1)
	file := export(t, one, &shelf{})[0].Data
	answer, _, err := s.HandIn(context.Background(), file, 0)
	if err != nil {
		t.Fatal(err)
	}
	e1, _ := one.Enrolment()
	e2, _ := two.Enrolment()
	if _, err := bundle.Import(two, e2, &shelf{}, answer); record.CodeOf(err) != "STICK_UNREADABLE" {
		t.Errorf("another laptop's answer: %v", err)
	}
	if _, err := bundle.Import(one, e1, &shelf{}, file); record.CodeOf(err) != "STICK_UNREADABLE" {
		t.Errorf("own question as answer: %v", err)
	}
	forged, err := bundle.Seal(sync.StickAnswer, e1.Device, []byte("x"), ed25519.NewKeyFromSeed(e2.Key), ed25519.NewKeyFromSeed(e1.Key).Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bundle.Import(one, e1, &shelf{}, forged); record.CodeOf(err) != "STICK_FORGED" {
		t.Errorf("answer signed by a laptop: %v", err)
	}
	posing, err := bundle.Seal(sync.StickAsk, e1.Device, []byte("x"), ed25519.NewKeyFromSeed(e2.Key), e1.ServerKey)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.HandIn(context.Background(), posing, 0); record.CodeOf(err) != "PROOF_INVALID" {
		t.Errorf("one laptop posing as another: %v", err)
	}
	if err := s.Revoke(context.Background(), e1.Device); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.HandIn(context.Background(), file, 0); record.CodeOf(err) != "DEVICE_REVOKED" {
		t.Errorf("stick of a revoked laptop: %v", err)
	}
}

// What a stopped laptop had not sent is taken from its stick when a clerk says so,
// once, in order and unforged; one that goes on working is not read that way.
func TestOutboxOfAStoppedLaptop(t *testing.T) {
	s, b := district(t)
	one, two := join(t, s, b), join(t, s, b)
	edit(t, one, 1, 1500)
	files := export(t, one, &shelf{})
	e, _ := one.Enrolment()
	e2, _ := two.Enrolment()
	posing, err := bundle.Seal(sync.StickAsk, e.Device, []byte("x"), ed25519.NewKeyFromSeed(e2.Key), e.ServerKey)
	if err != nil || len(files) != 2 {
		t.Fatal(len(files), err)
	}
	stop := func() error { return s.Revoke(context.Background(), e.Device) }
	for i, step := range []struct {
		file []byte
		code string
		then func() error
	}{{files[0].Data, "DEVICE_NOT_STOPPED", stop}, {files[1].Data, "OUTBOX_PAST", nil}, {posing, "PROOF_INVALID", nil},
		{files[0].Data, "", nil}, {files[0].Data, "", nil}, {files[1].Data, "", nil}} {
		if _, err := s.TakeStopped(context.Background(), step.file); record.CodeOf(err) != step.code {
			t.Fatalf("step %d: %v", i, err)
		}
		if step.then != nil {
			if err := step.then(); err != nil {
				t.Fatal(err)
			}
		}
	}
	devices, err := s.Devices(context.Background(), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range devices {
		if d.ID == e.Device && (d.LastN != 1500 || d.Revoked == 0) {
			t.Errorf("%+v", d)
		}
	}
}

func FuzzOpen(f *testing.F) {
	_, own, err := ed25519.GenerateKey(bytes.NewReader(make([]byte, 64)))
	if err != nil {
		f.Fatal(err)
	}
	good, err := bundle.Seal(sync.StickAsk, "b-d", []byte("ZB\x00\xa0"), own, own.Public().(ed25519.PublicKey))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte("age-encryption.org/v1\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if s, err := bundle.Open(file, own); err == nil && s.Kind == "" && len(s.Body) > len(file) {
			t.Errorf("%d bytes out of %d", len(s.Body), len(file))
		}
	})
}
