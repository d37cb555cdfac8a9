package page

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strconv"

	"github.com/klauspost/compress/zlib" // as fast at its usual level as the standard one at its fastest
)

// errShape says that gofpdf's output is not as this file expects it.
var errShape = errors.New("print: unexpected shape of the pdf")

// finish mends the bytes gofpdf wrote: cut fonts in place of the stand-ins, with
// exact maps back to text; compressed streams; language; no program name; an
// identity computed from the contents.
func finish(raw []byte, fonts []*usage) ([]byte, error) {
	objects, root, info, err := takeApart(raw)
	if err != nil {
		return nil, err
	}
	pack, err := newPacker()
	if err != nil {
		return nil, err
	}
	placed := 0
	for i := range objects {
		body := objects[i].body
		switch {
		case bytes.HasPrefix(body, []byte("<</Type /Font\n")):
			u := standsFor(body, fonts)
			if u == nil {
				return nil, fmt.Errorf("%w: an unknown font", errShape)
			}
			next := len(objects) + 1
			embedded, err := embed(u, next, pack)
			if err != nil {
				return nil, err
			}
			objects[i].body = embedded[0]
			for k, b := range embedded[1:] {
				objects = append(objects, object{next + k, b})
			}
			placed++
		case objects[i].n == root:
			objects[i].body = catalog(body)
		case bytes.HasPrefix(body, []byte("<</Type /Page\n")):
			objects[i].body = inOrder(body)
		default:
			if objects[i].body, err = pack.plain(body); err != nil {
				return nil, err
			}
		}
	}
	if placed != len(fonts) {
		return nil, fmt.Errorf("%w: %d fonts of %d", errShape, placed, len(fonts))
	}
	return putTogether(objects, root, info), nil
}

// standsFor returns the font whose stand-in an object is.
func standsFor(body []byte, fonts []*usage) *usage {
	for i, u := range fonts {
		if bytes.Contains(body, []byte("/BaseFont /"+standIns[i][2]+"\n")) {
			return u
		}
	}
	return nil
}

// object is one numbered object without "n 0 obj" and "endobj".
type object struct {
	n    int
	body []byte
}

// takeApart cuts gofpdf's output at the offsets of its own table and returns the
// numbers of the catalog and the information object too.
func takeApart(raw []byte) (objects []object, root, info int, err error) {
	tail := bytes.LastIndex(raw, []byte("startxref\n"))
	if tail < 0 {
		return nil, 0, 0, errShape
	}
	at, err := strconv.Atoi(string(bytes.Fields(raw[tail:])[1]))
	if err != nil || at <= 0 || at >= tail {
		return nil, 0, 0, errShape
	}
	var offsets []int
	for _, line := range bytes.Split(raw[at:tail], []byte("\n")) {
		if len(line) >= 18 && bytes.HasSuffix(bytes.TrimSpace(line), []byte("00000 n")) {
			offset, err := strconv.Atoi(string(line[:10]))
			if err != nil {
				return nil, 0, 0, errShape
			}
			offsets = append(offsets, offset)
		}
	}
	if root, err = reference(raw[at:tail], "/Root "); err != nil {
		return nil, 0, 0, err
	}
	if info, err = reference(raw[at:tail], "/Info "); err != nil {
		return nil, 0, 0, err
	}
	objects, err = cutObjects(raw, offsets, at)
	return objects, root, info, err
}

func reference(trailer []byte, key string) (int, error) {
	_, rest, ok := bytes.Cut(trailer, []byte(key))
	number, _, _ := bytes.Cut(rest, []byte(" "))
	n, err := strconv.Atoi(string(number))
	if !ok || err != nil {
		return 0, errShape
	}
	return n, nil
}

func cutObjects(raw []byte, offsets []int, end int) ([]object, error) {
	order := make([]int, len(offsets))
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(i, j int) bool { return offsets[order[i]] < offsets[order[j]] })
	out := make([]object, 0, len(order))
	for k, i := range order {
		stop := end
		if k+1 < len(order) {
			stop = offsets[order[k+1]]
		}
		if offsets[i] >= stop || stop > len(raw) {
			return nil, errShape
		}
		body, ok := bytes.CutPrefix(raw[offsets[i]:stop], fmt.Appendf(nil, "%d 0 obj\n", i+1))
		body, closed := bytes.CutSuffix(body, []byte("endobj\n"))
		if !ok || !closed {
			return nil, errShape
		}
		out = append(out, object{i + 1, body})
	}
	return out, nil
}

// putTogether writes the objects with a new table.
func putTogether(objects []object, root, info int) []byte {
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
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>]>>\n", len(offsets), root, info, sum[:16], sum[:16])
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

// inOrder sorts the boxes of a page, which gofpdf writes in any order.
func inOrder(body []byte) []byte {
	lines := bytes.SplitAfter(body, []byte("\n"))
	isBox := func(line []byte) bool { return bytes.Contains(line, []byte("Box [")) }
	first := slices.IndexFunc(lines, isBox)
	last := first
	for last >= 0 && last < len(lines) && isBox(lines[last]) {
		last++
	}
	slices.SortFunc(lines[max(first, 0):max(last, 0)], bytes.Compare)
	return bytes.Join(lines, nil)
}

// packer compresses streams with one writer.
type packer struct {
	z   *zlib.Writer
	out bytes.Buffer
}

func newPacker() (*packer, error) {
	p := &packer{}
	var err error
	if p.z, err = zlib.NewWriterLevel(&p.out, zlib.DefaultCompression); err != nil {
		return nil, fmt.Errorf("print: compress: %w", err)
	}
	return p, nil
}

// stream makes a compressed stream object; extra goes into its dictionary.
func (p *packer) stream(data []byte, extra string) ([]byte, error) {
	p.out.Reset()
	p.z.Reset(&p.out)
	if _, err := p.z.Write(data); err != nil {
		return nil, fmt.Errorf("print: compress: %w", err)
	}
	if err := p.z.Close(); err != nil {
		return nil, fmt.Errorf("print: compress: %w", err)
	}
	out := fmt.Appendf(nil, "<</Length %d /Filter /FlateDecode%s>>\nstream\n", p.out.Len(), extra)
	return append(append(out, p.out.Bytes()...), "\nendstream\n"...), nil
}

// plain compresses the uncompressed content streams gofpdf wrote and leaves every
// other object as it is.
func (p *packer) plain(body []byte) ([]byte, error) {
	rest, ok := bytes.CutPrefix(body, []byte("<</Length "))
	if !ok {
		return body, nil
	}
	number, rest, ok := bytes.Cut(rest, []byte(">>\nstream\n"))
	n, err := strconv.Atoi(string(number))
	if !ok || err != nil || n > len(rest) {
		return body, nil // a stream with more in its dictionary
	}
	return p.stream(rest[:n], "")
}
