package main

import (
	"fmt"
	"strings"

	"zhibu/sync/figures"
)

func (p program) rulesGet(c call) error {
	var out figures.Rules
	return p.ask(c, "GET", "/admin/v1/rules", nil, &out, func() string {
		lines := []string{"现用 " + out.InForce}
		for _, param := range out.Params {
			lines = append(lines, fmt.Sprintf("%s=%s  %s（%s）%s", param.Name, param.Value, param.Label, param.Basis, strings.Join(param.Presets, "、")))
		}
		for _, v := range out.Versions {
			lines = append(lines, fmt.Sprintf("%s  %s 起用  %s  %d 项", v.ID, v.EffectiveFrom, v.Basis, len(v.Values)))
		}
		for _, l := range out.Lists {
			lines = append(lines, l.List+"  "+strings.Join(l.Names, "、"))
		}
		return strings.Join(lines, "\n")
	})
}

func (p program) codesSet(c call) error {
	var out struct {
		Seq uint64 `json:"seq"`
	}
	in := figures.CodeList{List: c.args[0], Names: c.args[1:]}
	return p.ask(c, "POST", "/admin/v1/rules", in, &out, func() string { return "已发布 " + in.List + "，各支部下次同步就会收到。" })
}

func (p program) rulesSet(c call) error {
	values, err := pairs(c.args[1:])
	if err != nil {
		return err
	}
	var out struct {
		Seq uint64 `json:"seq"`
	}
	in := map[string]any{"ruleset_id": c.args[0], "effective_from": c.from, "basis": c.basis, "values": values}
	return p.ask(c, "POST", "/admin/v1/rules", in, &out, func() string { return "已发布 " + c.args[0] + "，各支部下次同步就会收到。" })
}
