package screen

import "zhibu/storage/record"

// Attachments is what a store offers that keeps files.
type Attachments interface {
	// Attach seals and keeps the bytes and returns their SHA-256 in hexadecimal.
	Attach(data []byte) (hash string, err error)
	// Attachment returns the bytes again.
	Attachment(hash string) ([]byte, error)
}

// Attach keeps a file in the store and returns what a file field holds.
func (b *Book) Attach(data []byte) (string, error) {
	if len(data) == 0 {
		return "", record.Refuse("FILE_EMPTY", "这个文件是空的，没有存。请换一个文件；会议记录没有变化。")
	}
	store, ok := b.Store.(Attachments)
	if !ok {
		return "", record.Refuse("FILE_STORE", "这里还不能存附件。请先在“附件”里写下文件名；会议记录没有变化。")
	}
	return store.Attach(data)
}

// Attachment returns the bytes of a kept file.
func (b *Book) Attachment(hash string) ([]byte, error) {
	store, ok := b.Store.(Attachments)
	if !ok {
		return nil, record.Refuse("FILE_STORE", "没有找到这个附件。它可能在另一台电脑上，同步后再打开。")
	}
	return store.Attachment(hash)
}
