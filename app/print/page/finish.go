package page

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"errors"
	"fmt"
	"sort"
	"strconv"
	"unicode/utf16"

	"zhibu/app/print/face"
)

// errShape says that gofpdf's output is not as this file expects it.
var errShape = errors.New("print: unexpected shape of the pdf")

// finish mends the bytes gofpdf wrote: an exact ToUnicode map for every font, so
// that what is drawn extracts as itself; font names with a subset tag; language;
// no program name; an identity computed from the contents.
func finish(raw []byte, fonts []*face.Font, codes map[*face.Font]*codes, families map[*face.Font]string) ([]byte, error) {
	objects, trailer, err := takeApart(raw)
	if err != nil {
		return nil, err
	}
	ordered := sortedFonts(fonts, families)
	maps := 0
	for i, o := range objects {
		switch {
		case bytes.Contains(o.body, []byte("/CMapName /Adobe-Identity-UCS def")):
			if maps >= len(ordered) {
				return nil, fmt.Errorf("%w: more fonts than were used", errShape)
			}
			if o.body, err = toUnicode(codes[ordered[maps]]); err != nil {
				return nil, err
			}
			maps++
		case bytes.HasPrefix(o.body, []byte("<<\n/Type /Catalog")):
			o.body = catalog(o.body)
		default:
			o.body = rename(o.body, ordered, families)
		}
		objects[i] = o
	}
	if maps != len(ordered) {
		return nil, fmt.Errorf("%w: fonts without a map", errShape)
	}
	return putTogether(objects, trailer), nil
}

// object is one numbered object without "n 0 obj" and "endobj".
type object struct {
	n    int
	body []byte
}

// takeApart cuts gofpdf's output at the offsets of its own table.
func takeApart(raw []byte) ([]object, []byte, error) {
	tail := bytes.LastIndex(raw, []byte("startxref\n"))
	if tail < 0 {
		return nil, nil, errShape
	}
	at, err := strconv.Atoi(string(bytes.Fields(raw[tail:])[1]))
	if err != nil || at <= 0 || at >= tail {
		return nil, nil, errShape
	}
	table := bytes.Split(raw[at:tail], []byte("\n"))
	var offsets []int
	for _, line := range table {
		if len(line) >= 18 && bytes.HasSuffix(bytes.TrimSpace(line), []byte("00000 n")) {
			offset, err := strconv.Atoi(string(line[:10]))
			if err != nil {
				return nil, nil, errShape
			}
			offsets = append(offsets, offset)
		}
	}
	trailer := bytes.Index(raw[at:tail], []byte("trailer\n<<\n"))
	if trailer < 0 || len(offsets) == 0 {
		return nil, nil, errShape
	}
	objects, err := cutObjects(raw, offsets, at)
	return objects, raw[at+trailer+len("trailer\n<<\n") : tail], err
}

func cutObjects(raw []byte, offsets []int, end int) ([]object, error) {
	order := make([]int, len(offsets))
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(i, j int) bool { return offsets[order[i]] < offsets[order[j]] })
	var out []object
	for k, i := range order {
		stop := end
		if k+1 < len(order) {
			stop = offsets[order[k+1]]
		}
		head := []byte(fmt.Sprintf("%d 0 obj\n", i+1))
		if offsets[i] >= stop {
			return nil, errShape
		}
		body, ok := bytes.CutPrefix(raw[offsets[i]:stop], head)
		body, end := bytes.CutSuffix(body, []byte("endobj\n"))
		if !ok || !end {
			return nil, errShape
		}
		out = append(out, object{i + 1, body})
	}
	return out, nil
}

// putTogether writes the objects with a new table.
func putTogether(objects []object, trailer []byte) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE6\x94\xAF\xE9\x83\xA8\n")
	offsets := make([]int, len(objects)+1)
	for _, o := range objects {
		offsets[o.n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n", o.n)
		b.Write(o.body)
		b.WriteString("endobj\n")
	}
	sum := sha256.Sum256(b.Bytes())
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets))
	for _, offset := range offsets[1:] {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	b.WriteString("trailer\n<<\n")
	fmt.Fprintf(&b, "/ID [<%x> <%x>]\n", sum[:16], sum[:16])
	b.Write(trailer)
	fmt.Fprintf(&b, "startxref\n%d\n%%%%EOF\n", at)
	return b.Bytes()
}

// catalog sets the language and drops gofpdf's empty name tree.
func catalog(body []byte) []byte {
	if i := bytes.Index(body, []byte("/Names <<")); i >= 0 {
		body = append(bytes.Clone(body[:i]), ">>\n"...)
	}
	return bytes.Replace(body, []byte("/Type /Catalog"),
		[]byte("/Type /Catalog\n/Lang (zh-CN)\n/ViewerPreferences <</DisplayDocTitle true>>"), 1)
}

// rename gives fonts their own name with the tag of a cut font. Streams stay as
// they are.
func rename(body []byte, fonts []*face.Font, families map[*face.Font]string) []byte {
	head, stream, found := bytes.Cut(body, []byte("stream\n"))
	for i, f := range fonts {
		tag := fmt.Sprintf("/ZHBU%c%c+%s", 'A'+i/26%26, 'A'+i%26, f.Name)
		head = bytes.ReplaceAll(head, []byte("/utf8"+families[f]), []byte(tag))
	}
	if found {
		head = append(append(bytes.Clone(head), "stream\n"...), stream...)
	}
	return head
}

// toUnicode writes the map from codes to the characters they stand for, even for
// a character that no font has and 〓 was drawn for.
func toUnicode(c *codes) ([]byte, error) {
	runes := make([]rune, 0, len(c.code))
	for r := range c.code {
		runes = append(runes, r)
	}
	sort.Slice(runes, func(i, j int) bool {
		if a, b := c.code[runes[i]], c.code[runes[j]]; a != b {
			return a < b
		}
		return runes[i] < runes[j]
	})
	var text bytes.Buffer
	text.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for start := 0; start < len(runes); start += 100 {
		batch := runes[start:min(start+100, len(runes))]
		fmt.Fprintf(&text, "%d beginbfchar\n", len(batch))
		for _, r := range batch {
			fmt.Fprintf(&text, "<%04X> <", c.code[r])
			for _, u := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&text, "%04X", u)
			}
			text.WriteString(">\n")
		}
		text.WriteString("endbfchar\n")
	}
	text.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(text.Bytes()); err != nil {
		return nil, fmt.Errorf("print: pack map: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("print: pack map: %w", err)
	}
	out := fmt.Appendf(nil, "<</Length %d /Filter /FlateDecode>>\nstream\n", packed.Len())
	return append(append(out, packed.Bytes()...), "\nendstream\n"...), nil
}
