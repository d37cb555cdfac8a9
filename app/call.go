package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
)

// command is one sub-command.
type command struct {
	name, args string // args as the usage line shows them
	say        string // what it does, one Chinese line
	least      int    // how many positional arguments it needs at least
	most       int    // and at most; -1: any number
	flags      func(*flag.FlagSet)
	run        func(c *call, args []string) error
	hidden     bool // started by the program itself, not by people
}

func (cmd command) usage() string { return strings.TrimSpace(cmd.name + " " + cmd.args) }

// call is one command being carried out.
type call struct {
	ctx           context.Context
	out, complain io.Writer
	env           func(string) string
	flags         *flag.FlagSet
	store         *storage.Store
}

// do parses the arguments of cmd, flags anywhere among them, and runs it.
func (c *call) do(cmd command, args []string) int {
	c.flags = flag.NewFlagSet(cmd.name, flag.ContinueOnError)
	c.flags.SetOutput(io.Discard)
	c.flags.String("data", "", "")
	c.flags.String("passphrase-file", "", "")
	c.flags.Bool("json", false, "")
	c.flags.Bool("amend", false, "")
	if cmd.flags != nil {
		cmd.flags(c.flags)
	}
	var words []string
	for rest := args; len(rest) > 0; {
		err := c.flags.Parse(rest)
		if errors.Is(err, flag.ErrHelp) {
			return c.end(help(c, []string{cmd.name}))
		}
		if err != nil {
			fmt.Fprintf(c.complain, "命令写错了：%s\n用法：zhibu %s\n", flagWords(err), cmd.usage())
			return exitUsage
		}
		if rest = c.flags.Args(); len(rest) > 0 {
			words, rest = append(words, rest[0]), rest[1:]
		}
	}
	if len(words) < cmd.least || cmd.most >= 0 && len(words) > cmd.most {
		fmt.Fprintf(c.complain, "命令写错了。用法：zhibu %s\n", cmd.usage())
		return exitUsage
	}
	return c.end(cmd.run(c, words))
}

// flagWords says in Chinese what the flag package found wrong.
func flagWords(err error) string {
	said := err.Error()
	if name, ok := strings.CutPrefix(said, "flag provided but not defined: -"); ok {
		return "没有 --" + name + " 这个选项。"
	}
	if name, ok := strings.CutPrefix(said, "flag needs an argument: -"); ok {
		return "--" + name + " 后面还要写内容。"
	}
	if m := flagValue.FindStringSubmatch(said); m != nil {
		return "--" + m[2] + " 后面的“" + m[1] + "”看不懂。"
	}
	return "选项看不懂（" + said + "）。"
}

// flagValue is what the flag package says of a value it cannot read.
var flagValue = regexp.MustCompile(`^invalid (?:boolean )?value "(.*)" for (?:flag )?-([^:]+):`)

// end says what an error means to a person and returns the exit code.
func (c *call) end(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		fmt.Fprintln(c.complain, string(usage))
		return exitUsage
	}
	fmt.Fprintln(c.complain, record.SayOf(err))
	if record.CodeOf(err) == branch.YearClosed {
		fmt.Fprintln(c.complain, howToAmend)
	}
	if c.env("ZHIBU_DEBUG") != "" {
		fmt.Fprintln(c.complain, err)
	}
	return exitRefused
}

// howToAmend is 补改 as commands are told of it.
const howToAmend = "要补改，在命令后面加 --amend。"

// usageError is a command line that makes no sense; the text says why.
type usageError string

func (e usageError) Error() string { return string(e) }

// text returns the value of a string flag, "" if the command has no such flag.
func (c *call) text(name string) string {
	if f := c.flags.Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}

func (c *call) set(name string) bool { return c.text(name) == "true" }

