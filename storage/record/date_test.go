package record

import "testing"

// ReadDate is the fast way in for stored values; it must agree with ParseDate.
func TestReadDateReadsExactlyTheCanonicalForm(t *testing.T) {
	for _, value := range []string{"2019-06-12", "2019-06", "2019", "2024-02-29", "1900-01-01", "2100-12-31"} {
		if got := ReadDate(value); got.String() != value {
			t.Errorf("ReadDate(%q) = %q", value, got)
		}
	}
	for _, value := range []string{"", "2019-6-12", "2019/06/12", "20190612", "2023-02-29", "2019-13", "2019-00", "2019-06-00", "1899-01-01", "2101", "２０１９", "2019-06-12 ", "+019", "2019-06-1x"} {
		if got := ReadDate(value); !got.IsZero() {
			t.Errorf("ReadDate(%q) = %q", value, got)
		}
	}
}

func FuzzReadDate(f *testing.F) {
	for _, seed := range []string{"2019-06-12", "2019-06", "2019", "2023-02-29", "0000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		d, err := ParseDate(value)
		if err != nil || d.String() != value {
			d = Date{}
		}
		if got := ReadDate(value); got != d {
			t.Errorf("ReadDate(%q) = %v, want %v", value, got, d)
		}
	})
}
