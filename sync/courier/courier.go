// Package courier carries an exchange over HTTP: it is the district as a laptop
// reaches it through a network that may be down, slow, or somebody else's.
package courier

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	stdsync "sync"
	"sync/atomic"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Options of a courier. The zero value is what the program uses.
type Options struct {
	Now     func() time.Time // nil: time.Now
	Skew    time.Duration    // the district's clock minus ours, as far as it is known
	Machine string           // name of this laptop, shown at the district when it joins
	Timeout time.Duration    // of one request, and of silence on the line; 0: 90 seconds
	// Dial replaces the network, for tests.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Courier is a District over HTTP, speaking for one laptop. It is safe for
// concurrent use.
type Courier struct {
	opt    Options
	client *http.Client
	codec  *sync.Codec
	moved  *moved

	mu   stdsync.Mutex
	who  record.Enrolment
	skew time.Duration // Options.Skew, or what a refusal told since
}

// maxAnswer bounds the packed bytes of an answer.
const maxAnswer = 32 << 20

// New returns the district that e joined.
func New(e record.Enrolment, opt Options) (*Courier, error) {
	c, err := dial(e.Server, e.CA, opt)
	if err != nil {
		return nil, err
	}
	if len(e.Key) != ed25519.SeedSize {
		return nil, record.Refuse("ENROLMENT_DAMAGED", "本机的入网资料不完整，不能同步。请向区里要新的加入码；本机内容都在。")
	}
	c.who = e
	return c, nil
}

// Close lets go of idle connections. The courier stays usable.
func (c *Courier) Close() { c.client.CloseIdleConnections() }

func dial(server string, ca []byte, opt Options) (*Courier, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Timeout == 0 {
		opt.Timeout = 90 * time.Second
	}
	if opt.Dial == nil {
		opt.Dial = (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	}
	codec, err := sync.NewCodec(sync.MaxMessage)
	if err != nil {
		return nil, err
	}
	c := &Courier{opt: opt, skew: opt.Skew, codec: codec, moved: &moved{}}
	c.client, err = c.newClient(server, ca)
	return c, err
}

// address is what people write as the district's address: the part behind # is
// the hash of the district's root certificate, as the invitation prints it.
func address(server string) (base string, ca []byte, err error) {
	u, err := url.Parse(server)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", nil, record.Refuse("SERVER_ADDRESS", "服务器地址看不懂。请照邀请单写，例如 https://10.0.0.8:8443#…；没有改动任何内容。")
	}
	if u.Fragment != "" {
		if ca, err = sync.ReadPin(u.Fragment); err != nil {
			return "", nil, err
		}
	}
	u.Fragment, u.RawFragment = "", ""
	return u.Scheme + "://" + u.Host, ca, nil
}

// Traffic implements sync.Meter: bytes on the wire, TLS and headers included.
func (c *Courier) Traffic() sync.Traffic {
	return sync.Traffic{Requests: int(c.moved.requests.Load()), Up: c.moved.up.Load(), Down: c.moved.down.Load()}
}

// moved counts what goes over connections.
type moved struct {
	requests atomic.Int64
	up, down atomic.Int64
}

// countedConn is a connection that ends when nothing moves on it any more: a
// download may take its time, a line that is dead must not hold up an exchange.
type countedConn struct {
	net.Conn
	moved  *moved
	silent time.Duration // the longest silence
}

func (c countedConn) Read(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.silent)); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(p)
	c.moved.down.Add(int64(n))
	return n, err
}

func (c countedConn) Write(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.silent)); err != nil {
		return 0, err
	}
	n, err := c.Conn.Write(p)
	c.moved.up.Add(int64(n))
	return n, err
}

// Sync implements sync.District.
func (c *Courier) Sync(ctx context.Context, req sync.Request) (sync.Response, error) {
	var resp sync.Response
	if err := c.call(ctx, sync.PathSync, req, &resp); err != nil {
		return sync.Response{}, err
	}
	if resp.Proto != sync.Proto {
		return sync.Response{}, record.Refuse("DISTRICT_VERSION", "区里的服务端是另一个版本，和本程序对不上。请安装区里通知的版本；本机内容都在。")
	}
	return resp, nil
}

// Repair implements sync.District.
func (c *Courier) Repair(ctx context.Context, r sync.Repair) (sync.Repaired, error) {
	var out sync.Repaired
	err := c.call(ctx, sync.PathRepair, r, &out)
	return out, err
}

