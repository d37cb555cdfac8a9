package server

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	stdsync "sync"
	"time"

	"zhibu/storage/record"
)

// The district's own root: laptops trust it by its hash, printed on the
// invitation, and no other.
const (
	settingRoot    = "root certificate"
	settingRootKey = "root key"
	rootYears      = 20
	leafLife       = 400 * 24 * time.Hour
)

// Init makes the district's root certificate unless there is one.
func (s *Server) Init(ctx context.Context) error {
	cert, err := s.root(ctx)
	if err != nil || cert != nil {
		return err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return fmt.Errorf("root key: %w", err)
	}
	now := s.opt.Now()
	template := &x509.Certificate{
		SerialNumber: serialNumber(), Subject: pkix.Name{CommonName: "支部台账 区根证书"},
		NotBefore: now.Add(-24 * time.Hour), NotAfter: now.AddDate(rootYears, 0, 0),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return fmt.Errorf("root certificate: %w", err)
	}
	raw, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return fmt.Errorf("root key: %w", err)
	}
	return s.ledger.registry(ctx, func(tx registryTx) error {
		if err := tx.put(tableSetting, settingRoot, der); err != nil {
			return err
		}
		return tx.put(tableSetting, settingRootKey, raw)
	})
}

func serialNumber() *big.Int {
	raw := make([]byte, 16)
	rand.Read(raw) // never fails (crypto/rand)
	return new(big.Int).SetBytes(raw)
}

func (s *Server) root(ctx context.Context) (der []byte, err error) {
	err = s.ledger.look(ctx, func(tx registryTx) error {
		der, err = tx.get(tableSetting, settingRoot)
		return err
	})
	if len(der) == 0 {
		return nil, err
	}
	return der, err
}

// Pinned returns the hash of the root certificate, nil before Init.
func (s *Server) Pinned(ctx context.Context) ([]byte, error) {
	der, err := s.root(ctx)
	if err != nil || der == nil {
		return nil, err
	}
	sum := sha256.Sum256(der)
	return sum[:], nil
}

// TLS returns a configuration whose certificate for the hosts the root signs, anew
// long before it ends. The chain carries the root, so that a laptop can find what
// it pinned.
func (s *Server) TLS(ctx context.Context, hosts ...string) (*tls.Config, error) {
	var rootDER, rawKey []byte
	err := s.ledger.look(ctx, func(tx registryTx) (err error) {
		if rootDER, err = tx.get(tableSetting, settingRoot); err != nil {
			return err
		}
		rawKey, err = tx.get(tableSetting, settingRootKey)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(rootDER) == 0 {
		return nil, record.Refuse("NO_ROOT", "还没有区根证书。请先运行 districtd init --store 目录。")
	}
	root, err := x509.ParseCertificate(rootDER)
	if err != nil {
		return nil, fmt.Errorf("root certificate: %w", err)
	}
	rootKey, err := x509.ParseECPrivateKey(rawKey)
	if err != nil {
		return nil, fmt.Errorf("root key: %w", err)
	}
	i := &issuer{root: root, key: rootKey, hosts: hosts, now: s.opt.Now}
	if _, err := i.certificate(nil); err != nil {
		return nil, err
	}
	return &tls.Config{MinVersion: tls.VersionTLS13, NextProtos: []string{"http/1.1"}, GetCertificate: i.certificate}, nil
}

// issuer signs the certificates a server shows, one after the other.
type issuer struct {
	root  *x509.Certificate
	key   *ecdsa.PrivateKey
	hosts []string
	now   func() time.Time

	mu    stdsync.Mutex
	shown *tls.Certificate
}

// certificate is a tls.Config's GetCertificate: it returns the one shown until half
// its life is over.
func (i *issuer) certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	now := i.now()
	if i.shown != nil && now.Before(i.shown.Leaf.NotAfter.Add(-leafLife/2)) {
		return i.shown, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("server key: %w", err)
	}
	template := leaf(now, i.hosts)
	der, err := x509.CreateCertificate(rand.Reader, template, i.root, key.Public(), i.key)
	if err != nil {
		return nil, fmt.Errorf("server certificate: %w", err)
	}
	i.shown = &tls.Certificate{Certificate: [][]byte{der, i.root.Raw}, PrivateKey: key, Leaf: template}
	return i.shown, nil
}

func leaf(now time.Time, hosts []string) *x509.Certificate {
	c := &x509.Certificate{
		SerialNumber: serialNumber(), Subject: pkix.Name{CommonName: "支部台账 区服务端"},
		NotBefore: now.Add(-24 * time.Hour), NotAfter: now.Add(leafLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			c.IPAddresses = append(c.IPAddresses, ip)
		} else if host != "" {
			c.DNSNames = append(c.DNSNames, host)
		}
	}
	return c
}
