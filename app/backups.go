package main

import (
	"fmt"
	"io"
	"time"

	"zhibu/app/screen"
	"zhibu/storage"
)

type backupJSON struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
	At     string `json:"at"`
	Bytes  int64  `json:"bytes"`
}

func backupOf(b storage.Backup) backupJSON {
	return backupJSON{b.Path, b.Reason, b.At.Format(time.RFC3339), b.Size}
}

func backup(c *call, _ []string) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	var made storage.Backup
	if to := c.text("to"); to != "" {
		made, err = s.BackupTo(to)
	} else {
		made, err = s.Backup("manual")
	}
	if err != nil {
		return err
	}
	return c.print(backupOf(made), func(w io.Writer) {
		fmt.Fprintf(w, "已备份并验看：%s（%.1f MB）。\n", made.Path, float64(made.Size)/1e6)
	})
}

func backups(c *call, _ []string) error {
	dir, err := c.folder()
	if err != nil {
		return err
	}
	all, err := storage.BackupsOf(dir)
	if err != nil {
		return err
	}
	out := make([]backupJSON, 0, len(all))
	for _, b := range all {
		out = append(out, backupOf(b))
	}
	return c.print(out, func(w io.Writer) {
		for _, b := range all {
			fmt.Fprintf(w, "%s\t%.1f MB\t%s\n", b.At.Format("2006-01-02 15:04"), float64(b.Size)/1e6, b.Path)
		}
		fmt.Fprintf(w, "共 %d 份\n", len(all))
	})
}

type contentsJSON struct {
	Store   string         `json:"store"`
	Counts  map[string]int `json:"counts"`
	Pending int            `json:"pending"`
	Drafts  int            `json:"drafts"`
	Last    string         `json:"last"`
	Later   int            `json:"later"`
}

func (c *call) printContents(in storage.Contents) error {
	out := contentsJSON{in.Store, in.Counts, in.Pending, in.Drafts, "", in.Later}
	if !in.Last.IsZero() {
		out.Last = in.Last.Format(time.RFC3339)
	}
	return c.print(out, func(w io.Writer) {
		fmt.Fprintln(w, "文件完好，里面有：")
		for _, k := range screen.Open(nil, c.now).Kinds() {
			if n := in.Counts[k.Name]; n > 0 {
				fmt.Fprintf(w, "  %s %d 条\n", k.Page, n)
			}
		}
		if in.Later > 0 {
			fmt.Fprintf(w, "另有 %d 项更新的改动，恢复时会一并找回。\n", in.Later)
		}
	})
}

func verify(c *call, args []string) error {
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	in, err := storage.Verify(args[0], pass, c.options())
	if err != nil {
		return err
	}
	return c.printContents(in)
}

// restoredFrom returns the file named, else the newest copy beside the data, ""
// when there is none.
func restoredFrom(dir string, args []string) (string, error) {
	if len(args) > 0 {
		return args[0], nil
	}
	copies, err := storage.BackupsOf(dir)
	if err != nil || len(copies) == 0 {
		return "", err
	}
	return copies[0].Path, nil
}

func restore(c *call, args []string) error {
	dir, err := c.folder()
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	file, err := restoredFrom(dir, args)
	if err != nil {
		return err
	}
	var done storage.Restored
	switch {
	case c.set("preview"):
		in, err := storage.Preview(dir, file, pass, c.options())
		if err != nil {
			return err
		}
		return c.printContents(in)
	case file == "": // no copy yet: the journal holds everything
		c.store, done, err = storage.Rebuild(dir, pass, c.options())
	default:
		c.store, done, err = storage.Restore(dir, file, pass, storage.RestoreOptions{Options: c.options()})
	}
	if err != nil {
		return err
	}
	out := map[string]any{"merged": done.Merged, "missing": done.Missing, "replaced": done.Replaced}
	return c.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "已恢复，并找回备份之后的 %d 项改动。", done.Merged)
		if done.Missing > 0 {
			fmt.Fprintf(w, "有 %d 项改动找不回来，请核对最近登记的内容。", done.Missing)
		}
		if done.Replaced != "" {
			fmt.Fprintf(w, "原来的文件留在 %s。", done.Replaced)
		}
		fmt.Fprintln(w)
	})
}
