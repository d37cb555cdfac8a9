package spool

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"zhibu/app/screen"
	"zhibu/storage/record"
)

// Default returns the printing of this machine.
func Default() screen.Printers { return windows{} }

// windows asks the system for its printers and lets the PDF reader print.
type windows struct{}

// List implements screen.Printers.
func (windows) List(ctx context.Context) ([]screen.Printer, error) {
	out, err := exec.CommandContext(ctx, "powershell", "-NoProfile", "-Command",
		"[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-CimInstance Win32_Printer | Select-Object Name,Default,WorkOffline,PrinterStatus | ConvertTo-Json").Output()
	if err != nil {
		return nil, record.Wrap(err, "PRINT_SERVICE", "打印服务没有回应。请稍后再试，或者另存为 PDF；内容都在。")
	}
	return readWindows(out)
}

func readWindows(out []byte) ([]screen.Printer, error) {
	text := strings.TrimSpace(string(out))
	if text == "" {
		return nil, nil
	}
	if !strings.HasPrefix(text, "[") {
		text = "[" + text + "]" // one printer comes without the brackets
	}
	var list []struct {
		Name        string
		Default     bool
		WorkOffline bool
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, record.Wrap(err, "PRINT_SERVICE", "看不懂打印服务的回答。可以另存为 PDF；内容都在。")
	}
	var printers []screen.Printer
	for _, p := range list {
		printer := screen.Printer{Name: p.Name, Label: p.Name, Default: p.Default, Ready: !p.WorkOffline, State: "就绪"}
		if p.WorkOffline {
			printer.State = "脱机"
		}
		if printer.Default {
			printers = append([]screen.Printer{printer}, printers...)
		} else {
			printers = append(printers, printer)
		}
	}
	return printers, nil
}

// Print implements screen.Printers: copies one by one, as the print verb knows
// no number.
func (windows) Print(ctx context.Context, printer string, pdf []byte, job screen.Job) (err error) {
	dir, err := os.MkdirTemp("", "zhibu-print")
	if err != nil {
		return record.Wrap(err, "PRINT_FAILED", "没有送到打印机：临时文件夹写不进去。请另存为 PDF；内容都在。")
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }() // it holds people's names
	file := filepath.Join(dir, "print.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		return record.Wrap(err, "PRINT_FAILED", "没有送到打印机：临时文件夹写不进去。请另存为 PDF；内容都在。")
	}
	for range max(job.Copies, 1) {
		cmd := exec.CommandContext(ctx, "powershell", "-NoProfile", "-Command",
			"Start-Process -FilePath $env:ZHIBU_PDF -Verb PrintTo -ArgumentList ('\"' + $env:ZHIBU_PRINTER + '\"') -WindowStyle Hidden -Wait")
		cmd.Env = append(os.Environ(), "ZHIBU_PDF="+file, "ZHIBU_PRINTER="+printer)
		if err := cmd.Run(); err != nil {
			return record.Wrap(err, "PRINT_FAILED", "“"+printer+"”没有收下这份打印。请看电源和纸；也可以先另存为 PDF。")
		}
	}
	return nil
}