// Renew implements sync.Renewer.
func (c *Courier) Renew(ctx context.Context) (record.Enrolment, error) {
	key, err := newKey()
	if err != nil {
		return record.Enrolment{}, err
	}
	var got sync.Joined
	if err := c.call(ctx, sync.PathRenew, sync.Join{Key: public(key)}, &got); err != nil {
		return record.Enrolment{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if got.Branch != c.who.Branch || got.Device == "" {
		return record.Enrolment{}, garbage(fmt.Errorf("renewed into another branch"))
	}
	got.ServerKey = c.who.ServerKey // the district's key does not change by a renewal
	if _, err := got.Certified(public(key)); err != nil {
		return record.Enrolment{}, garbage(err)
	}
	c.who.Device, c.who.Key, c.who.Role, c.who.Mark, c.who.Certificate = got.Device, key, got.Role, got.Mark, got.Certificate
	return c.who, nil
}

// call posts one message and reads the answer. A wrong clock on this laptop costs
// one more round: the refusal tells the district's time.
func (c *Courier) call(ctx context.Context, path string, in, out any) error {
	body, err := c.codec.Encode(in)
	if err != nil {
		return err
	}
	for try := 0; ; try++ {
		err := c.post(ctx, path, body, out)
		if try == 0 && record.CodeOf(err) == "CLOCK_OFF" {
			continue
		}
		return err
	}
}

// slowest is how many times the silence that ends a request one on which something
// moves may take: a page of rows at 10 KB/s takes a minute and a half.
const slowest = 4

func (c *Courier) post(ctx context.Context, path string, body []byte, out any) error {
	ctx, cancel := context.WithTimeout(ctx, slowest*c.opt.Timeout)
	defer cancel()
	resp, err := c.do(ctx, http.MethodPost, path, body, nil)
	if err != nil {
		return err
	}
	frame, err := c.read(resp)
	if err != nil {
		return explain(ctx, err)
	}
	if err := c.codec.Decode(frame, out); err != nil {
		return strange(resp, frame, err)
	}
	return nil
}

// do sends one signed request. Any status that is not a success becomes the
// sentence the district sent with it.
func (c *Courier) do(ctx context.Context, method, path string, body []byte, header http.Header) (*http.Response, error) {
	resp, err := c.raw(ctx, method, path, body, header)
	if err != nil || resp.StatusCode/100 == 2 {
		return resp, err
	}
	return nil, c.refused(ctx, resp)
}

// raw sends one signed request and returns whatever comes back.
func (c *Courier) raw(ctx context.Context, method, path string, body []byte, header http.Header) (*http.Response, error) {
	who, at := c.identity()
	req, err := http.NewRequestWithContext(ctx, method, who.Server+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("request %s: %w", path, err)
	}
	for name, values := range header {
		req.Header[name] = values
	}
	req.Header["User-Agent"] = nil // every byte counts on an idle exchange
	if who.Device != "" {
		nonce := make([]byte, 12)
		rand.Read(nonce) // never fails (crypto/rand)
		proof := sync.Sign(ed25519.NewKeyFromSeed(who.Key), who.Device, method, path, body, at, base64.RawURLEncoding.EncodeToString(nonce))
		req.Header.Set("Authorization", proof.String())
	}
	c.moved.requests.Add(1)
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, explain(ctx, err)
	}
	return resp, nil
}

// refused turns a refusal into an error and learns the district's clock from it.
func (c *Courier) refused(ctx context.Context, resp *http.Response) error {
	frame, err := c.read(resp)
	if err != nil {
		return explain(ctx, err)
	}
	var p sync.Problem
	if err := c.codec.Decode(frame, &p); err != nil || p.Code == "" || p.Say == "" {
		return strange(resp, frame, err)
	}
	if p.Now != 0 {
		c.mu.Lock()
		c.skew = time.UnixMilli(p.Now).Sub(c.opt.Now())
		c.mu.Unlock()
	}
	return p.Err()
}

func (c *Courier) identity() (record.Enrolment, time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.who, c.opt.Now().Add(c.skew)
}

func (c *Courier) read(resp *http.Response) (body []byte, err error) {
	defer func() {
		if closing := resp.Body.Close(); err == nil {
			err = closing
		}
	}()
	body, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err == nil && len(body) > maxAnswer {
		err = garbage(fmt.Errorf("answer above %d bytes", maxAnswer))
	}
	return body, err
}
