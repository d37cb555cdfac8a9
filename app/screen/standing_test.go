package screen

import (
	"strings"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
)

// A laptop whose clock is more than five minutes beside its district's says so, and
// goes on.
func TestTheClockIsHeldAgainstTheDistricts(t *testing.T) {
	b, c := realBooks(t)
	s, ok := b.Store.(*storage.Store)
	if !ok {
		t.Fatal("not a real store")
	}
	if err := s.Enrol(record.Enrolment{Server: "http://127.0.0.1:1", Branch: "b1", Name: "云栈支部", Device: "d1"}); err != nil {
		t.Fatal(err)
	}
	for _, at := range []struct {
		skew time.Duration
		says string
	}{
		{4 * time.Minute, ""}, {-4 * time.Minute, ""}, {12 * time.Minute, "慢 12 分钟"}, {-12 * time.Minute, "快 12 分钟"},
		{-8 * time.Hour, "快 8 小时"}, {20 * 365 * 24 * time.Hour, "慢 7300 天"}, {0, ""},
	} {
		if err := s.Take(record.Delivery{Epoch: "e1", Now: c.now().Add(at.skew)}); err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, band := range b.Standing("member") {
			said += band.Title
		}
		if !strings.HasSuffix(said, at.says) || (said == "") != (at.says == "") {
			t.Errorf("%v beside: %q", at.skew, said)
		}
	}
}
