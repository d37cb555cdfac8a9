package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/xuri/excelize/v2"

	"zhibu/app/ui/drive"
	"zhibu/app/ui/spool/spooltest"
)

// walk does journeys on a desk and counts what each of them takes.
type walk struct {
	*job
	lines []string
	now   toll
}

// toll is what a journey takes a person: clicks, keys pressed, Han characters typed
// (through an input method, so dearer), and stops to think.
type toll struct {
	name                         string
	clicks, keys, han, stops     int
	mostClicks, mostKeys, mostHa int
}

// seconds is the keystroke-level estimate of design.md §9 for people of 45 to 60.
func (c toll) seconds() float64 {
	return 2*float64(c.clicks) + 0.4*float64(c.keys) + 1.3*float64(c.han) + 2*float64(c.stops)
}

// TestTenJourneys does the ten journeys in a real window with the fewest clicks and
// keys, and holds each to its goal.
func TestTenJourneys(t *testing.T) {
	office := spooltest.Open(t)
	w := &walk{job: openSample(t, builtFor(t, "."), nil, office.Env...)}
	for _, journey := range []struct {
		name string
		do   func()
	}{{"what is due", w.whatIsDue}, {"find", w.find}, {"register", w.register}, {"meeting", w.meeting}, {"sheet", w.sheet}, {"rows", w.rows}, {"dues", w.dues}, {"step", w.step},
		{"demand", w.demand}, {"print", w.printForm}, {"bundle", w.bundle}, {"import", w.importRows},
		{"printer", func() { w.printer(office) }}} {
		t.Run(journey.name, func(t *testing.T) {
			w.t = t
			journey.do()
		})
	}
	t.Logf("\n%-34s %4s %4s %4s %6s\n%s", "journey", "clk", "key", "字", "s", strings.Join(w.lines, "\n"))
}

// begin starts the count of a journey that may take at most so many clicks, keys
// and Han characters.
func (w *walk) begin(name string, clicks, keys, han int) {
	w.now = toll{name: name, mostClicks: clicks, mostKeys: keys, mostHa: han}
}

// end holds the journey to its goal and leaves a picture.
func (w *walk) end() toll {
	w.t.Helper()
	c := w.now
	w.lines = append(w.lines, fmt.Sprintf("%-34s %4d %4d %4d %6.0f", c.name, c.clicks, c.keys, c.han, c.seconds()))
	w.keep("journey-" + strings.Fields(c.name)[0])
	if c.clicks > c.mostClicks || c.keys > c.mostKeys || c.han > c.mostHa {
		w.t.Errorf("%s: %d clicks, %d keys, %d 字; the goal is %d, %d, %d", c.name, c.clicks, c.keys, c.han, c.mostClicks, c.mostKeys, c.mostHa)
	}
	return c
}

// click clicks on texts, each a click, when the screen has come to rest: nobody
// clicks faster than the page is drawn.
func (w *walk) click(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		w.see(text)
		_, err := w.desk.Still()
		w.must(err)
		w.job.click(text)
	}
	w.now.clicks += len(texts)
	w.now.stops++
}

// clickBeside clicks on the words that stand in the row of another text.
func (w *walk) clickBeside(row, words string) {
	w.t.Helper()
	at, err := w.desk.Wait(row)
	w.must(err)
	r, err := w.desk.Look()
	w.must(err)
	best, found := drive.Box{}, false
	for _, text := range r.Texts {
		if text.Visible && text.Text == words && (!found || far(text.Box, at) < far(best, at)) {
			best, found = text.Box, true
		}
	}
	if !found {
		w.must(fmt.Errorf("no %q in the row of %q", words, row))
	}
	w.clickAt(best.Center())
}

func far(a, b drive.Box) int {
	_, y := a.Center()
	_, to := b.Center()
	return max(y-to, to-y)
}

func (w *walk) clickAt(x, y int) {
	w.t.Helper()
	w.must(w.desk.ClickAt(x, y))
	w.now.clicks++
	w.now.stops++
}

