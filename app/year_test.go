package main

import (
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// dayCommand: day 2026-03-10 moves the clock of the story to the afternoon of a day.
func dayCommand(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv("ZHIBU_NOW", args[0]+" 17:30")
}

// holdCommand: hold KIND cell=value… writes down a meeting of today and finalises
// it, both by sub-commands; MEETING is its id. With ! the program must refuse to
// finalise it, and the draft stays.
func holdCommand(ts *testscript.TestScript, neg bool, args []string) {
	today, _, _ := strings.Cut(ts.Getenv("ZHIBU_NOW"), " ")
	cells := append([]string{"set", "meeting", "kind=" + args[0], "start=" + today + " 14:00", "end=" + today + " 15:20",
		"place=云栈党群服务站", "chair=秦望舒", "recorder=乔牧野", "minutes=按议题进行。"}, args[1:]...)
	ts.Check(ts.Exec("zhibu", append(cells, "--json", "--data", "a")...))
	id := at(ts, ts.ReadFile("stdout"), "id")
	ts.Setenv("MEETING", id)
	err := ts.Exec("zhibu", "finalise", "meeting", id, "--json", "--data", "a")
	if (err != nil) != neg {
		ts.Fatalf("finalise the %s of %s: %v", args[0], today, err)
	}
}
