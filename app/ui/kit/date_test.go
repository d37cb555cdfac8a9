package kit

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

func TestTidyDate(t *testing.T) {
	for typed, want := range map[string]string{
		"20261120": "2026-11-20", "2026-11-20": "2026-11-20", "11-20": "2026-11-20", "1120": "2026-11-20", "今天": "2026-11-20",
		"+7": "2026-11-27", "-20": "2026-10-31", "明天": "2026-11-21", "2026年11月5日": "2026-11-05", "2026.1.5": "2026-01-05", "2026/3/1": "2026-03-01",
		"２０２６１１２０": "2026-11-20", "201807": "2018-07", "2018-07": "2018-07", "2018": "2018", "1998": "1998", "2018年": "2018", "2018年7月": "2018-07",
		"98-7-1": "1998-07-01", "26.11.20": "2026-11-20", "3.8": "2026-03-08", "308": "2026-03-08", "20240229": "2024-02-29", "": "",
	} {
		if got, ok := TidyDate(typed, today); !ok || got != want {
			t.Errorf("%q: %q %v, want %q", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"2014-13-02", "20230229", "2026-11-31", "去年", "99", "12345", "0000", "1-2-3-4", "abc", "+x", "2026-00-10"} {
		if got, ok := TidyDate(typed, today); ok || got != typed {
			t.Errorf("%q became %q", typed, got)
		}
	}
}

func FuzzTidyDate(f *testing.F) {
	for _, s := range []string{"20261120", "11-20", "今天", "+7", "2026年", "-", "+", "月", "1.", "９"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := TidyDate(s, today)
		if !ok || got == "" {
			return
		}
		for _, form := range []string{time.DateOnly, "2006-01", "2006"} {
			if d, err := time.Parse(form, got); err == nil && d.Format(form) == got {
				if again, ok := TidyDate(got, today); !ok || again != got {
					t.Fatalf("%q → %q → %q", s, got, again)
				}
				return
			}
		}
		if got[0] != '+' && got[0] != '-' && len(got) > 10 { // +99999 days: far years
			return
		}
		t.Fatalf("%q became %q", s, got)
	})
}

func TestDateBox(t *testing.T) {
	var d *Entry
	told := ""
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		d = k.DateBox(func(s string) { told = s })
		return Column(0, d, k.Entry(""))
	})
	k.Focus(d)
	typed(k, "1105")
	if told != "2026-11-05" || d.Text() != "1105" {
		t.Errorf("typing: told %q, box %q", told, d.Text())
	}
	k.Window().Canvas().FocusNext()
	if d.Text() != "2026-11-05" {
		t.Errorf("left: %q", d.Text())
	}
	k.Focus(d)
	shortcut(k, ctrl(fyne.KeySemicolon))
	if d.Text() != "2026-11-20" {
		t.Errorf("Ctrl+;: %q", d.Text())
	}
	press(k, fyne.KeyDown) // opens the calendar, which then has the keys
	for _, key := range []fyne.KeyName{fyne.KeyPageDown, fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn} {
		press(k, key)
	}
	if d.Text() != "2026-12-28" || told != d.Text() {
		t.Errorf("calendar: %q", d.Text())
	}
}
