package print

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"zhibu/app/print/printtest"
	"zhibu/storage/record"
)

func TestTheSameRecordsGiveTheSameBytes(t *testing.T) {
	for _, code := range []string{"F01", "F15", "BOOK", "F20"} {
		w := printtest.New(printtest.Typical)
		var ids []string
		if code == "F01" {
			ids = []string{w.First("meeting")}
		}
		if code == "F20" {
			ids = []string{w.First("zone")}
		}
		first := pdf(t, document(t, code, ids, w, Options{}))
		for range 4 {
			if !bytes.Equal(first, pdf(t, document(t, code, ids, printtest.New(printtest.Typical), Options{}))) {
				t.Errorf("%s: the bytes differ", code)
			}
		}
	}
}

func TestAnOwnerPasswordLocksChangesOnly(t *testing.T) {
	w := printtest.New(printtest.Typical)
	data := pdf(t, document(t, "F15", nil, w, Options{Password: "只许打印"}))
	path := filepath.Join(t.TempDir(), "locked.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("qpdf", "--show-encryption", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"modify anything: not allowed", "print high resolution: allowed", "AESv3"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("qpdf does not say %q:\n%s", want, out)
		}
	}
	if !strings.Contains(pdftotext(t, data), "陈立群") {
		t.Error("the file does not open without a password")
	}
	info, err := exec.Command("pdfinfo", path).CombinedOutput()
	if err != nil || !strings.Contains(string(info), "党员花名册") || !strings.Contains(string(info), "Nov 20 00:00:00 2026") || strings.Contains(string(info), "Producer") || strings.Contains(string(info), "pdfcpu") {
		t.Errorf("facts of the document: %v\n%s", err, info)
	}
	if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v\n%s", err, out)
	}
}

func TestReprintsAreMarked(t *testing.T) {
	w := printtest.New(printtest.Typical)
	ids := []string{w.First("meeting")}
	if text := pdftotext(t, pdf(t, document(t, "F01", ids, w, Options{Prints: 2}))); strings.Count(text, "补打第 2 次") != 2 {
		t.Errorf("every page should carry the mark:\n%s", text)
	}
	if strings.Contains(pdftotext(t, pdf(t, document(t, "F01", ids, w, Options{}))), "补打") {
		t.Error("a first print is marked")
	}
}

func TestABatchReportsAndStops(t *testing.T) {
	w := printtest.New(printtest.Typical)
	var ids []string
	for _, m := range w.All("member") {
		ids = append(ids, m.ID)
	}
	var seen []int
	opt := Options{Progress: func(done, total int) bool { seen = append(seen, done); return total == 20 && done < 5 }}
	_, _, err := Make("F24", ids, w, opt)
	if record.CodeOf(err) != "PRINT_STOPPED" || len(seen) != 6 {
		t.Fatalf("%v after %v", err, seen)
	}
	d := document(t, "F24", ids, w, Options{})
	if d.Pages() != 20 || d.Only(3, 99, 4).Pages() != 2 {
		t.Errorf("%d pages in the batch", d.Pages())
	}
}

func TestWhatIsAskedStandsOnThePaper(t *testing.T) {
	w := printtest.New(printtest.Typical)
	answers := map[string]string{"to": "中共甲乙街道工作委员会", "no": "沪云栈三支〔2026〕8号", "dest": "中共丙丁有限公司支部委员会", "paid": "2026-03", "about": "苏某", "from": "2026年11月21日", "copies": "中共浦江新区某委员会", "signer": "陈立群"}
	for _, f := range Forms() {
		if len(f.Asks) == 0 {
			continue
		}
		var all strings.Builder
		for _, v := range f.Variants {
			world := printtest.New(printtest.Typical)
			for _, p := range world.All("pool") {
				delete(p.Values, "polrev_letters/l1/to") // what the record says comes first
				delete(p.Values, "polrev_letters/l1/about")
			}
			all.WriteString(pdftotext(t, pdf(t, document(t, f.Code, []string{world.First(f.Kinds[0])}, world, Options{Variant: v.ID, Fill: answers, RedHead: true}))))
		}
		for _, ask := range f.Asks {
			want := answers[ask.Name]
			if ask.Name == "paid" {
				want = "零叁"
			}
			if want == "" || !strings.Contains(strip(all.String()), strip(want)) {
				t.Errorf("%s: %q is asked but not printed", f.Code, ask.Label)
			}
		}
	}
	d := document(t, "F10", nil, w, Options{Variant: "TERM"})
	if !strings.Contains(strip(pdftotext(t, pdf(t, d))), "2027年2月28日") {
		t.Error("a letter about the branch itself should need no record")
	}
}

func TestWhatCannotBePrintedIsRefusedInWords(t *testing.T) {
	w := printtest.New(printtest.Typical)
	for _, c := range []struct {
		code string
		ids  []string
		opt  Options
		want string
	}{
		{"F99", nil, Options{}, "FORM_UNKNOWN"},
		{"F01", []string{"nobody"}, Options{}, "PRINT_NO_RECORD"},
		{"F01", []string{w.First("member")}, Options{}, "PRINT_NO_RECORD"},
		{"F01", []string{w.First("meeting")}, Options{Variant: "X"}, "VARIANT_UNKNOWN"},
		{"BOOK", nil, Options{Blank: true}, "FORM_NOT_BLANK"},
	} {
		_, _, err := Make(c.code, c.ids, w, c.opt)
		if got := record.CodeOf(err); got != c.want {
			t.Errorf("%s: %s, want %s", c.code, got, c.want)
		}
		if strings.ContainsAny(record.SayOf(err), "!！您") {
			t.Errorf("%s: %s", c.code, record.SayOf(err))
		}
	}
}

