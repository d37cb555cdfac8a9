package journal

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

func keysFor(t testing.TB) *vault.Keys {
	t.Helper()
	keys, _, _, err := vault.New(strings.Repeat("ab", 16), "测试用的密码", vault.Cost{Time: 1, Memory: 64, Threads: 1}, vault.AES)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func frameOf(t testing.TB, n uint64, ops int) Frame {
	t.Helper()
	f := Frame{Device: "d", First: n, Last: n + uint64(ops) - 1}
	for i := range ops {
		raw, err := record.Encode(fmt.Sprintf("op %d", n+uint64(i)))
		if err != nil {
			t.Fatal(err)
		}
		f.Ops = append(f.Ops, cbor.RawMessage(raw))
	}
	return f
}

func firsts(frames []Frame) string {
	var out []string
	for _, f := range frames {
		out = append(out, fmt.Sprint(f.First))
	}
	return strings.Join(out, " ")
}

// written makes a journal with frames 1…n and closes it.
func written(t testing.TB, keys *vault.Keys, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "journal")
	j, _, found, err := Open(path, keys)
	if err != nil || !found.Fresh {
		t.Fatal(found, err)
	}
	for i := range n {
		if err := j.Append(frameOf(t, uint64(i+1), 1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func reopened(t testing.TB, path string, keys *vault.Keys) (*Journal, []Frame, Findings) {
	t.Helper()
	j, frames, found, err := Open(path, keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return j, frames, found
}

func TestFramesComeBackInOrder(t *testing.T) {
	keys := keysFor(t)
	path := written(t, keys, 500) // over several growing steps
	j, frames, found := reopened(t, path, keys)
	if len(frames) != 500 || found != (Findings{}) {
		t.Fatalf("%d frames, %+v", len(frames), found)
	}
	if err := j.Append(frameOf(t, 501, 3)); err != nil {
		t.Fatal(err)
	}
	if frames, _, err := Read(path, keys); err != nil || len(frames) != 501 || len(frames[500].Ops) != 3 {
		t.Errorf("%d frames, %v", len(frames), err)
	}
}

func TestVoidTakesAFrameOut(t *testing.T) {
	keys := keysFor(t)
	path := written(t, keys, 2)
	j, _, _ := reopened(t, path, keys)
	for _, f := range []Frame{frameOf(t, 3, 2), {Device: "d", First: 3, Last: 4, Void: true}, frameOf(t, 3, 1)} {
		if err := j.Append(f); err != nil {
			t.Fatal(err)
		}
	}
	frames, _, err := Read(path, keys)
	if err != nil || firsts(frames) != "1 2 3" || len(frames[2].Ops) != 1 {
		t.Errorf("%s %v", firsts(frames), err)
	}
}

func TestTrimKeepsWhatIsNamed(t *testing.T) {
	keys := keysFor(t)
	path := written(t, keys, 9)
	j, _, _ := reopened(t, path, keys)
	if err := j.Trim(func(f Frame) bool { return f.Last > 7 }); err != nil {
		t.Fatal(err)
	}
	if err := j.Append(frameOf(t, 10, 1)); err != nil {
		t.Fatal(err)
	}
	if frames, _, err := Read(path, keys); err != nil || firsts(frames) != "8 9 10" {
		t.Errorf("%s %v", firsts(frames), err)
	}
}

// TestEveryTornTail cuts the file at every byte of its last frame: the frames
// before must come back, the file must go on working and the cut one be kept.
func TestEveryTornTail(t *testing.T) {
	keys := keysFor(t)
	path := written(t, keys, 3)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, end, _ := parse(data, keys)
	last := int(end) - (int(end)-headSize)/3
	for cut := last + 4; cut < int(end); cut += 7 {
		torn := append([]byte(nil), data...)
		clear(torn[cut:end])
		torn[end-1] ^= 1
		if err := os.WriteFile(path, torn, 0o600); err != nil {
			t.Fatal(err)
		}
		j, frames, found, err := Open(path, keys)
		if err != nil || firsts(frames) != "1 2" || !found.Torn {
			t.Fatalf("cut at %d: %s %+v %v", cut, firsts(frames), found, err)
		}
		if err := j.Append(frameOf(t, 3, 1)); err != nil {
			t.Fatal(err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		if frames, found, err := Read(path, keys); err != nil || firsts(frames) != "1 2 3" || found.Torn {
			t.Fatalf("after mending: %s %+v %v", firsts(frames), found, err)
		}
	}
}

func TestDamageInTheMiddleLosesOneFrame(t *testing.T) {
	keys := keysFor(t)
	path := written(t, keys, 5)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	size := int(binary.BigEndian.Uint32(data[headSize:])) + frameHead
	data[headSize+2*size+40] ^= 1
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	_, frames, found := reopened(t, path, keys)
	if firsts(frames) != "1 2 4 5" || found.Damaged != 1 {
		t.Errorf("%s %+v", firsts(frames), found)
	}
	if kept, err := os.ReadFile(path + ".damaged"); err != nil || len(kept) != len(data) {
		t.Errorf("damaged journal was not kept: %v", err)
	}
}

func TestJournalOfAnotherRootKeyIsSetAside(t *testing.T) {
	path := written(t, keysFor(t), 2)
	_, frames, found := reopened(t, path, keysFor(t))
	if len(frames) != 0 || !found.Foreign {
		t.Errorf("%s %+v", firsts(frames), found)
	}
	if _, err := os.Stat(path + ".damaged"); err != nil {
		t.Error("not kept")
	}
}

func FuzzParse(f *testing.F) {
	keys := keysFor(f)
	data, err := os.ReadFile(written(f, keys, 3))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data[:4096])
	f.Add(data[:headSize])
	f.Fuzz(func(t *testing.T, data []byte) {
		frames, end, _ := parse(data, keys)
		if end < headSize || end > int64(max(len(data), headSize)) {
			t.Fatalf("end %d of %d", end, len(data))
		}
		for _, f := range frames {
			if f.Device != "d" {
				t.Fatal("a frame that nobody wrote")
			}
		}
	})
}

// TestFrameOfManyOps writes more ops at once than the decoder allows in one list.
func TestFrameOfManyOps(t *testing.T) {
	keys := keysFor(t)
	path := written(t, keys, 1)
	j, _, _ := reopened(t, path, keys)
	if err := j.Append(frameOf(t, 2, 120_000)); err != nil {
		t.Fatal(err)
	}
	frames, found, err := Read(path, keys)
	if err != nil || found != (Findings{}) || len(frames) != 2 || len(frames[1].Ops) != 120_000 {
		t.Errorf("%d frames, %+v, %v", len(frames), found, err)
	}
}
