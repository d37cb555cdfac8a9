package drive

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// profile makes pinyin the input method in use.
const profile = `[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
`

// behaviour has composing on from the start, in every window.
const behaviour = `[Behavior]
ActiveByDefault=True
ShareInputState=All
`

// Pinyin starts fcitx5 with pinyin on a message bus of its own; call it before
// Start. It needs the packages dbus, locales, fcitx5, fcitx5-pinyin,
// fcitx5-modules and fcitx5-chinese-addons-bin.
func (d *Desk) Pinyin() error {
	if err := errors.Join(d.chineseLocale("fcitx"), d.bus()); err != nil {
		return err
	}
	config := filepath.Join(d.dir, "config", "fcitx5")
	if err := os.MkdirAll(config, 0o700); err != nil {
		return fmt.Errorf("fcitx5: %w", err)
	}
	for name, text := range map[string]string{"profile": profile, "config": behaviour} {
		if err := os.WriteFile(filepath.Join(config, name), []byte(text), 0o600); err != nil {
			return fmt.Errorf("fcitx5: %w", err)
		}
	}
	if err := d.launch(d.command("fcitx5", "--disable=wayland")); err != nil {
		return err
	}
	return d.Until("fcitx5", func() bool {
		_, err := d.run("fcitx5-remote")
		return err == nil
	})
}

// IBus starts ibus with libpinyin on a message bus of its own; call it before Start.
// It needs the packages dbus, locales, ibus and ibus-libpinyin.
func (d *Desk) IBus() error {
	if err := errors.Join(d.chineseLocale("ibus"), d.bus()); err != nil {
		return err
	}
	d.Setenv("IBUS_ADDRESS_FILE=" + filepath.Join(d.dir, "ibus"))
	if err := d.launch(d.command("ibus-daemon", "--xim", "--config=/usr/libexec/ibus-memconf")); err != nil {
		return err
	}
	return d.IBusOn()
}

// IBusOn turns composing on.
func (d *Desk) IBusOn() error {
	return d.Until("libpinyin", func() bool {
		// Setting it also fails where there is no keyboard layout to set: asking tells.
		out, err := d.run("sh", "-c", "ibus engine libpinyin; ibus engine")
		return err == nil && strings.TrimSpace(out) == "libpinyin"
	})
}

// PinyinOn turns composing on; the program's window must have the keyboard.
func (d *Desk) PinyinOn() error {
	return d.Until("pinyin", func() bool {
		if _, err := d.run("fcitx5-remote", "-o"); err != nil {
			return false
		}
		out, err := d.run("fcitx5-remote")
		return err == nil && strings.TrimSpace(out) == "2"
	})
}

// chineseLocale makes zh_CN.UTF-8 in the desk's folder, whatever the machine has: in
// the C locale no input method opens. Programs then ask the method named.
func (d *Desk) chineseLocale(method string) error {
	folder := filepath.Join(d.dir, "locale")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("locale: %w", err)
	}
	c := d.command("localedef", "-i", "zh_CN", "-f", "UTF-8", filepath.Join(folder, "zh_CN.UTF-8"))
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("localedef: %w: %s", err, out)
	}
	d.Setenv("LOCPATH="+folder, "LANG=zh_CN.UTF-8", "LC_ALL=zh_CN.UTF-8", "XMODIFIERS=@im="+method)
	return nil
}

// bus starts a session message bus for this desk alone.
func (d *Desk) bus() error {
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		return fmt.Errorf("drive needs dbus-daemon: %w", err)
	}
	c := d.command("dbus-daemon", "--session", "--nofork", "--print-address=1", "--address="+busAddress(d.dir))
	out, err := c.StdoutPipe()
	if err != nil {
		return fmt.Errorf("dbus: %w", err)
	}
	if err := d.launch(c); err != nil {
		return err
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		return fmt.Errorf("dbus gave no address: %w", err)
	}
	return nil
}

// busAddress is where the bus of a desk listens, if it has one.
func busAddress(dir string) string { return "unix:path=" + filepath.Join(dir, "bus") }
