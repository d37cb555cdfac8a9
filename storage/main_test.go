package storage_test

import (
	"fmt"
	"os"
	"testing"

	"zhibu/storage"
)

// childMark makes the test binary the verifying child of a store under test, or
// one of the workers of the crash tests.
const childMark = "ZHIBU_STORAGE_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childMark) {
	case "":
		os.Exit(m.Run())
	case "verify":
		os.Exit(storage.ChildMain(os.Stdin, os.Stderr))
	case "work":
		fmt.Fprintln(os.Stderr, work())
	}
	os.Exit(2)
}

// verifyChild is the Child option of stores that verify in a process of its own.
func verifyChild(t testing.TB) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return []string{"env", childMark + "=verify", self}
}

func withChild(t testing.TB) func(*storage.Options) {
	return func(o *storage.Options) { o.Child = verifyChild(t) }
}

// soak reports whether the full counts were asked for.
func soak() bool { return os.Getenv("ZHIBU_SOAK") == "1" }

// rounds is a number of rounds: few for every commit, all for a soak.
func rounds(few, all int) int {
	if soak() {
		return all
	}
	return few
}
