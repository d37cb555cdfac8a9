package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/skip2/go-qrcode"

	"zhibu/storage/record"
	"zhibu/sync/figures"
	"zhibu/sync/server"
)

func (p program) branchAdd(c call) error {
	var b server.Branch
	in := map[string]string{"name": c.args[0], "street": c.street, "industry": c.industry}
	return p.ask(c, "POST", "/admin/v1/branches", in, &b, func() string { return fmt.Sprintf("已建立“%s”，编号 %s。", b.Name, b.ID) })
}

func (p program) branchSet(c call) error {
	var b server.Branch
	in := map[string]string{"name": c.name, "street": c.street, "industry": c.industry}
	return p.ask(c, "POST", "/admin/v1/branches/"+url.PathEscape(c.args[0]), in, &b,
		func() string {
			return strings.TrimSpace(fmt.Sprintf("已更正：%s  %s  %s  %s", b.ID, b.Name, b.Street, b.Industry))
		})
}

func (p program) branchList(c call) error {
	var all []server.Branch
	return p.ask(c, "GET", "/admin/v1/branches", nil, &all, func() string {
		var lines []string
		for _, b := range all {
			lines = append(lines, fmt.Sprintf("%s  %s  %s  %s", b.ID, b.Name, b.Street, b.Industry))
		}
		lines = append(lines, fmt.Sprintf("共 %d 个支部", len(all)))
		return strings.Join(lines, "\n")
	})
}

func (p program) invite(c call) error {
	var in server.Invitation
	path := "/admin/v1/branches/" + url.PathEscape(c.args[0]) + "/invites"
	if c.qr != "" && c.address == "" {
		return record.Refuse("NO_ADDRESS", "二维码里要有服务器地址。请加 --address https://…；没有发出加入码。")
	}
	err := p.ask(c, "POST", path, map[string]string{"role": c.role}, &in, func() string { return inviteText(in, c.address) })
	if err != nil || c.qr == "" {
		return err
	}
	if err := qrcode.WriteFile(joinLink(in, c.address), qrcode.Medium, 512, c.qr); err != nil {
		return record.Wrap(err, "QR_NOT_WRITTEN", "二维码图片没有写成，加入码仍然有效。请检查能不能写“"+c.qr+"”。")
	}
	return nil
}

// fullAddress is the address as it is typed on the laptop: with the pin.
func fullAddress(in server.Invitation, address string) string {
	if in.CA == "" || !strings.HasPrefix(address, "https:") {
		return address
	}
	return address + "#" + in.CA
}

// joinLink is what the QR code holds.
func joinLink(in server.Invitation, address string) string {
	q := url.Values{"server": {fullAddress(in, address)}, "code": {in.Code}}
	return "zhibu://join?" + q.Encode()
}

func inviteText(in server.Invitation, address string) string {
	text := fmt.Sprintf("加入码 %s，角色 %s，%s 前有效，只能用一次。", in.Code, in.Role, in.Expires.Local().Format("2006-01-02 15:04"))
	if address != "" {
		return text + "\n服务器地址 " + fullAddress(in, address)
	}
	return text
}

func (p program) deviceList(c call) error {
	var all []server.Device
	return p.ask(c, "GET", "/admin/v1/branches/"+url.PathEscape(c.args[0])+"/devices", nil, &all, func() string {
		var lines []string
		for _, d := range all {
			state := "最近联系 " + time.UnixMilli(d.Seen).Format("2006-01-02 15:04")
			if d.Revoked != 0 {
				state = "已停用"
			}
			lines = append(lines, fmt.Sprintf("%s  %s  %s  %s", d.ID, d.Role, d.Machine, state))
		}
		return strings.Join(lines, "\n")
	})
}

func (p program) deviceRevoke(c call) error {
	var out struct {
		Revoked string `json:"revoked"`
	}
	path := "/admin/v1/devices/" + url.PathEscape(c.args[0]) + "/revoke"
	return p.ask(c, "POST", path, nil, &out, func() string { return "已停用 " + out.Revoked + "，它下次联系起就不能再同步。" })
}

func (p program) deviceRole(c call) error {
	var out server.NewRole
	path := "/admin/v1/devices/" + url.PathEscape(c.args[0]) + "/role"
	return p.ask(c, "POST", path, map[string]string{"role": c.args[1]}, &out, func() string {
		return "电脑 " + out.Device + " 的角色改为 " + out.Role + "，它下次同步（或读入 U 盘上的答复）时收到。"
	})
}

func (p program) recordList(c call) error {
	var all []server.Held
	path := "/admin/v1/branches/" + url.PathEscape(c.args[0]) + "/records?kind=" + url.QueryEscape(c.kind)
	return p.ask(c, "GET", path, nil, &all, func() string {
		var lines []string
		for _, h := range all {
			lines = append(lines, h.Kind+"  "+h.ID)
			for _, at := range h.Values.Paths() {
				lines = append(lines, fmt.Sprintf("    %s（%s）：%s", figures.Label(h.Kind, at), at, h.Values[at]))
			}
		}
		return strings.Join(append(lines, fmt.Sprintf("共 %d 条", len(all))), "\n")
	})
}

func (p program) answer(c call) error {
	set, err := pairs(c.args[3:])
	if err != nil {
		return err
	}
	in := map[string]any{"kind": c.args[1], "record": c.args[2], "set": set, "by": c.by, "why": c.why}
	var out struct {
		Records []string `json:"records"`
	}
	return p.ask(c, "POST", "/admin/v1/branches/"+url.PathEscape(c.args[0])+"/answers", in, &out,
		func() string { return "批复已签名下发，支部下次同步就能看到。" })
}

