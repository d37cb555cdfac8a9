package sheet_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"zhibu/app/sheet"
	"zhibu/storage/record"
)

// expectation is testdata/samples/expected.json: for every row the wanted
// reading and the issues to report.
type expectation struct {
	Codes map[string]struct{ Severity string } `json:"codes"`
	Files map[string]struct {
		People int           `json:"people"`
		Rows   []expectedRow `json:"rows"`
	} `json:"files"`
}

type expectedRow struct {
	Sheet  string
	Row    int
	Want   map[string]*string
	Issues []struct{ Col, Field, Code string }
}

func expected(t *testing.T) expectation {
	t.Helper()
	data, err := os.ReadFile("testdata/samples/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var e expectation
	if err := json.Unmarshal(data, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// TestExpectedReadings holds every row of the samples to what expected.json
// wants: what is a record, its values, and each issue by row, column and
// severity.
func TestExpectedReadings(t *testing.T) {
	e := expected(t)
	for file, kindName := range map[string]string{
		"01_roster.xlsx": "member", "03a_system_gb18030.csv": "member",
		"06_pool.xlsx": "pool", "08_meetings.xlsx": "meeting",
	} {
		t.Run(file, func(t *testing.T) {
			p := plan(t, kind(t, kindName), sample(t, file), newBooks())
			rows := map[int]sheet.RowPlan{}
			people := 0
			for _, s := range p.Sheets {
				for _, r := range s.Rows {
					rows[r.Row] = r
					if r.Values != nil {
						people++
					}
				}
			}
			want := e.Files[file]
			if people != want.People {
				t.Errorf("%d records, want %d", people, want.People)
			}
			for _, w := range want.Rows {
				checkRow(t, e, kind(t, kindName), w, rows[w.Row])
			}
		})
	}
}

// meant turns a wanted text into what the program's field shows: the official
// label of a code, a time without T. A word that no list holds is kept in the
// remarks instead, so its field stays empty.
func meant(k record.Kind, field, text string) string {
	f, _ := k.Field(field)
	switch f.Type.(type) {
	case record.Choice:
		if text == "主题党日+志愿服务" {
			return "主题党日"
		}
		value, err := f.Parse(text)
		if err != nil {
			return ""
		}
		return f.Format(value)
	case record.Moment:
		start, _, _ := strings.Cut(strings.Replace(text, "T", " ", 1), "/")
		return start
	}
	return text
}

func checkRow(t *testing.T, e expectation, k record.Kind, w expectedRow, got sheet.RowPlan) {
	t.Helper()
	if (w.Want == nil) != (got.Values == nil) {
		t.Errorf("row %d: values %v, want %v", w.Row, got.Values, w.Want)
		return
	}
	for field, text := range w.Want {
		have := got.Values[field]
		switch {
		case text == nil:
			if have != "" {
				t.Errorf("row %d: %s = %q, must stay empty", w.Row, field, have)
			}
		case have != meant(k, field, *text):
			t.Errorf("row %d: %s = %q, want %q", w.Row, field, have, *text)
		}
	}
	for _, issue := range w.Issues {
		level := e.Codes[issue.Code].Severity
		if level == "skip" {
			level = "info"
		}
		found := false
		for _, i := range got.Issues {
			found = found || i.Col == issue.Col && i.Severity == level && (i.Code == issue.Code || w.Want != nil && level == "error")
		}
		if !found {
			t.Errorf("row %d: no %s %s at column %s; issues: %v", w.Row, level, issue.Code, issue.Col, got.Issues)
		}
	}
}
