package courier

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"zhibu/storage/record"
)

// newClient makes an HTTP client that trusts exactly one root.
func (c *Courier) newClient(server string, ca []byte) (*http.Client, error) {
	u, err := url.Parse(server)
	if err != nil {
		return nil, record.Wrap(err, "SERVER_ADDRESS", "服务器地址看不懂。请照邀请单写；没有改动任何内容。")
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return nil, record.Refuse("PLAIN_HTTP", "这个地址不加密，只有连本机时才可以用。请照邀请单写 https 开头的地址；没有发出任何内容。")
	}
	if u.Scheme == "https" && len(ca) != sha256.Size {
		return nil, record.Refuse("PIN_MISSING", "地址里缺少区里证书的指纹（# 后面的一串）。请照邀请单把地址写全；没有发出任何内容。")
	}
	tr := &http.Transport{
		Proxy: http.ProxyFromEnvironment, DisableCompression: true, MaxIdleConns: 2, IdleConnTimeout: time.Minute,
		TLSHandshakeTimeout: 15 * time.Second, ResponseHeaderTimeout: c.opt.Timeout, MaxResponseHeaderBytes: 64 << 10,
		TLSClientConfig: pinned(ca),
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := c.opt.Dial(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			return countedConn{conn, c.moved, c.opt.Timeout}, nil
		},
	}
	// A redirect is never followed: the signed path would be another.
	return &http.Client{Transport: tr, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// pinned trusts a server whose certificate the one root signed whose hash is known,
// whatever name or address it is reached by: nobody else can sign under it. Neither
// certificate's dates are looked at: this laptop's clock may be years off.
func pinned(ca []byte) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS13,
		InsecureSkipVerify: true, // the standard check would ask the machine's roots and clock; ours follows
		VerifyConnection: func(state tls.ConnectionState) error {
			for _, cert := range state.PeerCertificates {
				if sum := sha256.Sum256(cert.Raw); bytes.Equal(sum[:], ca) && state.PeerCertificates[0].CheckSignatureFrom(cert) == nil {
					return nil
				}
			}
			return x509.UnknownAuthorityError{}
		},
	}
}

// explain turns a failure of the network into a sentence.
func explain(ctx context.Context, err error) error {
	var unknown x509.UnknownAuthorityError
	var broken *tls.CertificateVerificationError
	var refusal *net.OpError
	var noName *net.DNSError
	switch {
	case record.CodeOf(err) != "":
		return err
	case errors.Is(err, context.Canceled):
		return record.Wrap(err, "SYNC_STOPPED", "同步已停下。剩下的下次继续，也可以再点一次；已经收发的都算数。")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(ctx.Err(), context.DeadlineExceeded), timedOut(err):
		return record.Wrap(err, "DISTRICT_SLOW", "区里的服务器太久没有回应，这次没有同步完。稍后自动再试；本机内容都在。")
	case errors.As(err, &unknown), errors.As(err, &broken), certificate(err):
		return record.Wrap(err, "DISTRICT_CERT", "对方不是入网时的那台服务器（证书不符），没有发出任何内容。请告诉区里核对，稍后自动再试。")
	case errors.As(err, &noName):
		return record.Wrap(err, "DISTRICT_NAME", "找不到区里服务器的地址，可能没有联网。稍后自动再试；本机内容都在。")
	case errors.As(err, &refusal) && refusal.Op == "dial":
		return record.Wrap(err, "DISTRICT_DOWN", "连不上区里的服务器，可能没有联网或服务器停了。稍后自动再试；本机内容都在。")
	}
	return record.Wrap(err, "DISTRICT_CUT", "和区里的连接中断了，这次没有同步完。稍后自动再试；本机内容都在。")
}

func timedOut(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

func certificate(err error) bool {
	var alert tls.AlertError
	var header tls.RecordHeaderError
	return errors.As(err, &alert) || errors.As(err, &header)
}

func garbage(cause error) error {
	return record.Wrap(cause, "DISTRICT_GARBAGE", "收到的不是区服务端的回答，没有采用。请核对服务器地址，稍后自动再试；本机内容都在。")
}

// strange explains an answer that is no message: most often a login page of the
// network, or another server behind the address.
func strange(resp *http.Response, body []byte, cause error) error {
	if cause == nil {
		cause = io.ErrUnexpectedEOF
	}
	cause = fmt.Errorf("status %d: %w", resp.StatusCode, cause)
	head := bytes.ToLower(bytes.TrimSpace(body[:min(len(body), 512)]))
	if bytes.HasPrefix(head, []byte("<")) || strings.Contains(resp.Header.Get("Content-Type"), "html") {
		return record.Wrap(cause, "DISTRICT_HTML", "收到的是网页，不是区服务端：可能要先登录网络，或地址写错了。没有采用任何内容，稍后自动再试。")
	}
	if resp.StatusCode >= 500 {
		return record.Wrap(cause, "DISTRICT_FAULT", "区里的服务器出了故障。稍后自动再试；本机内容都在。")
	}
	return garbage(cause)
}
