package vault

import (
	"strings"

	"zhibu/storage/record"
)

// A recovery code is 24 characters of Crockford's base 32 in 6 groups of 4:
// 23 random characters (115 bits) and one that checks them.
const (
	codeDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeLength = 24
	codeGroup  = 4
)

// NewCode draws a recovery code, e.g. "7K2M-…" in six groups.
func NewCode() (string, error) {
	raw, err := random(codeLength - 1)
	if err != nil {
		return "", err
	}
	digits := make([]byte, codeLength)
	for i, b := range raw {
		digits[i] = b & 31
	}
	digits[codeLength-1] = checkDigit(digits[:codeLength-1])
	return spell(digits), nil
}

func spell(digits []byte) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && i%codeGroup == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(codeDigits[d])
	}
	return b.String()
}

// checkDigit is Horner's rule in GF(32) with the generator x (x⁵+x²+1): any one
// wrong character and any two swapped ones change it.
func checkDigit(digits []byte) byte {
	var c byte
	for _, d := range digits {
		c ^= d
		c <<= 1
		if c&32 != 0 {
			c ^= 0b100101
		}
	}
	return c
}

// ParseCode reads a recovery code as people type it: any case, O for 0, I and L
// for 1, full-width letters, blanks and hyphens anywhere. It returns the code as
// NewCode spells it, or refuses with CODE_FORM or CODE_TYPO.
func ParseCode(typed string) (string, error) {
	var digits []byte
	for _, r := range strings.ToUpper(record.Halfwidth(typed)) {
		switch r {
		case ' ', '-', '—', '–', '_', '\t', '\n', '\r', '.', '·':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		d := strings.IndexRune(codeDigits, r)
		if d < 0 || len(digits) == codeLength {
			return "", codeForm()
		}
		digits = append(digits, byte(d))
	}
	if len(digits) != codeLength {
		return "", codeForm()
	}
	if checkDigit(digits[:codeLength-1]) != digits[codeLength-1] {
		return "", record.Refuse("CODE_TYPO", "恢复码有一处抄错了。请对照纸上的恢复码逐组核对；台账没有动。")
	}
	return spell(digits), nil
}

func codeForm() error {
	return record.Refuse("CODE_FORM", "恢复码应为 6 组、每组 4 个字母或数字。请对照纸上的恢复码再输一次；台账没有动。")
}
