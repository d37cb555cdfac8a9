// Package spool is the machine's printing: CUPS on Linux and macOS, the spooler and
// drivers of Windows there. It implements screen.Printers.
package spool

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"zhibu/app/screen"
	"zhibu/storage/record"
)

// CUPS prints through the commands lpstat and lp. Env is added to their
// environment, e.g. CUPS_SERVER for a print server that is not this machine's.
type CUPS struct{ Env []string }

// patience is how long a print service may take to answer.
const patience = 20 * time.Second

// List implements screen.Printers. A machine without CUPS has no printers.
func (c CUPS) List(ctx context.Context) ([]screen.Printer, error) {
	out, err := c.run(ctx, nil, "lpstat", "-l", "-p")
	if errors.Is(err, exec.ErrNotFound) {
		return nil, record.Wrap(err, "PRINT_SERVICE", "这台电脑没有安装打印服务。可以另存为 PDF，拿到别处打印；内容都在。")
	}
	if err != nil && !strings.Contains(string(out), "No destinations") {
		if len(out) == 0 {
			return nil, nil // no queue at all is told as an error
		}
		return nil, record.Wrap(err, "PRINT_SERVICE", "打印服务没有回应。请稍后再试，或者另存为 PDF；内容都在。")
	}
	byDefault, err := c.run(ctx, nil, "lpstat", "-d")
	if err != nil {
		byDefault = nil // no default is no error
	}
	return read(string(out), string(byDefault)), nil
}

// Print implements screen.Printers.
func (c CUPS) Print(ctx context.Context, printer string, pdf []byte, job screen.Job) error {
	args := []string{"-d", printer, "-n", strconv.Itoa(max(job.Copies, 1)), "-t", job.Title}
	if job.Duplex {
		args = append(args, "-o", "sides=two-sided-long-edge")
	}
	if job.Exact {
		args = append(args, "-o", "print-scaling=none")
	}
	if out, err := c.run(ctx, pdf, "lp", args...); err != nil {
		return record.Wrap(errors.Join(err, errors.New(strings.TrimSpace(string(out)))), "PRINT_FAILED",
			"“"+printer+"”没有收下这份打印。请看电源和纸；也可以先另存为 PDF。")
	}
	return nil
}

// run runs a command with the words of the C locale, so that its output can be read.
func (c CUPS) run(ctx context.Context, input []byte, name string, args ...string) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(append(os.Environ(), "LC_ALL=C", "LANG=C"), c.Env...)
	cmd.Stdin = bytes.NewReader(input)
	return cmd.CombinedOutput()
}

// read takes printers out of what lpstat -l -p and lpstat -d say:
//
//	printer Office is idle.  enabled since …
//		Description: 办公室激光打印机
//		Alerts: media-empty-error
func read(list, byDefault string) []screen.Printer {
	_, chosen, _ := strings.Cut(strings.TrimSpace(byDefault), "destination: ")
	var out []screen.Printer
	for line := range strings.Lines(list) {
		if rest, ok := strings.CutPrefix(line, "printer "); ok {
			name, state, _ := strings.Cut(rest, " ")
			p := screen.Printer{Name: name, Label: name, Default: name == chosen, Ready: true, State: "就绪"}
			switch {
			case strings.Contains(state, "disabled"):
				p.Ready, p.State = false, "已停用"
			case strings.HasPrefix(state, "now printing"):
				p.State = "正在打印"
			}
			out = append(out, p)
			continue
		}
		if len(out) > 0 {
			detail(&out[len(out)-1], strings.TrimSpace(line))
		}
	}
	for i, p := range out {
		if p.Default && i > 0 {
			copy(out[1:i+1], out[:i])
			out[0] = p
		}
	}
	return out
}

func detail(p *screen.Printer, line string) {
	if text, ok := strings.CutPrefix(line, "Description: "); ok && text != "" {
		p.Label = text
	}
	alerts, ok := strings.CutPrefix(line, "Alerts: ")
	if !ok {
		return
	}
	for _, a := range []struct{ word, say string }{{"offline", "脱机"}, {"media-empty", "缺纸"}, {"media-needed", "缺纸"},
		{"media-jam", "卡纸"}, {"cover-open", "盖子开着"}, {"door-open", "盖子开着"}, {"toner-empty", "缺墨粉"}, {"marker-supply-empty", "缺墨粉"}} {
		if strings.Contains(alerts, a.word) {
			p.Ready, p.State = false, a.say
			return
		}
	}
}
