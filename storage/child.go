package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// verifyOrder is what the parent tells its verifying child through a pipe.
type verifyOrder struct {
	Path   string `cbor:"1,keyasint"`
	Header []byte `cbor:"2,keyasint"`
	Root   []byte `cbor:"3,keyasint"` // never on a command line, never on disk
}

const (
	childSound   = 0
	childDamaged = 3
	childHeld    = 4
)

// ChildMain is the body of the hidden sub-command that Options.Child names: it
// reads an order from in, verifies the file and returns the exit code. Any code
// but 0, also that of a crash, means damaged.
func ChildMain(in io.Reader, errOut io.Writer) int {
	data, err := io.ReadAll(io.LimitReader(in, 1<<20))
	var o verifyOrder
	if err == nil {
		err = record.Decode(data, &o)
	}
	if err == nil {
		err = o.verify()
	}
	if err == nil {
		return childSound
	}
	if record.CodeOf(err) == "ALREADY_OPEN" {
		return childHeld
	}
	if _, printErr := fmt.Fprintln(errOut, err); printErr != nil {
		return childDamaged
	}
	return childDamaged
}

func (o verifyOrder) verify() error {
	h, err := vault.DecodeHeader(o.Header)
	if err != nil {
		return err
	}
	keys, err := h.Open(o.Root)
	if err != nil {
		return err
	}
	return verifyHere(o.Path, keys, true)
}

// verifyFile opens every value of a database file that nobody has open: in a
// child process where there is one.
func verifyFile(child []string, path string, keys *vault.Keys) error {
	if _, err := inspect(path); err != nil {
		return err
	}
	if len(child) == 0 {
		return verifyHere(path, keys, false)
	}
	header, _, err := headBytes(path, keys)
	if err != nil {
		return err
	}
	order, err := record.Encode(verifyOrder{Path: path, Header: header, Root: keys.Root()})
	if err != nil {
		return fmt.Errorf("encode order: %w", err)
	}
	cmd := exec.CommandContext(context.Background(), child[0], child[1:]...)
	cmd.Stdin = bytes.NewReader(order)
	var said strings.Builder
	cmd.Stderr = &said
	cmd.Env = append(os.Environ(), "GOTRACEBACK=none") // a crash says nothing about content
	err = cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == childHeld {
		return alreadyOpen(err)
	}
	if err != nil {
		return damaged(fmt.Errorf("verify: %w: %s", err, firstLine(said.String())))
	}
	return nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
