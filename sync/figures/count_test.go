package figures

import (
	"testing"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

func held(kind, id string, pairs ...string) record.Holding {
	h := record.Holding{Kind: kind, ID: id, Registers: map[string]record.Register{}}
	for i := 0; i < len(pairs); i += 2 {
		h.Registers[pairs[i]] = record.Register{Value: pairs[i+1]}
	}
	return h
}

func TestCount(t *testing.T) {
	got := Count([]record.Holding{
		held("branch", "b", "name", "一支部"),
		held("member", "m1", "name", "王", "category", branch.Full, "status", branch.StatusNormal),
		held("member", "m2", "name", "李", "category", branch.Probationary, "status", branch.StatusNormal),
		held("member", "m3", "name", "走了的", "category", branch.Full, "status", branch.StatusMoved),
		held("member", "m4", "name", "删了的", "category", branch.Full, "deleted", "1"),
		held("pool", "p1", "name", "赵", "applied", "2026-01-01"),
		held("pool", "p2", "name", "钱", "applied", "2025-01-01", "activist_decided", "2025-06-01"),
		held("meeting", "x1", "kind", branch.AllMembers, "start", "2026-02-10 14:00", "status", branch.Final),
		held("demand", "d1", "title", "停车", "status", branch.Closed, "is_governance_project", "1"),
		held("demand", "d2", "title", "充电", "status", branch.Handling),
		held("demand", "d3", "title", "停车难", "status", branch.Merged),
		held("post", "o1", "name", "示范岗", "evaluation/1/star", "4", "evaluation/1/rank", "b", "evaluation/2/star", "5", "evaluation/2/rank", "c"),
		held("post", "o2", "name", "摘了的", "removed_on", "2026-01-01"),
		held("dossier", "s1", "name", "企业", "setup_mode", "ALONE"),
		held("dossier", "s2", "name", "企业", "setup_mode", "NONE"),
		held(record.ConflictKind, "c1", record.ConflictRecord, "m1"),
		held(record.ConflictKind, "c2", record.ConflictRecord, "m1", record.ConflictResolved, "kept"),
	}, nil, record.Date{Year: 2026, Month: 11, Day: 20})
	for name, want := range map[string]int64{
		"branches": 1, "members": 2, "probationary": 1, "pool": 2, "pool_1": 1, "pool_2": 1, "meetings_held": 1,
		"demands": 2, "demands_solved": 1, "demands_projects": 1, "posts": 1, "post_stars": 5, "dossiers": 2, "dossiers_covered": 1, "review": 1,
	} {
		if got[name] != want {
			t.Errorf("%s = %d, want %d", name, got[name], want)
		}
	}
	for name, n := range Count(nil, nil, record.Date{Year: 2026, Month: 1, Day: 1}) {
		if _, counted := got[name]; !counted || n < 0 {
			t.Errorf("%s = %d in an empty branch", name, n)
		}
	}
	if len(got) != len(names) {
		t.Errorf("%d figures, %d names", len(got), len(names))
	}
	if got["meetings_due"] < 10 {
		t.Errorf("%d meetings due by November", got["meetings_due"])
	}
}

func TestParseReadsAsTheRegisterDoes(t *testing.T) {
	for _, c := range [][4]string{
		{"pool", "activist_filed", "2026年11月20日", "2026-11-20"}, {"member", "status", "正常", branch.StatusNormal},
		{"pool", "activist_filed", "十一月", "DATE_FORMAT"}, {"pool", "activist_fild", "2026-11-20", "FIELD_UNKNOWN"},
		{"pool", "files", "x", "FIELD_UNKNOWN"}, {"nothing", "x", "y", "KIND_UNKNOWN"},
	} {
		if got, err := Parse(c[0], c[1], c[2]); got != c[3] && record.CodeOf(err) != c[3] {
			t.Errorf("%v: %q, %v", c, got, err)
		}
	}
}

// What the gate decides by follows the catalog.
func TestRulesFollowTheCatalog(t *testing.T) {
	if got := Unique()["member"]; len(got) != 1 || got[0] != "id_no" {
		t.Errorf("unique %v", got)
	}
	if !Guards().Has("member", "id_no") {
		t.Error("ID numbers are not guarded")
	}
	for kind, field := range Serials() {
		k, ok := branch.KindOf(kind)
		if _, has := k.Field(field); !ok || !has {
			t.Errorf("no field %s in %s", field, kind)
		}
	}
	roles := Roles()
	if len(roles["reader"]) > 0 || len(roles["committee"]) < 4 || roles["secretary"][0] != "*" || roles["street"] != nil {
		t.Errorf("roles %v", roles)
	}
}
