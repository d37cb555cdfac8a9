package vault

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhibu/storage/record"
)

var cheap = Cost{Time: 1, Memory: 64, Threads: 1}

func fresh(t testing.TB, alg Algorithm) (*Keys, Header, string) {
	t.Helper()
	keys, h, code, err := New(strings.Repeat("ab", 16), "测试用的密码", cheap, alg)
	if err != nil {
		t.Fatal(err)
	}
	return keys, h, code
}

func TestSealedValuesOpenOnlyInTheirPlace(t *testing.T) {
	for _, alg := range Algorithms() {
		keys, _, _ := fresh(t, alg)
		other, _, _ := fresh(t, alg)
		rapid.Check(t, func(t *rapid.T) {
			plain := rapid.SliceOfN(rapid.Byte(), 0, 5000).Draw(t, "plain")
			sealed, err := keys.Seal(ForRecords, "rec", []byte("k"), plain)
			if err != nil {
				t.Fatal(err)
			}
			if (len(sealed)-headSize-nonceSize-TagSize)%Pad != 0 || sealed[1] != byte(alg) {
				t.Fatalf("%d bytes of %v", len(sealed), Algorithm(sealed[1]))
			}
			got, err := keys.Open(ForRecords, "rec", []byte("k"), sealed)
			if err != nil || !bytes.Equal(got, plain) {
				t.Fatalf("%v %v", got, err)
			}
			i := rapid.IntRange(0, len(sealed)-1).Draw(t, "i")
			bad := bytes.Clone(sealed)
			bad[i] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			for name, open := range map[string]func() ([]byte, error){
				"another key":     func() ([]byte, error) { return keys.Open(ForRecords, "rec", []byte("l"), sealed) },
				"another bucket":  func() ([]byte, error) { return keys.Open(ForRecords, "out", []byte("k"), sealed) },
				"another purpose": func() ([]byte, error) { return keys.Open(ForAudit, "rec", []byte("k"), sealed) },
				"another store":   func() ([]byte, error) { return other.Open(ForRecords, "rec", []byte("k"), sealed) },
				"a changed bit":   func() ([]byte, error) { return keys.Open(ForRecords, "rec", []byte("k"), bad) },
				"a cut":           func() ([]byte, error) { return keys.Open(ForRecords, "rec", []byte("k"), sealed[:i]) },
			} {
				if _, err := open(); record.CodeOf(err) != "SEAL_BROKEN" {
					t.Fatalf("%s: %v", name, err)
				}
			}
		})
	}
}

func TestAlgorithmsReadEachOther(t *testing.T) {
	keys, h, _ := fresh(t, SM4)
	sealed, err := keys.Seal(ForRecords, "rec", nil, []byte("甲"))
	if err != nil {
		t.Fatal(err)
	}
	asAES, err := newKeys(h.Store, h.KeyID, keys.Root(), AES)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := asAES.Open(ForRecords, "rec", nil, sealed); err != nil || string(got) != "甲" {
		t.Errorf("%q %v", got, err)
	}
}

