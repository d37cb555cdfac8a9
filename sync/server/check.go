package server

import (
	"iter"
	"maps"
	"strings"

	"zhibu/storage/record"
)

// Bounds of one op; far above what any form makes.
const (
	maxPaths = 20_000
	maxPath  = 200
	maxValue = 1 << 20
	maxID    = 64
	// Bounds of one record: it must fit into a page of a snapshot, and a decoder
	// reads no map of more pairs than 100,000.
	maxRegisters   = 40_000
	maxRecordBytes = 8 << 20
)

func keysOf[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// refusal says why an op is refused.
type refusal struct{ Code, Say, Path string }

func (r refusal) result(n uint64) record.Result {
	return record.Result{N: n, Verdict: record.Rejected, Code: r.Code, Say: r.Say, Field: r.Path}
}

// check decides whether the district takes the op over.
func (p *pushing) check(op incoming) *refusal {
	c := op.change
	if no := wellFormed(c); no != nil {
		return no
	}
	if h := p.records[c.Record]; h != nil && h.Kind != c.Kind {
		return &refusal{Code: "KIND_DIFFERS", Say: "这条记录在区里是另一类台账的，没有收下。请新建一条再报。"}
	}
	if p.erased[c.Record] {
		return &refusal{Code: "RECORD_PURGED", Say: "这条记录两年前已经删除，区里按规定清除了，改动没有收下。仍要用请新建一条。"}
	}
	if !fits(p.registers(c.Record), c) {
		return &refusal{Code: "RECORD_TOO_LARGE", Say: "这条记录的内容太多（超过 8 MB 或 4 万项），改动没有收下。请把长文改成附件，或另建一条。"}
	}
	if !p.rules.mayWrite(p.device.Role, c.Kind) {
		return &refusal{Code: "ROLE_FORBIDDEN", Say: "这台电脑的角色不能改这类台账，改动没有收下。请让有权限的同志来改，或向区里申请。"}
	}
	return p.checkOwned(c)
}

// registers returns what a record holds at present, nil for a new one.
func (p *pushing) registers(rec string) map[string]record.Register {
	if h := p.records[rec]; h != nil {
		return h.Registers
	}
	return nil
}

// fits reports whether a record stays within its bounds with a change.
func fits(now map[string]record.Register, c record.Change) bool {
	size, n := 0, len(now)
	for path, r := range now {
		size += len(path) + len(r.Value)
	}
	for path, value := range c.Set {
		old, had := now[path]
		if size += len(path) + len(value) - len(old.Value); had {
			size -= len(path)
		} else {
			n++
		}
	}
	return n <= maxRegisters && size <= maxRecordBytes
}

func wellFormed(c record.Change) *refusal {
	switch {
	case c.Record == "" || c.Kind == "" || c.ID == "",
		len(c.Record) > maxID || len(c.Kind) > maxID || len(c.ID) > maxID:
		return &refusal{Code: "OP_MALFORMED", Say: "这条改动没有写明是哪一条记录，没有收下。请在本机重新保存一次。"}
	case len(c.Set) > maxPaths || len(c.Saw) > maxPaths:
		return &refusal{Code: "OP_TOO_LARGE", Say: "这条改动一次改得太多，没有收下。请分几次保存。"}
	}
	for path, value := range c.Set {
		if path == "" || len(path) > maxPath || strings.ContainsRune(path+value, 0) {
			return &refusal{Code: "OP_MALFORMED", Say: "这条改动里有一项的名称不对，没有收下。请在本机重新保存一次。"}
		}
		if len(value) > maxValue {
			return &refusal{Code: "VALUE_TOO_LONG", Say: "有一项内容太长（超过 1 MB），没有收下。请改成附件。", Path: path}
		}
	}
	return nil
}

// checkOwned refuses to let a laptop write what only the district writes, and
// what it has signed. To repeat the value that stands is no writing.
func (p *pushing) checkOwned(c record.Change) *refusal {
	now := p.registers(c.Record)
	for _, path := range record.Values(c.Set).Paths() {
		if !p.rules.owns(c.Kind, path) && !isSealPath(path) && !record.Stands(now[record.SealPath(path)].Value) {
			continue
		}
		if now[path].Value != c.Set[path] {
			return &refusal{Code: "DISTRICT_OWNED", Path: path,
				Say: "这一项由上级填写，本机的改动没有收下。请等上级批复，或联系上级更正。"}
		}
	}
	return nil
}
