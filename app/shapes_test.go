package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Shapes of the answers, kept stable (issue 2 item 9, issue 3 "Commands"). In a
// template "text", "number", "bool" and "any" stand for values; a key that ends
// in ? may be missing, * stands for any keys; [x] is a list of x with at least one
// in it, [x, "or none"] one that may be empty; {"or null": x} is x or null.
const (
	aRecord = `{"id":"text","kind":"text","values":{"*":"text"},"deleted":"bool","state":"text"}`
	records = `[` + aRecord + `]`
	anIssue = `{"sheet?":"text","row?":"number","col":"text","field":"text","severity":"text","code":"text","say":"text","value?":"text","suggest?":["text"]}`
	aDry    = `{"sheets":[{"name":"text","headings_row":"number","columns":{"*":"text"},"headings":{"*":"text"},"unsure?":["text"],"ignored?":{"*":"text"},"first?":{"*":"text"},"notes?":["text"],
		"rows":[{"row":"number","state":"text","record?":"text","values":{"or null":{"*":"text"}},"issues":[` + anIssue + `,"or none"]}]}],
		"summary":{"rows":"number","ready":"number","new":"number","changed":"number","same":"number","ask":"number","held":"number","skipped":"number","errors":"number","warnings":"number","infos":"number"}}`
	aDone    = `{"batch":"text","added":"number","changed":"number","skipped":"number","issues":[` + anIssue + `,"or none"]}`
	undone   = `{"batch?":"text","op?":"text","undone":"number","later":["any","or none"]}`
	aHistory = `[{"at":"text","by":"text","device":"text","batch?":"text","why?":"text","op":"text","state":"text","undoes?":"text","changes":{"*":["text","or none"]}}]`
	aField   = `{"name":"text","label":"text","type":"text","required?":"bool","locked?":"bool","choices?":["text"],"columns?":["any"]}`
	aMonth   = `{"month":"text","due_fen":"number","paid_fen":"number","members":"number","settled":"number","exempt":"number","handed_over":"bool",
		"lines":[{"member":"text","name":"text","due_fen":"number","paid_fen":"number","paid_on?":"text","exempt?":"bool","open":"bool","arrears_months":"number"}]}`
	duties = `[{"rule":"text","kind":"text","record":"text","date":"text","level":"text","say":"text","key":"text"}]`
	aStage = `[{"n":"number","name":"text","done":"bool","date":"text","possible_from":"text","deadline":"text","blocked":[{"rule":"text","severity":"text","say":"text"},"or none"]}]`
	aGrid  = `[{"kind":"text","label":"text","group?":"text","every":"number","minimum":"number","held":"number","missed":"number",
		"cells":[{"from":"number","months":"number","state":"text","meeting?":"text","start?":"text","serial?":"text","period?":"text"}]}]`
	aYear = `{"year":"number","series":[{"code":"text","label":"text","group":"text",
		"points":{"or null":[{"code":"text","label":"text","value":"number","unit?":"text","note?":"text","kind?":"text","ids?":["text"]},"or none"]}}]}`
	aVote   = `{"outcome":"text","need":"number","quorum":"number","rule":"text","say":"text"}`
	aCheck  = `{"ok":"bool","records":"number","history":"number","pending":"number","refused":"number","drafts":"number","audit":"number","files":"number","bytes":"number","problems":["text","or none"]}`
	outcome = `{"pushed":"number","pulled":"number","conflicts":"number","refused":"number","files":"number","files_left":"number","files_why?":"text","requests":"number","bytes_up":"number","bytes_down":"number"}`
)

