// Package pgtest runs a PostgreSQL server for a test: its own data folder, a
// unix socket in its own temporary folder, no TCP, its own user.
package pgtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Server is one running PostgreSQL.
type Server struct {
	t   testing.TB
	bin string
	dir string
}

// Start initialises and starts a server that stops when the test ends. It fails
// the test where PostgreSQL is not installed: a store that is not tried is not
// supported.
func Start(t testing.TB) *Server {
	t.Helper()
	bin, err := findBin()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "pg") // short: paths of sockets are limited
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t: t, bin: bin, dir: dir}
	t.Cleanup(func() {
		s.Stop()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	s.own(dir)
	s.run("initdb", "-D", s.data(), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync")
	s.Begin()
	s.SQL(`CREATE ROLE district LOGIN`)
	return s
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// Database makes an empty database and returns how a district that is no
// superuser connects to it.
func (s *Server) Database(name string) string {
	s.t.Helper()
	s.SQL("CREATE DATABASE " + name + " OWNER district")
	return "postgres://district@/" + name + "?host=" + s.dir + "&pool_max_conns=8"
}

// findBin returns the newest installed PostgreSQL's folder of programs.
func findBin() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		if path, err := exec.LookPath("initdb"); err == nil {
			return filepath.Dir(path), nil
		}
		return "", errors.New("PostgreSQL is not installed: run .tools/install test")
	}
	return filepath.Dir(slices.Max(found)), nil
}

// as makes a command run as a user that PostgreSQL accepts: never root.
func (s *Server) as(cmd *exec.Cmd) *exec.Cmd {
	cmd.Dir = s.dir
	if os.Getuid() != 0 {
		return cmd
	}
	uid, gid := s.ids()
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return cmd
}

func (s *Server) ids() (uid, gid int) {
	s.t.Helper()
	u, err := user.Lookup("postgres")
	if err != nil {
		s.t.Fatal(err)
	}
	uid, err1 := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	if err := errors.Join(err1, err2); err != nil {
		s.t.Fatal(err)
	}
	return uid, gid
}

func (s *Server) own(dir string) {
	s.t.Helper()
	if os.Getuid() != 0 {
		return
	}
	uid, gid := s.ids()
	if err := os.Chown(dir, uid, gid); err != nil {
		s.t.Fatal(err)
	}
}

func (s *Server) run(name string, args ...string) string {
	s.t.Helper()
	out, err := s.as(exec.Command(filepath.Join(s.bin, name), args...)).CombinedOutput()
	if err != nil {
		s.t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// Begin starts the server again after Kill or Stop.
func (s *Server) Begin() {
	s.t.Helper()
	options := fmt.Sprintf("-c listen_addresses= -c unix_socket_directories=%s -c max_connections=60 -c shared_buffers=64MB", s.dir)
	if _, measured := s.t.(*testing.B); !measured {
		options += " -c fsync=off" // the process may be killed, the machine is not
	}
	s.run("pg_ctl", "-D", s.data(), "-w", "-t", "60", "-l", filepath.Join(s.dir, "log"), "-o", options, "start")
}

// Stop ends the server in order, if it runs.
func (s *Server) Stop() {
	s.t.Helper()
	out, err := s.as(exec.Command(filepath.Join(s.bin, "pg_ctl"), "-D", s.data(), "-w", "-m", "fast", "stop")).CombinedOutput()
	if _, gone := os.Stat(filepath.Join(s.data(), "postmaster.pid")); err != nil && gone == nil {
		s.t.Errorf("pg_ctl stop: %v\n%s", err, out)
	}
}

// Kill ends the server as a power cut would: no checkpoint, no goodbye. The
// folder of the process is checked first.
func (s *Server) Kill() {
	s.t.Helper()
	s.run("pg_ctl", "-D", s.data(), "-w", "-m", "immediate", "stop")
}

// SQL runs a statement as superuser and returns what psql prints, bare.
func (s *Server) SQL(statement string) string {
	s.t.Helper()
	return s.run("psql", "-h", s.dir, "-U", "postgres", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-Atc", statement)
}

// In runs a statement as the district itself, in one of its databases.
func (s *Server) In(database, statement string) string {
	s.t.Helper()
	return s.run("psql", "-h", s.dir, "-U", "district", "-d", database, "-v", "ON_ERROR_STOP=1", "-Atc", statement)
}

// Dump writes a database out, as an administrator does every night.
func (s *Server) Dump(database string) string {
	s.t.Helper()
	return s.run("pg_dump", "-h", s.dir, "-U", "postgres", "-d", database)
}

// Load puts a dump into an empty database, in the place of one of that name.
func (s *Server) Load(database, dump string) (address string) {
	s.t.Helper()
	s.SQL("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)")
	address = s.Database(database)
	path := filepath.Join(s.dir, "dump.sql")
	if err := os.WriteFile(path, []byte(dump), 0o644); err != nil {
		s.t.Fatal(err)
	}
	s.run("psql", "-h", s.dir, "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-q", "-f", path)
	return address
}

// CPU returns what the server's processes have used so far, those that ended
// included.
func (s *Server) CPU() time.Duration {
	s.t.Helper()
	lines, err := os.ReadFile(filepath.Join(s.data(), "postmaster.pid"))
	if err != nil {
		s.t.Fatal(err)
	}
	postmaster, _, _ := strings.Cut(string(lines), "\n")
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		s.t.Fatal(err)
	}
	ticks := 0
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // ended meanwhile
		}
		_, rest, _ := strings.Cut(string(text), ") ") // behind the name
		fields := strings.Fields(rest)
		switch pid := strings.Split(path, "/")[2]; {
		case pid == postmaster:
			ticks += sum(fields[11:15]) // its own and its ended children's
		case fields[1] == postmaster:
			ticks += sum(fields[11:13])
		}
	}
	return time.Duration(ticks) * 10 * time.Millisecond // Linux counts in hundredths
}

func sum(fields []string) (n int) {
	for _, f := range fields {
		ticks, _ := strconv.Atoi(f) // the kernel writes numbers
		n += ticks
	}
	return n
}
