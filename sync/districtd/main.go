// Districtd is the reference district server: it keeps the branches' logs and
// answers laptops. `districtd help` lists its commands.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"zhibu/storage/record"
	"zhibu/sync/bundle"
	"zhibu/sync/figures"
	"zhibu/sync/server"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// The exit codes: done, refused with one sentence, not understood.
const (
	done    = 0
	refused = 1
	usage   = 2
)

// errUsage is a command line that makes no sense; alone it asks for the list of
// commands, wrapped it says how one command is written.
var errUsage = errors.New("命令写错了。用法")

func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	level := slog.LevelWarn // who runs one command sees what it did
	if len(args) > 0 && (args[0] == "serve" || args[0] == "demo") {
		level = slog.LevelInfo
	}
	p := program{ctx: ctx, out: stdout, log: slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: level})),
		now: func() time.Time { return record.Now(os.Getenv("ZHIBU_NOW")) }}
	err := p.dispatch(args)
	switch {
	case err == nil:
		return done
	case err == errUsage:
		fmt.Fprint(stderr, help()) // nobody is left to tell of a broken stderr
		return usage
	case errors.Is(err, errUsage):
		fmt.Fprintln(stderr, err)
		return usage
	}
	fmt.Fprintln(stderr, record.SayOf(err))
	if record.CodeOf(err) == "" {
		p.log.Error("command failed", "error", err.Error())
	}
	return refused
}

// program is one run of districtd.
type program struct {
	ctx context.Context
	out io.Writer
	log *slog.Logger
	now func() time.Time
}

// options are what every server of this program is opened with.
func (p program) options() server.Options {
	return server.Options{Now: p.now, Log: p.log, Station: bundle.Station{},
		Parse:    figures.Parse,
		Show:     figures.Show,
		Arrive:   figures.Arrive,
		Rulebook: figures.Rulebook{Today: func() record.Date { return record.DateOf(p.now()) }},
		Rules:    figures.Gate(),
		Tally: func(_ server.Branch, hs []record.Holding, rules []record.Record) (map[string]int64, error) {
			return figures.Count(hs, rules, record.DateOf(p.now())), nil
		}}
}

// optionsFor adds what a command line may choose.
func (p program) optionsFor(c call) server.Options {
	opt := p.options()
	opt.PerMinute, opt.Memory = c.perMinute, int64(c.memory)<<20
	opt.Blobs, opt.BlobAge = c.blobs, time.Duration(c.blobDays)*24*time.Hour
	return opt
}
