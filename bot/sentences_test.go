package bot

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
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
	named := 0
	inEveryCall(t, func(file string, call *ast.CallExpr) {
		key, ok := keyNamed(call)
		if !ok {
			return
		}
		named++
		for _, language := range locale.Languages {
			if !book.In(language).Knows(key) {
				t.Errorf("%s: there is no sentence %q in %q", file, key, language)
			}
		}
	})
	if named < 100 {
		t.Errorf("found only %d sentences; the search has gone wrong", named)
	}
}

// conversations are the files of this package but for its tests, read once for all who
// look into them.
var conversations = sync.OnceValues(func() (map[string]*ast.File, error) {
	names, err := filepath.Glob("*.go")
	read := make(map[string]*ast.File, len(names))
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, unread := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		read[name], err = file, errors.Join(err, unread)
	}
	return read, err
})

// inEveryCall looks at all calls in the conversations.
func inEveryCall(t *testing.T, look func(file string, call *ast.CallExpr)) {
	t.Helper()
	files, err := conversations()
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range files {
		ast.Inspect(file, func(node ast.Node) bool {
			if call, is := node.(*ast.CallExpr); is {
				look(name, call)
			}
			return true
		})
	}
}

// keyNamed reads the key of Say("key"), Count("key"), button(speak, "label") and Refuse("code").
func keyNamed(call *ast.CallExpr) (string, bool) {
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
