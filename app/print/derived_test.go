package print

import (
	"strings"
	"testing"

	"zhibu/app/print/printtest"
)

// A row that is about a person says who: its id is the person's, no column is.
func TestCardsNameWhomARowIsAbout(t *testing.T) {
	w := printtest.New(printtest.Typical)
	meeting := w.All("meeting")[0]
	text := strip(pdftotext(t, pdf(t, document(t, "CARD", []string{meeting.ID}, w, Options{Variant: "meeting"}))))
	named := 0
	for _, row := range meeting.Rows("attendance") {
		m, ok := w.Get("member", row.ID)
		if !ok {
			continue
		}
		if named++; !strings.Contains(text, m.Values["name"]+"；状态：") {
			t.Errorf("no line of %s", m.Values["name"])
		}
	}
	if named == 0 {
		t.Error("the meeting has nobody in it")
	}
}
