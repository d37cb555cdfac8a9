package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == childCommand {
		main() // this binary is the program too: it verifies a file and exits
	}
	testscript.Main(m, map[string]func(){"zhibu": main})
}

// TestScripts runs the stories of testdata/script with the real program, real
// files and a real district server on loopback.
func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("sheet/testdata/samples")
	if err != nil {
		t.Fatal(err)
	}
	fonts, err := filepath.Abs("../assets/fonts")
	if err != nil {
		t.Fatal(err)
	}
	districtd := buildDistrictd(t)
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "", // writes the golden files of the scripts anew
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLES", samples)
			env.Setenv("FONTS", fonts)
			env.Setenv("DISTRICTD", districtd)
			env.Setenv("ZHIBU_PASSPHRASE", "春风又绿江南岸 2026")
			env.Setenv("ZHIBU_TEST_KEY", "1")
			env.Setenv("ZHIBU_NOW", present)
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"let": letCommand, "same": sameCommand, "count": countCommand, "serve": serveCommand, "day": dayCommand, "hold": holdCommand,
		},
	})
}

func buildDistrictd(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "districtd")
	if out, err := exec.Command("go", "build", "-o", bin, "zhibu/sync/districtd").CombinedOutput(); err != nil {
		t.Fatalf("build districtd: %v\n%s", err, out)
	}
	return bin
}

// at walks into JSON: "0.values.name"; "len" is the length of an array or object.
func at(ts *testscript.TestScript, text, path string) string {
	var v any
	ts.Check(json.Unmarshal([]byte(text), &v))
	for _, step := range strings.Split(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			if step == "len" {
				return strconv.Itoa(len(x))
			}
			v = x[step]
		case []any:
			if step == "len" {
				return strconv.Itoa(len(x))
			}
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(x) {
				ts.Fatalf("no element %q of %d in %s", step, len(x), path)
			}
			v = x[i]
		default:
			ts.Fatalf("nothing at %q of %s", step, path)
		}
	}
	if s, ok := v.(string); ok {
		return s
	}
	out, err := json.Marshal(v)
	ts.Check(err)
	return string(out)
}

// letCommand: let NAME PATH sets an environment variable from the JSON on stdout.
func letCommand(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], at(ts, ts.ReadFile("stdout"), args[1]))
}

// sameCommand: same PATH TEXT holds the JSON on stdout against a text.
func sameCommand(ts *testscript.TestScript, neg bool, args []string) {
	got := at(ts, ts.ReadFile("stdout"), args[0])
	if (got == args[1]) == neg {
		ts.Fatalf("%s is %q, want (negated: %v) %q", args[0], got, neg, args[1])
	}
}

// countCommand: count KIND N DATA demands N live records.
func countCommand(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(ts.Exec("zhibu", "list", args[0], "--json", "--data", args[2]))
	if got := at(ts, ts.ReadFile("stdout"), "len"); got != args[1] {
		ts.Fatalf("%s in %s: %s records, want %s", args[0], args[2], got, args[1])
	}
}

// serveCommand: serve STORE starts a district on a free port and sets URL. It
// ends with the script.
func serveCommand(ts *testscript.TestScript, _ bool, args []string) {
	url, stop, err := serveDistrict(ts.Getenv("DISTRICTD"), ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Defer(stop)
	ts.Setenv("URL", url)
}

// present is when scripts and pictures take place.
const present = "2026-11-20 14:32"

// serveDistrict starts a district on a free port and returns where it listens.
func serveDistrict(districtd, store string) (url string, stop func(), err error) {
	cmd := exec.Command(districtd, "serve", "--listen", "127.0.0.1:0", "--store", store)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended by itself
		_ = cmd.Wait()
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "http"); ok {
			return "http" + strings.Fields(rest)[0], stop, nil
		}
	}
	stop()
	return "", nil, fmt.Errorf("the district did not say where it listens: %w", lines.Err())
}
