package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"zhibu/storage/record"
	"zhibu/sync/server"
)

// command is one sub-command: its words, what follows them, and what it does.
type command struct {
	words  string // e.g. "branch add"
	args   string // names of what follows, for the help
	about  string
	most   int // arguments at most; -1: any number
	least  int
	handle func(p program, c call) error
}

func (c command) usage() string { return strings.TrimSpace(c.words + " " + c.args) }

// wrong says how the command is written.
func (c command) wrong() error {
	return fmt.Errorf("%w：districtd %s\n  %s", errUsage, c.usage(), c.about)
}

// call is one command with its flags read.
type call struct {
	args                                 []string
	store, listen, admin, hosts, address string
	role, name, street, industry         string
	by, why, qr                          string
	channel, kind, blobs, from, basis    string
	blobDays, perMinute, memory          int
	json, tls, stopped                   bool
}

func commands() []command {
	return []command{
		{"init", "", "新建区服务端：签名密钥和根证书", 0, 0, program.initialise},
		{"serve", "", "开始服务。--listen 地址（本机地址不加密，其他一律 https）--tls 本机地址也加密 --host 证书里的主机名 --admin 地址 --blobs 目录或 s3://桶?endpoint=…&uploads=目录 --blob-days 天数 --per-minute 每台电脑每分钟次数 --memory 请求最多占内存（MB）", 0, 0, program.serve},
		{"demo", "", "示例：建两个支部，打印加入码并开始服务。--listen 地址", 0, 0, program.demo},
		{"branch add", "名称", "建支部。可写 --street 街镇 --industry 行业", 1, 1, program.branchAdd},
		{"branch set", "支部", "更正支部。--name 名称 --street 街镇 --industry 行业，没写的不变", 1, 1, program.branchSet},
		{"branch list", "", "列出支部", 0, 0, program.branchList},
		{"invite", "支部", "发一次性加入码（72 小时）。--role secretary|committee|reader --qr 图片.png --address 服务器地址", 1, 1, program.invite},
		{"device list", "支部", "列出支部的电脑", 1, 1, program.deviceList},
		{"device revoke", "电脑", "停用一台电脑", 1, 1, program.deviceRevoke},
		{"device role", "电脑 角色", "换一台电脑的角色：secretary、committee 或 reader，下次同步起生效", 2, 2, program.deviceRole},
		{"record list", "支部", "列出支部报来的记录。--kind 台账", 1, 1, program.recordList},
		{"answer", "支部 台账 记录 项=值…", "上级批复：写入、签名并锁定。--by 签批人 --why 理由", -1, 4, program.answer},
		{"notice", "title=标题 项=值…", "发通知。--channel district、codes 或 street:街镇 --kind 种类 --by 发文单位", -1, 1, program.notice},
		{"rules get", "", "列出可由地方规定的规则参数和已发布的版本", 0, 0, program.rulesGet},
		{"rules set", "版本号 参数=值…", "发布一版规则参数。--from 起用日期 --basis 依据；同一版本号再发即更正", -1, 2, program.rulesSet},
		{"codes set", "码表 名称…", "给码表补充本区的名称（例如 demand.category），整表换掉上次补充的；不写名称即收回", -1, 1, program.codesSet},
		{"stick", "文件.dsx…", "读U盘上报来的文件，在旁边写好答复（.dsr）。--stopped 收下已停用的电脑没报的改动，不写答复", -1, 1, program.stick},
		{"transfer", "转出支部 台账 记录 转入支部", "在本区两个支部间转接一条记录。--by 经办人", 4, 4, program.transfer},
		{"stats", "", "统计：全区、支部、街镇、行业", 0, 0, program.stats},
		{"clerk add", "姓名", "建区、街镇工作人员账号。--role district|street|reader --street 街镇", 1, 1, program.clerkAdd},
		{"clerk list", "", "列出账号和编号", 0, 0, program.clerkList},
		{"clerk remove", "编号", "停掉一个账号，它的令牌马上作废", 1, 1, program.clerkRemove},
		{"sweep", "", "清理：两年前删除的记录、没人用的附件（运行时每天自动做）", 0, 0, program.sweep},
		{"backup", "文件", "不停服务地备份", 1, 1, program.backup},
		{"restore", "文件", "从备份恢复到 --store 目录（目录里不能有数据）", 1, 1, program.restore},
	}
}

func help() string {
	var b strings.Builder
	b.WriteString("支部台账 区服务端\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  districtd %s\n      %s\n", c.usage(), c.about)
	}
	b.WriteString("\n每个命令都要 --store：一个目录，或 postgres://用户@主机/库名；目录的服务运行时，命令自动交给它做。--json 输出 JSON。\n")
	return b.String()
}

func (p program) dispatch(args []string) error {
	if len(args) == 1 && (args[0] == "help" || args[0] == "--help" || args[0] == "-h") {
		_, err := io.WriteString(p.out, help())
		return err
	}
	for _, c := range commands() {
		words := strings.Fields(c.words)
		if len(args) < len(words) || strings.Join(args[:len(words)], " ") != c.words {
			continue
		}
		in, err := readFlags(args[len(words):])
		if errors.Is(err, flag.ErrHelp) {
			_, err := fmt.Fprintf(p.out, "districtd %s\n  %s\n", c.usage(), c.about)
			return err
		}
		if err != nil || len(in.args) < c.least || c.most >= 0 && len(in.args) > c.most {
			return c.wrong()
		}
		if in.store == "" {
			return record.Refuse("NO_STORE", "没有写数据目录。请用 --store 写明。")
		}
		if err := c.handle(p, in); !errors.Is(err, errUsage) {
			return err
		}
		return c.wrong()
	}
	return errUsage
}

// readFlags reads flags wherever they stand among the arguments.
func readFlags(args []string) (call, error) {
	var c call
	f := flag.NewFlagSet("districtd", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	for name, at := range map[string]*string{
		"store": &c.store, "listen": &c.listen, "admin": &c.admin, "host": &c.hosts, "address": &c.address, "role": &c.role,
		"name": &c.name, "street": &c.street, "industry": &c.industry, "by": &c.by, "why": &c.why, "qr": &c.qr, "channel": &c.channel, "kind": &c.kind, "blobs": &c.blobs,
		"from": &c.from, "basis": &c.basis} {
		f.StringVar(at, name, "", "")
	}
	f.IntVar(&c.blobDays, "blob-days", 0, "")
	f.IntVar(&c.perMinute, "per-minute", 0, "")
	f.IntVar(&c.memory, "memory", 0, "")
	f.BoolVar(&c.json, "json", false, "")
	f.BoolVar(&c.tls, "tls", false, "")
	f.BoolVar(&c.stopped, "stopped", false, "")
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			return c, fmt.Errorf("read flags: %w", err)
		}
		if args = f.Args(); len(args) > 0 {
			c.args, args = append(c.args, args[0]), args[1:]
		}
	}
	return c, nil
}

// ask sends one request to the district of the store and shows the answer:
// JSON as it came, or a line for people.
func (p program) ask(c call, method, path string, in, out any, plain func() string) error {
	ctl, err := server.Dial(c.store, p.optionsFor(c))
	if err != nil {
		return err
	}
	err = ctl.Call(p.ctx, method, path, in, out)
	if closing := ctl.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	if c.json {
		enc := json.NewEncoder(p.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(out)
	}
	_, err = fmt.Fprintln(p.out, plain())
	return err
}

// pairs reads name=value arguments.
func pairs(args []string) (map[string]string, error) {
	set := map[string]string{}
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok || name == "" {
			return nil, errUsage
		}
		set[name] = value
	}
	return set, nil
}
