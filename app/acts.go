package main

import (
	"strings"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/storage/record"
)

func actCommands() []command {
	return []command{
		{name: "act", args: "member|post|zone|demand 编号 办什么 栏目=值…", least: 3, most: -1, run: act,
			say: "办一件事，例如 act member 编号 TRANSFER_OUT on=2026-11-20 to=某某党支部，act post 编号 HANG on=今天"},
		{name: "pay", args: "党员编号 2026-11 元 [on=日期]", say: "记一笔党费", least: 3, most: 4, run: pay},
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
	b, err := c.book()
	if err != nil {
		return err
	}
	_, r, err := b.Find(args[0], args[1])
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
	what := strings.ToUpper(args[2])
	var edits []record.Edit
	var complaints []record.Complaint
	switch args[0] {
	case "member":
		edits, complaints = branch.Happen(r, branch.Event{Kind: what, On: on, Party: w["to"], DocNo: w["doc"], Reason: w["why"], Days: record.Int(w["days"])}, b)
	case "post", "zone":
		edits, complaints = branch.ActOn(r, branch.SignAct{Kind: what, On: on, Result: w["result"], Text: w["text"], Until: until}, b)
	case "demand":
		edits, complaints = branch.Advance(r, branch.DemandAct{Kind: what, On: on, By: b.Setting(screen.BySetting), Text: w["text"], Owner: w["owner"],
			Due: until, Into: w["into"], Grade: w["grade"], Solve: w["solved"] == "是"}, b)
	default:
		return usageError("能这样办的有 member、post、zone、demand。")
	}
	if err := c.carry(b, edits, complaints); err != nil {
		return err
	}
	return show(c, args[:2])
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
	_, member, err := b.Find("member", args[0])
	if err != nil {
		return err
	}
	on, err := w.date("on", b.Today(), b.Today())
	if err != nil {
		return err
	}
	edits, complaints := branch.Pay(member, month, record.Fen(amount), on, w["method"], b)
	if err := c.carry(b, edits, complaints); err != nil {
		return err
	}
	return dues(c, []string{"month", month.String()})
}

func correct(c *call, args []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	_, meeting, err := b.Find(args[0], args[1])
	if err != nil {
		return err
	}
	edits, complaints := branch.Correct(meeting, args[2], b)
	if err := c.carry(b, edits, complaints); err != nil {
		return err
	}
	return show(c, args[:2])
}
