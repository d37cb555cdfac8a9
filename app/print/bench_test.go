//go:build unix

package print

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"zhibu/app/print/printtest"
	"zhibu/assets"
	"zhibu/storage/record"
)

// The three jobs of the design, each by the layer and by plain gofpdf that is
// handed the whole font for every document. By default the whole font is the
// embedded cut (3.8 MB); ZHIBU_WHOLE_FONT names an uncut one.

func wholeFont(b *testing.B) []byte {
	b.Helper()
	if path := os.Getenv("ZHIBU_WHOLE_FONT"); path != "" {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		return data
	}
	return []byte(assets.Song())
}

// plain sets lines of text the way programs use gofpdf.
func plain(b *testing.B, font []byte, lines []string) int {
	b.Helper()
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes("song", "", bytes.Clone(font)) // it writes into what it is given
	pdf.SetFont("song", "", 11)
	pdf.AddPage()
	for _, line := range lines {
		pdf.CellFormat(0, 7, line, "1", 1, "L", false, 0, "")
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		b.Fatal(err)
	}
	return out.Len()
}

func byLayer(b *testing.B, code string, ids []string, w record.Around, opt Options) int {
	b.Helper()
	d, _, err := Make(code, ids, w, opt)
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := d.PDF(&out); err != nil {
		b.Fatal(err)
	}
	return out.Len()
}

func faces(b *testing.B) *Faces {
	b.Helper()
	f, _, err := LoadFaces(FaceFiles{"fang": "../../assets/fonts/ZhibuFang-Regular.ttf"})
	if err != nil {
		b.Fatal(err)
	}
	return f
}

func BenchmarkMinutes(b *testing.B) {
	w, opt, font := printtest.New(printtest.Typical), Options{Faces: faces(b)}, wholeFont(b)
	ids := []string{w.First("meeting")}
	m, _ := w.Get("meeting", ids[0])
	lines := append(strings.Split(m.Values["minutes"], "\n"), strings.Repeat("白雨桐、陈立群、", 8), "应到 20 人，实到 17 人")
	run(b, "layer", func() int { return byLayer(b, "F01", ids, w, opt) })
	run(b, "plain", func() int { return plain(b, font, lines) })
}

func BenchmarkRoster2000(b *testing.B) {
	w, opt, font := printtest.New(printtest.Crowd), Options{Faces: faces(b)}, wholeFont(b)
	var lines []string
	for i, m := range w.All("member") {
		v := m.Values
		lines = append(lines, fmt.Sprint(i+1, v["name"], v["id_no"], v["joined"], v["converted"], v["employer"], v["title"], v["mobile"]))
	}
	run(b, "layer", func() int { return byLayer(b, "F15", nil, w, opt) })
	run(b, "plain", func() int { return plain(b, font, lines) })
}

func BenchmarkHundredForms(b *testing.B) {
	w, opt, font := printtest.New(printtest.Typical), Options{Faces: faces(b)}, wholeFont(b)
	ids := []string{w.First("post")}
	p, _ := w.Get("post", ids[0])
	var lines []string
	for _, path := range p.Values.Paths() {
		lines = append(lines, p.Values[path])
	}
	hundred := func(one func() int) func() int {
		return func() int {
			n := 0
			for range 100 {
				n += one()
			}
			return n
		}
	}
	run(b, "layer", hundred(func() int { return byLayer(b, "F17", ids, w, opt) }))
	run(b, "plain", hundred(func() int { return plain(b, font, lines) }))
}

// run measures one way of doing a job: time, garbage, bytes of the files.
func run(b *testing.B, name string, job func() int) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		size, before := 0, cpu(b)
		for b.Loop() {
			size = job()
		}
		b.ReportMetric((cpu(b)-before)/float64(b.N)*1000, "cpu-ms/op")
		b.ReportMetric(float64(size), "file-bytes")
	})
}

// cpu returns the seconds of processor time this process has used: unlike the
// clock it does not mind what else the machine does.
func cpu(b *testing.B) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(u.Utime) + seconds(u.Stime)
}

func BenchmarkPreview(b *testing.B) {
	w := printtest.New(printtest.Typical)
	d, _, err := Make("F01", []string{w.First("meeting")}, w, Options{Faces: faces(b)})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if d.Image(0, 96) == nil {
			b.Fatal(io.ErrUnexpectedEOF)
		}
	}
}
