package main

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"zhibu/app/branch"
)

// namers returns the files outside tests, samples and a register's own file that
// hold its name as a string.
func namers(files []goFile, kind string) []string {
	found := map[string]bool{}
	for _, f := range files {
		own := f.path == "app/branch/"+kind+".go" || f.path == "app/branch/catalog.go"
		if f.isTest() || own || slices.ContainsFunc([]string{"/sample/", "/printtest/", "/gallery/"}, func(dir string) bool { return strings.Contains(f.path, dir) }) {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Value == strconv.Quote(kind) {
				found[f.path] = true
			}
			return true
		})
	}
	return slices.Sorted(maps.Keys(found))
}

// Registers that live on the generic list and form are named nowhere but where a
// rule, a figure or another register has to do with them.
func TestGenericRegistersAreNamedWhereARuleNeedsThem(t *testing.T) {
	files := goFiles(t)
	for kind, allowed := range map[string][]string{
		"honour": {
			"app/branch/member.go",     // a member's own table of the same name
			"app/branch/stats_work.go", // counters of the district article
			"app/print/book.go",        // a chapter of the year's book
		},
		"liaison": {"app/branch/stats_work.go"},
		"service": {
			"app/branch/post.go", // an item of the evaluation, and evidence of a sign
			"app/branch/stats_work.go",
			"app/screen/nav.go", "app/ui/frame.go", // the page 共建服务 and its icon
		},
		"project": {
			"app/branch/demand.go", "app/branch/demand_rules.go", // a demand becomes one
			"app/branch/post.go",
			"app/branch/stats_work.go",
		},
	} {
		if got := namers(files, kind); !slices.Equal(got, allowed) {
			t.Errorf("%s is named in\n%s\nwant\n%s", kind, strings.Join(got, "\n"), strings.Join(allowed, "\n"))
		}
	}
}

// What derives from a register (storage, synchronisation, list, form, history,
// undo, import and export) names none, with the exceptions given here.
func TestDerivationsNameNoRegister(t *testing.T) {
	allowed := map[string]string{
		"app/sheet/rows.go":    "member pool", // people are matched by ID number
		"app/sheet/heading.go": "member",
		"app/screen/save.go":   "meeting", // Finalise
	}
	generic := func(path string) bool {
		file := strings.TrimPrefix(path, "app/screen/")
		for _, name := range []string{"form", "list", "history", "undo", "bin", "import", "save", "dispute"} {
			if file != path && strings.HasPrefix(file, name) {
				return true
			}
		}
		return strings.HasPrefix(path, "storage/") || strings.HasPrefix(path, "app/sheet/") || path == "app/print/derived.go"
	}
	files, named := goFiles(t), map[string]string{}
	for _, k := range branch.Catalog() {
		for _, path := range namers(files, k.Name) {
			if generic(path) {
				named[path] = strings.TrimSpace(named[path] + " " + k.Name)
			}
		}
	}
	if !maps.Equal(named, allowed) {
		t.Errorf("registers are named in %v, want %v", named, allowed)
	}
}

// parcel is a register as the README's recipe makes one: this file …
const parcel = `package branch

import "zhibu/storage/record"

// parcelKind is 来件登记.
func parcelKind() record.Kind {
	return record.Kind{
		Name: "parcel", Label: "来件", Page: "来件登记", Title: "title",
		Fields: group(tabBasic,
			column(1, required(headings(text("title", "件名"), "来件名称"))),
			column(2, required(date("date", "日期"))),
			column(3, ref("member", "收件党员", "member")),
			column(4, money("fee", "邮费")),
			table("note", "说明", required(text("text", "内容")))),
		Check: func(r record.Record, in record.Around) []record.Complaint {
			if dateIn(r.Values, "date").After(in.Today()) {
				return []record.Complaint{block("date", "DATE_FUTURE", "日期还没有到。请核对。")}
			}
			return nil
		},
	}
}
`

