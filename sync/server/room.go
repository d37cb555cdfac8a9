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
type room struct {
	all *semaphore.Weighted
}

const (
	roomDefault = 512 << 20
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
	return room{all: semaphore.NewWeighted(most)}
}

// enter takes room for a request, before any of its body is read.
func (m room) enter(r *http.Request) (leave func(), err error) {
	size := r.ContentLength
	if size > maxBody {
		return nil, errBody
	}
	if size < 0 {
		size = maxBody // it does not say
	}
	size += answerBytes
	ctx, cancel := context.WithTimeout(r.Context(), roomWait)
	defer cancel()
	if err := m.all.Acquire(ctx, size); err != nil {
		return nil, errBusy
	}
	return func() { m.all.Release(size) }, nil
}