func TestPassphraseAndCodeBothUnlock(t *testing.T) {
	keys, h, code := fresh(t, AES)
	for name, unlock := range map[string]func() (*Keys, error){
		"passphrase":            func() (*Keys, error) { return h.Unlock("测试用的密码") },
		"with blanks":           func() (*Keys, error) { return h.Unlock(" 测试用的密码\n") },
		"code":                  func() (*Keys, error) { return h.UnlockCode(code) },
		"code in small letters": func() (*Keys, error) { return h.UnlockCode(strings.ToLower(strings.ReplaceAll(code, "-", ""))) },
	} {
		if k, err := unlock(); err != nil || !bytes.Equal(k.root, keys.root) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.Unlock("测试用的口今"); record.CodeOf(err) != "PASSPHRASE_WRONG" {
		t.Errorf("wrong passphrase: %v", err)
	}
	next, err := keys.ChangePassphrase(h, "ｎｅｗ１２３４", cheap)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := next.Unlock("new1234"); err != nil {
		t.Errorf("full-width and half-width differ: %v", err)
	}
	if _, err := next.UnlockCode(code); err != nil {
		t.Errorf("code after a change of passphrase: %v", err)
	}
	renewed, newCode, err := keys.NewCode(next)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := renewed.UnlockCode(code); record.CodeOf(err) != "CODE_WRONG" {
		t.Errorf("old code: %v", err)
	}
	if _, err := renewed.UnlockCode(newCode); err != nil {
		t.Errorf("new code: %v", err)
	}
}

// TestHeaderParametersAreBound changes each parameter and mends the checksum: no
// change may go through.
func TestHeaderParametersAreBound(t *testing.T) {
	_, h, code := fresh(t, AES)
	for name, change := range map[string]func(*Header){
		"time": func(h *Header) { h.Cost.Time = 2 }, "memory": func(h *Header) { h.Cost.Memory = 128 },
		"store": func(h *Header) { h.Store = strings.Repeat("cd", 16) }, "key id": func(h *Header) { h.KeyID++ },
		"algorithm": func(h *Header) { h.Write = SM4 }, "salt": func(h *Header) { h.Salt = bytes.Repeat([]byte{1}, 16) },
	} {
		bad := h
		change(&bad)
		var err error
		if bad.Sum, err = bad.sum(); err != nil {
			t.Fatal(err)
		}
		if _, err := bad.Unlock("测试用的密码"); err == nil {
			t.Errorf("%s changed, yet the passphrase unlocks", name)
		}
		if _, err := bad.UnlockCode(code); err == nil {
			t.Errorf("%s changed, yet the code unlocks", name)
		}
	}
}

func TestUnreasonableHeadersAreRefused(t *testing.T) {
	_, h, _ := fresh(t, AES)
	for _, cost := range []Cost{{Time: 11, Memory: 64, Threads: 1}, {Time: 1, Memory: 257 << 10, Threads: 1}, {Time: 0, Memory: 64, Threads: 1}, {Time: 1, Memory: 64}} {
		bad := h
		bad.Cost = cost
		var err error
		if bad.Sum, err = bad.sum(); err != nil {
			t.Fatal(err)
		}
		data, err := bad.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := DecodeHeader(data); err == nil {
			t.Errorf("accepted %+v", cost)
		}
	}
}

func TestCodeNoticesEveryTypo(t *testing.T) {
	code, err := NewCode()
	if err != nil || len(code) != 29 || strings.Count(code, "-") != 5 {
		t.Fatal(code, err)
	}
	plain := strings.ReplaceAll(code, "-", "")
	for i := range plain {
		for _, c := range codeDigits {
			typo := plain[:i] + string(c) + plain[i+1:]
			if _, err := ParseCode(typo); (err == nil) != (typo == plain) {
				t.Fatalf("%s for %s: %v", typo, plain, err)
			}
		}
		if i > 0 && plain[i] != plain[i-1] {
			swapped := plain[:i-1] + string(plain[i]) + string(plain[i-1]) + plain[i+1:]
			if _, err := ParseCode(swapped); record.CodeOf(err) != "CODE_TYPO" {
				t.Fatalf("swapped %s: %v", swapped, err)
			}
		}
	}
	if _, err := ParseCode(plain[:20]); record.CodeOf(err) != "CODE_FORM" {
		t.Errorf("short code: %v", err)
	}
}

func TestDroppedKeysOpenNothing(t *testing.T) {
	keys, _, _ := fresh(t, AES)
	sealed, err := keys.Seal(ForRecords, "rec", nil, []byte("甲"))
	if err != nil {
		t.Fatal(err)
	}
	root := keys.root
	keys.Drop()
	if _, err := keys.Open(ForRecords, "rec", nil, sealed); record.CodeOf(err) != "LOCKED" {
		t.Errorf("opened: %v", err)
	}
	if !bytes.Equal(root, make([]byte, rootSize)) {
		t.Error("root key is still in memory")
	}
}

func FuzzOpen(f *testing.F) {
	keys, h, code := fresh(f, AES)
	sealed, err := keys.Seal(ForRecords, "rec", nil, []byte("甲"))
	if err != nil {
		f.Fatal(err)
	}
	header, err := h.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add(header)
	f.Add([]byte(code))
	f.Fuzz(func(t *testing.T, data []byte) {
		if plain, err := keys.Open(ForRecords, "rec", nil, data); err == nil && string(plain) != "甲" {
			t.Fatal("opened something else")
		}
		if plain, err := keys.unpack(data); err == nil {
			if again, err := keys.unpack(keys.pack(plain, Pad)); err != nil || !bytes.Equal(again, plain) {
				t.Fatalf("packing changes a value: %v", err)
			}
		}
		if h, err := DecodeHeader(data); err == nil && h.Cost.Memory > maxMemory {
			t.Fatal("unreasonable header")
		}
		if got, err := ParseCode(string(data)); err == nil {
			if again, err := ParseCode(got); err != nil || again != got {
				t.Fatalf("%s: %v", got, err)
			}
		}
	})
}
