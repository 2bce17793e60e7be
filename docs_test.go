package main

import (
	"fmt"
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// TestDocumentsSpeakOfWhatIsThere looks at everything in backticks in every
// document: paths, commands of the bot and of the program, keys, variables and
// symbols must exist.
func TestDocumentsSpeakOfWhatIsThere(t *testing.T) {
	known := lookAround(t)
	for _, name := range known.files {
		if path.Ext(name) != ".md" {
			continue
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, complaint := range known.complaints(path.Dir(name), string(content)) {
			t.Errorf("%s: %s", name, complaint)
		}
	}
}

// surroundings are what documents may name.
type surroundings struct {
	files    []string
	symbols  map[string]bool // "store.Open", "store.Store.Close"
	commands map[string]bool // "tugas_baru", as the bot understands them
	routes   map[string]bool // "/healthz"
	programs []string        // "serve"
}

func lookAround(t *testing.T) surroundings {
	t.Helper()
	known := surroundings{files: treeFiles(t), symbols: map[string]bool{}, commands: map[string]bool{}, routes: map[string]bool{}}
	for _, file := range goFiles(t) {
		if file.test {
			continue
		}
		known.addSymbols(file)
		ast.Inspect(file.tree, func(node ast.Node) bool {
			if literal, ok := node.(*ast.BasicLit); ok {
				if route, found := strings.CutPrefix(strings.Trim(literal.Value, `"`), "GET /"); found {
					known.routes["/"+route] = true
				}
			}
			return true
		})
	}
	for _, language := range []string{"id", "en"} {
		content, err := os.ReadFile("locale/" + language + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		var sentences map[string]any
		if err := toml.Unmarshal(content, &sentences); err != nil {
			t.Fatal(err)
		}
		known.addCommands("", sentences)
	}
	for field := range reflect.TypeFor[commandLine]().Fields() {
		known.programs = append(known.programs, strings.ToLower(field.Name))
	}
	return known
}

func (s surroundings) addSymbols(file goFile) {
	for _, declaration := range file.tree.Decls {
		switch declared := declaration.(type) {
		case *ast.FuncDecl:
			owner := ""
			if declared.Recv != nil {
				owner = ownerOf(declared.Recv.List[0].Type) + "."
			}
			s.symbols[file.folder+"."+owner+declared.Name.Name] = true
		case *ast.GenDecl:
			for _, spec := range declared.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					s.symbols[file.folder+"."+spec.Name.Name] = true
					s.addMembers(file.folder+"."+spec.Name.Name+".", spec.Type)
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						s.symbols[file.folder+"."+name.Name] = true
					}
				}
			}
		}
	}
}

func (s surroundings) addMembers(prefix string, of ast.Expr) {
	var fields *ast.FieldList
	switch of := of.(type) {
	case *ast.StructType:
		fields = of.Fields
	case *ast.InterfaceType:
		fields = of.Methods
	default:
		return
	}
	for _, field := range fields.List {
		for _, name := range field.Names {
			s.symbols[prefix+name.Name] = true
		}
	}
}

func ownerOf(receiver ast.Expr) string {
	switch receiver := receiver.(type) {
	case *ast.StarExpr:
		return ownerOf(receiver.X)
	case *ast.IndexExpr:
		return ownerOf(receiver.X)
	case *ast.Ident:
		return receiver.Name
	}
	return ""
}

// addCommands finds the sentences command.NAME.word.
func (s surroundings) addCommands(prefix string, tree map[string]any) {
	for name, value := range tree {
		full := strings.TrimSuffix(prefix+name, ".other")
		if branch, ok := value.(map[string]any); ok {
			s.addCommands(prefix+name+".", branch)
		}
		if word, ok := value.(string); ok && strings.HasPrefix(full, "command.") && strings.HasSuffix(full, ".word") {
			s.commands[foldWord(word)] = true
			s.commands[foldWord(strings.TrimSuffix(strings.TrimPrefix(full, "command."), ".word"))] = true
		}
	}
}

func foldWord(word string) string { return strings.ToLower(strings.ReplaceAll(word, "_", "")) }

var (
	inBackticks   = regexp.MustCompile("(?s)```.*?```|`([^`\n]+)`")
	botCommand    = regexp.MustCompile(`^/([a-zA-Z_]+)(@\w+)?( |$)`)
	programPart   = regexp.MustCompile(`\brembuk ([a-z]+)\b`)
	variablePart  = regexp.MustCompile(`\bREMBUK_[A-Z_]*[A-Z]`)
	symbolPart    = regexp.MustCompile(`^([a-z]+)\.([A-Z]\w*(?:\.[A-Z]\w*)?)(\(\))?$`)
	keyPart       = regexp.MustCompile(`^(telegram|reminders|backup|log)\.[a-z]+$`)
	pathPart      = regexp.MustCompile(`^\.?[\w*][\w.*-]*(/[\w.*@-]+)*/?$`)
	knownFileType = regexp.MustCompile(`\.(go|md|txtar|sql|service)$`)
)

