package main

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// TestEveryRefusalSaysWhatToDo holds refusals to the parts of design.md §8: what
// happened, then what to do. Sentences put together from others are held where those
// are written.
func TestEveryRefusalSaysWhatToDo(t *testing.T) {
	const advice = "请先用再换要可会另写"
	held := 0
	for _, f := range goFiles(t) {
		if f.isTest() {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			say, ok := refusalIn(n)
			if !ok || !strings.Contains(say, "。") {
				return true
			}
			held++
			if _, do, _ := strings.Cut(say, "。"); do == "" || !strings.ContainsAny(say, advice) {
				t.Errorf("%s: %s does not say what to do", f.set.Position(n.Pos()), say)
			}
			return true
		})
	}
	if held < 200 {
		t.Errorf("%d refusals were found", held)
	}
}

// refusalIn returns the words of the sentence with which a call refuses.
func refusalIn(n ast.Node) (say string, ok bool) {
	call, is := n.(*ast.CallExpr)
	if !is || len(call.Args) < 2 {
		return "", false
	}
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	if name = strings.ToLower(name); name != "refuse" && name != "wrap" {
		return "", false
	}
	ast.Inspect(call.Args[len(call.Args)-1], func(n ast.Node) bool {
		if word, is := n.(*ast.BasicLit); is && word.Kind == token.STRING {
			text, err := strconv.Unquote(word.Value)
			ok = err == nil
			say += text
		}
		return true
	})
	return say, ok
}
