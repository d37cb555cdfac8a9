package sync

import (
	"crypto/rand"
	"strings"
	"testing"

	"zhibu/storage/record"
)

func TestCodeSurvivesHandwriting(t *testing.T) {
	code, err := NewCode(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{code, ShowCode(code), strings.ToLower(code), " " + ShowCode(code) + " ", strings.ReplaceAll(code, "0", "o")} {
		got, err := ReadCode(typed)
		if err != nil || got != code {
			t.Errorf("%q read as %q, %v", typed, got, err)
		}
	}
}

// Every single wrong character and every swap of neighbours must be found.
func TestCodeFindsSlips(t *testing.T) {
	for range 50 {
		code, err := NewCode(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		for i := range CodeLength {
			for _, c := range crockford {
				wrong := code[:i] + string(c) + code[i+1:]
				value := strings.IndexRune(crockford, c) - strings.IndexByte(crockford, code[i])
				if value%31 == 0 {
					continue // itself, or 0 and Z, which the modulus cannot tell apart
				}
				if _, err := ReadCode(wrong); record.CodeOf(err) != "CODE_CHECK" {
					t.Fatalf("%s written as %s: %v", code, wrong, err)
				}
			}
		}
	}
	for _, typed := range []string{"", "123", "ABCDEFGHJK!", strings.Repeat("A", 40)} {
		if _, err := ReadCode(typed); err == nil {
			t.Errorf("%q accepted", typed)
		}
	}
}
