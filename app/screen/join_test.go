package screen

import "testing"

// Books that bear another name than the branch at the district are given away only
// when a person says that they are one.
func TestJoiningAsksWhereTheNamesDiffer(t *testing.T) {
	s, f, _ := newSession(t)
	founded(t, s)
	d := &fakeDistrict{}
	s.district = d
	s.Sync = NewSyncing(s.Book, d, Inline{}, func() {})
	var asked []string
	var yes func()
	joined := ""
	join := func() {
		s.Join("https://10.0.0.8:8744", "QWYZ-2026-7K4", func(books, branch string, join func()) {
			asked, yes = []string{books, branch}, join
		}, func(branch string, err error) {
			if joined = branch; err != nil {
				t.Error(err)
			}
		})
	}
	join()
	if _, belongs := f.open.Enrolment(); belongs || joined != "" || d.sync != 0 || len(asked) != 2 || asked[0] != "青梧街道云栈科技园第三联合党支部" || asked[1] != "云栈支部" {
		t.Fatalf("before a person said so: belongs %t, asked %q, %d exchanges", belongs, asked, d.sync)
	}
	if join(); d.admits != 1 { // a code holds once
		t.Errorf("the same code was handed in %d times", d.admits)
	}
	yes()
	if e, belongs := f.open.Enrolment(); !belongs || e.Name != "云栈支部" || joined != "云栈支部" || d.sync != 1 {
		t.Errorf("joined %q, %v, %d exchanges", joined, e.Name, d.sync)
	}
	asked = nil
	if join(); asked != nil || d.sync != 2 {
		t.Errorf("asked again when joining anew: %q", asked)
	}
}

func TestInvitationsAreReadFromTheirLink(t *testing.T) {
	for link, want := range map[string][2]string{
		" zhibu://join?code=QWYZ-2026-7K4&server=https%3A%2F%2F10.0.0.8%3A8744%23ABC2 ": {"https://10.0.0.8:8744#ABC2", "QWYZ-2026-7K4"},
		"https://10.0.0.8:8744#ABC2":           {},
		"zhibu://join?code=QWYZ-2026-7K4":      {},
		"zhibu://print?code=QWYZ&server=https": {},
		"":                                     {},
	} {
		server, code, ok := ReadInvitation(link)
		if fine := want[0] != ""; ok != fine || fine && (server != want[0] || code != want[1]) {
			t.Errorf("%q: %q, %q, %t", link, server, code, ok)
		}
	}
}
