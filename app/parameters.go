package main

import (
	"flag"
	"fmt"
	"io"

	"zhibu/app/screen"
)

func rulesCommand() command {
	return command{name: "rules", args: "[--on 日期] | set 参数 取值 --why 依据 [--from 日期]", most: 3, run: ruleParameters,
		say: "规则里可由地方规定的参数：取值、依据、从哪天起、谁定的；没有加入区里的支部可以自己改，从今天或以后的一天起用",
		flags: func(f *flag.FlagSet) {
			for _, name := range []string{"on", "from", "why"} {
				f.String(name, "", "")
			}
		}}
}

type parameterJSON struct {
	Name    string     `json:"name"`
	Label   string     `json:"label"`
	Value   string     `json:"value"`
	Tag     string     `json:"tag"` // LOCAL or DESIGN
	Basis   string     `json:"basis"`
	Since   string     `json:"since"`
	By      string     `json:"by"`
	Fixed   bool       `json:"fixed"` // the district's to set
	Choices []string   `json:"choices,omitempty"`
	Next    []nextJSON `json:"next,omitempty"`
}

type nextJSON struct {
	Value string `json:"value"`
	Basis string `json:"basis"`
	Since string `json:"since"`
	By    string `json:"by"`
}

func ruleParameters(c *call, args []string) error {
	b, on, err := c.bookOn()
	if err != nil {
		return err
	}
	switch {
	case len(args) == 0:
	case args[0] == "set" && len(args) == 3:
		_, err = b.SetParameter(args[1], args[2], c.text("from"), c.text("why"))
	default:
		err = usageError("写法：zhibu rules，或 zhibu rules set 参数 取值 --why 依据 --from 日期")
	}
	if err != nil {
		return err
	}
	list := b.Parameters(on)
	out := make([]parameterJSON, 0, len(list))
	for _, p := range list {
		out = append(out, parameterOf(p))
	}
	return c.print(out, func(w io.Writer) { tellParameters(w, list) })
}

func parameterOf(p screen.Parameter) parameterJSON {
	out := parameterJSON{p.Name, p.Label, p.Value, p.Tag, p.Basis, p.Since, p.By, p.Fixed, p.Presets, nil}
	for _, n := range p.Next {
		out.Next = append(out.Next, nextJSON{n.Value, n.Basis, n.Since, n.By})
	}
	return out
}

func tellParameters(w io.Writer, list []screen.Parameter) {
	for _, p := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s 起，%s\t依据：%s", p.Name, p.Label, p.Shown, p.Since, p.By, p.Basis)
		for _, n := range p.Next {
			fmt.Fprintf(w, "\t%s 起改为 %s（%s，%s）", n.Since, n.Show(n.Value), n.By, n.Basis)
		}
		fmt.Fprintln(w)
	}
	if len(list) > 0 && list[0].Fixed {
		fmt.Fprintln(w, "由区里统一规定，本支部不能改。")
	}
	fmt.Fprintf(w, "共 %d 项；其余是全国统一的规定。\n", len(list))
}
