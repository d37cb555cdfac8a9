package bundle

import (
	"crypto/ed25519"
	"fmt"

	"zhibu/storage/record"
	"zhibu/sync"
)

// File is one file to put on the stick.
type File struct {
	Name string
	Data []byte
}

// Shelf is what a stick needs of a laptop's attachments.
type Shelf interface {
	// Unsent returns the hashes and sizes of those the district may lack.
	Unsent() (shas []string, sizes []int64, err error)
	// Wanted returns the hashes that records name and this laptop lacks.
	Wanted() ([]string, error)
	Read(sha string) ([]byte, error)
	// Take stores one that came; its hash must be sha.
	Take(sha string, data []byte) error
	// Sent notes that the district has these.
	Sent(shas []string) error
}

// mostWanted bounds the attachments one question asks for.
const mostWanted = 2000

// laptop is this end of the sticks.
type laptop struct {
	record.Enrolment
	codec *sync.Codec
	write func(File) error
}

// Export seals everything pending, one batch a file, and the attachments that the
// district lacks, and gives the files to write one after the other. Nothing
// changes on the laptop: what was handed in counts once the answer comes, by
// stick or by net.
func Export(j sync.Journal, e record.Enrolment, shelf Shelf, write func(File) error) error {
	codec, err := sync.NewCodec(MaxFile)
	if err != nil {
		return err
	}
	l := laptop{e, codec, write}
	if err := l.ask(j, shelf); err != nil {
		return err
	}
	return l.files(shelf)
}

// ask writes the ops; the first file asks for attachments too.
func (l laptop) ask(j sync.Journal, shelf Shelf) error {
	want, err := shelf.Wanted()
	if err != nil {
		return err
	}
	for last, n := uint64(0), 0; ; n++ {
		req, from, to, err := sync.AskSealed(j, last)
		if err != nil {
			return err
		}
		if last = to; len(req.Ops) == 0 && n > 0 {
			return nil
		}
		if n == 0 {
			req.Want = want[:min(len(want), mostWanted)]
		}
		frame, err := l.codec.Encode(req)
		if err != nil {
			return err
		}
		epoch := req.Epoch
		if epoch == "" {
			epoch = "0"
		}
		if err := l.put(sync.StickAsk, fmt.Sprintf("%s-%s-%d-%d.dsx", l.Device, epoch, from, to), frame); err != nil {
			return err
		}
		if len(req.Ops) == 0 {
			return nil
		}
	}
}

func (l laptop) put(kind, name string, body []byte) error {
	data, err := Seal(kind, l.Device, body, ed25519.NewKeyFromSeed(l.Key), l.ServerKey)
	if err != nil {
		return err
	}
	return l.write(File{Name: name, Data: data})
}

// files writes the attachments. A file is named by the first it holds: the same
// content written again takes the place of what was written before.
func (l laptop) files(shelf Shelf) error {
	shas, sizes, err := shelf.Unsent()
	if err != nil {
		return err
	}
	from := 0
	for _, to := range sync.Batches(sizes) {
		var pack sync.Files
		for _, sha := range shas[from:to] {
			data, err := shelf.Read(sha)
			if err != nil {
				return err
			}
			pack.Files = append(pack.Files, sync.Attachment{SHA: sha, Data: data})
		}
		body, err := record.Encode(pack)
		if err != nil {
			return fmt.Errorf("stick: %w", err)
		}
		if err := l.put(sync.StickFiles, fmt.Sprintf("%s-files-%.12s.dsx", l.Device, shas[from]), body); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// Import takes one file that the district wrote for this laptop.
func Import(j sync.Journal, e record.Enrolment, shelf Shelf, file []byte) (sync.Outcome, error) {
	s, err := Open(file, ed25519.NewKeyFromSeed(e.Key))
	if err != nil {
		return sync.Outcome{}, err
	}
	if s.Device != e.Device || !s.From(e.ServerKey) {
		return sync.Outcome{}, forged()
	}
	switch s.Kind {
	case sync.StickAnswer:
		codec, err := sync.NewCodec(sync.MaxMessage)
		if err != nil {
			return sync.Outcome{}, err
		}
		var resp sync.Response
		if err := codec.Decode(s.Body, &resp); err != nil {
			return sync.Outcome{}, err
		}
		return sync.AcceptSealed(j, resp)
	case sync.StickFiles:
		return takeFiles(shelf, s.Body)
	}
	return sync.Outcome{}, forged()
}

func forged() error {
	return record.Refuse("STICK_FORGED", "这份答复不是区里给这台电脑的，没有采用任何内容。请向区里要这台电脑的那一份；本机内容都在。")
}

func takeFiles(shelf Shelf, body []byte) (sync.Outcome, error) {
	var pack sync.Files
	if err := record.Decode(body, &pack); err != nil {
		return sync.Outcome{}, unreadable(err)
	}
	out := sync.Outcome{Files: len(pack.Have)}
	have := pack.Have
	for _, f := range pack.Files {
		if err := shelf.Take(f.SHA, f.Data); err != nil {
			return out, err
		}
		out.Files++
		have = append(have, f.SHA)
	}
	return out, shelf.Sent(have)
}
