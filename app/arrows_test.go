package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// goFile is one Go file of the project, parsed.
type goFile struct {
	path string // from the root, e.g. app/branch/member.go
	text string
	tree *ast.File
	set  *token.FileSet
}

func (f goFile) folder() string { return filepath.ToSlash(filepath.Dir(f.path)) }
func (f goFile) isTest() bool   { return strings.HasSuffix(f.path, "_test.go") }

// goFiles parses every Go file under the root.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	var out []goFile
	root := os.DirFS("..")
	for _, top := range []string{"app", "assets", "storage", "sync"} {
		err := fs.WalkDir(root, top, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
				return err
			}
			text, err := fs.ReadFile(root, path)
			if err != nil {
				return err
			}
			set := token.NewFileSet()
			tree, err := parser.ParseFile(set, path, text, parser.ParseComments)
			out = append(out, goFile{path, string(text), tree, set})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(out) < 50 {
		t.Fatalf("only %d Go files found: is the test run in app/?", len(out))
	}
	return out
}

// arrows says which packages of the project a folder may import; a folder takes
// the entry of its nearest parent. Arrows point one way only (architecture.md).
var arrows = map[string][]string{
	"app":               {"app", "assets", "storage", "sync"},
	"app/ui":            {"app/ui", "app/screen", "app/branch", "storage/record", "assets"},
	"app/ui/kit":        {"app/ui/kit", "app/ui/ime", "assets"},
	"app/ui/ime":        {},
	"app/screen":        {"app/branch", "storage/record"},
	"app/wire":          {"app/screen", "app/print", "app/sheet", "storage"},
	"app/branch":        {"app/branch", "storage/record", "assets"},
	"app/print":         {"app/print", "app/branch", "storage/record", "assets"},
	"app/sheet":         {"app/sheet", "app/branch", "storage/record", "assets"},
	"assets":            {"assets"},
	"storage":           {"storage"},
	"storage/record":    {},
	"sync":              {"storage/record"},
	"sync/courier":      {"sync", "storage/record"},
	"sync/bundle":       {"sync", "storage/record"},
	"sync/model":        {"sync", "storage/record"},
	"sync/server":       {"sync", "sync/server", "storage/record"},
	"sync/figures":      {"sync", "sync/server", "app/branch", "storage/record"},
	"sync/districtd":    {"sync", "storage/record"},
	"storage/storetest": {"storage"},
}

// only says who alone may import a library: everybody else goes through them.
var only = map[string][]string{
	"fyne.io/fyne/v2":             {"app/ui", "app"},
	"go.etcd.io/bbolt":            {"storage", "sync/server"},
	"github.com/jung-kurt/gofpdf": {"app/print"},
	"net/http":                    {"sync/courier", "sync/server"},
}

func TestArrowsPointOneWay(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.isTest() {
			continue
		}
		allowed := nearest(arrows, f.folder())
		for _, spec := range f.tree.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if inside, ours := strings.CutPrefix(path, "zhibu/"); ours && !f.mayImport(allowed, inside) {
				t.Errorf("%s imports %s: from %s the arrows lead only to %v", f.path, path, f.folder(), allowed)
			}
			for library, owners := range only {
				if within(library, path) && !slices.ContainsFunc(owners, func(o string) bool { return f.folder() == o || o != "app" && within(o, f.folder()) }) {
					t.Errorf("%s imports %s: only %v may", f.path, path, owners)
				}
			}
		}
	}
}

// mayImport reports whether one of the allowed folders holds target. The entry
// "sync" of a package below sync means the contract alone, not its neighbours.
func (f goFile) mayImport(allowed []string, target string) bool {
	for _, a := range allowed {
		alone := a == "sync" && strings.HasPrefix(f.folder(), "sync/") && f.folder() != "sync/districtd"
		if a == target || !alone && within(a, target) {
			return true
		}
	}
	return false
}

func within(parent, path string) bool {
	return path == parent || strings.HasPrefix(path, parent+"/")
}

func nearest(table map[string][]string, folder string) []string {
	for folder != "." {
		if entry, ok := table[folder]; ok {
			return entry
		}
		folder = filepath.ToSlash(filepath.Dir(folder))
	}
	return nil
}

func TestOnlyTheRunnerStartsGoroutinesInTheApp(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.isTest() || !within("app", f.folder()) || f.path == "app/ui/runner.go" || within("app/ui/drive", f.folder()) { // drive serves tests
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: a go statement; slow work goes through the Runner", f.set.Position(n.Pos()))
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "fyne" && (n.Sel.Name == "Do" || n.Sel.Name == "DoAndWait") {
					t.Errorf("%s: fyne.%s outside app/ui/runner.go", f.set.Position(n.Pos()), n.Sel.Name)
				}
			}
			return true
		})
	}
}

func TestNothingIsAtTheTopThatTheLayoutDoesNotName(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	fixed := []string{"app", "storage", "sync", "assets", "FyneApp.toml", "go.mod", "go.sum", "README.md", "Makefile", "LICENSE", "bin", "out"}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(fixed, e.Name()) {
			t.Errorf("%s stands at the top level", e.Name())
		}
	}
}