// fits holds v, as encoding/json reads it, against a template, and says where
// they differ.
func fits(want, v any, at string) error {
	switch want := want.(type) {
	case string:
		ok := map[string]bool{"any": true}
		switch v.(type) {
		case string:
			ok["text"] = true
		case float64:
			ok["number"] = true
		case bool:
			ok["bool"] = true
		}
		if !ok[want] {
			return fmt.Errorf("%s is %v, not a %s", at, v, want)
		}
	case []any:
		list, ok := v.([]any)
		if !ok || len(list) == 0 && len(want) == 1 {
			return fmt.Errorf("%s is %v, not a list", at, v)
		}
		for i, item := range list {
			if err := fits(want[0], item, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
	case map[string]any:
		return fitsObject(want, v, at)
	}
	return nil
}

func fitsObject(want map[string]any, v any, at string) error {
	if otherwise, ok := want["or null"]; ok {
		if v == nil {
			return nil
		}
		return fits(otherwise, v, at)
	}
	object, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%s is %v, not an object", at, v)
	}
	left := maps.Clone(object)
	for _, key := range slices.Sorted(maps.Keys(want)) {
		name, optional := strings.CutSuffix(key, "?")
		item, there := object[name]
		delete(left, name)
		switch {
		case key == "*":
			for name, item := range object {
				if err := fits(want[key], item, at+"."+name); err != nil {
					return err
				}
			}
			return nil
		case !there && optional:
		case !there:
			return fmt.Errorf("%s has no %q", at, name)
		default:
			if err := fits(want[key], item, at+"."+name); err != nil {
				return err
			}
		}
	}
	if len(left) > 0 {
		return fmt.Errorf("%s has %v besides", at, slices.Sorted(maps.Keys(left)))
	}
	return nil
}

func TestShapesTellDifferences(t *testing.T) {
	for _, c := range []struct {
		want, got string
		fits      bool
	}{
		{aVote, `{"outcome":"PASS","need":1,"quorum":1,"rule":"","say":""}`, true},
		{aVote, `{"outcome":"PASS","need":"1","quorum":1,"rule":"","say":""}`, false},
		{aVote, `{"outcome":"PASS","need":1,"quorum":1,"rule":""}`, false},
		{aVote, `{"outcome":"PASS","need":1,"quorum":1,"rule":"","say":"","more":1}`, false},
		{`["text"]`, `[]`, false}, {`["text","or none"]`, `[]`, true}, {`["text","or none"]`, `null`, false}, {`{"or null":{"*":"text"}}`, `null`, true},
		{`{"*":"text"}`, `{"a":1}`, false}, {`{"a?":"text"}`, `{}`, true}, {`{"a?":"text"}`, `{"a":null}`, false},
	} {
		var want, got any
		for text, v := range map[string]*any{c.want: &want, c.got: &got} {
			if err := json.Unmarshal([]byte(text), v); err != nil {
				t.Fatal(err)
			}
		}
		if err := fits(want, got, ""); (err == nil) != c.fits {
			t.Errorf("%s against %s: %v", c.got, c.want, err)
		}
	}
}

// shaped carries out commands and holds every answer against its template.
type shaped struct {
	t    *testing.T
	data string
	seen map[string]bool
}

// run starts the program itself: opening a doubtful file, it starts itself once
// more to verify it.
func (s *shaped) run(args ...string) answer {
	s.t.Helper()
	var out, said bytes.Buffer
	cmd := exec.CommandContext(s.t.Context(), "zhibu", append(args, "--json")...) // TestMain puts it there
	cmd.Stdout, cmd.Stderr = &out, &said
	var failed *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &failed) {
		s.t.Fatal(err)
	}
	return answer{cmd.ProcessState.ExitCode(), out.String(), said.String()}
}

func (s *shaped) hold(want string, args ...string) any {
	s.t.Helper()
	s.seen[args[0]] = true
	var template, got any
	if err := json.Unmarshal([]byte(want), &template); err != nil {
		s.t.Fatalf("template %s: %v", want, err)
	}
	if slices.IndexFunc(args, func(a string) bool { return strings.HasPrefix(a, "--data=") }) < 0 {
		args = append(args, "--data="+s.data)
	}
	a := s.run(args...)
	if a.code != exitDone {
		s.t.Fatalf("zhibu %s: exit %d: %s", strings.Join(args, " "), a.code, a.said)
	}
	if err := json.Unmarshal([]byte(a.out), &got); err != nil {
		s.t.Fatalf("zhibu %s: %v in %s", strings.Join(args, " "), err, a.out)
	}
	if err := fits(template, got, args[0]); err != nil {
		s.t.Errorf("zhibu %s: %v\n%.600s", strings.Join(args, " "), err, a.out)
	}
	return got
}

// part walks into an answer: "0.id".
func part(t *testing.T, v any, path string) string {
	t.Helper()
	for _, step := range strings.Split(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[step]
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(x) {
				t.Fatalf("no %s in %v", path, v)
			}
			v = x[i]
		}
	}
	return fmt.Sprint(v)
}

// TestEveryCommandKeepsItsShape goes through all commands with --json.
func TestEveryCommandKeepsItsShape(t *testing.T) {
	t.Setenv("ZHIBU_PASSPHRASE", "春风又绿江南岸 2026")
	t.Setenv("ZHIBU_NEW_PASSPHRASE", "换一个更长的密码")
	t.Setenv("ZHIBU_TEST_KEY", "1")
	t.Setenv("ZHIBU_NOW", present)
	s := &shaped{t: t, data: filepath.Join(t.TempDir(), "a"), seen: map[string]bool{"open": true, "try": true, childCommand: true}} // windows and the program's own
	s.hold(`{"records":"number","kinds":{"*":"number"},"recovery":"text"}`, "demo")
	s.registers()
	s.files()
	s.rules()
	s.district()
	s.care()
	for _, cmd := range commands() {
		if !s.seen[cmd.name] {
			t.Errorf("nothing holds the shape of zhibu %s", cmd.name)
		}
	}
}

