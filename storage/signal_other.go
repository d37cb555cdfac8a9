//go:build !unix

package storage

func surviveSizeLimit() {}
