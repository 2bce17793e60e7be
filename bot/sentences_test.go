package bot

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/locale"
)

// TestEverySentenceExists finds every key that the conversations name and looks
// it up in all languages. Keys that are put together are met by the stories.
func TestEverySentenceExists(t *testing.T) {
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(node ast.Node) bool {
			key, ok := keyNamed(node)
			if !ok {
				return true
			}
			named++
			for _, language := range locale.Languages {
				if !book.In(language).Knows(key) {
					t.Errorf("%s: there is no sentence %q in %q", file, key, language)
				}
			}
			return true
		})
	}
	if named < 100 {
		t.Errorf("found only %d sentences; the search has gone wrong", named)
	}
}

// keyNamed reads the key of Say("key"), Count("key"), button(speak, "label") and Refuse("code").
func keyNamed(node ast.Node) (string, bool) {
	call, ok := node.(*ast.CallExpr)
	if !ok {
		return "", false
	}
	name, position, prefix := "", 0, ""
	switch function := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = function.Sel.Name
	case *ast.Ident:
		name = function.Name
	}
	switch name {
	case "Say", "Count":
	case "button":
		position, prefix = 1, "button."
	case "Refuse":
		prefix = "refused."
	default:
		return "", false
	}
	if len(call.Args) <= position {
		return "", false
	}
	literal, ok := call.Args[position].(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	key, err := strconv.Unquote(literal.Value)
	return prefix + key, err == nil
}
