package sync

import (
	"bytes"
	"os"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"zhibu/storage/record"
)

// The files of testdata were written by version 1. Every later version must read
// them: a laptop may lie in a drawer for years with ops of that day. They are
// never written anew; a new version adds files of its own.

func golden(t *testing.T, name string, make func() any) []byte {
	t.Helper()
	path := "testdata/" + name
	if os.Getenv("ZHIBU_GOLDEN") == name {
		if err := os.WriteFile(path, frame(t, make()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// newer is an op of a later program: a key and a kind we do not know.
func newer(t *testing.T) cbor.RawMessage {
	t.Helper()
	body, err := record.Encode(map[int]any{1: "b-d", 2: 2, 4: "registerOfTomorrow", 5: "r1", 6: 9, 7: 3, 8: map[string]string{"field": "值"}, 14: "op2", 99: "新"})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestVersion1IsReadForever(t *testing.T) {
	codec := newCodec(t)
	op, err := sample(t).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	request := Request{Proto: [2]int{1, 1}, App: "1.0", Epoch: "e1", Lease: "l1", Cursors: map[string]uint64{"branch:b": 7},
		N: 2, Head: []byte{1, 2}, Acked: 0, Whole: true, Ops: []cbor.RawMessage{op, newer(t)}}
	var req Request
	if err := codec.Decode(golden(t, "v1.request", func() any { return request }), &req); err != nil {
		t.Fatal(err)
	}
	if req.Epoch != "e1" || req.Cursors["branch:b"] != 7 || req.N != 2 || len(req.Ops) != 2 || !bytes.Equal(req.Ops[1], newer(t)) {
		t.Errorf("request %+v", req)
	}
	var c record.Change
	if err := record.Decode(req.Ops[0], &c); err != nil || c.Set["name"] != "王秀兰" {
		t.Errorf("op %+v, %v", c, err)
	}
	response := Response{Proto: 1, Epoch: "e1", Now: 1_795_000_000_000, Lease: "l2", AckedTo: 2,
		Results:  []record.Result{{N: 1, Verdict: record.Merged, Seq: 8, Stamp: 9}, {N: 2, Verdict: record.Rejected, Code: "X", Say: "不行。"}},
		Channels: map[string]Channel{"branch:b": {From: 7, Seq: 9, Rows: []Row{{Seq: 9, Stamp: 10, Body: newer(t)}}}}}
	var resp Response
	if err := codec.Decode(golden(t, "v1.response", func() any { return response }), &resp); err != nil {
		t.Fatal(err)
	}
	ds, err := Open(record.Position{Branch: "b", N: 2, Epoch: "e1", Cursors: map[string]uint64{"branch:b": 7}}, Asked{From: 1, To: 2}, resp)
	if err != nil || len(ds) != 1 || ds[0].AckedTo != 2 || len(ds[0].Rows) != 1 || ds[0].Rows[0].Change.Set["field"] != "值" {
		t.Errorf("response %+v, %v", ds, err)
	}
}
