package drive

import (
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// building is how the program is built everywhere; other flags recompile OpenGL.
var building = []string{"build", "-tags", "x11,migrated_fynedo", "-o"}

// open builds the window of text boxes and starts it on a desk with pinyin.
func open(t *testing.T) *Desk {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "window")
	build := exec.CommandContext(t.Context(), "go", append(building, binary, "./window")...)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	d, err := Open(t.Context(), t.TempDir(), 1100, 700)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := d.Pinyin(); err != nil {
		t.Fatal(err)
	}
	if err := d.Start(os.Stderr, "打字", binary); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Wait("会议记录"); err != nil {
		t.Fatal(err)
	}
	if err := d.PinyinOn(); err != nil {
		t.Fatal(err)
	}
	return d
}

// must fails the test on an error of the desk.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// holds waits until the focused box holds what is wanted.
func holds(t *testing.T, d *Desk, want func(string) bool, what string) string {
	t.Helper()
	value := ""
	err := d.Until(what, func() bool {
		r, err := d.Look()
		value = r.Value
		return err == nil && want(value)
	})
	if err != nil {
		if p := os.Getenv("ZHIBU_SHOTS"); p != "" {
			_ = d.Screenshot(filepath.Join(p, "pinyin-failed.png"))
		}
		t.Fatalf("%v; the box holds %q", err, value)
	}
	return value
}

func is(want string) func(string) bool { return func(s string) bool { return s == want } }

// candidates types pinyin and returns where its window appeared and where the
// caret stands.
func candidates(t *testing.T, d *Desk, pinyin string) (image.Rectangle, image.Point) {
	t.Helper()
	box, caret, err := d.Candidates(pinyin)
	must(t, err)
	return box, caret
}

// near fails unless the candidate window begins just under the caret.
func near(t *testing.T, d *Desk, where string, box image.Rectangle, caret image.Point) {
	t.Helper()
	if dir := os.Getenv("ZHIBU_SHOTS"); dir != "" {
		must(t, d.Screenshot(filepath.Join(dir, "pinyin-"+where+".png")))
	}
	t.Logf("%s: caret foot at %v, candidates at %v", where, caret, box)
	if dx, dy := box.Min.X-caret.X, box.Min.Y-caret.Y; dx < -40 || dx > 40 || dy < -6 || dy > 40 {
		t.Errorf("%s: candidates at %v, caret at %v", where, box.Min, caret)
	}
}

func TestPinyin(t *testing.T) {
	d := open(t)
	box, caret := candidates(t, d, "nihaoshijie")
	near(t, d, "name", box, caret)
	must(t, d.Key("space"))
	holds(t, d, is("你好世界"), "你好世界")

	// Keys while composing belong to the input method.
	must(t, d.Type("ni"))
	must(t, d.Key("BackSpace", "BackSpace"))
	must(t, d.Type("shi"))
	must(t, d.Key("Escape"))
	must(t, d.Type("zhi"))
	must(t, d.Key("2"))
	value := holds(t, d, func(s string) bool { return len([]rune(s)) == 5 }, "the second candidate")
	if !strings.HasPrefix(value, "你好世界") || strings.ContainsAny(value, "2nishz") {
		t.Errorf("after composing: %q", value)
	}
	must(t, d.Type(","))
	value = holds(t, d, is(value+"，"), "a full-width comma")
	must(t, d.Type("dang"))
	must(t, d.Key("Return")) // takes the letters as they are
	value = holds(t, d, is(value+"dang"), "the letters")
	r, err := d.Look()
	must(t, err)
	if !r.Shows("没有按键传出") {
		t.Error("a key of the composition reached the page")
	}
	must(t, d.Key("Escape")) // nothing is being composed now: the page gets it
	if _, err := d.Wait("页面收到 Esc"); err != nil {
		t.Error(err)
	}
	must(t, d.Key("BackSpace"))
	holds(t, d, is(strings.TrimSuffix(value, "g")), "Backspace")
}

func TestPinyinInMinutes(t *testing.T) {
	d := open(t)
	must(t, d.Key("F3"))
	must(t, d.Type("dangyuandahui"))
	must(t, d.Key("space", "Return"))
	must(t, d.Type("xuexi"))
	must(t, d.Key("space"))
	holds(t, d, is("党员大会\n学习"), "two paragraphs")
	box, caret := candidates(t, d, "dangzhang")
	near(t, d, "minutes", box, caret)
	must(t, d.Key("space"))
	holds(t, d, is("党员大会\n学习党章"), "学习党章")
}

// TestAPasswordIsNotComposed types letters into a password box with pinyin on, and
// goes back to a box that takes Chinese.
func TestAPasswordIsNotComposed(t *testing.T) {
	d := open(t)
	must(t, d.Key("F4"))
	must(t, d.Type("wo2 Dang"))
	holds(t, d, is("wo2 Dang"), "the letters of a password")
	must(t, d.Key("F2"))
	must(t, d.Type("nihao"))
	must(t, d.Key("space"))
	holds(t, d, is("你好"), "你好")
}
