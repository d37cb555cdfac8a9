//go:build linux && !x11

package main

// wrongBuild says what is wrong with this program, "" if nothing is: without the
// tag x11 it runs on Wayland, where its toolkit takes no Chinese input.
func wrongBuild() string {
	return "这个程序编译时没有带 x11 标记，窗口里打不了中文。请用 make build 重新编译：go build -tags x11,migrated_fynedo ./app"
}