// print writes v as JSON with --json, and calls plain otherwise.
func (c *call) print(v any, plain func(io.Writer)) error {
	if !c.set("json") {
		plain(c.out)
		return nil
	}
	enc := json.NewEncoder(c.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// now is the clock: the machine's, or the fixed time of ZHIBU_NOW
// ("2026-11-20 14:32").
func (c *call) now() time.Time { return record.Now(c.env("ZHIBU_NOW")) }

// today is the date that --on names, else the clock's.
func (c *call) today() (record.Date, error) {
	today := record.DateOf(c.now())
	if on := c.flags.Lookup("on"); on != nil && on.Value.String() != "" {
		d, err := record.ParseDate(record.ExpandDate(on.Value.String(), today))
		if err == nil && !d.Exact() {
			err = record.Refuse("DATE_FORMAT", "日期要写到哪一天，没有做。请写成 2026-11-20 这样；台账没有变化。")
		}
		return d, err
	}
	return today, nil
}

// folder returns the data folder.
func (c *call) folder() (string, error) {
	if c.flags != nil {
		if dir := c.text("data"); dir != "" {
			return dir, nil
		}
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return "", record.Wrap(err, "NO_CONFIG_DIR", "找不到用户的设置文件夹。请用 --data 指定数据放在哪里。")
	}
	return filepath.Join(config, "zhibu"), nil
}

// passphrase reads the passphrase from where the command line says.
func (c *call) passphrase() (string, error) {
	return c.secret("passphrase-file", "ZHIBU_PASSPHRASE", "密码")
}

// secret reads the first line of the file that a flag names, else an
// environment variable.
func (c *call) secret(flag, variable, what string) (string, error) {
	if file := c.text(flag); file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", record.Wrap(err, "PASSPHRASE_FILE", "读不到密码文件。请核对 --"+flag+" 后面的文件名。")
		}
		line, _, _ := strings.Cut(string(data), "\n")
		return strings.TrimRight(line, "\r"), nil
	}
	if p := c.env(variable); p != "" {
		return p, nil
	}
	return "", record.Refuse("PASSPHRASE_MISSING", "没有给"+what+"。请用 --"+flag+" 文件，或设环境变量 "+variable+"。")
}

// options are the store's settings of this program.
func (c *call) options() storage.Options {
	machine, err := os.Hostname()
	if err != nil {
		machine = "本机" // a name for people to read; nothing depends on it
	}
	opt := storage.Options{Now: c.now, Guards: branch.Guards(), Owned: branch.Owned(), Machine: machine}
	if self, err := os.Executable(); err == nil { // without it doubtful files are verified in this process
		opt.Child = []string{self, childCommand}
	}
	if c.env("ZHIBU_TEST_KEY") != "" { // tests: a cheap key, decisions.md 28
		opt.Cost = storage.Cost{Time: 1, Memory: 8 << 10, Threads: 1}
	}
	return opt
}

// open opens the store of the data folder, once.
func (c *call) open() (*storage.Store, error) {
	if c.store != nil {
		return c.store, nil
	}
	dir, err := c.folder()
	if err != nil {
		return nil, err
	}
	if !storage.Exists(dir) {
		return nil, record.Refuse("NO_STORE", "“"+dir+"”里还没有台账。请先用 zhibu init、join 或 restore，或用 --data 指到别的文件夹。")
	}
	pass, err := c.passphrase()
	if err != nil {
		return nil, err
	}
	c.store, err = storage.Open(dir, pass, c.options())
	return c.store, err
}

// books opens the store of a laptop that the district has not stopped.
func (c *call) books() (*storage.Store, error) {
	s, err := c.open()
	if err == nil && screen.Open(s, c.now).Revoked() {
		return nil, screen.BooksShut()
	}
	return s, err
}

// book opens the store and returns its books, with closed years open where --amend says so.
func (c *call) book() (*screen.Book, error) {
	s, err := c.books()
	if err != nil {
		return nil, err
	}
	b := screen.Open(s, c.now)
	if c.set("amend") {
		b = b.Amending()
	}
	return b, nil
}

// bookOn returns the books and the day that is asked about.
func (c *call) bookOn() (*screen.Book, record.Date, error) {
	on, err := c.today()
	if err != nil {
		return nil, on, err
	}
	b, err := c.book()
	return b, on, err
}

// register opens the store and returns its books with the kind called name.
func (c *call) register(name string) (*screen.Book, record.Kind, error) {
	b, err := c.book()
	if err != nil {
		return nil, record.Kind{}, err
	}
	k, err := b.Kind(name)
	return b, k, err
}

func (c *call) close() {
	if c.store == nil {
		return
	}
	if err := c.store.Close(); err != nil {
		fmt.Fprintln(c.complain, record.SayOf(err))
	}
}
