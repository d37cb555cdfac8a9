package drive

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// tick is how often a condition is looked at while waiting.
const tick = 50 * time.Millisecond

// Desk is a screen without a monitor with a window manager on it. Everything it
// starts ends with Close.
type Desk struct {
	ctx   context.Context
	dir   string
	env   []string
	procs []*exec.Cmd
	asked int
	win   string // xdotool's number of the program's window
}

// Open starts Xvfb with a screen of the given size, and openbox on it. dir is an
// empty folder for what is passed to and fro. It needs the packages xvfb, openbox,
// xdotool, imagemagick, x11-utils and xclip.
func Open(ctx context.Context, dir string, width, height int) (*Desk, error) {
	for _, tool := range []string{"Xvfb", "openbox", "xdotool", "import", "xclip", "xwininfo"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, fmt.Errorf("drive needs %s: %w", tool, err)
		}
	}
	d := &Desk{ctx: ctx, dir: dir, env: append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+filepath.Join(dir, "config"),
		"XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "XDG_RUNTIME_DIR="+dir, "WAYLAND_DISPLAY=", "LIBGL_ALWAYS_SOFTWARE=1",
		"DBUS_SESSION_BUS_ADDRESS="+busAddress(dir))} // with none, programs launch a bus that nobody ends
	r, w, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("drive: %w", err)
	}
	defer r.Close()
	x := d.command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{w}
	err = d.launch(x)
	w.Close()
	if err != nil {
		return nil, err
	}
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		d.Close()
		return nil, fmt.Errorf("no display from Xvfb: %w", err)
	}
	d.env = append(d.env, "DISPLAY=:"+strings.TrimSpace(number))
	if err := d.launch(d.command("openbox")); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// Setenv adds to the environment of everything started after it.
func (d *Desk) Setenv(pairs ...string) { d.env = append(d.env, pairs...) }

func (d *Desk) command(name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(d.ctx, name, args...)
	c.Env = d.env
	return c
}

// launch starts a program that runs until Close.
func (d *Desk) launch(c *exec.Cmd) error {
	if err := c.Start(); err != nil {
		return fmt.Errorf("start %s: %w", filepath.Base(c.Path), err)
	}
	d.procs = append(d.procs, c)
	return nil
}

// Start runs the program; ZHIBU_PROBE names the folder it answers in. Its output
// goes to out. It returns when the window called title is there.
func (d *Desk) Start(out io.Writer, title, binary string, args ...string) error {
	c := d.command(binary, args...)
	c.Env = append(c.Env, "ZHIBU_PROBE="+d.dir)
	c.Stdout, c.Stderr = out, out
	if err := d.launch(c); err != nil {
		return err
	}
	return d.Until("the window "+title, func() bool {
		found, err := d.run("xdotool", "search", "--onlyvisible", "--name", title)
		d.win = strings.TrimSpace(firstLine(found))
		return err == nil && d.win != ""
	})
}

// Resident returns how much memory the program started last takes, in bytes.
func (d *Desk) Resident() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", d.procs[len(d.procs)-1].Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("memory: %w", err)
	}
	for line := range strings.Lines(string(status)) {
		var kilobytes int64
		if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &kilobytes); err == nil {
			return kilobytes << 10, nil
		}
	}
	return 0, fmt.Errorf("memory: no VmRSS in %q", status)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// Close ends everything the desk started, last first.
func (d *Desk) Close() error {
	for i := len(d.procs) - 1; i >= 0; i-- {
		p := d.procs[i]
		if err := p.Process.Signal(os.Interrupt); err != nil && p.ProcessState == nil {
			continue // already gone
		}
		d.end(p)
	}
	d.procs = nil
	return nil
}

// end waits a moment for a process, then kills it.
func (d *Desk) end(p *exec.Cmd) {
	timer := time.AfterFunc(2*time.Second, func() { _ = p.Process.Kill() })
	_ = p.Wait() // how it ended does not matter: it was told to
	timer.Stop()
}

// run runs a tool to its end and returns what it printed.
func (d *Desk) run(name string, args ...string) (string, error) {
	out, err := d.command(name, args...).Output()
	if err != nil {
		return string(out), fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return string(out), nil
}

// Until waits for a condition, up to 20 s or the context's end.
func (d *Desk) Until(what string, done func() bool) error {
	ctx, stop := context.WithTimeout(d.ctx, 20*time.Second)
	defer stop()
	every := time.NewTicker(tick)
	defer every.Stop()
	for {
		if done() {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waited for %s: %w", what, ctx.Err())
		case <-every.C:
		}
	}
}
