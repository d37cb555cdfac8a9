package main

import (
	"errors"
	"fmt"

	"zhibu/sync/server"
)

// demo serves a small district with branches and codes to join them, for trying
// the program out on one machine.
func (p program) demo(c call) error {
	if c.listen == "" {
		c.listen = "127.0.0.1:8744"
	}
	s, err := server.Open(c.store, p.optionsFor(c))
	if err != nil {
		return err
	}
	if err := p.furnish(s); err != nil {
		return errors.Join(err, s.Close())
	}
	return errors.Join(p.serveAll(s, c), s.Close())
}

// furnish makes the example branches once and a fresh code for each every time.
func (p program) furnish(s *server.Server) error {
	branches, err := s.Branches(p.ctx)
	if err != nil {
		return err
	}
	if len(branches) == 0 {
		for _, b := range []server.Branch{
			{Name: "示例科技有限公司党支部", Street: "张江镇", Industry: "集成电路"},
			{Name: "示例网点联合党支部", Street: "花木街道", Industry: "快递"},
		} {
			made, err := s.AddBranch(p.ctx, b)
			if err != nil {
				return err
			}
			branches = append(branches, made)
		}
	}
	for _, b := range branches {
		invite, err := s.Invite(p.ctx, b.ID, "secretary")
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(p.out, "%s  加入码 %s\n", b.Name, invite.Code); err != nil {
			return err
		}
	}
	return nil
}
