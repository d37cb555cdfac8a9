package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// answer is what one command line printed.
type answer struct {
	code      int
	out, said string
}

// ask carries out one command line in this process, with --json.
func ask(t *testing.T, args ...string) answer {
	t.Helper()
	var out, said bytes.Buffer
	code := run(t.Context(), append(args, "--json"), &out, &said)
	return answer{code, out.String(), said.String()}
}

// tell is ask of a command that must succeed; the answer is read into v.
func tell(t *testing.T, v any, args ...string) answer {
	t.Helper()
	a := ask(t, args...)
	if a.code != exitDone {
		t.Fatalf("zhibu %s: exit %d: %s", strings.Join(args, " "), a.code, a.said)
	}
	if v == nil {
		return a
	}
	if err := json.Unmarshal([]byte(a.out), v); err != nil {
		t.Fatalf("zhibu %s: %v in %s", strings.Join(args, " "), err, a.out)
	}
	return a
}

// laptop makes a data folder with an empty branch and returns its flag; the clock
// stands at now.
func laptop(t *testing.T, now string) string {
	t.Helper()
	t.Setenv("ZHIBU_PASSPHRASE", "春风又绿江南岸 2026")
	t.Setenv("ZHIBU_TEST_KEY", "1")
	t.Setenv("ZHIBU_NOW", now)
	data := "--data=" + t.TempDir()
	tell(t, nil, "init", "--branch", "青梧街道云栈科技园第三联合党支部", data)
	return data
}

// vector is one case of vectors.json.
type vector map[string]any

func (v vector) text(name string) string {
	if n, ok := v[name].(float64); ok {
		return fmt.Sprint(int64(n))
	}
	s, _ := v[name].(string)
	return s
}

func (v vector) part(name string) vector {
	m, _ := v[name].(map[string]any)
	return m
}

func readVectors(t *testing.T) map[string][]vector {
	t.Helper()
	data, err := os.ReadFile("branch/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var out map[string][]vector
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"vote", "election", "dues", "retired_dues", "id", "standing", "development"} {
		if len(out[name]) == 0 {
			t.Fatalf("no %s in vectors.json", name)
		}
	}
	return out
}

func yuanOf(fen string) string {
	fen = strings.Repeat("0", max(0, 3-len(fen))) + fen
	return fen[:len(fen)-2] + "." + fen[len(fen)-2:]
}

func TestVoteCommandOnVectors(t *testing.T) {
	all := readVectors(t)
	var got struct{ Outcome string }
	for _, v := range all["vote"] {
		for _, kind := range []string{"admission", "conversion"} {
			tell(t, &got, "vote", "--kind", kind, "--entitled", v.text("entitled"), "--present", v.text("present"), "--for", v.text("ayes"), "--written", v.text("written"))
			if got.Outcome != v.text("expect") {
				t.Errorf("%s %v: %s", kind, v, got.Outcome)
			}
		}
	}
	for _, v := range all["election"] {
		for _, base := range []string{"present", "entitled"} {
			var e struct {
				Outcome      string
				Need, Quorum int
			}
			need := v.text("min_ayes_" + base + "_base")
			elect := func(ayes string) {
				tell(t, &e, "vote", "--kind", "election", "--elect-base", base, "--entitled", v.text("entitled"), "--present", v.text("present"), "--for", ayes)
			}
			if v["valid"] != true {
				if elect(v.text("present")); e.Outcome != "INVALID" || fmt.Sprint(e.Quorum) != v.text("min_present") {
					t.Errorf("%s %v: %+v", base, v, e)
				}
				continue
			}
			if elect(need); e.Outcome != "PASS" || fmt.Sprint(e.Need) != need || fmt.Sprint(e.Quorum) != v.text("min_present") {
				t.Errorf("%s %v: %+v", base, v, e)
			}
			if elect(fmt.Sprint(e.Need - 1)); e.Outcome != "FAIL" {
				t.Errorf("%s %v: one vote less is enough: %+v", base, v, e)
			}
		}
	}
}