// press presses keys, each a key.
func (w *walk) press(keys ...string) {
	w.t.Helper()
	w.must(w.desk.Key(keys...))
	w.now.keys += len(keys)
	w.now.stops++
}

// letters types ASCII, each a key.
func (w *walk) letters(s string) {
	w.t.Helper()
	w.must(w.desk.Type(s))
	w.now.keys += len(s)
	w.now.stops++
}

// chinese types Chinese as an input method would commit it, counted by characters;
// TestChineseTypedByPinyin does so with a real one.
func (w *walk) chinese(s string) {
	w.t.Helper()
	w.must(w.desk.Paste(s))
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			w.now.han++
		} else {
			w.now.keys++
		}
	}
	w.now.stops++
}

// shows waits for words anywhere in a text.
func (j *job) shows(words string) {
	j.t.Helper()
	j.must(j.desk.Until("the words "+words, func() bool { r, err := j.desk.Look(); return err == nil && r.Shows(words) }))
}

// desktop goes back to the start page between journeys.
func (w *walk) desktop() {
	w.t.Helper()
	w.must(w.desk.Key("ctrl+1"))
	w.see("待办提醒")
}

func (w *walk) whatIsDue() {
	w.begin("4 到期的事", 0, 0, 0)
	w.see("已逾期")
	late, err := w.desk.Wait("安知夏・政治审查：函调回执未到")
	w.must(err)
	today, err := w.desk.Wait("今天 14:00")
	w.must(err)
	if late.Y >= today.Y {
		w.t.Error("what is late does not stand above what is due today")
	}
	w.end()
}

func (w *walk) find() {
	w.begin("3 按首字母找人", 0, 2, 0)
	w.letters("lw")
	w.see("Enter 打开")
	at, err := w.desk.Wait("Enter 打开")
	w.must(err)
	name, err := w.desk.Wait("第一党小组・云帆智控・人事主管")
	w.must(err)
	if far(at, name) > 4 {
		w.t.Error("陆婉清 is not the highlighted one")
	}
	w.end()
	w.must(w.desk.Key("Return"))
	w.see("陆婉清")
}

func (w *walk) register() {
	w.desktop()
	w.begin("2 登记党员", 0, 50, 3)
	w.press("F3")
	w.see("带 * 的填完就能保存，其余以后再补")
	w.chinese("温予宁")
	w.press("Tab")
	w.letters("310115199001010029")
	w.press("Tab", "Tab")
	w.letters("1")
	w.press("Tab")
	w.letters("20130620")
	w.press("Tab")
	w.letters("1")
	w.press("Tab")
	w.letters("yf")
	w.press("Return", "ctrl+s")
	w.shows("已登记“温予宁”")
	if c := w.end(); c.seconds() > 60 {
		w.t.Errorf("registering takes about %.0f s", c.seconds())
	}
	w.must(w.desk.Type("wyn"))
	w.see("第一党小组・云帆智控")
	w.see("2013-06-20")
	w.must(w.desk.Key("Escape"))
}

func (w *walk) meeting() {
	w.desktop()
	w.begin("1 记会议并打印", 6, 15, 80)
	w.press("F2")
	w.see("签到")
	w.click("石远航", "邱景行", "侯佳音", "石远航") // the first is absent, the others are excused
	w.see("缺席")
	w.click("加一项表决")
	w.see("表决事项")
	w.chinese("通过本季度工作安排")
	w.press("Return")
	w.letters("17")
	w.click("一键插入")
	w.press("Return")
	w.chinese("陈立群领学，与会党员交流体会。支委会报告前三季度工作，大家没有不同意见。会议要求各党小组下周五前把走访分工报到组织委员处。")
	w.press("ctrl+g")
	w.see("再看看")
	w.press("ctrl+g")
	w.see("开更正")
	w.press("ctrl+p")
	w.see("F01")
	w.press("Return")
	w.see("打印设置")
	w.press("Return")
	if c := w.end(); c.seconds()+20 > 180 { // 20 s to read it over
		w.t.Errorf("a meeting takes about %.0f s", c.seconds()+20)
	}
	w.job.click("存在这里") // no printer is the default one: the minutes go into a file
	w.prints("通过本季度工作安排", "体会", "石远航")
	w.must(w.desk.Key("Escape"))
}

