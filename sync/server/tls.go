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

// TLS returns a configuration with a fresh certificate for the hosts, signed by
// the root. The chain carries the root, so that a laptop can find what it pinned.
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
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("server key: %w", err)
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf(s.opt.Now(), hosts), root, key.Public(), rootKey)
	if err != nil {
		return nil, fmt.Errorf("server certificate: %w", err)
	}
	return &tls.Config{
		MinVersion: tls.VersionTLS13, NextProtos: []string{"http/1.1"},
		Certificates: []tls.Certificate{{Certificate: [][]byte{der, rootDER}, PrivateKey: key}},
	}, nil
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
