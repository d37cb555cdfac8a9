package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"zhibu/app/ui/drive"
	"zhibu/storage/record"
)

// job is one person at one laptop: a real window of the real program.
type job struct {
	t    *testing.T
	desk *drive.Desk
	home string // where files are saved
	out  string // where pictures go
}

// TestMainJobInAWindow does the main job with mouse and keyboard in a real
// window under Xvfb, and leaves a picture of every stage in ZHIBU_OUT.
func TestMainJobInAWindow(t *testing.T) {
	out := os.Getenv("ZHIBU_OUT")
	if out == "" {
		out = t.TempDir()
	}
	binary, d := builtFor(t, "."), openDistrict(t)
	j := sitDown(t, out, binary, filepath.Join(t.TempDir(), "laptop"))
	j.firstRun()
	j.importRoster()
	j.recordMeeting()
	j.printMinutes()
	j.joinDistrict(d)
	j.carryStick(d)

	second := sitDown(t, out, binary, filepath.Join(t.TempDir(), "second"))
	second.joinFromTheStart(d)
}

// district is a district server on loopback with one branch.
type trialDistrict struct {
	t                  *testing.T
	binary, store, url string
	branch             string
	stop               func()
}

func openDistrict(t *testing.T) *trialDistrict {
	t.Helper()
	t.Setenv("ZHIBU_NOW", present)
	d := &trialDistrict{t: t, binary: buildDistrictd(t), store: t.TempDir()}
	d.serve()
	t.Cleanup(func() { d.stop() })
	d.branch = d.ask("id", "branch", "add", branchName)
	return d
}

func (d *trialDistrict) serve() {
	d.t.Helper()
	var err error
	if d.url, d.stop, err = serveDistrict(d.binary, d.store); err != nil {
		d.t.Fatal(err)
	}
}

// ask runs districtd and returns one value of its JSON answer.
func (d *trialDistrict) ask(name string, args ...string) string {
	d.t.Helper()
	out, err := exec.Command(d.binary, append(args, "--store", d.store, "--json")...).Output()
	if err != nil {
		d.t.Fatalf("districtd %v: %v", args, err)
	}
	answer := map[string]any{}
	if err := json.Unmarshal(out, &answer); err != nil {
		d.t.Fatalf("districtd %v: %v in %s", args, err, out)
	}
	return fmt.Sprint(answer[name])
}

func (d *trialDistrict) invite() string { return d.ask("code", "invite", d.branch) }

