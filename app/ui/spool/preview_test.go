package spool

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhibu/app/branch/sample"
	"zhibu/app/screen"
	"zhibu/app/wire"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// TestPreviewPrintsThroughRealCUPS prints a member's sheet from the preview on a
// printer of a print service, and reads what comes out of it.
func TestPreviewPrintsThroughRealCUPS(t *testing.T) {
	c, sent := service(t)
	run(t, c, "lpadmin", "-d", "Office")
	now := func() time.Time { return time.Date(2026, 11, 20, 14, 32, 0, 0, time.Local) }
	v := &wire.Vault{Dir: filepath.Join(t.TempDir(), "data"), Options: storetest.Options(now)}
	s, _, err := v.Create(storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	b := screen.Open(s, now)
	if _, err := b.Apply(sample.Edits(record.DateOf(now()), 0)...); err != nil {
		t.Fatal(err)
	}
	who := b.Search("member", "罗沐辰")[0]
	p, err := screen.NewPreview(screen.Printing{Book: b, Press: wire.Press{Vault: v, Now: now}, Printers: c, Run: screen.Inline{}, Changed: func() {}}, "F24", []string{who.ID}, false)
	if err != nil {
		t.Fatal(err)
	}
	p.Lay()
	if p.LoadPrinters(); p.Chosen() != "Office" {
		t.Fatalf("the default printer is not chosen: %q", p.Chosen())
	}
	p.Print(func(out screen.Printed, err error) {
		if err != nil || out.Say != "党员基本信息采集表已送打印机，1 份" {
			t.Errorf("%+v %v", out, err)
		}
	})
	text := exec.CommandContext(t.Context(), "pdftotext", "-", "-")
	select {
	case got := <-sent:
		text.Stdin = bytes.NewReader(got)
	case <-time.After(30 * time.Second):
		t.Fatal("nothing came to the printer")
	}
	said, err := text.Output()
	if err != nil || !strings.Contains(string(said), "罗沐辰") {
		t.Errorf("the paper does not name the member: %v\n%s", err, said)
	}
}
