package main

import (
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/storage/record"
)

func ruleCommands() []command {
	on := func(f *flag.FlagSet) { f.String("on", "", "") }
	return []command{
		{name: "stage", args: "编号或姓名 [--on 日期]", say: "一个人的发展党员 25 步：办了没有、哪天、最早哪天可以办、卡在哪里", least: 1, most: 1, flags: on, run: stage},
		{name: "step", args: "编号或姓名 第几步 栏目=值…", say: "登记一步；表里加一行写 contacts/+/member=…", least: 2, most: -1, run: step},
		{name: "vote", args: "--kind admission|conversion|resolution|election --entitled E --present P --for A [--written W] [--against N] [--abstain N] [--invalid N] [--issued N] [--collected N] [--elect-base PRESENT|ENTITLED]", say: "算一次表决通过没有：应到、实到都是有表决权的人数，--written 是会前书面同意的张数", flags: voteFlags, run: vote},
		duesCommand(),
		rulesCommand(),
		{name: "calc", args: "id 号码 | dues --base 元 --kind 类别 | standing 日期 --on 日期", say: "算身份证号、党费、党龄", least: 1, most: 2, flags: calcFlags, run: calc},
	}
}

func stage(c *call, args []string) error {
	b, on, err := c.bookOn()
	if err != nil {
		return err
	}
	_, person, err := named(b, "pool", args[0])
	if err != nil {
		return err
	}
	steps := branch.Stage(person, b, on)
	return c.print(steps, func(w io.Writer) {
		for _, s := range steps {
			state := "还没有办"
			switch {
			case s.Done:
				state = "已办 " + or(s.Date.String(), "（日期没有记）")
			case !s.PossibleFrom.IsZero():
				state = "最早 " + s.PossibleFrom.String()
			}
			fmt.Fprintf(w, "%2d %s\t%s\n", s.N, s.Name, state)
			for _, x := range s.Blocked {
				fmt.Fprintf(w, "     %s\n", x.Say)
			}
		}
	})
}

func step(c *call, args []string) error {
	n, err := strconv.Atoi(args[1])
	if err != nil || n < 1 || n > 25 {
		return usageError("第几步写 1 到 25。")
	}
	typed, err := typedPairs(args[2:])
	if err != nil {
		return err
	}
	b, err := c.book()
	if err != nil {
		return err
	}
	k, person, err := named(b, "pool", args[0])
	if err != nil {
		return err
	}
	values := record.Values{}
	for path, text := range typed {
		if err := b.Set(k, values, path, text); err != nil {
			return err
		}
	}
	edits, complaints := branch.Step(person, n, values, b)
	if err := c.carry(b, edits, complaints); err != nil {
		return err
	}
	return show(c, []string{k.Name, person.ID})
}

// carry applies the edits of an act, or refuses it with the first complaint that
// blocks it; warnings are told.
func (c *call) carry(b *screen.Book, edits []record.Edit, complaints []record.Complaint) error {
	for _, said := range complaints {
		if said.Severity == record.Block {
			return record.Refuse(said.Code, said.Say)
		}
		fmt.Fprintln(c.complain, "提醒："+said.Say)
	}
	if len(edits) == 0 {
		return nil
	}
	_, err := b.Apply(edits...)
	return err
}

func voteFlags(f *flag.FlagSet) {
	f.String("kind", "resolution", "")
	f.String("elect-base", "PRESENT", "")
	for _, name := range voteNumbers() {
		f.Int(name, 0, "")
	}
}

func voteNumbers() []string {
	return []string{"entitled", "present", "for", "against", "abstain", "invalid", "written", "issued", "collected"}
}

type voteJSON struct {
	Outcome string `json:"outcome"`
	Need    int    `json:"need"`
	Quorum  int    `json:"quorum"`
	Rule    string `json:"rule"`
	Say     string `json:"say"`
}

func vote(c *call, _ []string) error {
	n := func(name string) int { return record.Int(c.text(name)) }
	kind := strings.ToUpper(c.text("kind"))
	if err := countable(n); err != nil {
		return err
	}
	var v branch.Verdict
	switch kind {
	case "ELECTION":
		v = branch.Elect(branch.Poll{Entitled: n("entitled"), Present: n("present"), For: n("for"), Issued: n("issued"), Cast: n("collected")},
			strings.ToUpper(c.text("elect-base"))).Verdict
	case "ADMISSION", "CONVERSION", "RESOLUTION":
		v = branch.Vote(kind, branch.Count{Entitled: n("entitled"), Present: n("present"), For: n("for"), Against: n("against"), Abstain: n("abstain"),
			Spoilt: n("invalid"), Written: n("written"), Issued: n("issued"), Cast: n("collected")})
	default:
		return usageError("--kind 写 admission、conversion、resolution 或 election。")
	}
	return c.print(voteJSON{v.Outcome, v.Need, v.Quorum, v.Rule, v.Say}, func(w io.Writer) { fmt.Fprintln(w, v.Say) })
}

