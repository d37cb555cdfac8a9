package spool

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"zhibu/app/screen"
	"zhibu/app/ui/spool/spooltest"
	"zhibu/storage/record"
)

func TestPrintsThroughRealCUPS(t *testing.T) {
	office := spooltest.Open(t)
	office.Run(t, "lpadmin", "-d", spooltest.Queue)
	c := CUPS{Env: office.Env}
	list, err := c.List(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	if p := list[0]; p.Label != spooltest.Label || !p.Ready || !p.Default || p.State != "就绪" {
		t.Fatalf("%+v", p)
	}
	pdf := []byte("%PDF-1.4\n% 会议记录\n")
	if err := c.Print(t.Context(), spooltest.Queue, pdf, screen.Job{Title: "会议记录", Copies: 1, Duplex: true}); err != nil {
		t.Fatal(err)
	}
	if got := office.Paper(t); !bytes.Equal(got, pdf) {
		t.Fatalf("the printer got %q", got)
	}
	if err := c.Print(t.Context(), "Nowhere", pdf, screen.Job{Title: "会议记录"}); record.CodeOf(err) != "PRINT_FAILED" {
		t.Fatal(err)
	}
	office.Run(t, "cupsdisable", spooltest.Queue)
	if list, err = c.List(t.Context()); err != nil || list[0].Ready || list[0].State != "已停用" {
		t.Fatalf("%+v %v", list, err)
	}
	office.Run(t, "lpadmin", "-x", spooltest.Queue)
	if list, err = c.List(t.Context()); err != nil || len(list) != 0 {
		t.Fatalf("%+v %v", list, err)
	}
}

func TestNoServiceIsNoPrinter(t *testing.T) {
	c := CUPS{Env: []string{"CUPS_SERVER=" + filepath.Join(t.TempDir(), "none")}}
	list, err := c.List(context.Background())
	if len(list) != 0 || (err != nil && record.CodeOf(err) != "PRINT_SERVICE") {
		t.Fatalf("%v %v", list, err)
	}
}

func TestReadsStatesAndPutsTheDefaultFirst(t *testing.T) {
	list := read(`printer Front is idle.  enabled since Fri 20 Nov 2026
	Description: 前台彩色打印机
	Alerts: offline-report
printer Laser now printing Laser-7.  enabled since Fri 20 Nov 2026
	Description: 
	Alerts: none
printer Old is idle.  enabled since Fri
	Alerts: media-empty-error
`, "system default destination: Laser\n")
	want := []screen.Printer{
		{Name: "Laser", Label: "Laser", Ready: true, State: "正在打印", Default: true},
		{Name: "Front", Label: "前台彩色打印机", State: "脱机"},
		{Name: "Old", Label: "Old", State: "缺纸"},
	}
	for i, p := range list {
		if p != want[i] {
			t.Errorf("%+v, want %+v", p, want[i])
		}
	}
}
