// Command zhibu is 支部台账, the books of a Party branch. Without arguments it
// opens the window; with a sub-command it works without a display.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	out, complain := console()
	code := run(ctx, os.Args[1:], out, complain)
	stop()
	os.Exit(code)
}

// Exit codes of every command.
const (
	exitDone    = 0
	exitRefused = 1 // one Chinese sentence on stderr
	exitUsage   = 2
)

// run carries out one command line and returns the exit code.
func run(ctx context.Context, args []string, out, complain io.Writer) int {
	c := &call{ctx: ctx, out: out, complain: complain, env: os.Getenv}
	defer c.close()
	if len(args) == 0 {
		return c.end(openWindow(c))
	}
	if args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		return c.end(help(c, args[1:]))
	}
	for _, cmd := range commands() {
		if cmd.name == args[0] {
			return c.do(cmd, args[1:])
		}
	}
	fmt.Fprintf(complain, "没有“%s”这个命令。用 zhibu help 看全部命令。\n", args[0])
	return exitUsage
}

// commands lists every sub-command in the order help shows them.
func commands() []command {
	var all []command
	for _, group := range [][]command{startCommands(), registerCommands(), sheetCommands(), printCommands(), ruleCommands(), actCommands(), overviewCommands(), attachCommands(), syncCommands(), reviewCommands(), careCommands()} {
		all = append(all, group...)
	}
	return all
}

func help(c *call, args []string) error {
	if len(args) > 0 {
		for _, cmd := range commands() {
			if cmd.name == args[0] {
				fmt.Fprintf(c.out, "zhibu %s\n  %s\n", cmd.usage(), cmd.say)
				return nil
			}
		}
	}
	fmt.Fprintln(c.out, "支部台账：不带命令时打开窗口；带命令时不需要屏幕。")
	for _, cmd := range commands() {
		if cmd.hidden {
			continue
		}
		fmt.Fprintf(c.out, "  zhibu %s\n      %s\n", cmd.usage(), cmd.say)
	}
	fmt.Fprintln(c.out, `每个命令都可以带：
  --data 文件夹            数据放在哪里（默认在用户的设置文件夹里）
  --passphrase-file 文件   从文件第一行读密码（也可以用环境变量 ZHIBU_PASSPHRASE）
  --json                   用 JSON 输出
  --amend                  补改：连往年的记录也改（年度统计截止以后只能查看和打印）
结束码：0 办好了，1 没有办（原因一句话），2 命令写错了。`)
	return nil
}