// countable refuses numbers that no meeting can have; what a meeting can have and
// the rules forbid is for the rules to say.
func countable(n func(string) int) error {
	for _, name := range voteNumbers() {
		if n(name) < 0 {
			return usageError("--" + name + " 是人数或张数，不能小于 0。")
		}
	}
	entitled, present := n("entitled"), n("present")
	cast := max(n("for")+n("against")+n("abstain")+n("invalid"), n("collected"))
	switch {
	case entitled == 0:
		return usageError("还要写应到有表决权的人数：--entitled。")
	case present > entitled:
		return usageError(fmt.Sprintf("实到 %d 人，多于应到 %d 人。请核对。", present, entitled))
	case n("issued") == 0 && cast > present:
		return usageError(fmt.Sprintf("投了 %d 票，到会有表决权的只有 %d 人。请核对。", cast, present))
	case n("written") > entitled-present:
		return usageError(fmt.Sprintf("会前书面意见 %d 张，没到会的有表决权党员只有 %d 人。请核对。", n("written"), entitled-present))
	}
	return nil
}

func calcFlags(f *flag.FlagSet) {
	f.String("base", "", "")
	f.String("kind", "salaried", "")
	f.String("on", "", "")
	f.Int("adjust", 0, "")
}

func calc(c *call, args []string) error {
	switch {
	case args[0] == "id" && len(args) == 2:
		return calcID(c, args[1])
	case args[0] == "dues" && len(args) == 1:
		return calcDues(c)
	case args[0] == "standing" && len(args) == 2:
		return calcStanding(c, args[1])
	}
	return usageError("写法：zhibu calc id 号码，calc dues --base 元 --kind salaried，calc standing 日期 --on 日期 [--adjust 校正月数]")
}

func calcID(c *call, no string) error {
	x := branch.CheckID(no)
	problems := []string{}
	for _, p := range x.Problems {
		problems = append(problems, string(p))
	}
	sex := map[string]string{branch.Male: "M", branch.Female: "F"}[x.Sex]
	out := map[string]any{"valid": x.Valid(), "birth": x.Birth.String(), "sex": sex, "problems": problems}
	return c.print(out, func(w io.Writer) {
		if x.Valid() {
			fmt.Fprintf(w, "号码没有问题，出生 %s。\n", x.Birth)
			return
		}
		for _, p := range x.Problems {
			fmt.Fprintln(w, x.Say(p))
		}
	})
}

func calcDues(c *call) error {
	base, err := record.Money{}.Parse(or(c.text("base"), "0"))
	if err != nil {
		return err
	}
	kind, err := record.Choice{Codes: branch.Payers()}.Parse(strings.ToUpper(c.text("kind")))
	if err != nil {
		return usageError("--kind 写 " + strings.Join(payerNames(), "、") + " 之一。")
	}
	on := record.DateOf(c.now())
	a := branch.Assess(kind, record.Fen(base), branch.RulesOn(nobody{on}, on))
	if a.BP > 0 && c.text("base") == "" {
		return usageError("还要写基数：--base 元。")
	}
	out := map[string]any{"fen": a.Fen, "rate_bp": a.BP, "proposed_fen": a.Proposed, "say": a.Say}
	return c.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "每月 %s 元。%s\n", record.Money{}.Format(strconv.FormatInt(a.Fen, 10)), a.Say)
	})
}

// payerNames are the kinds of payers as --kind takes them.
func payerNames() []string {
	var out []string
	for _, code := range branch.Payers() {
		out = append(out, strings.ToLower(code.ID))
	}
	return out
}

func calcStanding(c *call, from string) error {
	on, err := c.today()
	if err != nil {
		return err
	}
	converted, err := record.ParseDate(from)
	if err != nil {
		return err
	}
	t := branch.Standing(converted, record.Int(c.text("adjust")), on)
	return c.print(map[string]any{"years": t.Years(), "months": t.Months, "about": t.About}, func(w io.Writer) {
		about := map[bool]string{true: "约 "}[t.About]
		fmt.Fprintf(w, "到 %s 党龄 %s%d 年。\n", on, about, t.Years())
	})
}

// nobody is an empty branch: rules that need no registers look around in it.
type nobody struct{ today record.Date }

// Today implements record.Around.
func (n nobody) Today() record.Date { return n.today }

// Get implements record.Around.
func (nobody) Get(string, string) (record.Record, bool) { return record.Record{}, false }

// All implements record.Around.
func (nobody) All(string) []record.Record { return nil }