func (s *shaped) registers() {
	s.hold(`[{"name":"text","label":"text","page":"text","fields":[`+aField+`]}]`, "kinds")
	first := part(s.t, s.hold(records, "list", "member"), "0.id")
	s.hold(records, "list", "member", "--find", "c")
	s.hold(aRecord, "show", "member", first)
	s.hold(aRecord, "set", "member", first, "employer=甲公司", "--why", "换了单位")
	entries := s.hold(aHistory, "history", "member", first).([]any)
	s.hold(undone, "undo", part(s.t, entries[len(entries)-1], "op"))
	gone := part(s.t, s.hold(aRecord, "set", "honour", "title=优秀共产党员"), "id")
	s.hold(aRecord, "delete", "honour", gone)
	s.hold(records, "trash")
	s.hold(aRecord, "trash", "honour", gone)
	meeting := part(s.t, s.hold(aRecord, "set", "meeting", "kind=主题党日", "start=2026-11-19 14:00"), "id")
	s.hold(aRecord, "finalise", "meeting", meeting)
	s.hold(aRecord, "correct", "meeting", meeting, "地点写错，应为党群服务站")
}

func (s *shaped) files() {
	out := s.t.TempDir()
	roster := "sheet/testdata/samples/01_roster.xlsx"
	s.hold(aDry, "import", "member", roster, "--dry-run")
	s.hold(aDry, "import", "pool", "sheet/testdata/samples/06_pool.xlsx", "--dry-run")
	batch := part(s.t, s.hold(aDone, "import", "member", roster), "batch")
	s.hold(undone, "undo-import", batch)
	s.hold(`{"file":"text"}`, "template", "member", filepath.Join(out, "blank.xlsx"))
	s.hold(`{"file":"text","rows":"number"}`, "export", "member", filepath.Join(out, "out.xlsx"))
	s.hold(`[{"code":"text","name":"text","kinds":["text","or none"],"blank":"bool","source":"text"}]`, "forms")
	s.hold(`{"file":"text","pages":"number","complaints":["text","or none"]}`, "print", "F15", "-o", filepath.Join(out, "f15.pdf"))
	s.hold(`{"file":"text","pages":"number"}`, "calibrate", "-o", filepath.Join(out, "cross.pdf"))
	s.hold(`{"printer":"text","form":"text","right":"number","down":"number"}`, "calibrate", "前台打印机", "F11", "49", "51.5")
	s.hold(`{"song":"text","title":"text","hei":"text","kai":"text","fang":"text"}`, "faces")
}

func (s *shaped) rules() {
	s.hold(`[{"name":"text","label":"text","value":"text","tag":"text","basis":"text","since":"text","by":"text","fixed":"bool","choices?":["text"],"next?":[{"value":"text","basis":"text","since":"text","by":"text"}]}]`,
		"rules", "set", "demand_days", "20", "--from", "2026-12-01", "--why", "支委会研究")
	s.hold(`{"or null":`+duties+`}`, "due", "--on", "2026-11-20")
	key := part(s.t, s.hold(duties, "due"), "0.key")
	s.hold(duties, "mute", key, "--why", "已另行安排")
	s.hold(`[{"id":"text","at":"text","title":"text","text":"text","due":"text"},"or none"]`, "notices")
	s.hold(`{"received":"number","used":"number","void":"number","lost":"number","returned":"number","held":"number"}`, "booklets")
	s.hold(aGrid, "grid", "2026")
	s.hold(aYear, "stats")
	for _, kind := range []string{"admission", "conversion", "resolution", "election"} {
		s.hold(aVote, "vote", "--kind", kind, "--entitled", "12", "--present", "11", "--for", "9")
	}
	s.hold(`{"fen":"number","rate_bp":"number","proposed_fen":"number","say":"text"}`, "calc", "dues", "--base", "4321.50", "--kind", "salaried")
	s.hold(`{"valid":"bool","birth":"text","sex":"text","problems":["text","or none"]}`, "calc", "id", "310115199001010011")
	s.hold(`{"years":"number","months":"number","about":"bool"}`, "calc", "standing", "2006-06-20", "--on", "2025-06-20")
	s.hold(aMonth, "dues", "month", "2026-11")
	s.hold(aMonth, "dues", "collect", "2026-11")
	s.hold(aMonth, "dues", "handover", "2026-11", "100", "--receipt", "沪1126")
	s.hold(aMonth, "pay", part(s.t, s.hold(records, "list", "member"), "0.id"), "2026-10", "30")
	person := part(s.t, s.hold(aRecord, "set", "pool", "name=石一诺", "id_no=31011519950315003X", "applied=2026-11-02"), "id")
	s.hold(aStage, "stage", person)
	s.hold(aRecord, "step", person, "2", "talked=2026-11-19", "talker=陈立群")
	s.hold(aRecord, "act", "pool", person, "WITHDRAWN", "why=本人提出")
}

