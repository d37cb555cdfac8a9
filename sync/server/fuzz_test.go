package server_test

import (
	"context"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/server"
)

// FuzzOp hands any bytes in as an op: the server refuses them or takes them, and
// still answers the honest op that follows.
func FuzzOp(f *testing.F) {
	w := open(f, f.TempDir(), server.Options{Quick: true})
	l := w.laptop(w.branch("一支部"), "secretary")
	device := l.Position().Device
	good := record.Change{Device: device, N: 1, Kind: "member", Record: "m1", Set: map[string]string{"name": "王"}, ID: "op1"}
	body, err := good.Bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(body))
	f.Add([]byte{0xbf, 0xff})
	f.Add([]byte("\xa1\x08\xa1\x60\x60"))
	far := w.For(device)
	f.Fuzz(func(t *testing.T, raw []byte) {
		_, err := far.Sync(context.Background(), sync.Request{Sealed: true, Ops: []cbor.RawMessage{raw}})
		if err != nil && record.CodeOf(err) == "" {
			t.Errorf("ended in a fault: %v", err)
		}
		if _, err := far.Sync(context.Background(), sync.Request{Sealed: true}); err != nil {
			t.Errorf("the next request: %v", err)
		}
	})
}
