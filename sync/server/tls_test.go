package server_test

import (
	"crypto/tls"
	"testing"
	"time"

	"zhibu/sync/server"
)

// A server that runs for years never shows a certificate that has ended.
func TestCertificateIsRenewedWhileServing(t *testing.T) {
	now := time.Date(2026, 11, 2, 8, 0, 0, 0, time.Local)
	w := open(t, t.TempDir(), server.Options{Now: func() time.Time { return now }})
	if err := w.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	config, err := w.TLS(t.Context(), "district.example.cn")
	if err != nil {
		t.Fatal(err)
	}
	var before *tls.Certificate
	for _, years := range []int{0, 0, 1, 2, 5} {
		now = now.AddDate(years, 0, 0)
		cert, err := config.GetCertificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		if now.Before(cert.Leaf.NotBefore) || now.After(cert.Leaf.NotAfter) {
			t.Errorf("%s: shown from %s to %s", now, cert.Leaf.NotBefore, cert.Leaf.NotAfter)
		}
		if before != nil && (cert == before) != (years == 0) {
			t.Errorf("after %d years: the same is %t", years, cert == before)
		}
		before = cert
	}
}
