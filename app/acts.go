package main

import (
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/storage/record"
)

func actCommands() []command {
	return []command{
		{name: "act", args: "member|pool|post|zone|demand 编号或名称 办什么 栏目=值…", least: 3, most: -1, run: act,
			say: "办一件事，例如 act member 王某 TRANSFER_OUT on=2026-11-20 to=某某党支部，act post 编号 HANG on=今天，act pool 李某 WITHDRAWN why=本人提出"},
		{name: "pay", args: "党员编号或姓名 2026-11 元 [on=日期]", say: "记一笔党费", least: 3, most: 4, run: pay},
		{name: "correct", args: "meeting 编号 更正内容", say: "给已定稿的记录加一条更正，原文不动", least: 3, most: 3, run: correct},
	}
}

// words are the name=value arguments of an act.
type words map[string]string

func readWords(pairs []string) (words, error) {
	out := words{}
	for _, pair := range pairs {
		name, text, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, usageError("“" + pair + "”应写成 栏目=值。")
		}
		out[name] = text
	}
	return out, nil
}

// date reads a date of the act, otherwise when it is not given.
func (w words) date(name string, today, otherwise record.Date) (record.Date, error) {
	if w[name] == "" {
		return otherwise, nil
	}
	return record.ParseDate(record.ExpandDate(w[name], today))
}

func act(c *call, args []string) error {
	w, err := readWords(args[3:])
	if err != nil {
		return err
	}
	acts, what := branch.Acts(args[0]), strings.ToUpper(args[2])
	if acts == nil {
		return usageError("能这样办的有 member、pool、post、zone、demand。")
	}
	if !slices.Contains(acts, what) {
		return usageError("没有“" + args[2] + "”。" + args[0] + " 可以办 " + strings.Join(acts, "、") + "。")
	}
	b, err := c.book()
	if err != nil {
		return err
	}
	k, r, err := named(b, args[0], args[1])
	if err != nil {
		return err
	}
	on, err := w.date("on", b.Today(), b.Today())
	if err != nil {
		return err
	}
	until, err := w.date("until", b.Today(), record.Date{})
	if err != nil {
		return err
	}
	into := w["into"]
	if into != "" {
		if into, err = b.Resolve(k.Name, into); err != nil {
			return err
		}
	}
	edits, complaints := actOn(b, r, what, w, on, until, into)
	if err := c.carry(b, edits, complaints); err != nil {
		return err
	}
	return show(c, []string{k.Name, r.ID})
}

// actOn returns the edits of one act, which is one of branch.Acts, on a record.
func actOn(b *screen.Book, r record.Record, what string, w words, on, until record.Date, into string) ([]record.Edit, []record.Complaint) {
	switch r.Kind {
	case "member":
		if what == "ADOPT" { // a probationer who was transferred in
			return branch.Adopt(r, b)
		}
		return branch.Happen(r, branch.Event{Kind: what, On: on, Party: w["to"], DocNo: w["doc"], Reason: w["why"], Days: record.Int(w["days"])}, b)
	case "pool":
		return branch.Exit(r, what, on, w["why"], b)
	case "post", "zone":
		return branch.ActOn(r, branch.SignAct{Kind: what, On: on, Result: w["result"], Text: w["text"], Until: until}, b)
	default: // a demand
		return branch.Advance(r, branch.DemandAct{Kind: what, On: on, By: b.Setting(screen.BySetting), Text: w["text"], Owner: w["owner"],
			Due: until, Into: into, Grade: w["grade"], Solve: w["solved"] == "是"}, b)
	}
}

// named returns the live record that text names: by its id, or by its title when
// only one has it.
func named(b *screen.Book, kind, text string) (record.Kind, record.Record, error) {
	k, r, err := b.Find(kind, text)
	if err == nil && r.Deleted() {
		return k, r, record.Refuse("RECORD_DELETED", "“"+b.Title(r)+"”在回收站里。要办先恢复：zhibu trash "+kind+" "+r.ID)
	}
	if err == nil || k.Name == "" {
		return k, r, err
	}
	id, unclear := b.Resolve(kind, text)
	switch {
	case record.CodeOf(unclear) == "REF_AMBIGUOUS":
		return k, r, record.Refuse("NAME_AMBIGUOUS", "叫“"+text+"”的"+k.Label+"不止一个。请写编号（zhibu list "+kind+" 里第一栏）。")
	case unclear != nil:
		return k, r, err
	}
	return b.Find(kind, id)
}

func pay(c *call, args []string) error {
	w, err := readWords(args[3:])
	if err != nil {
		return err
	}
	month, err := record.ParseDate(args[1])
	if err != nil {
		return err
	}
	amount, err := record.Money{}.Parse(args[2])
	if err != nil {
		return err
	}
	b, err := c.book()
	if err != nil {
		return err
	}
	_, member, err := named(b, "member", args[0])
	if err != nil {
		return err
	}
	on, err := w.date("on", b.Today(), b.Today())
	if err != nil {
		return err
	}
	method, err := duesMethod(b, w["method"])
	if err != nil {
		return err
	}
	edits, complaints := branch.Pay(member, month, record.Fen(amount), on, method, b)
	if err := c.carry(b, edits, complaints); err != nil {
		return err
	}
	return c.printDues(b, month)
}

func correct(c *call, args []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	if args[0] != "meeting" {
		return usageError("只有会议可以更正：zhibu correct meeting 编号 更正内容")
	}
	_, meeting, err := named(b, args[0], args[1])
	if err != nil {
		return err
	}
	edits, complaints := branch.Correct(meeting, args[2], b)
	if err := c.carry(b, edits, complaints); err != nil {
		return err
	}
	return show(c, []string{meeting.Kind, meeting.ID})
}
