package bundle_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/bundle"
	"zhibu/sync/model"
	"zhibu/sync/server"
)

// shelf is a laptop's attachments in memory.
type shelf struct {
	files map[string][]byte
	want  []string
	sent  []string
}

func (s *shelf) Unsent() (shas []string, sizes []int64, err error) {
	for _, sha := range slices.Sorted(maps.Keys(s.files)) {
		if !slices.Contains(s.sent, sha) {
			shas, sizes = append(shas, sha), append(sizes, int64(len(s.files[sha])))
		}
	}
	return shas, sizes, nil
}

func (s *shelf) Wanted() ([]string, error) { return s.want, nil }

func (s *shelf) Read(sha string) ([]byte, error) { return s.files[sha], nil }

func (s *shelf) Take(sha string, data []byte) error {
	if name(data) != sha {
		return fmt.Errorf("%s is another file", sha)
	}
	s.files[sha] = data
	s.want = slices.DeleteFunc(s.want, func(w string) bool { return w == sha })
	return nil
}

func (s *shelf) Sent(shas []string) error {
	s.sent = append(s.sent, shas...)
	return nil
}

func name(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// pictures makes files of these sizes that do not compress.
func pictures(sizes ...int) map[string][]byte {
	random := rand.NewChaCha8([32]byte{7})
	out := map[string][]byte{}
	for _, n := range sizes {
		data := make([]byte, n)
		random.Read(data) // never fails (math/rand/v2)
		out[name(data)] = data
	}
	return out
}

// handIn reads one file at the district and returns every answer to it.
func handIn(t *testing.T, s *server.Server, file []byte) (answers [][]byte) {
	t.Helper()
	for part := 0; ; part++ {
		answer, _, err := s.HandIn(context.Background(), file, part)
		if err != nil {
			t.Fatal(err)
		}
		if len(answer) == 0 {
			return answers
		}
		answers = append(answers, answer)
	}
}

func take(t *testing.T, l *model.Laptop, on *shelf, answers [][]byte) (total sync.Outcome) {
	t.Helper()
	e, _ := l.Enrolment()
	for _, answer := range answers {
		out, err := bundle.Import(l, e, on, answer)
		if err != nil {
			t.Fatal(err)
		}
		total = total.Add(out)
	}
	return total
}

// Attachments go to the district and from there to another laptop: backwards,
// twice, late, in files that each hold only so much.
func TestAttachmentsBothWays(t *testing.T) {
	s, b := district(t)
	one, two := join(t, s, b), join(t, s, b)
	mine := &shelf{files: pictures(10, 3<<20, 4<<20, 3<<20, 9<<20, 200)}
	asked := export(t, one, mine)
	if len(asked) < 4 {
		t.Fatalf("%d files: one question and three or more of attachments expected", len(asked))
	}
	var answers [][]byte
	for _, f := range slices.Backward(append(asked, asked[1])) {
		if len(f.Data) > sync.FilesBytes+2<<20 {
			t.Errorf("%s has %d bytes", f.Name, len(f.Data))
		}
		answers = append(answers, handIn(t, s, f.Data)...)
	}
	if again := export(t, one, mine); len(again) != len(asked) {
		t.Errorf("%d files before any answer came, %d at first", len(again), len(asked))
	}
	take(t, one, mine, append(answers, answers...))
	if left := export(t, one, mine); len(left) != 1 {
		t.Errorf("%d files to send after the answers", len(left))
	}

	theirs := &shelf{files: map[string][]byte{}, want: append(slices.Collect(maps.Keys(mine.files)), name([]byte("nobody has it")))}
	answers = handIn(t, s, export(t, two, theirs)[0].Data)
	slices.Reverse(answers)
	out := take(t, two, theirs, append(answers, answers[0]))
	if !maps.EqualFunc(mine.files, theirs.files, bytes.Equal) || len(theirs.want) != 1 {
		t.Errorf("%d of %d came, %d wanted still (%+v)", len(theirs.files), len(mine.files), len(theirs.want), out)
	}
	if left := export(t, two, theirs); len(left) != 1 {
		t.Errorf("what came is sent back: %d files", len(left))
	}
}

// Another branch gets nothing by knowing a hash, nor is a file taken under another's name.
func TestAttachmentsOfOthersAreOutOfReach(t *testing.T) {
	s, b := district(t)
	one := join(t, s, b)
	mine := &shelf{files: pictures(1000)}
	for _, f := range export(t, one, mine) {
		handIn(t, s, f.Data)
	}
	other, err := s.AddBranch(context.Background(), server.Branch{Name: "二支部"})
	if err != nil {
		t.Fatal(err)
	}
	spy := join(t, s, other)
	on := &shelf{files: map[string][]byte{}, want: slices.Collect(maps.Keys(mine.files))}
	if answers := handIn(t, s, export(t, spy, on)[0].Data); len(answers) != 1 {
		t.Errorf("a spy got %d answers", len(answers))
	}

	e, _ := one.Enrolment()
	forged, err := record.Encode(sync.Files{Files: []sync.Attachment{{SHA: name([]byte("a")), Data: []byte("b")}}})
	if err != nil {
		t.Fatal(err)
	}
	file, err := bundle.Seal(sync.StickFiles, e.Device, forged, ed25519.NewKeyFromSeed(e.Key), e.ServerKey)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.HandIn(context.Background(), file, 0); err == nil {
		t.Error("a file under another name was taken")
	}
	if err := s.Revoke(context.Background(), e.Device); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.HandIn(context.Background(), export(t, one, mine)[1].Data, 0); record.CodeOf(err) != "DEVICE_REVOKED" {
		t.Errorf("attachments of a revoked laptop: %v", err)
	}
}