// complaints lists what a document in the folder names although it is not there.
func (s surroundings) complaints(folder, text string) []string {
	var complaints []string
	for _, match := range inBackticks.FindAllStringSubmatch(text, -1) {
		quoted := match[1]
		if quoted == "" { // a block of code: only what cannot be anything else
			quoted = match[0]
		}
		for _, part := range programPart.FindAllStringSubmatch(quoted, -1) {
			if !slices.Contains(s.programs, part[1]) {
				complaints = append(complaints, fmt.Sprintf("the program has no command %q", part[0]))
			}
		}
		for _, variable := range variablePart.FindAllString(quoted, -1) {
			if !slices.Contains(variableNames(), variable) {
				complaints = append(complaints, fmt.Sprintf("there is no variable %s", variable))
			}
		}
		if complaint := s.complaint(folder, match[1]); complaint != "" {
			complaints = append(complaints, complaint)
		}
	}
	return complaints
}

func (s surroundings) complaint(folder, quoted string) string {
	if command := botCommand.FindStringSubmatch(quoted); command != nil && !s.routes[quoted] && !s.commands[foldWord(command[1])] {
		return fmt.Sprintf("the bot has no command /%s", command[1])
	}
	if symbol := symbolPart.FindStringSubmatch(quoted); symbol != nil && s.isRoom(symbol[1]) && !s.symbols[symbol[1]+"."+symbol[2]] {
		return fmt.Sprintf("there is no symbol %s", quoted)
	}
	if keyPart.MatchString(quoted) && !slices.Contains(keyNames(), quoted) {
		return fmt.Sprintf("there is no key %s", quoted)
	}
	if pathPart.MatchString(quoted) && s.meansPath(quoted) && !s.hasPath(folder, quoted) {
		return fmt.Sprintf("there is no path %s", quoted)
	}
	return ""
}

func (s surroundings) isRoom(name string) bool {
	_, known := rooms[name]
	return known
}

// meansPath tells paths from other words with slashes: they end like a folder
// or a file of ours, or begin with a folder that is there.
func (s surroundings) meansPath(quoted string) bool {
	first, _, nested := strings.Cut(quoted, "/")
	return strings.HasSuffix(quoted, "/") || knownFileType.MatchString(quoted) || nested && fileExists(first)
}

// hasPath looks from the root, from the document's folder, and for a bare name
// in every folder.
func (s surroundings) hasPath(folder, quoted string) bool {
	for _, pattern := range []string{quoted, path.Join(folder, quoted)} {
		if found, err := filepath.Glob(pattern); err == nil && len(found) > 0 {
			return true
		}
	}
	return !strings.Contains(quoted, "/") && slices.ContainsFunc(s.files, func(name string) bool {
		matched, err := path.Match(quoted, path.Base(name))
		return err == nil && matched
	})
}

func TestComplaintsAboutDocuments(t *testing.T) {
	known := lookAround(t)
	known.commands["tugasbaru"] = true
	for _, row := range []struct {
		name, text string
		good       bool
	}{
		{"a folder", "`council/`", true}, {"no folder", "`model/`", false},
		{"a file", "`store/store.go`", true}, {"no file", "`store/nothing.go`", false},
		{"a bare file", "`clock.go`", true}, {"no bare file", "`klock.go`", false},
		{"a pattern", "`testdata/stories/*.txtar`", true}, {"no pattern", "`testdata/none/*.txtar`", false},
		{"from docs", "`../main.go`", true}, {"a media type", "`application/json`", true}, {"somebody's file", "`/var/lib/rembuk/rembuk.db`", true},
		{"a bot command", "`/tugas_baru @baso Rekap`", true}, {"without underscore", "`/tugasbaru@rembuk_bot`", true}, {"no bot command", "`/tugas_lama`", false},
		{"a route", "`/healthz`", true}, {"no route", "`/healthy`", false},
		{"a symbol", "`store.Open`", true}, {"a method", "`store.Store.Close`", true}, {"a field", "`council.Group.Title`", true},
		{"no symbol", "`store.Opened`", false}, {"no method", "`store.Store.Shut()`", false}, {"another's symbol", "`slog.Handler`", true},
		{"a program command", "`rembuk check --alive`", true}, {"no program command", "`rembuk server`", false},
		{"in a block", "```\nrembuk server\n```", false}, {"a path in a block", "```\nmodel/\n```", true},
		{"a variable", "`REMBUK_TELEGRAM_TOKEN=…`", true}, {"no variable", "`REMBUK_TOKEN`", false},
		{"a key", "`backup.keep`", true}, {"no key", "`backup.count`", false}, {"no backticks", "model/", true},
	} {
		t.Run(row.name, func(t *testing.T) {
			if complaints := known.complaints("docs", row.text); (len(complaints) == 0) != row.good {
				t.Errorf("%s: %v", row.text, complaints)
			}
		})
	}
}
