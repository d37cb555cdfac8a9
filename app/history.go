package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"zhibu/app/screen"
	"zhibu/storage/record"
)

type entryJSON struct {
	At      string               `json:"at"`
	By      string               `json:"by"`
	Device  string               `json:"device"`
	Batch   string               `json:"batch,omitempty"`
	Why     string               `json:"why,omitempty"`
	Op      string               `json:"op"`
	Undoes  string               `json:"undoes,omitempty"`
	State   string               `json:"state"`
	Receipt uint64               `json:"receipt,omitempty"` // the district's number of it
	Changes map[string][2]string `json:"changes"`
}

func history(c *call, args []string) error {
	b, k, err := c.register(args[0])
	if err != nil {
		return err
	}
	entries, err := b.History(k.Name, args[1])
	if err != nil {
		return err
	}
	entries = slices.DeleteFunc(entries, func(e record.Entry) bool { // joining a district writes every record again as it is
		return len(b.Changes(k, e)) == 0 && e.Undoes == ""
	})
	out := make([]entryJSON, 0, len(entries))
	for _, e := range entries {
		out = append(out, entryOf(k, e))
	}
	return c.print(out, func(w io.Writer) {
		for _, e := range entries {
			fmt.Fprintf(w, "%s\n", strings.TrimRight(fmt.Sprintf("%s  %s（%s）  %s  %s", time.UnixMilli(e.At).Format("2006-01-02 15:04:05"), e.By, e.Device, standing(e), e.Why), " "))
			for _, line := range b.Changes(k, e) {
				fmt.Fprintf(w, "    %s\n", line)
			}
		}
	})
}

// standing says where a change stands that a district must confirm, or has.
func standing(e record.Entry) string {
	if e.Seq > 0 {
		return screen.Receipt(e.Seq)
	}
	if e.State == record.Synced {
		return ""
	}
	return e.State.String()
}

func entryOf(k record.Kind, e record.Entry) entryJSON {
	out := entryJSON{At: time.UnixMilli(e.At).Format(time.RFC3339), By: e.By, Device: e.Device, Batch: e.Batch,
		Why: e.Why, Op: e.Op, Undoes: e.Undoes, State: e.State.String(), Receipt: e.Seq, Changes: map[string][2]string{}}
	for path, value := range e.New {
		old := e.Old[path]
		if f, ok := k.Field(path); ok {
			old, value = f.Format(old), f.Format(value)
		}
		out.Changes[path] = [2]string{old, value}
	}
	return out
}