func (p program) notice(c call) error {
	set, err := pairs(c.args)
	if err != nil {
		return err
	}
	if c.channel == "" {
		c.channel = "district"
	}
	var out struct {
		Seq uint64 `json:"seq"`
	}
	in := map[string]any{"channel": c.channel, "kind": c.kind, "set": set, "by": c.by}
	return p.ask(c, "POST", "/admin/v1/notices", in, &out, func() string { return fmt.Sprintf("已发出，是 %s 的第 %d 条。", c.channel, out.Seq) })
}

func (p program) transfer(c call) error {
	var out struct {
		Record string `json:"record"`
	}
	in := map[string]string{"from": c.args[0], "kind": c.args[1], "record": c.args[2], "to": c.args[3], "by": c.by}
	return p.ask(c, "POST", "/admin/v1/transfers", in, &out, func() string { return "已转接，两个支部下次同步就能看到。" })
}

func (p program) stats(c call) error {
	var out server.Stats
	return p.ask(c, "GET", "/admin/v1/stats", nil, &out, func() string {
		lines := []string{figuresLine("全区", out.Total)}
		for _, group := range []map[string]map[string]int64{out.Street, out.Industry, out.Branch} {
			lines = append(lines, "")
			for _, name := range slices.Sorted(maps.Keys(group)) {
				lines = append(lines, figuresLine(cmp.Or(out.Names[name], name), group[name]))
			}
		}
		return strings.Join(lines, "\n")
	})
}

// figuresLine tells the figures of a district, a part of it or a branch.
func figuresLine(of string, n map[string]int64) string {
	return fmt.Sprintf("%s：支部 %d；党员 %d，其中预备党员 %d；发展党员 %d（五个阶段 %d、%d、%d、%d、%d）；会议应开 %d 已开 %d；诉求 %d，办结 %d，成项目 %d；示范岗 %d，%d 星；重点单位 %d，有党组织 %d；待核对 %d",
		of, n["branches"], n["members"], n["probationary"], n["pool"], n["pool_1"], n["pool_2"], n["pool_3"], n["pool_4"], n["pool_5"],
		n["meetings_due"], n["meetings_held"], n["demands"], n["demands_solved"], n["demands_projects"], n["posts"], n["post_stars"],
		n["dossiers"], n["dossiers_covered"], n["review"])
}

func (p program) clerkAdd(c call) error {
	var out struct {
		Token string `json:"token"`
	}
	in := map[string]string{"name": c.args[0], "role": c.role, "street": c.street}
	return p.ask(c, "POST", "/admin/v1/clerks", in, &out, func() string { return "令牌（只显示这一次）：" + out.Token })
}

func (p program) clerkList(c call) error {
	var all []server.Account
	return p.ask(c, "GET", "/admin/v1/clerks", nil, &all, func() string {
		lines := []string{}
		for _, a := range all {
			lines = append(lines, strings.TrimSpace(a.ID+"  "+a.Name+"  "+a.Role+"  "+a.Street))
		}
		return strings.Join(append(lines, fmt.Sprintf("共 %d 个账号", len(all))), "\n")
	})
}

func (p program) clerkRemove(c call) error {
	var out struct {
		Removed string `json:"removed"`
	}
	path := "/admin/v1/clerks/" + url.PathEscape(c.args[0]) + "/remove"
	return p.ask(c, "POST", path, nil, &out, func() string { return "已停掉账号 " + out.Removed + "，它的令牌不能再用。" })
}

func (p program) sweep(c call) error {
	var out server.Swept
	return p.ask(c, "POST", "/admin/v1/sweep", nil, &out, func() string {
		return fmt.Sprintf("清除 %d 条两年前删除的记录；放开 %d 个附件，删去 %d 个没有支部用的、%d 个没传完的。", out.Records, out.Refs, out.Blobs, out.Uploads)
	})
}

func (p program) backup(c call) (err error) {
	tmp := c.args[0] + ".part"
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return record.Wrap(err, "BACKUP_NOT_WRITTEN", "备份文件写不了“"+c.args[0]+"”。请换个位置；没有改动任何内容。")
	}
	ctl, err := server.Dial(c.store, p.optionsFor(c))
	if err == nil {
		err = ctl.Call(p.ctx, "GET", "/admin/v1/backup", nil, f)
		if closing := ctl.Close(); err == nil {
			err = closing
		}
	}
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = server.CheckBackup(tmp)
	}
	if err == nil {
		err = os.Rename(tmp, c.args[0])
	}
	if err != nil {
		err = errors.Join(err, os.Remove(tmp))
		if record.CodeOf(err) != "" {
			return err
		}
		return record.Wrap(err, "BACKUP_NOT_WRITTEN", "备份没有做成。请检查剩余空间后再试；服务和数据都没有受影响。")
	}
	_, err = fmt.Fprintln(p.out, "已备份到 "+c.args[0]+"。附件不在里面：存好后不再变动，随时可以另行复制。")
	return err
}

func (p program) restore(c call) error {
	if err := server.Restore(c.store, c.args[0]); err != nil {
		return err
	}
	_, err := fmt.Fprintln(p.out, "已恢复。各支部下次同步会自动对账，把这之后报过的内容补回来。")
	return err
}
