package server

import (
	"context"
	"fmt"
	"strings"
	stdsync "sync"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
)

// channels remembers the newest row of each channel, so that an exchange with
// nothing new need not ask for it. Another process may publish in the same
// ledger (a command beside a server on PostgreSQL): what is remembered grows old.
type channels struct {
	mu    stdsync.Mutex
	read  time.Time
	heads map[string]uint64
}

// channelsAge is how late a notice of another process may be.
const channelsAge = 10 * time.Second

// settingChannel stands before a channel's name in the settings: the number of
// its newest row.
const settingChannel = "channel "

const (
	streetPrefix   = "street:"
	maxChannelName = 80
)

func (s *Server) channelHeads(ctx context.Context) (map[string]uint64, error) {
	s.channels.mu.Lock()
	defer s.channels.mu.Unlock()
	now := s.opt.Now()
	if age := now.Sub(s.channels.read); s.channels.heads != nil && age >= 0 && age < channelsAge {
		return s.channels.heads, nil
	}
	heads := map[string]uint64{}
	err := s.ledger.look(ctx, func(tx registryTx) error {
		clear(heads)
		return tx.each(tableSetting, settingChannel, "", func(key string, value []byte) (bool, error) {
			heads[strings.TrimPrefix(key, settingChannel)] = number(value)
			return true, nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("channels: %w", err)
	}
	s.channels.read, s.channels.heads = now, heads
	return heads, nil
}

func noticeKey(channel string, seq uint64) string { return fmt.Sprintf("%s|%020d", channel, seq) }

// followed names the channels of a branch besides its own log.
func followed(b Branch) []string {
	names := []string{sync.DistrictChannel, sync.CodesChannel}
	if b.Street != "" {
		names = append(names, streetPrefix+b.Street)
	}
	return names
}

// notices adds the rows of the channels that many branches follow.
func (s *Server) notices(ctx context.Context, req sync.Request, head Branch, resp *sync.Response) error {
	heads, err := s.channelHeads(ctx)
	if err != nil {
		return err
	}
	for _, name := range followed(head) {
		if heads[name] <= req.Cursors[name] {
			continue
		}
		ch, err := s.channelPage(ctx, name, req.Cursors[name])
		if err != nil {
			return err
		}
		if resp.Channels == nil {
			resp.Channels = map[string]sync.Channel{}
		}
		resp.Channels[name] = ch
	}
	return nil
}

// channelPage reads the rows of a channel after a cursor, at most a page of them.
func (s *Server) channelPage(ctx context.Context, name string, cursor uint64) (ch sync.Channel, err error) {
	err = s.ledger.look(ctx, func(tx registryTx) error {
		ch = sync.Channel{From: cursor, Seq: cursor}
		size := 0
		return tx.each(tableNotice, name+"|", noticeKey(name, cursor), func(key string, body []byte) (bool, error) {
			var row logged
			if err := record.Decode(body, &row); err != nil {
				return false, fmt.Errorf("notice %s: %w", key, err)
			}
			if size += len(row.Body); len(ch.Rows) > 0 && (len(ch.Rows) >= s.opt.Page || size > pageBytes) {
				ch.More = true
				return false, nil
			}
			ch.Rows = append(ch.Rows, sync.Row{Seq: row.Seq, Stamp: row.Stamp, Body: row.Body})
			ch.Seq = row.Seq
			return true, nil
		})
	})
	return ch, err
}

// Publish adds one row to a channel that many branches follow, signed: a notice
// of the district or a street, a code list, a version of the rule parameters. To
// name the record of an earlier row is to correct it.
func (s *Server) Publish(ctx context.Context, channel string, e Edit) (seq uint64, err error) {
	if err := s.mustBeChannel(ctx, channel); err != nil {
		return 0, err
	}
	fresh := e.Record == ""
	if fresh {
		e.Record = s.names.id(24)
	}
	opID := s.names.id(24)
	err = s.ledger.registry(ctx, func(tx registryTx) error {
		raw, err := tx.get(tableSetting, settingChannel+channel)
		if err != nil {
			return err
		}
		seq = number(raw) + 1
		c := record.Change{Device: sync.DistrictDevice, N: seq, Kind: e.Kind, Record: e.Record, ID: opID,
			Stamp: record.MakeStamp(s.opt.Now().UnixMilli(), 0), Set: record.Values(e.Set).Clone(), By: e.By, Why: e.Why}
		if !fresh {
			if err := correct(tx, channel, &c); err != nil {
				return err
			}
		}
		s.sealer().sign("", &c, nil, func(string) bool { return true })
		if no := wellFormed(c); no != nil {
			return record.Refuse(no.Code, no.Say)
		}
		body, err := c.Bytes()
		if err != nil {
			return fmt.Errorf("notice: %w", err)
		}
		if err := saveNew(tx, tableNotice, noticeKey(channel, seq), logged{Seq: seq, Stamp: c.Stamp, OpID: c.ID, Body: body}); err != nil {
			return err
		}
		return tx.put(tableSetting, settingChannel+channel, numberKey(seq))
	})
	if err == nil {
		s.channels.mu.Lock()
		s.channels.heads = nil
		s.channels.mu.Unlock()
	}
	return seq, err
}

func (s *Server) mustBeChannel(ctx context.Context, channel string) error {
	street, ofStreet := strings.CutPrefix(channel, streetPrefix)
	if channel == sync.DistrictChannel || channel == sync.CodesChannel {
		return nil
	}
	if !ofStreet || street == "" || len(channel) > maxChannelName {
		return record.Refuse("CHANNEL_UNKNOWN", "通知只能发到 district、codes 或 street:街镇。请改写发到哪里；没有发出。")
	}
	all, err := s.Branches(ctx)
	if err != nil {
		return err
	}
	for _, b := range all {
		if b.Street == street {
			return nil
		}
	}
	return record.Refuse("STREET_UNKNOWN", "没有支部属于“"+street+"”。请用 branch list 核对街镇名称；没有发出。")
}

// correct makes c replace, knowingly, what earlier rows of the channel wrote into
// its record; what c does not name is emptied.
func correct(tx registryTx, channel string, c *record.Change) error {
	now, err := published(tx, channel, func(h record.Holding) bool { return h.ID == c.Record })
	if err != nil || len(now) == 0 {
		return err
	}
	c.Saw = map[string]string{}
	for path, r := range now[0].Registers {
		c.Saw[path] = r.Op
		c.Stamp = max(c.Stamp, r.Stamp+1)
		if _, named := c.Set[path]; !named && !isSealPath(path) {
			c.Set[path] = ""
		}
	}
	return nil
}

// published returns the records of a channel as its followers have them.
func published(tx registryTx, channel string, want func(record.Holding) bool) ([]record.Holding, error) {
	var out []record.Holding
	at := map[string]int{}
	err := tx.each(tableNotice, channel+"|", "", func(key string, body []byte) (bool, error) {
		var row logged
		var c record.Change
		if err := record.Decode(body, &row); err != nil {
			return false, fmt.Errorf("notice %s: %w", key, err)
		}
		if err := record.Decode(row.Body, &c); err != nil {
			return false, fmt.Errorf("notice %s: %w", key, err)
		}
		h := record.Holding{Kind: c.Kind, ID: c.Record, Registers: map[string]record.Register{}}
		if !want(h) {
			return true, nil
		}
		i, had := at[h.ID]
		if !had {
			i = len(out)
			at[h.ID], out = i, append(out, h)
		}
		record.Merge(out[i].Registers, record.Stamped{Seq: row.Seq, Stamp: row.Stamp, Change: c}, nil)
		return true, nil
	})
	return out, err
}
