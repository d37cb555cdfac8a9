package page

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhibu/app/print/face"
	"zhibu/assets"
)

func testFace(t testing.TB) face.Face {
	t.Helper()
	song, err := face.Parse("song", assets.Song())
	if err != nil {
		t.Fatal(err)
	}
	rare, err := face.Parse("rare", assets.Rare())
	if err != nil {
		t.Fatal(err)
	}
	return face.Chain(song, rare)
}

// text returns what a line shows.
func (l TextLine) text() string {
	var b strings.Builder
	for _, c := range l.pieces {
		b.WriteString(c.text)
	}
	return b.String()
}

func strip(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u3000' || r == '\n' {
			return -1
		}
		return r
	}, s)
}

// prose draws text as people write minutes: Han characters, marks, numbers, words.
func prose() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"党", "员", "大会", "讨论", "䶮", "𫖯", "，", "。", "；", "：", "？", "！", "（", "）", "《", "》", "“", "”", "、", "——", "……",
			"2026", "2026-11-20", "13.40", "10,000", "14:00", "GB/T", "app", " ", "·", "%", "〔2026〕", "阿卜杜热合曼·买买提明", "A", "①"}), 1, 120).Draw(t, "parts")
		return strings.Join(parts, "")
	})
}

// The marks of 禁则 as the standard for punctuation (GB/T 15834) has them: the
// program's own lists are not asked.
const (
	neverFirst = "，。、；：？！）》〉」』】〕”’%"
	neverLast  = "（《〈「『【〔“‘"
)

func TestLinesKeepTheRulesOf禁则(t *testing.T) {
	f := testFace(t)
	rapid.Check(t, func(t *rapid.T) {
		text := prose().Draw(t, "text")
		size := rapid.SampledFrom([]float64{9, 10.5, 12, 16}).Draw(t, "size")
		style := Style{Face: f, Size: size, Align: Justify, First: float64(rapid.SampledFrom([]int{0, 2}).Draw(t, "first"))}
		width := rapid.Float64Range(style.Em()*14, style.Em()*40).Draw(t, "width")
		lines := Lines(Text(style, text), width)
		var all strings.Builder
		for i, l := range lines {
			got := l.text()
			all.WriteString(got)
			runes := []rune(got)
			if l.Width > width+0.1 {
				t.Fatalf("line %q is %.2f mm wide in a measure of %.2f", got, l.Width, width)
			}
			if len(runes) == 0 {
				continue
			}
			if i > 0 && strings.ContainsRune(neverFirst, runes[0]) && !unavoidable(lines[i-1].text()) {
				t.Fatalf("line %d %q begins with %c after %q", i, got, runes[0], lines[i-1].text())
			}
			if i < len(lines)-1 && strings.ContainsRune(neverLast, runes[len(runes)-1]) && len(runes) > 3 && !allMarks(runes) {
				t.Fatalf("line %d %q ends with %c", i, got, runes[len(runes)-1])
			}
			if i < len(lines)-1 && gapsIn(l) > 0 && math.Abs(inkEnd(l)-width) > 0.1 {
				t.Fatalf("justified line %q ends at %.3f of %.3f mm", got, inkEnd(l), width)
			}
		}
		if strip(all.String()) != strip(text) {
			t.Fatalf("characters were lost or moved:\n%q\n%q", strip(text), strip(all.String()))
		}
	})
}

// unavoidable reports whether the line before holds nothing that could be broken
// elsewhere: marks and one word alone.
func unavoidable(line string) bool { return allMarks([]rune(line)) || len(words(line)) <= 3 }

func allMarks(runes []rune) bool {
	n := 0
	for _, r := range runes {
		if !IsCloser(r) && !IsOpener(r) && r != ' ' {
			n++
		}
	}
	return n <= 4
}

func gapsIn(l TextLine) int { return len(words(l.text())) - 1 }

// inkEnd is where the line's last character ends, the blank half of a pulled-up
// mark not counted.
func inkEnd(l TextLine) float64 {
	last := l.pieces[len(l.pieces)-1]
	end := last.x + last.width - last.space
	return math.Min(end, l.Width)
}

func TestClosingMarksArePulledUp(t *testing.T) {
	f := testFace(t)
	s := Style{Face: f, Size: 10, Align: Justify}
	lines := Lines(Text(s, "一二三四五六七八九十，甲乙丙丁"), 10*s.Em())
	if got := lines[0].text(); got != "一二三四五六七八九十，" {
		t.Errorf("first line %q, want the comma pulled up", got)
	}
	if lines[0].Width > 10*s.Em()+0.01 {
		t.Errorf("the pulled-up line is %.2f mm wide", lines[0].Width)
	}
	lines = Lines(Text(s, "一二三四五六七八九（甲乙丙丁）"), 10*s.Em())
	if got := lines[0].text(); got != "一二三四五六七八九" {
		t.Errorf("first line %q, want the bracket pushed down", got)
	}
}

