package screen_test

import (
	"testing"
	"time"

	"zhibu/app/screen"
	"zhibu/storage/record"
)

func TestANewNumberOffersAReprint(t *testing.T) {
	d := sit(t)
	offered := func() int {
		n := 0
		for _, left := range d.Book.Leftovers() {
			if left.Rule == "RENUMBERED" {
				n++
			}
		}
		return n
	}
	write := func(id string, set record.Values) {
		d.at = d.at.Add(time.Minute)
		_, err := d.Book.Apply(record.Edit{Kind: "meeting", ID: id, Set: set})
		d.must(err)
	}
	print := func(id string) {
		d.at = d.at.Add(time.Minute)
		d.must(d.Book.Note(screen.ActPrint, "meeting", id, "F01"))
	}
	const seen, unseen = "0198c0de-0000-7000-8000-0000000000a1", "0198c0de-0000-7000-8000-0000000000a2"
	for _, id := range []string{seen, unseen} {
		write(id, record.Values{"title": "支委会", "kind": "COMMITTEE", "start": "2026-11-10 14:00", "serial": "2026-支委会-01·甲"})
	}
	print(seen)
	for _, id := range []string{seen, unseen} {
		write(id, record.Values{"serial": "2026-支委会-02", "serial_alias": "2026-支委会-01·甲"})
	}
	if n := offered(); n != 1 {
		t.Errorf("%d reprints offered for one that was printed", n)
	}
	print(seen)
	if n := offered(); n != 0 {
		t.Errorf("%d reprints offered after the reprint", n)
	}
}