// TestTheWritingOfAPlaceIsKept prints a full year of probation and the day of
// becoming a target as the rules of the place say (domain.md §1.3, DP15).
func TestTheWritingOfAPlaceIsKept(t *testing.T) {
	words := func(params record.Values) string {
		w := printtest.New(printtest.Typical)
		profile := w.All("branch")[0]
		for path, value := range params {
			profile.Values[path] = value
		}
		p := w.All("pool")[0]
		p.Values["meeting1"], p.Values["probation_end"] = "2025-06-20", "2026-06-20"
		p.Values["target_decided"], p.Values["target_filed"] = "2025-01-15", "2025-02-10"
		out := pdftotext(t, pdf(t, document(t, "F10", []string{p.ID}, w, Options{Variant: "CONVERT"})))
		return strip(out + pdftotext(t, pdf(t, document(t, "F08", []string{p.ID}, w, Options{Variant: "REPORT"}))))
	}
	if text := words(nil); !strings.Contains(text, "2026年6月20日") || !strings.Contains(text, "2025年2月10日确定为发展对象") {
		t.Errorf("the usual writing: %s", text)
	}
	text := words(record.Values{"param/a/name": "target_date", "param/a/value": "DECIDED", "param/a/from": "2020-01-01", "param/a/basis": "区里规定",
		"param/b/name": "probation_end_print", "param/b/value": "DAY_BEFORE", "param/b/from": "2020-01-01", "param/b/basis": "区里规定"})
	if !strings.Contains(text, "2026年6月19日") || !strings.Contains(text, "2025年1月15日确定为发展对象") {
		t.Errorf("the writing of the place: %s", text)
	}
}

func TestMaskingHidesTheMiddle(t *testing.T) {
	w := printtest.New(printtest.Typical)
	text := pdftotext(t, pdf(t, document(t, "F15", nil, w, Options{Mask: true})))
	for _, m := range w.All("member") {
		for _, secret := range []string{m.Values["id_no"], m.Values["mobile"]} {
			if strings.Contains(text, secret) {
				t.Errorf("%s is on the masked list", secret)
			}
		}
	}
	if !strings.Contains(text, "310115********0009") || !strings.Contains(text, "139****2222") {
		t.Errorf("masks look different:\n%.400s", text)
	}
}

func TestThePlaceOfTheEmblemTakesTheUsersPicture(t *testing.T) {
	w := printtest.New(printtest.Typical)
	green := image.NewRGBA(image.Rect(0, 0, 2, 2))
	for i := range 4 {
		green.Set(i%2, i/2, color.RGBA{0, 200, 0, 255})
	}
	img := document(t, "F19", []string{w.First("post")}, w, Options{Picture: green}).Image(0, 25.4)
	if _, g, b, _ := img.At(25, 42).RGBA(); g>>8 < 150 || b>>8 > 60 {
		t.Error("the picture is not in its place")
	}
	img = document(t, "F19", []string{w.First("post")}, w, Options{}).Image(0, 25.4)
	if r, g, _, _ := img.At(25, 42).RGBA(); r>>8 < 120 || g>>8 > 60 {
		t.Error("without a picture the place should be empty ground")
	}
}

func TestStrokeOrder(t *testing.T) {
	w := printtest.New(printtest.Empty)
	for _, name := range []string{"龚子墨", "尹某", "丁一舟", "方书禾", "王某", "仉某", "陈立群", "亓某", "石远航"} { // 亓 and 仉 stand in the table's second and third level
		w.Add("member", record.Values{"name": name})
	}
	var got []string
	for _, r := range sortedByName(w.All("member"), "strokes") {
		got = append(got, r.Values["name"])
	}
	if want := "丁一舟 王某 亓某 仉某 方书禾 尹某 石远航 陈立群 龚子墨"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
}

func TestCapitalNumerals(t *testing.T) {
	for n, want := range map[int64]string{0: "零", 3: "叁", 10: "壹拾", 15: "壹拾伍", 30: "叁拾", 90: "玖拾", 105: "壹佰零伍", 1005: "壹仟零伍", 10005: "壹万零伍", 100000: "壹拾万", 120034: "壹拾贰万零叁拾肆", 100000005: "壹亿零伍"} {
		if got := capital(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	if capitalYear(2026) != "贰零贰陆" || capitalMonth(3) != "零叁" || capitalMonth(10) != "壹拾" || capitalMonth(12) != "壹拾贰" {
		t.Error("year or month")
	}
	for fen, want := range map[int64]string{0: "零元整", 12750: "壹佰贰拾柒元伍角整", 1340: "壹拾叁元肆角整", 4322: "肆拾叁元贰角贰分", 100005: "壹仟元零伍分", 20: "贰角整", 5: "伍分"} {
		if got := capitalMoney(fen); got != want {
			t.Errorf("%d fen: %s, want %s", fen, got, want)
		}
	}
}

// The annual sheet of a branch whose three groups meet every month is one page.
func TestTheAnnualSheetHoldsThreeGroups(t *testing.T) {
	w := printtest.New(printtest.Empty)
	for month := 1; month <= 12; month++ {
		for _, m := range []struct{ kind, serial string }{{"DXZ", "小组会"}, {"DXZ", "小组会"}, {"DXZ", "小组会"}, {"ZWH", "支委会"}, {"ZTDR", "党日"}} {
			w.Add("meeting", record.Values{"kind": m.kind, "start": fmt.Sprintf("2026-%02d-15 14:00", month), "serial": fmt.Sprintf("2026-%s-%02d", m.serial, month)})
		}
	}
	d := document(t, "F22", nil, w, Options{})
	if d.Pages() != 1 {
		t.Fatalf("%d pages", d.Pages())
	}
	onPaper(t, d)
}
