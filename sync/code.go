package sync

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"io"
	"strings"

	"zhibu/storage/record"
)

// Crockford's alphabet: no I, L, O, U, so that nothing is misread from paper.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// CodeLength is the number of characters of a join code that carry secrets: 50
// bits. One check character follows.
const CodeLength = 10

// NewCode makes a join code from random bytes of r.
func NewCode(r io.Reader) (string, error) {
	var raw [8]byte
	if _, err := io.ReadFull(r, raw[:]); err != nil {
		return "", err
	}
	bits := binary.BigEndian.Uint64(raw[:])
	out := make([]byte, CodeLength)
	for i := range out {
		out[i] = crockford[bits&31]
		bits >>= 5
	}
	return string(out) + string(checkOf(string(out))), nil
}

// checkOf returns the check character: a weighted sum modulo 31, which finds
// every wrong character but 0 for Z, and every swap of other neighbours.
func checkOf(code string) byte {
	sum := 0
	for i := range len(code) {
		sum += (i + 1) * strings.IndexByte(crockford, code[i])
	}
	return crockford[sum%31]
}

// ShowCode writes a code for paper: 4-4-3.
func ShowCode(code string) string {
	if len(code) != CodeLength+1 {
		return code
	}
	return code[:4] + "-" + code[4:8] + "-" + code[8:]
}

// ReadCode reads a code as people type it: small letters, O for 0, I or L for 1,
// hyphens and blanks, full-width. A slip of the pen is found before anything is sent.
func ReadCode(typed string) (string, error) {
	s := strings.ToUpper(record.Halfwidth(strings.TrimSpace(typed)))
	s = strings.NewReplacer("-", "", "—", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(s)
	if len(s) != CodeLength+1 {
		return "", record.Refuse("CODE_LENGTH", "加入码应为 11 个字符。请对照邀请单重新输入。")
	}
	for i := range len(s) {
		if strings.IndexByte(crockford, s[i]) < 0 {
			return "", record.Refuse("CODE_CHARACTER", "加入码里只有数字和大写字母。请对照邀请单重新输入。")
		}
	}
	if checkOf(s[:CodeLength]) != s[CodeLength] {
		return "", record.Refuse("CODE_CHECK", "加入码有一个字符输错了。请对照邀请单重新输入。")
	}
	return s, nil
}

// LocateCode returns the part of a code that names its invitation and the hash
// of the whole, which is all a district stores of it.
func LocateCode(code string) (locator, hash string) {
	sum := sha256.Sum256([]byte("zhibu join " + code))
	return code[:4], base64.RawURLEncoding.EncodeToString(sum[:])
}