// withParcel builds the program with the register, the two files laid over the
// source: nothing else is touched.
func withParcel(t *testing.T) (program string) {
	t.Helper()
	dir := t.TempDir()
	source, err := filepath.Abs("branch")
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := os.ReadFile(filepath.Join(source, "catalog.go"))
	if err != nil {
		t.Fatal(err)
	}
	// … and this line.
	listed := bytes.Replace(catalog, []byte("\t\tprojectKind(),\n"), []byte("\t\tprojectKind(),\n\t\tparcelKind(),\n"), 1)
	if bytes.Equal(listed, catalog) {
		t.Fatal("the catalog does not end with projectKind any more")
	}
	over := map[string]string{}
	for name, text := range map[string][]byte{"parcel.go": []byte(parcel), "catalog.go": listed} {
		over[filepath.Join(source, name)] = filepath.Join(dir, name)
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": over})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(dir, "zhibu")
	build := exec.CommandContext(t.Context(), "go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "-tags", "x11,migrated_fynedo", "-o", program, "zhibu/app")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	return program
}

// TestARegisterIsTwoFiles adds a register by the README's recipe to the real
// program and takes it through everything that follows from a register.
func TestARegisterIsTwoFiles(t *testing.T) {
	t.Setenv("ZHIBU_PASSPHRASE", "春风又绿江南岸 2026")
	t.Setenv("ZHIBU_TEST_KEY", "1")
	t.Setenv("ZHIBU_NOW", present)
	program, dir := withParcel(t), t.TempDir()
	do := func(fine bool, want string, args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), program, args...)
		cmd.Dir = dir
		said, err := cmd.CombinedOutput()
		if (err == nil) != fine || !strings.Contains(string(said), want) {
			t.Fatalf("zhibu %s: %v, want %q in\n%s", strings.Join(args, " "), err, want, said)
		}
		return string(said)
	}
	do(true, "恢复码", "init", "--branch", "甲支部", "--by", "陈立群", "--data", "a")
	do(true, "来件登记", "kinds")
	do(true, "", "set", "member", "name=陆婉清", "category=正式党员", "joined=2010-01-01", "--data", "a")
	do(false, "日期", "set", "parcel", "title=党报", "--data", "a")
	do(false, "日期还没有到", "set", "parcel", "title=党报", "date=2026-12-01", "--data", "a")
	var r recordJSON
	if err := json.Unmarshal([]byte(do(true, "", "set", "parcel", "title=党报一捆", "date=2026-11-19", "member=陆婉清", "fee=13.4", "note/+/text=放前台", "--json", "--data", "a")), &r); err != nil {
		t.Fatal(err)
	}
	do(true, "陆婉清", "list", "parcel", "--find", "dbyk", "--data", "a") // by initials; a reference shows its name
	do(true, "15.00", "set", "parcel", r.ID, "fee=15", "--why", "补交", "--data", "a")
	do(true, "邮费：13.40 → 15.00", "history", "parcel", r.ID, "--data", "a")
	do(true, "已导出 1 条", "export", "parcel", "out.xlsx", "--data", "a")
	do(true, "已存到", "print", "LIST", "--variant", "parcel", "-o", "list.pdf", "--data", "a")
	do(true, "移到回收站", "delete", "parcel", r.ID, "--data", "a")
	do(true, "共 0 条", "list", "parcel", "--data", "a")
	do(true, "", "trash", "parcel", r.ID, "--data", "a")
	do(true, "恢复码", "init", "--branch", "乙支部", "--data", "b")
	do(true, "新登记 1", "import", "parcel", "out.xlsx", "--dry-run", "--data", "b")
	syncedParcel(t, do, r.ID)
}

// syncedParcel takes the register's one record to a second laptop through a
// district that has never heard of the register.
func syncedParcel(t *testing.T, do func(bool, string, ...string) string, id string) {
	t.Helper()
	d := openDistrict(t)
	do(true, "已加入", "join", "--server", d.url, "--code", d.invite(), "--data", "a")
	do(true, "", "sync", "--data", "a")
	do(true, "已加入", "join", "--server", d.url, "--code", d.invite(), "--by", "陆婉清", "--data", "c")
	do(true, "党报一捆", "show", "parcel", id, "--data", "c")
	do(true, "邮费：空 → 15.00", "history", "parcel", id, "--data", "c") // what was there at joining came as one change
}
