package branch

import (
	"bufio"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

var update = flag.Bool("update", false, "add new names to testdata/names.txt")

// names lists kind.field and kind.table/column of the whole catalog.
func fieldNames() []string {
	var out []string
	for _, k := range Catalog() {
		for _, f := range k.Fields {
			out = append(out, k.Name+"."+f.Name)
			if rows, ok := f.Type.(record.Rows); ok {
				for _, c := range rows.Columns {
					out = append(out, k.Name+"."+f.Name+"/"+c.Name)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// Names are permanent once shipped: the list may only grow.
func TestFieldNamesAreFrozen(t *testing.T) {
	now := fieldNames()
	if *update {
		if err := os.WriteFile("testdata/names.txt", []byte(strings.Join(now, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Open("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	frozen := map[string]bool{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		frozen[lines.Text()] = true
		if !slices.Contains(now, lines.Text()) {
			t.Errorf("%s was shipped and is gone: files hold it", lines.Text())
		}
	}
	for _, name := range now {
		if !frozen[name] {
			t.Errorf("%s is new: run go test -run Frozen -update", name)
		}
	}
}

func TestEveryKindIsWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Catalog() {
		if seen[k.Name] || k.Label == "" || k.Page == "" {
			t.Errorf("kind %q: name taken or label missing", k.Name)
		}
		seen[k.Name] = true
		if _, ok := k.Field(k.Title); !ok {
			t.Errorf("%s: title field %q does not exist", k.Name, k.Title)
		}
		fields, columns := map[string]bool{}, 0
		for _, f := range k.Fields {
			checkField(t, k.Name, f, fields)
			if f.Column > 0 {
				columns++
			}
			if f.Group == "" {
				t.Errorf("%s.%s stands under no heading", k.Name, f.Name)
			}
		}
		if columns < 2 && k.Name != "branch" {
			t.Errorf("%s has %d list columns", k.Name, columns)
		}
	}
}

func checkField(t *testing.T, owner string, f record.Field, seen map[string]bool) {
	t.Helper()
	if f.Name == "" || f.Label == "" || f.Type == nil || seen[f.Name] || strings.ContainsAny(f.Name, "/ ") {
		t.Errorf("%s.%s: not a good field", owner, f.Name)
	}
	seen[f.Name] = true
	if rows, ok := f.Type.(record.Rows); ok {
		inside := map[string]bool{}
		for _, c := range rows.Columns {
			checkField(t, owner+"."+f.Name, c, inside)
			if _, nested := c.Type.(record.Rows); nested {
				t.Errorf("%s.%s/%s: a table inside a table", owner, f.Name, c.Name)
			}
		}
		if inside[record.RankColumn] {
			t.Errorf("%s.%s has a column named rank", owner, f.Name)
		}
	}
}

// Every kind passes what record offers: samples parse, text and value go round,
// and a record filled with samples can be complained about without a panic.
func TestEveryKindPassesEveryDerivation(t *testing.T) {
	w := newWorld("2026-11-20")
	for _, k := range Catalog() {
		v := record.Values{}
		if k.New != nil {
			v = k.New(w)
		}
		for _, f := range k.Fields {
			fillSamples(t, k, f, v)
		}
		r := record.Record{Kind: k.Name, ID: "r", Values: v}
		for path, text := range k.Text(r) {
			back := record.Values{}
			if err := k.Set(back, path, text); err != nil || back[path] != v[path] {
				t.Errorf("%s %s: %q reads back as %q (%v), was %q", k.Name, path, text, back[path], err, v[path])
			}
		}
		for _, c := range k.Complain(r, w) {
			checkSay(t, k.Name, c.Say)
		}
		if k.Derive != nil {
			for _, path := range v.Paths() {
				k.Derive(v, path, w)
			}
		}
		if k.Allow != nil {
			k.Allow(record.Record{Kind: k.Name, Values: record.Values{}}, r, w)
			k.Allow(r, r, w)
		}
	}
}

func fillSamples(t *testing.T, k record.Kind, f record.Field, v record.Values) {
	t.Helper()
	if rows, ok := f.Type.(record.Rows); ok {
		for _, c := range rows.Columns {
			for _, s := range c.Type.Samples() {
				if err := k.Set(v, record.Path(f.Name, "r1", c.Name), s); err != nil {
					t.Errorf("%s.%s/%s refuses its sample %q: %v", k.Name, f.Name, c.Name, s, err)
				}
			}
		}
		return
	}
	for _, s := range f.Type.Samples() {
		if err := k.Set(v, f.Name, s); err != nil {
			t.Errorf("%s.%s refuses its sample %q: %v", k.Name, f.Name, s, err)
		}
	}
}

// checkSay holds a sentence for people to the wording of design.md §8.
func checkSay(t *testing.T, where, say string) {
	t.Helper()
	for _, bad := range []string{"您", "请稍候", "系统", "操作成功", "！", "!", "%!", "。。", "?", "{", "<nil>"} {
		if strings.Contains(say, bad) {
			t.Errorf("%s: %q holds %q", where, say, bad)
		}
	}
	if !strings.HasSuffix(say, "。") {
		t.Errorf("%s: %q does not end", where, say)
	}
}

func TestHeadingsNameOneField(t *testing.T) {
	for _, k := range Catalog() {
		owner := map[string]string{}
		for _, f := range k.Fields {
			for _, h := range append([]string{f.Label}, f.Headings...) {
				if other, taken := owner[h]; taken && other != f.Name {
					t.Errorf("%s: heading %q means both %s and %s", k.Name, h, other, f.Name)
				}
				owner[h] = f.Name
			}
		}
	}
}

func TestHeadingsSeenInRealFilesAreUnderstood(t *testing.T) {
	k, _ := KindOf("member")
	known := map[string]bool{}
	for _, f := range k.Fields {
		for _, h := range append([]string{f.Label}, f.Headings...) {
			known[h] = true
		}
	}
	for _, h := range strings.Split("姓名|性别|公民身份号码|民族|出生日期|学历|人员类别|学位|所在党支部|手机号码|入党日期|转正日期|党龄校正值|新社会阶层类型|工作岗位|从事专业技术职务|是否农民工|现居住地|户籍所在地|是否失联党员|是否流动党员|入党类型|转正情况|入党时所在支部|延长预备期时间|党员所属行业|身份证号码|籍贯|所在党组织|入党时间|转正时间|参加工作日期|家庭住址|联系电话|党员档案所在单位|技术职称|一线情况|身份证|加入党组织日期|党籍状态|档案管理单位", "|") {
		if !known[h] {
			t.Errorf("heading %s is not understood", h)
		}
	}
}

func TestEveryCheckOfTheRulesExists(t *testing.T) {
	for _, set := range rules.Shipped() {
		for _, r := range set.Development {
			if _, ok := checks[r.Check]; r.Op == "check" && !ok {
				t.Errorf("%s asks for the check %q", r.ID, r.Check)
			}
			for _, name := range append([]string{r.Date}, r.Needs...) {
				if _, ok := poolKindField(name); name != "" && !ok {
					t.Errorf("%s names the field %q", r.ID, name)
				}
			}
			if r.Basis == "" || r.Say == "" {
				t.Errorf("%s has no basis or sentence", r.ID)
			}
		}
		for _, s := range set.Steps {
			for _, name := range append(append([]string{}, s.Fields...), s.Done...) {
				if _, ok := poolKindField(name); !ok {
					t.Errorf("step %d names the field %q", s.N, name)
				}
			}
		}
	}
}

func TestGuardsComeFromTheCatalog(t *testing.T) {
	g := Guards()
	for _, path := range [][2]string{{"member", "id_no"}, {"member", "joined"}, {"meeting", "vote/r/for"}, {"meeting", "status"}, {"pool", "meeting1"}, {"dues", "month/01/paid"}, {"member", "status"}} {
		if !g.Has(path[0], path[1]) {
			t.Errorf("%v is not guarded", path)
		}
	}
	if g.Has("member", "mobile") || g.Has("nothing", "x") {
		t.Error("too much is guarded")
	}
}