func TestCalcCommandOnVectors(t *testing.T) {
	t.Setenv("ZHIBU_NOW", present)
	all := readVectors(t)
	for list, kind := range map[string]string{"dues": "salaried", "retired_dues": "retired"} {
		for _, v := range all[list] {
			var got struct {
				Fen int64 `json:"fen"`
				BP  int64 `json:"rate_bp"`
			}
			tell(t, &got, "calc", "dues", "--base", yuanOf(v.text("base_fen")), "--kind", kind)
			if fmt.Sprint(got.Fen) != v.text("dues_fen") || v["rate_bp"] != nil && fmt.Sprint(got.BP) != v.text("rate_bp") {
				t.Errorf("%s %v: %+v", kind, v, got)
			}
		}
	}
	for _, v := range all["id"] {
		var got struct {
			Valid      bool
			Birth, Sex string
			Problems   []string
		}
		tell(t, &got, "calc", "id", v.text("no"))
		want := v.text("expect")
		if got.Valid != (want == "OK") || !got.Valid && !strings.Contains(strings.Join(got.Problems, " "), want) || got.Birth != v.text("birth") || got.Sex != v.text("sex") {
			t.Errorf("%v: %+v", v, got)
		}
	}
	for _, v := range all["standing"] {
		var got struct{ Years int }
		tell(t, &got, "calc", "standing", v.text("converted"), "--on", v.text("on"), "--adjust", v.text("adjust_months"))
		if fmt.Sprint(got.Years) != v.text("years") {
			t.Errorf("%v: %+v", v, got)
		}
	}
}

// fromRegister says, for the vectors of 发展党员 that a register's form can
// express, what is typed. The rest need a rule judged alone, which branch tests.
func fromRegister(v vector) ([]string, bool) {
	in := v.part("input")
	pairs := []string{"name=石一诺"}
	switch v.text("id") {
	case "D8":
		return append(pairs, "activist_decided="+in.text("activist_decided"), "cultivation_credit_from=2024-03-01", "cultivation_credit_to=2024-09-17"), true
	case "D18":
		return append(pairs, "meeting1=2025-06-18", "meeting2=2026-06-18", "meeting2_result=按期转正", "approved2=2026-08-30"), true
	case "D19", "D20", "D21":
		return append(pairs, "meeting1=2025-06-18", "meeting2=2026-06-18", "meeting2_result=延长预备期", "extension_months="+in.text("extension_months")), true
	case "D22":
		return append(pairs, "meeting1=2025-06-18", "meeting2=2026-06-18", "meeting2_result=延长预备期", "extension_months=6", "meeting3=2026-12-20", "meeting3_result=延长预备期"), true
	case "D6", "D9", "D10", "D11", "D24", "D25", "D26", "D28":
		return nil, false
	}
	for name := range in {
		pairs = append(pairs, name+"="+in.text(name))
	}
	return pairs, true
}

// TestRegisterOnDevelopmentVectors types the vectors into the register of 发展党员
// and reads the answer: refused with the earliest day, warned, or accepted with
// the dates that follow.
func TestRegisterOnDevelopmentVectors(t *testing.T) {
	data := laptop(t, "2030-01-01 09:00")
	done := 0
	for _, v := range readVectors(t)["development"] {
		pairs, ok := fromRegister(v)
		if !ok {
			continue
		}
		done++
		want := v.part("expect")
		a := ask(t, append(append([]string{"set", "pool"}, pairs...), data)...)
		late := want.text("rule") == "DP29" // of old records a limit gone by is marked, not refused
		if refused := want.text("sev") == "BLOCK" && !late; refused != (a.code == exitRefused) {
			t.Errorf("%v: exit %d: %s", v, a.code, a.said)
			continue
		}
		for _, name := range []string{"earliest", "limit"} {
			if date := want.text(name); date != "" && !strings.Contains(a.said, date) {
				t.Errorf("%v: %q does not name %s", v, a.said, date)
			}
		}
		if days := want.text("late_days"); days != "" && !strings.Contains(a.said, days+" 天") {
			t.Errorf("%v: %q does not say how late", v, a.said)
		}
		if a.code == exitDone {
			datesFollow(t, v, a, data)
		}
	}
	if done < 20 {
		t.Errorf("only %d vectors were typed", done)
	}
}

// datesFollow holds the computed dates of a stored person against a vector.
func datesFollow(t *testing.T, v vector, a answer, data string) {
	t.Helper()
	var person recordJSON
	if err := json.Unmarshal([]byte(a.out), &person); err != nil {
		t.Fatal(err)
	}
	var steps []struct {
		PossibleFrom string `json:"possible_from"`
		Deadline     string `json:"deadline"`
	}
	tell(t, &steps, "stage", person.ID, data)
	want := v.part("expect")
	for name, got := range map[string]string{
		"probation_end": person.Values["probation_end"], "extension_end": person.Values["extension_end"], "effective_full_date": person.Values["effective_full_date"],
		"earliest_target": steps[6].PossibleFrom,
	} {
		if date := want.text(name); date != "" && got != date {
			t.Errorf("%v: %s is %q", v, name, got)
		}
	}
	for name, n := range map[string]int{"D4": 2, "D23": 17} {
		date := want.text("deadline") + want.text("approval_limit")
		if v.text("id") == name && steps[n-1].Deadline != date {
			t.Errorf("%v: the deadline of step %d is %q", v, n, steps[n-1].Deadline)
		}
	}
}
