package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"zhibu/app/ui/drive"
)

// job is one person at one laptop: a real window of the real program.
type job struct {
	t    *testing.T
	desk *drive.Desk
	out  string // where pictures go
	shot int
}

// TestMainJobInAWindow does the main job with mouse and keyboard in a real
// window under Xvfb, and leaves a picture of every stage in ZHIBU_OUT.
func TestMainJobInAWindow(t *testing.T) {
	out := os.Getenv("ZHIBU_OUT")
	if out == "" {
		out = t.TempDir()
	}
	binary := filepath.Join(t.TempDir(), "zhibu")
	build := exec.CommandContext(t.Context(), "go", "build", "-tags", "x11,migrated_fynedo,drive", "-o", binary, ".")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	j := sitDown(t, out, binary, filepath.Join(t.TempDir(), "laptop"))
	j.firstRun()
}

// sitDown opens the program on an empty data folder.
func sitDown(t *testing.T, out, binary, data string) *job {
	t.Helper()
	d, err := drive.Open(t.Context(), t.TempDir(), 1366, 728)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	home := t.TempDir()
	d.Setenv("ZHIBU_NOW=2026-11-20 14:32", "ZHIBU_TEST_KEY=1", "HOME="+home, "XDG_CONFIG_HOME="+home)
	j := &job{t: t, desk: d, out: out}
	j.must(d.Start(os.Stderr, "支部台账", binary, "open", "--data", data))
	return j
}

func (j *job) must(err error) {
	j.t.Helper()
	if err == nil {
		return
	}
	_ = j.desk.Screenshot(filepath.Join(j.out, "failed.png")) // the error is told anyway
	if r, lookErr := j.desk.Look(); lookErr == nil {
		var seen []string
		for _, text := range r.Texts {
			if text.Visible {
				seen = append(seen, text.Text)
			}
		}
		j.t.Logf("in view: %s", strings.Join(seen, " | "))
	}
	j.t.Fatal(err)
}

func (j *job) click(texts ...string) {
	j.t.Helper()
	for _, text := range texts {
		j.must(j.desk.Click(text))
	}
}

func (j *job) see(text string) {
	j.t.Helper()
	_, err := j.desk.Wait(text)
	j.must(err)
}

// write puts text into the box that shows placeholder.
func (j *job) write(placeholder, text string) {
	j.t.Helper()
	j.click(placeholder)
	j.must(j.desk.Paste(text))
}

// keep takes a picture of the screen as it is now.
func (j *job) keep(name string) {
	j.t.Helper()
	j.shot++
	j.must(j.desk.Screenshot(filepath.Join(j.out, name+".png")))
}

func (j *job) firstRun() {
	j.see("这台电脑怎么用？")
	j.keep("1-first-run")
	j.click("先单机使用", "下一步")
	j.write("全称，例如：青梧街道云栈科技园第三联合党支部", "青梧街道云栈科技园第三联合党支部")
	j.write("例如：陈立群", "陈立群")
	j.click("下一步")
	j.see("设置密码，抄下恢复码")
	j.keep("2-passphrase")
}
