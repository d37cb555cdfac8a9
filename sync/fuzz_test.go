package sync

import (
	"bytes"
	"testing"

	"zhibu/storage/record"
)

// Whatever arrives, the decoders end with a value or a sentence, never with a
// panic, and never with more memory than the limit allows.

func newCodec(t testing.TB) *Codec {
	t.Helper()
	c, err := NewCodec(1 << 20)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func frame(t testing.TB, v any) []byte {
	t.Helper()
	raw, err := newCodec(t).Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func sample(t testing.TB) record.Change {
	t.Helper()
	return record.Change{Device: "b-d", N: 1, Kind: "member", Record: "m1", Stamp: 7, Set: map[string]string{"name": "王秀兰"}, ID: "op1"}
}

func FuzzResponse(f *testing.F) {
	body, err := sample(f).Bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(frame(f, Response{Proto: 1, Epoch: "e", AckedTo: 1, Results: []record.Result{{N: 1, Verdict: record.Applied, Seq: 1}},
		Channels: map[string]Channel{"branch:b": {Rows: []Row{{Seq: 2, Stamp: 9, Body: body}}, Seq: 2}}}))
	f.Add([]byte("ZB\x01\x28\xb5\x2f\xfd"))
	codec := newCodec(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var resp Response
		if codec.Decode(raw, &resp) != nil {
			return
		}
		pos := record.Position{Branch: "b", Device: "b-d", N: 5}
		ds, err := Open(pos, Asked{From: 1, To: 5}, resp)
		if err != nil {
			if record.SayOf(err) == "" {
				t.Error("refused without a sentence")
			}
			return
		}
		for _, d := range ds {
			if d.AckedTo > pos.N || d.Epoch == "" {
				t.Errorf("let through %+v", d)
			}
		}
	})
}

func FuzzRequest(f *testing.F) {
	body, err := sample(f).Bytes()
	if err != nil {
		f.Fatal(err)
	}
	req := Request{Proto: [2]int{1, 1}, N: 1}
	req.Ops = append(req.Ops, body)
	f.Add(frame(f, req))
	codec := newCodec(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var req Request
		if codec.Decode(raw, &req) != nil {
			return
		}
		for _, op := range req.Ops {
			var c record.Change
			if record.Decode(op, &c) != nil {
				continue
			}
			if _, err := c.Hash(); err != nil {
				t.Errorf("decoded an op that cannot be hashed: %v", err)
			}
		}
	})
}

func FuzzSnapshot(f *testing.F) {
	var file bytes.Buffer
	h := record.Holding{Kind: "member", ID: "m1", Registers: map[string]record.Register{"name": {Value: "王秀兰", Stamp: 7, Device: "b-d", Op: "op1"}}}
	name, err := WriteSnapshot(&file, Snapshot{Branch: "b", Epoch: "e", Seq: 1, Holdings: []record.Holding{h}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte{0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := ReadSnapshot(bytes.NewReader(raw), name)
		if err == nil && !bytes.Equal(raw, file.Bytes()) {
			t.Errorf("took another file for the named one: %+v", s)
		}
	})
}

func TestSnapshotComesBack(t *testing.T) {
	var file bytes.Buffer
	in := Snapshot{Branch: "b", Epoch: "e", Seq: 9}
	for i := range 5000 {
		in.Holdings = append(in.Holdings, record.Holding{Kind: "member", ID: string(rune('a'+i%26)) + string(rune(0x4e00+i)),
			Registers: map[string]record.Register{"name": {Value: "王", Stamp: record.Stamp(i), Device: "d", Op: "o"}, "x": {Value: "", Op: "p"}}})
	}
	name, err := WriteSnapshot(&file, in)
	if err != nil {
		t.Fatal(err)
	}
	out, err := ReadSnapshot(bytes.NewReader(file.Bytes()), name)
	if err != nil || len(out.Holdings) != 5000 || out.Seq != 9 || out.Holdings[4999].Registers["name"] != in.Holdings[4999].Registers["name"] {
		t.Errorf("%d records, %v", len(out.Holdings), err)
	}
	for _, damaged := range [][]byte{file.Bytes()[:file.Len()-1], append(bytes.Clone(file.Bytes()), 0)} {
		if _, err := ReadSnapshot(bytes.NewReader(damaged), name); err == nil {
			t.Error("took a damaged snapshot")
		}
	}
}