func (w *walk) dues() {
	w.desktop()
	w.begin("5 记全支部当月党费", 2, 4, 0)
	w.press("ctrl+9")
	w.see("实缴（元）")
	w.press("ctrl+a", "ctrl+s")
	w.shows("人 11 月党费")
	w.end()
}

func (w *walk) step() {
	w.desktop()
	w.begin("6 办发展党员一步", 3, 1, 0)
	w.clickBeside("安知夏・政治审查：函调回执未到", "去登记")
	w.click("原单位函调回执")
	w.clickBeside("第 10 步 政治审查", "办这一步")
	w.see("完成这一步")
	w.press("ctrl+s")
	w.shows("安知夏第 10 步已记下")
	w.end()
}

func (w *walk) demand() {
	w.desktop()
	w.begin("7 收一条诉求", 0, 8, 12)
	w.press("F4")
	w.see("编号、期限自动定，其余以后再补")
	w.chinese("地下车库照明灯坏了三处")
	w.press("Tab")
	w.letters("hm")
	w.press("Tab")
	w.letters("1")
	w.press("ctrl+s")
	w.shows("已登记“地下车库照明灯坏了三处”")
	w.end()
}

func (w *walk) printForm() {
	w.desktop()
	w.begin("8 打印党员登记表", 0, 5, 0)
	w.letters("lw")
	w.see("Enter 打开")
	w.press("ctrl+p")
	w.see("打印设置")
	w.press("Return")
	w.end()
	w.job.click("存在这里")
	w.prints("登记表", "陆婉清", "云帆智控")
}

func (w *walk) bundle() {
	w.desktop()
	w.begin("9 用 U 盘交换", 2, 1, 0)
	w.clickBeside("锁定", "待同步")
	w.click("导出到 U 盘")
	w.see("放在这个文件夹")
	w.press("Return") // there is no stick here: the folder last used takes its place
	w.shows("已导出")
	w.end()
	if found, err := filepath.Glob(filepath.Join(w.home, "*.dsx")); err != nil || len(found) != 1 {
		w.t.Errorf("exported %v, %v", found, err)
	}
}

// wideRoster writes a roster of 46 rows, five of them with a date that no calendar has,
// one of these made three times.
func (w *walk) wideRoster(name string) {
	w.t.Helper()
	book := excelize.NewFile()
	row := func(n int, cells ...any) { w.must(book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", n), &cells)) }
	row(1, "姓名", "性别", "出生日期", "人员类别", "入党时间", "工作单位", "手机")
	for i := range 46 {
		joined := "2014-12-03"
		if i%9 == 4 {
			joined = []string{"2014-13-02", "2014-13-02", "2014-13-02", "2015-02-30", "2014.6.31"}[i/9]
		}
		given := string([]rune("安柏晨帆冠航景珂岚")[i%9]) + string([]rune("舟禾宁川溪遥")[i%6])
		row(i+2, string([]rune("申屠宇文闻人尉迟公冶上官")[i/9*2:][:2])+given, []string{"男", "女"}[i%2], fmt.Sprintf("1988-%02d-11", i%12+1), "正式党员",
			joined, "云帆智控", fmt.Sprintf("138000010%02d", i))
	}
	w.must(book.SaveAs(filepath.Join(w.home, name)))
	w.must(book.Close())
}

func (w *walk) importRows() {
	const roster = "名册46人.xlsx"
	w.desktop()
	w.wideRoster(roster)
	w.begin("10 导入 46 行", 6, 30, 0)
	w.click("导入导出", "从 Excel 导入", "选文件", roster, "就选这个")
	w.see("记住这套对应")
	w.press("ctrl+Return")
	w.see("导出问题清单")
	w.see("有问题 5 行")
	for _, enter := range []string{"alt+a", "Return", "Return"} {
		w.letters("20141203")
		w.press(enter)
	}
	w.click("导入 46 行")
	w.see("撤销这次导入")
	w.end()
}