const branchName = "青梧街道云栈科技园第三联合党支部"

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
	roster, err := os.ReadFile(filepath.Join("sheet", "testdata", "samples", "01_roster.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, rosterFile), roster, 0o600); err != nil {
		t.Fatal(err)
	}
	d.Setenv("ZHIBU_NOW="+present, "ZHIBU_TEST_KEY=1", "HOME="+home, "XDG_CONFIG_HOME="+home)
	j := &job{t: t, desk: d, home: home, out: out}
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

// unseen demands that a text is not in view.
func (j *job) unseen(text string) {
	j.t.Helper()
	r, err := j.desk.Look()
	j.must(err)
	for _, found := range r.Texts {
		if found.Visible && strings.Contains(found.Text, text) {
			j.t.Errorf("%q is in view", found.Text)
		}
	}
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
	j.must(j.desk.Screenshot(filepath.Join(j.out, name+".png")))
}

func (j *job) firstRun() {
	j.see("这台电脑怎么用？")
	j.keep("1-first-run")
	j.click("先单机使用", "下一步")
	j.write("全称，例如：青梧街道云栈科技园第三联合党支部", branchName)
	j.write("例如：陈立群", "陈立群")
	j.click("下一步")
	j.see("设置密码，抄下恢复码")
	j.setPassphrase()
	j.keep("3-ready")
	j.click("开始使用")
	j.see("待办提醒")
	j.keep("4-desk")
}

const secret = "春风又绿江南岸 2026"

var group = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}$`)

// setPassphrase sets the passphrase and proves that the recovery code was taken down.
func (j *job) setPassphrase() {
	j.see("设置密码，抄下恢复码")
	j.must(j.desk.Paste(secret))
	j.must(j.desk.Key("Tab"))
	j.must(j.desk.Paste(secret))
	j.click("生成恢复码")
	j.see("恢复码")
	code, which := j.recoveryCode()
	j.keep("2-recovery-code")
	j.click(fmt.Sprintf("我已打印或抄好。核对：第 %d 组是", which))
	j.must(j.desk.Key("Tab"))
	j.must(j.desk.Type(code[which-1]))
	j.click("下一步")
	j.see("都准备好了")
}

// recoveryCode reads the six groups off the screen, and which of them is asked
// for as proof, from 1.
func (j *job) recoveryCode() (groups []string, asked int) {
	j.t.Helper()
	j.must(j.desk.Until("six groups of the recovery code", func() bool {
		groups, asked = nil, 0
		r, err := j.desk.Look()
		for _, text := range r.Texts {
			if group.MatchString(text.Text) {
				groups = append(groups, text.Text)
			}
			if _, after, ok := strings.Cut(text.Text, "核对：第 "); ok {
				asked = record.Int(after[:1])
			}
		}
		return err == nil && len(groups) == 6 && asked > 0
	}))
	return groups, asked
}

// rosterFile is what the secretary called the Excel roster of the branch.
const rosterFile = "01_街道名册_合并标题双行表头.xlsx"

func (j *job) importRoster() {
	j.click("导入导出")
	j.must(j.desk.Key("ctrl+n"))
	j.see("选一个党员名册的表格文件")
	j.keep("5-import")
	j.click("选文件")
	j.see("就选这个")
	j.click(rosterFile, "就选这个")
	j.see("第 1 行")
	j.keep("6-columns")
	j.must(j.desk.Key("ctrl+Return"))
	j.click("导入 15 行")
	j.see("撤销这次导入")
	j.keep("7-imported")
	j.click("党员名册")
	j.see("手机")
	j.must(j.desk.Key("ctrl+f"))
	j.must(j.desk.Type("wcj"))
	j.see("吴晨佳")
	j.keep("8-members")
}

func (j *job) recordMeeting() {
	j.must(j.desk.Key("Escape", "F2"))
	j.see("签到")
	j.beside("地点", 120, "云栈科技园一号会议室")
	j.click("柏思博")
	j.see("柏思博请假，原因")
	j.click("加一项表决")
	j.see("表决事项")
	j.must(j.desk.Paste("通过本季度工作安排"))
	j.must(j.desk.Key("Return"))
	j.must(j.desk.Type("14"))
	j.keep("9-meeting")
	j.click("从这里写会议内容；也可以先插入议程")
	j.must(j.desk.Paste("一、集中学习\n姜明国领学。\n二、支委会报告工作\n与会党员没有不同意见。"))
	j.keep("10-minutes")
	j.must(j.desk.Key("ctrl+g"))
	j.see("再看看")
	j.keep("11-finalise")
	j.must(j.desk.Key("ctrl+g"))
	j.see("开更正")
	j.keep("12-finalised")
}

func (j *job) printMinutes() {
	j.must(j.desk.Key("ctrl+p"))
	j.see("F01")
	j.must(j.desk.Key("Return"))
	j.see("另存为 PDF")
	j.see("第 1 页，共 1 页")
	j.keep("13-preview")
	j.click("另存为 PDF")
	j.see("存在这里")
	j.click("存在这里")
	saved := ""
	j.must(j.desk.Until("the PDF in the home folder", func() bool {
		found, err := filepath.Glob(filepath.Join(j.home, "*.pdf"))
		if err == nil && len(found) == 1 {
			saved = found[0]
		}
		return saved != ""
	}))
	text, err := exec.Command("pdftotext", "-layout", saved, "-").Output()
	j.must(err)
	for _, want := range []string{"云栈科技园一号会议室", "通过本季度工作安排", "与会党员没有不同意见", "柏思博"} {
		if !strings.Contains(string(text), want) {
			j.t.Errorf("the printed minutes do not say %q:\n%s", want, text)
		}
	}
	data, err := os.ReadFile(saved)
	j.must(err)
	j.must(os.WriteFile(filepath.Join(j.out, "minutes.pdf"), data, 0o600))
}

func (j *job) joinDistrict(d *trialDistrict) {
	j.click("同步与备份")
	j.click("加入区里")
	j.see("以后再说")
	j.must(j.desk.Paste(d.url))
	j.must(j.desk.Key("Tab"))
	j.must(j.desk.Paste(d.invite()))
	j.must(j.desk.Key("Tab", "Tab", "Return"))
	j.see("已同步")
	j.see("立即重试")
	j.keep("14-synced")
}

// carryStick hands in, on a stick, what was registered while the district could not
// be reached, and takes in the answer.
func (j *job) carryStick(d *trialDistrict) {
	d.stop()
	j.must(j.desk.Key("F3"))
	j.see("带 * 的填完就能保存，其余以后再补")
	j.must(j.desk.Paste("温予宁"))
	j.must(j.desk.Key("Tab"))
	j.must(j.desk.Type("310115199001010029"))
	j.must(j.desk.Key("Tab", "Tab"))
	j.must(j.desk.Type("1"))
	j.must(j.desk.Key("Tab"))
	j.must(j.desk.Type("20130620"))
	j.must(j.desk.Key("Tab"))
	j.must(j.desk.Type("1"))
	j.must(j.desk.Key("ctrl+s"))
	j.see("已登记“温予宁”")
	j.click("同步与备份")
	j.see("待上传 1 项")
	j.click("导出到 U 盘", "放在这个文件夹")
	j.shows("已导出")
	asked, err := filepath.Glob(filepath.Join(j.home, "*.dsx"))
	j.must(err)
	if len(asked) == 0 {
		j.t.Fatal("nothing lies on the stick")
	}
	if said, err := exec.Command(d.binary, append([]string{"stick", "--store", d.store}, asked...)...).CombinedOutput(); err != nil {
		j.t.Fatalf("districtd stick: %v\n%s", err, said)
	}
	j.click("从 U 盘导入", "读这个文件夹")
	j.shows("已读入：区里收下 1 项")
	j.see("待上传 0 项")
	j.unseen("电脑的时间可能不对")
	j.keep("15-stick")
	d.serve()
}

func (j *job) joinFromTheStart(d *trialDistrict) {
	j.see("这台电脑怎么用？")
	j.click("邀请码")
	j.must(j.desk.Paste(d.invite()))
	j.click("区服务器地址，在邀请函上")
	j.must(j.desk.Paste(d.url))
	j.click("下一步")
	j.write("例如：陈立群", "陆婉清")
	j.click("下一步")
	j.setPassphrase()
	j.click("开始使用")
	j.see("待办提醒")
	j.click("党员名册")
	j.see("吴晨佳")
	j.see("温予宁")
	j.keep("16-second-members")
	j.click("会议与活动")
	j.see("2026-大会-01")
	j.keep("17-second-meetings")
}

// beside writes into the box that begins some pixels right of a label's left end.
func (j *job) beside(label string, right int, text string) {
	j.t.Helper()
	at, err := j.desk.Wait(label)
	j.must(err)
	j.must(j.desk.ClickAt(at.X+right, at.Y+at.H/2))
	j.must(j.desk.Paste(text))
}
