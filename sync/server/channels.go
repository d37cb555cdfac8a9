package server

import (
	"context"
	"fmt"
	"strings"

	"zhibu/storage/record"
	"zhibu/sync"
)

// loadChannels finds the newest notice of each channel.
func (s *Server) loadChannels(ctx context.Context) error {
	heads := map[string]uint64{}
	err := s.ledger.look(ctx, func(tx registryTx) error {
		return tx.each(tableNotice, "", func(key string, _ []byte) error {
			channel, seq := splitNotice(key)
			heads[channel] = max(heads[channel], seq)
			return nil
		})
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels = heads
	return err
}

func noticeKey(channel string, seq uint64) string { return fmt.Sprintf("%s|%020d", channel, seq) }

func splitNotice(key string) (channel string, seq uint64) {
	channel, digits, _ := strings.Cut(key, "|")
	for _, c := range digits {
		seq = seq*10 + uint64(c-'0')
	}
	return channel, seq
}

// notices adds the rows of the channels that all branches follow.
func (s *Server) notices(ctx context.Context, req sync.Request, head Branch, resp *sync.Response) error {
	names := []string{sync.DistrictChannel, sync.CodesChannel}
	if head.Street != "" {
		names = append(names, "street:"+head.Street)
	}
	var behind []string
	s.mu.Lock()
	for _, name := range names {
		if s.channels[name] > req.Cursors[name] {
			behind = append(behind, name)
		}
	}
	s.mu.Unlock()
	if len(behind) == 0 {
		return nil
	}
	if resp.Channels == nil {
		resp.Channels = map[string]sync.Channel{}
	}
	return s.ledger.look(ctx, func(tx registryTx) error {
		for _, name := range behind {
			ch := sync.Channel{From: req.Cursors[name], Seq: req.Cursors[name]}
			err := tx.each(tableNotice, name+"|", func(key string, body []byte) error {
				_, seq := splitNotice(key)
				if seq <= req.Cursors[name] {
					return nil
				}
				var row logged
				if err := record.Decode(body, &row); err != nil {
					return fmt.Errorf("notice %s: %w", key, err)
				}
				ch.Rows = append(ch.Rows, sync.Row{Seq: seq, Stamp: row.Stamp, Body: row.Body})
				ch.Seq = seq
				return nil
			})
			if err != nil {
				return err
			}
			resp.Channels[name] = ch
		}
		return nil
	})
}
