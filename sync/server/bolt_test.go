package server_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhibu/sync/server"
)

// A witness that says nothing, as a power cut leaves one, is no reason to stay
// away: a new line of history begins, and laptops bring back what is missing.
func TestAWitnessThatSaysNothing(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"empty":    func(path string) error { return os.Truncate(path, 0) },
		"nonsense": func(path string) error { return os.WriteFile(path, []byte("区"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "district")
			s, err := server.Open(dir, server.Options{Rules: rules()})
			if err != nil {
				t.Fatal(err)
			}
			w := world{t: t, Server: s, ahead: new(time.Duration)}
			b := w.branch("甲支部")
			l := w.laptop(b, "")
			l.edit("member", "m1", "name", "李伟")
			l.sync()
			before := l.Position().Epoch
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if err := spoil(dir + ".witness"); err != nil {
				t.Fatal(err)
			}
			l.world = open(t, dir, server.Options{})
			l.edit("member", "m1", "mobile", "110")
			l.sync()
			l.wantEqual(b, l)
			if l.Position().Epoch == before || l.value("m1", "name") != "李伟" {
				t.Errorf("epoch %s, before %s; %v", l.Position().Epoch, before, l.Registers("m1"))
			}
		})
	}
}

// What is committed has not failed, whatever becomes of the witness.
func TestAWitnessThatCannotBeWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "district")
	var log bytes.Buffer
	w := open(t, dir, server.Options{Quick: true, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err := os.Mkdir(dir+".witness.new", 0o700); err != nil {
		t.Fatal(err)
	}
	b := w.branch("甲支部")
	for i := range 200 {
		_, err := w.Write(context.Background(), b.ID, server.Edit{Kind: "member", Record: fmt.Sprint("m", i), Set: map[string]string{"name": "李伟"}})
		if err != nil {
			t.Fatalf("write %d: %v", i, err)
		}
	}
	if n := strings.Count(log.String(), "witness not written"); n == 0 || n > 4 {
		t.Errorf("logged %d times: %s", n, log.String())
	}
}
