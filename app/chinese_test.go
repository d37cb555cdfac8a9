package main

import (
	"image"
	"strings"
	"testing"
	"unicode/utf8"

	"zhibu/app/ui/drive"
)

// TestChineseTypedByPinyin registers a member and writes minutes with the pinyin
// input method of fcitx5 in the real program, and reads both back off the printed
// paper; through ibus it types a name.
func TestChineseTypedByPinyin(t *testing.T) {
	binary := builtFor(t, ".")
	t.Run("fcitx5", func(t *testing.T) {
		j := openSample(t, binary, (*drive.Desk).Pinyin)
		j.must(j.desk.PinyinOn())
		name := j.registerByPinyin()
		said := j.minutesByPinyin()
		j.printedWith(name, said)
	})
	t.Run("ibus", func(t *testing.T) {
		j := openSample(t, binary, (*drive.Desk).IBus)
		j.must(j.desk.Key("F3"))
		j.see("带 * 的填完就能保存，其余以后再补")
		j.must(j.desk.IBusOn())
		j.compose("ibus", "wangfang")
		j.must(j.desk.Key("space"))
		j.holds("a name", func(s string) bool { return utf8.RuneCountInString(s) == 2 })
	})
}

// holds waits until the box with the keyboard holds what is wanted, and returns it.
func (j *job) holds(what string, want func(string) bool) string {
	j.t.Helper()
	value := ""
	err := j.desk.Until("a box that holds "+what, func() bool {
		r, err := j.desk.Look()
		value = r.Value
		return err == nil && want(value)
	})
	if err != nil {
		j.t.Logf("the box holds %q", value)
	}
	j.must(err)
	return value
}

func is(want string) func(string) bool { return func(s string) bool { return s == want } }

// compose types pinyin and checks that the candidates appear under the caret.
func (j *job) compose(where, pinyin string) {
	j.t.Helper()
	box, caret, err := j.desk.Candidates(pinyin)
	j.must(err)
	j.keep("pinyin-" + where)
	j.t.Logf("%s: foot of the caret %v, candidates %v", where, caret, box)
	left := -40
	if box.Max.X == screenWidth { // no room at the right: it ends with the screen
		left = -box.Dx()
	}
	if d := box.Min.Sub(caret); !d.In(image.Rect(left, -6, 41, 41)) {
		j.t.Errorf("%s: candidates at %v, caret at %v", where, box.Min, caret)
	}
}

// registerByPinyin types a name, presses Backspace, Esc and Enter while composing
// and saves.
func (j *job) registerByPinyin() (name string) {
	j.must(j.desk.Key("F3"))
	j.see("带 * 的填完就能保存，其余以后再补")
	j.compose("name", "wangfang")
	j.must(j.desk.Key("space"))
	name = j.holds("a name", func(s string) bool { return utf8.RuneCountInString(s) == 2 })

	// Keys while composing belong to the input method: they neither take away what
	// stands in the box nor close the window, nor save.
	j.must(j.desk.Type("li"))
	j.must(j.desk.Key("BackSpace", "BackSpace"))
	j.must(j.desk.Type("na"))
	j.must(j.desk.Key("Escape"))
	j.holds("the name alone", is(name))
	j.must(j.desk.Type("xin"))
	j.must(j.desk.Key("2")) // the second candidate
	name = j.holds("three characters", func(s string) bool {
		return utf8.RuneCountInString(s) == 3 && strings.HasPrefix(s, name) && !strings.ContainsAny(s, "xin2")
	})
	j.see("带 * 的填完就能保存，其余以后再补")

	j.must(j.desk.Key("Tab"))
	j.must(j.desk.Type("310115199001010029"))
	j.holds("the ID number", is("310115199001010029"))
	j.must(j.desk.Key("Tab", "Tab"))
	j.must(j.desk.Key("1", "ctrl+s")) // 正式党员
	j.see("已登记“" + name + "”")
	return name
}

// minutesByPinyin writes two paragraphs with full-width punctuation.
func (j *job) minutesByPinyin() string {
	j.must(j.desk.Key("F2"))
	j.see("签到")
	j.click("从这里写会议内容；也可以先插入议程")
	j.must(j.desk.Type("dangyuandahui"))
	j.must(j.desk.Key("space", "Return"))
	j.holds("a heading", is("党员大会\n"))
	j.compose("minutes", "xuexidangzhang")
	j.must(j.desk.Key("space"))
	j.holds("学习党章", is("党员大会\n学习党章"))
	j.must(j.desk.Type(","))
	j.must(j.desk.Type("taolun"))
	j.must(j.desk.Key("space"))
	j.must(j.desk.Type("."))
	text := j.holds("a sentence", is("党员大会\n学习党章，讨论。"))

	j.must(j.desk.Type("fayan"))
	j.must(j.desk.Key("BackSpace", "BackSpace", "BackSpace", "BackSpace", "BackSpace"))
	j.must(j.desk.Type("fayan"))
	j.must(j.desk.Key("Escape"))
	j.holds("the text as it was", is(text))
	j.must(j.desk.Type("fayan"))
	j.must(j.desk.Key("Return")) // the letters as they are, no new paragraph
	j.holds("the letters", is(text+"fayan"))
	j.must(j.desk.Key("BackSpace", "BackSpace", "BackSpace", "BackSpace", "BackSpace"))
	j.holds("the text again", is(text))
	return text
}

// printedWith saves, prints into a PDF file and looks for the texts in it.
func (j *job) printedWith(name, said string) {
	j.must(j.desk.Key("ctrl+s"))
	j.must(j.desk.Until("the toast", func() bool { r, err := j.desk.Look(); return err == nil && r.Shows("已存草稿") }))
	j.must(j.desk.Key("ctrl+p"))
	j.see("F01")
	j.must(j.desk.Key("Return"))
	j.click("另存为 PDF")
	j.click("存在这里")
	j.prints(append(strings.Split(said, "\n"), name)...)
}