func (s *shaped) district() {
	d, second := openDistrict(s.t), "--data="+filepath.Join(s.t.TempDir(), "b")
	joined := `{"branch":"text","device":"text","recovery?":"text"}`
	device := part(s.t, s.hold(joined, "join", "--server", d.url, "--code", d.invite()), "device")
	s.hold(outcome, "sync")
	s.hold(joined, "join", "--server", d.url, "--code", d.invite(), "--by", "陆婉清", second)
	first := part(s.t, s.hold(records, "list", "member"), "0.id")
	s.hold(aRecord, "set", "member", first, "employer=甲公司")
	s.t.Setenv("ZHIBU_NOW", "2026-11-20 14:40")
	s.hold(aRecord, "set", "member", first, "employer=乙公司", second)
	s.hold(outcome, "sync")
	s.hold(outcome, "sync", second)
	s.hold(outcome, "sync")
	aConflict := `[{"id":"text","kind":"text","record":"text","path":"text","kept":"text","kept_by":"text","other":"text","other_by":"text","guarded":"bool"}]`
	open := s.hold(aConflict, "conflicts")
	s.hold(aRecord, "resolve", part(s.t, open, "0.id"), "--use", "kept")
	s.hold(outcome, "sync")
	d.ask("role", "device", "role", device, "reader")
	s.hold(aRecord, "set", "member", first, "employer=丙公司")
	s.hold(aRecord, "set", "member", first, "employer=丁公司")
	s.hold(outcome, "sync")
	d.ask("role", "device", "role", device, "secretary")
	s.hold(outcome, "sync")
	aRefusal := `{"op":"text","kind":"text","record":"text","code":"text","say":"text","field?":"text","values":{"*":"text"}}`
	open = s.hold(`[`+aRefusal+`]`, "refused")
	s.hold(aRecord, "resend", part(s.t, open, "0.op"))
	s.hold(aRefusal, "giveup", part(s.t, open, "1.op"))
	stick := s.t.TempDir()
	s.hold(aRecord, "attach", "member", first, "files", "shapes_test.go")
	source, err := os.ReadFile("shapes_test.go")
	if err != nil {
		s.t.Fatal(err)
	}
	s.hold(`{"file":"text","name":"text","bytes":"number"}`, "file", fmt.Sprintf("%x", sha256.Sum256(source)), "-o", filepath.Join(stick, "out"))
	s.hold(`{"files":["text"]}`, "pack", stick)
	files, err := filepath.Glob(filepath.Join(stick, "*.dsx"))
	if err != nil || len(files) == 0 {
		s.t.Fatalf("nothing was packed: %v", err)
	}
	if said, err := exec.CommandContext(s.t.Context(), d.binary, "stick", files[0], "--store", d.store).CombinedOutput(); err != nil {
		s.t.Fatalf("districtd stick: %v\n%s", err, said)
	}
	s.hold(outcome, "unpack", strings.TrimSuffix(files[0], ".dsx")+".dsr")
}

func (s *shaped) care() {
	aBackup := `{"file":"text","reason":"text","at":"text","bytes":"number"}`
	contents := `{"store":"text","counts":{"*":"number"},"pending":"number","drafts":"number","last":"text","later":"number"}`
	code := `{"recovery":"text"}`
	out := s.t.TempDir()
	s.hold(aCheck, "check")
	s.hold(aCheck, "compact")
	file := part(s.t, s.hold(aBackup, "backup"), "file")
	s.hold(`[`+aBackup+`]`, "backups")
	s.hold(contents, "verify", file)
	s.hold(contents, "restore", file, "--preview")
	s.hold(`{"merged":"number","missing":"number","replaced":"text"}`, "restore", file)
	recovery := part(s.t, s.hold(code, "rekey"), "recovery")
	s.hold(`{"ok":"bool"}`, "recover", "--code", recovery)
	s.t.Setenv("ZHIBU_PASSPHRASE", "换一个更长的密码")
	s.hold(code, "handover", filepath.Join(out, "next.zbu"))
	s.hold(`{"branch":"text","recovery":"text"}`, "init", "--branch", "乙支部", "--data="+filepath.Join(out, "c"))
}
