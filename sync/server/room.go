package server

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/sync/semaphore"

	"zhibu/storage/record"
)

// room is the memory that requests under way share, whoever sends them: each
// takes what its body and a page of answers may need and waits for it a little.
// On a Monday morning the rest is told to come back.
// Strangers have a room of their own, and those that send nothing need none.
type room struct {
	devices, strangers *semaphore.Weighted
}

const (
	roomDefault   = 512 << 20
	roomStrangers = 32 << 20
	// roomWait is how long a request waits for room before it is sent away.
	roomWait = 20 * time.Second
	// answerBytes is what an answer may need while it is made and sent.
	answerBytes = 2 * pageBytes
)

var errBody = record.Refuse("BODY_TOO_LARGE", "一次发来的内容太大或中断了，服务器没有收下。请再同步一次；本机内容没有变。")

func newRoom(most int64) room {
	if most == 0 {
		most = roomDefault
	}
	most = max(most, maxBody+answerBytes) // one request always fits
	return room{devices: semaphore.NewWeighted(most), strangers: semaphore.NewWeighted(roomStrangers)}
}

// enter takes room for a request, before any of its body is read, and returns how
// long that may be.
func (m room) enter(r *http.Request, stranger bool) (most int64, leave func(), err error) {
	all, most, answer := m.devices, int64(maxBody), int64(answerBytes)
	if stranger {
		all, most, answer = m.strangers, openBody, 0
	}
	size := r.ContentLength
	if size > most {
		return 0, nil, errBody
	}
	if size < 0 {
		size = most // it does not say
	}
	if size += answer; size == 0 {
		return most, func() {}, nil
	}
	ctx, cancel := context.WithTimeout(r.Context(), roomWait)
	defer cancel()
	if err := all.Acquire(ctx, size); err != nil {
		return 0, nil, errBusy
	}
	return most, func() { all.Release(size) }, nil
}
