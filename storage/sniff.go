package storage

import "bytes"

// sniff tells the type of a file by how it begins.
func sniff(data []byte) string {
	for _, known := range []struct{ begin, mime string }{
		{"\xFF\xD8\xFF", "image/jpeg"},
		{"\x89PNG\r\n\x1a\n", "image/png"},
		{"%PDF-", "application/pdf"},
		{"PK\x03\x04", "application/zip"}, // docx, xlsx and wps too
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage"},
	} {
		if bytes.HasPrefix(data, []byte(known.begin)) {
			return known.mime
		}
	}
	switch {
	case len(data) > 12 && bytes.HasPrefix(data, []byte("RIFF")) && string(data[8:12]) == "WEBP":
		return "image/webp"
	case len(data) > 12 && string(data[4:8]) == "ftyp" && (bytes.HasPrefix(data[8:], []byte("hei")) || bytes.HasPrefix(data[8:], []byte("mif"))):
		return "image/heic"
	}
	return "application/octet-stream"
}

func isPicture(mime string) bool {
	switch mime {
	case "image/jpeg", "image/png", "image/webp", "image/heic":
		return true
	}
	return false
}
