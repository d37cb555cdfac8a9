package sample

import (
	"testing"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Ten thousand members, five hundred people in the pool, twenty thousand
// meetings of ten years.
func BenchmarkDue10000(b *testing.B) {
	w := open20(b, "2026-11-20", 10000)
	for b.Loop() {
		branch.Due(w, w.today)
	}
}

// One demand was changed: what a screen waits for.
func BenchmarkDue10000AfterOneChange(b *testing.B) {
	w := open20(b, "2026-11-20", 10000)
	var r branch.Reminders
	r.Update(w, w.today)
	for b.Loop() {
		r.Update(w, w.today, "demand")
	}
}

func BenchmarkDue20(b *testing.B) {
	w := open20(b, "2026-11-20", 0)
	for b.Loop() {
		branch.Due(w, w.today)
	}
}

func BenchmarkGridTenYears(b *testing.B) {
	w := open20(b, "2026-11-20", 10000)
	for b.Loop() {
		for year := 2016; year <= 2025; year++ {
			branch.Grid(year, w)
		}
	}
}

func BenchmarkStatisticsTenYears(b *testing.B) {
	w := open20(b, "2026-11-20", 10000)
	for b.Loop() {
		branch.Statistics(2026, w.today, w)
	}
}

// Two thousand members: each of ten years asked for, and everything due.
func BenchmarkStatisticsEachOfTenYears2000(b *testing.B) {
	w := open20(b, "2026-11-20", 2000)
	for b.Loop() {
		for year := 2017; year <= 2026; year++ {
			branch.Statistics(year, w.today, w)
		}
	}
}

func BenchmarkDue2000(b *testing.B) {
	w := open20(b, "2026-11-20", 2000)
	for b.Loop() {
		branch.Due(w, w.today)
	}
}

func BenchmarkMatches10000(b *testing.B) {
	w := open20(b, "2026-11-20", 10000)
	var names []string
	for _, m := range w.All("member") {
		names = append(names, m.Values["name"])
	}
	for b.Loop() {
		for _, name := range names {
			branch.Matches("lw", name)
		}
	}
}

func BenchmarkStage(b *testing.B) {
	w := open20(b, "2026-11-20", 0)
	p, _ := w.Get("pool", poolID("安知夏"))
	for b.Loop() {
		branch.Stage(p, w, record.ReadDate("2026-11-20"))
	}
}
