package main

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// The limits of architecture.md, "How it reads".
const (
	fileLines, testLines      = 300, 400
	functionLines, complexity = 60, 15
)

func TestFilesAndFunctionsStaySmall(t *testing.T) {
	for _, f := range goFiles(t) {
		most := fileLines
		if f.isTest() {
			most = testLines
		}
		if n := strings.Count(f.text, "\n"); n > most {
			t.Errorf("%s has %d lines, at most %d: is there a file missing?", f.path, n, most)
		}
		for _, d := range f.tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil || f.isTest() {
				continue
			}
			from, to := f.set.Position(fn.Pos()), f.set.Position(fn.End())
			if n := to.Line - from.Line + 1; n > functionLines {
				t.Errorf("%s: %s has %d lines, at most %d", from, fn.Name.Name, n, functionLines)
			}
			if n := branches(fn.Body); n > complexity {
				t.Errorf("%s: %s has complexity %d, at most %d", from, fn.Name.Name, n, complexity)
			}
		}
	}
}

// branches counts the ways through a body (McCabe): one, and one more for every
// if, loop, case and short-circuit. Functions inside count for themselves.
func branches(body *ast.BlockStmt) int {
	n := 1
	ast.Inspect(body, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.CaseClause, *ast.CommClause:
			n++
		case *ast.BinaryExpr:
			if node.Op == token.LAND || node.Op == token.LOR {
				n++
			}
		}
		return true
	})
	return n
}

func TestNoAmbientState(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, word := range []string{"t.Skip" + "(", "b.Skip" + "(", "time.Sleep" + "(", "TO" + "DO", "FIX" + "ME", "fyne.Current" + "App("} {
			if strings.Contains(f.text, word) {
				t.Errorf("%s holds %s", f.path, word)
			}
		}
		for _, d := range f.tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s: init function", f.set.Position(fn.Pos()))
			}
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			for _, target := range targets(n) {
				if root := rootOf(target); root != nil && isPackageVar(f.tree, root) {
					t.Errorf("%s: package variable %s is changed", f.set.Position(n.Pos()), root.Name)
				}
			}
			return true
		})
	}
}

// targets returns what a statement assigns to.
func targets(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	}
	return nil
}

func rootOf(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.IndexExpr:
		return rootOf(e.X)
	case *ast.SelectorExpr:
		return rootOf(e.X)
	}
	return nil
}

// isPackageVar reports whether id is declared by a top-level var of this file.
func isPackageVar(tree *ast.File, id *ast.Ident) bool {
	if id.Obj == nil {
		return false
	}
	return tree.Scope.Objects[id.Name] == id.Obj && id.Obj.Kind == ast.Var
}

func TestExportedNamesAreDocumented(t *testing.T) {
	packages := map[string]bool{}
	for _, f := range goFiles(t) {
		if f.isTest() {
			continue
		}
		packages[f.folder()] = packages[f.folder()] || f.tree.Doc != nil
		for _, d := range f.tree.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					t.Errorf("%s: %s has no comment", f.set.Position(d.Pos()), d.Name.Name)
				}
			case *ast.GenDecl:
				undocumented(t, f, d)
			}
		}
	}
	for folder, documented := range packages {
		if !documented {
			t.Errorf("package %s has no comment", folder)
		}
	}
}

func undocumented(t *testing.T, f goFile, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		if s, ok := spec.(*ast.TypeSpec); ok && s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
			t.Errorf("%s: type %s has no comment", f.set.Position(s.Pos()), s.Name.Name)
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	expr := d.Recv.List[0].Type
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = star.X
	}
	if index, ok := expr.(*ast.IndexExpr); ok {
		expr = index.X
	}
	id, ok := expr.(*ast.Ident)
	return ok && id.IsExported()
}
