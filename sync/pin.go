package sync

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"zhibu/storage/record"
)

var pinText = base32.StdEncoding.WithPadding(base32.NoPadding)

// Pin writes the hash of a root certificate as the invitation prints it.
func Pin(ca []byte) string { return pinText.EncodeToString(ca) }

// ReadPin reads what Pin wrote.
func ReadPin(text string) ([]byte, error) {
	ca, err := pinText.DecodeString(strings.ToUpper(strings.ReplaceAll(text, "-", "")))
	if err != nil || len(ca) != sha256.Size {
		return nil, record.Refuse("PIN_FORMAT", "地址里证书指纹（# 后面的一串）不完整。请照邀请单重新写；没有发出任何内容。")
	}
	return ca, nil
}