func TestWordsAndNumbersStayWhole(t *testing.T) {
	f := testFace(t)
	s := Style{Face: f, Size: 10, Align: Justify}
	for _, whole := range []string{"310115199001010010", "10,000.00", "14:00", "GB/T", "……", "——"} {
		for _, l := range Lines(Text(s, "甲乙丙丁戊己庚辛"+whole+"甲乙丙丁戊己庚辛"), 12*s.Em()) {
			if n := strings.Count(l.text(), whole); n == 1 {
				whole = ""
				break
			}
		}
		if whole != "" {
			t.Errorf("%q was broken", whole)
		}
	}
}

func TestNamesShrinkThenWrapAtTheDot(t *testing.T) {
	f := testFace(t)
	s := Style{Face: f, Size: 11, Align: Center}
	for _, c := range []struct {
		name  string
		width float64
		want  []string
	}{
		{"欧阳㛃", 20, []string{"欧阳㛃"}},
		{"阿卜杜热合曼·买买提明", 34, []string{"阿卜杜热合曼·买买提明"}},
		{"阿卜杜热合曼·买买提明", 24, []string{"阿卜杜热合曼·", "买买提明"}},
		{"买买提艾力·阿不都克里木·吐尔逊江", 28, []string{"买买提艾力·", "阿不都克里木·", "吐尔逊江"}},
	} {
		lines := Fit(s, c.name, c.width)
		var got []string
		for _, l := range lines {
			got = append(got, l.text())
			if l.Width > c.width+0.05 {
				t.Errorf("%q is %.2f mm wide in %.2f", l.text(), l.Width, c.width)
			}
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s in %.0f mm: %v, want %v", c.name, c.width, got, c.want)
		}
	}
}

func FuzzLayout(f *testing.F) {
	face := testFace(f)
	f.Add("党员大会，讨论（接收）。2026-11-20", 12.0, 30.0)
	f.Add("𫖯\x00\xff\u200b😀（（（（（（", 9.0, 3.0)
	f.Add("，，，，，，，，，，", 16.0, 6.0)
	f.Fuzz(func(t *testing.T, text string, size, width float64) {
		if math.IsNaN(size) || math.IsNaN(width) || len(text) > 2000 {
			return
		}
		s := Style{Face: face, Size: math.Max(1, math.Min(math.Abs(size), 100)), Align: Justify, First: 2}
		lines := Lines(Text(s, text), math.Max(1, math.Min(math.Abs(width), 500)))
		n := 0
		for _, l := range lines {
			n += len([]rune(l.text()))
		}
		if most := len([]rune(text)); n > most {
			t.Errorf("%d characters of %d came out", n, most)
		}
		flow := NewFlow(Half)
		flow.Table(Table{Cols: []float64{20, 40}, Head: 1, Rows: []Row{{Cells: []Cell{{Text: Text(s, "头")}}}, {Split: true, Cells: []Cell{{Text: Text(s, text)}, {Text: Text(s, text), Fixed: true, H: 20, Label: "格"}}}}})
	})
}

func TestBlanksAtTheEndOfAParagraphAreRoomToSign(t *testing.T) {
	s := Style{Face: testFace(t), Size: 10, Align: Right}
	lines := Lines(Text(s, "签名：　　　　"), 20*s.Em())
	if last := lines[0].pieces[0]; math.Abs(last.x-13*s.Em()) > 0.01 {
		t.Errorf("the text begins at %.2f mm, want %.2f", last.x, 13*s.Em())
	}
}

func TestAListOfNamesWrapsBetweenThem(t *testing.T) {
	s := Style{Face: testFace(t), Size: 9, Align: Center}
	var got []string
	for _, l := range Fit(s, "顾明川、唐映雪、许清如", 15) {
		got = append(got, l.text())
	}
	if want := "顾明川、|唐映雪、|许清如"; strings.Join(got, "|") != want {
		t.Errorf("%v, want %s", got, want)
	}
}

func TestEveryMarkKeepsItsPlaceAtLineEnds(t *testing.T) {
	s := Style{Face: testFace(t), Size: 10, Align: Justify}
	for _, mark := range neverFirst + neverLast {
		for n := 1; n <= 22; n++ {
			lines := Lines(Text(s, strings.Repeat("党", n)+string(mark)+strings.Repeat("员", 25)), 10*s.Em())
			for i, l := range lines {
				runes := []rune(l.text())
				if i > 0 && runes[0] == mark && strings.ContainsRune(neverFirst, mark) {
					t.Errorf("%d characters before %c: a line begins with it", n, mark)
				}
				if i < len(lines)-1 && runes[len(runes)-1] == mark && strings.ContainsRune(neverLast, mark) {
					t.Errorf("%d characters before %c: a line ends with it", n, mark)
				}
			}
		}
	}
}
