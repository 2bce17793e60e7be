package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/rembuk/rembuk"

// room is what code outside of tests in one folder may import.
type room struct {
	rooms        []string // of this module; "*" for all
	standardOnly bool     // besides these rooms
}

// rooms are the import rules of the house. A folder with Go files that is not
// here fails the test: a new room says first whom it knows.
var rooms = map[string]room{
	".":                {rooms: []string{"*"}},
	"council":          {standardOnly: true},
	"reading":          {standardOnly: true},
	"store":            {rooms: []string{"council"}},
	"store/storetest":  {rooms: []string{"store"}, standardOnly: true},
	"locale":           {},
	"vault":            {standardOnly: true},
	"report":           {rooms: []string{"store", "council", "locale"}},
	"scheduler":        {rooms: []string{"store", "council"}},
	"bot":              {rooms: []string{"store", "council", "report", "reading", "locale", "vault"}},
	"sim":              {standardOnly: true},
	"sim/checkmethods": {rooms: []string{"sim"}, standardOnly: true},
	"story":            {rooms: []string{"sim"}},
	"bench":            {rooms: []string{"*"}},
	"deploy":           {rooms: []string{"*"}},
}

// wallTime lists who may ask the machine for the time, and why. Everybody else
// lives on the clock that main hands in.
var wallTime = map[string]string{
	".":                 "makes the clocks; heartbeat, backup and metrics live in real time",
	"sim":               "is Telegram's side, which has a clock of its own",
	"bot/atonce.go":     "pacing lives in real time",
	"bot/gate_pace.go":  "pacing lives in real time",
	"bench":             "measures real time",
	"deploy":            "runs beside the program",
	"bot/absence.go":    "whether the machine has slept between two polls",
	"bot/bot.go":        "when Telegram last answered a poll",
	"bot/membership.go": "from when on nothing is sent to a lost chat",
	"bot/pause.go":      "how long the network has been away",
	"bot/sender.go":     "pacing of sends",
	"bot/gate.go":       "pacing of sends",
	"bot/outcome.go":    "when a send may be tried again",
	"bot/figures.go":    "how long handling takes",
	"bot/lanes.go":      "how long a press may let words wait",
	"bot/fetch.go":      "how long fetching a file is tried",

	"scheduler/morning.go": "how long whoever writes has waited",
	"story/player.go":      "how long somebody who watches has had to read",
}

// realTimeCalls are the store's ways of inbox and outbox, whose moments are
// real: the present moment may be handed to them from everywhere.
var realTimeCalls = []string{"Queue", "Receive", "ReceiveHandled", "Sent", "Never", "Unknown", "CountOutbox", "DropQueued", "StopCard", "DropAbout", "DropKeyed"}

// goFile is one parsed Go file.
type goFile struct {
	path, folder string
	test         bool
	lines        int
	tree         *ast.File
}

func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	for _, name := range treeFiles(t) {
		if path.Ext(name) != ".go" {
			continue
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, content, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, goFile{name, path.Dir(name), strings.HasSuffix(name, "_test.go"), strings.Count(string(content), "\n"), tree})
	}
	return files
}

// treeFiles lists every file of the repository with slashes.
func treeFiles(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && entry.Name() == ".git" {
			return filepath.SkipDir
		}
		if err == nil && !entry.IsDir() {
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// roomOf finds the rule of a folder: its own, or that of a folder above.
func roomOf(folder string) (room, bool) {
	for {
		if rule, known := rooms[folder]; known {
			return rule, true
		}
		above := path.Dir(folder)
		if above == "." {
			return room{}, false
		}
		folder = above
	}
}

// trespass tells what is wrong with an import; empty if nothing is.
func trespass(folder, imported string) string {
	rule, known := roomOf(folder)
	if !known {
		return "the folder " + folder + " is no room: name it in rooms"
	}
	own, inside := strings.CutPrefix(imported, module+"/")
	switch {
	case inside && (slices.Contains(rule.rooms, "*") || slices.Contains(rule.rooms, own)):
		return ""
	case inside:
		return folder + " may not import the room " + own
	case rule.standardOnly && strings.Contains(strings.Split(imported, "/")[0], "."):
		return folder + " may import the standard library only, not " + imported
	}
	return ""
}

func TestRoomsImportWhomTheyMay(t *testing.T) {
	t.Parallel()
	for _, file := range goFiles(t) {
		if file.test {
			continue
		}
		if _, known := roomOf(file.folder); !known {
			t.Errorf("%s: %s", file.path, trespass(file.folder, ""))
		}
		for _, imported := range file.tree.Imports {
			if complaint := trespass(file.folder, strings.Trim(imported.Path.Value, `"`)); complaint != "" {
				t.Errorf("%s: %s", file.path, complaint)
			}
		}
	}
}

func TestTrespassing(t *testing.T) {
	for _, row := range []struct {
		folder, imported string
		allowed          bool
	}{
		{".", module + "/bot", true}, {"bot", module + "/store", true}, {"bench/load", module + "/sim", true},
		{"council", "time", true}, {"store", "github.com/mattn/go-sqlite3", true}, {"sim/checkmethods", module + "/sim", true},
		{"bot", module + "/scheduler", false}, {"scheduler", module + "/bot", false}, {"council", module + "/store", false},
		{"council", "github.com/google/go-cmp/cmp", false}, {"sim", "github.com/go-telegram/bot", false}, {"story", module + "/bot", false},
		{"store", module + "/locale", false}, {"internal/x", "time", false}, {"newroom", "time", false},
	} {
		if complaint := trespass(row.folder, row.imported); (complaint == "") != row.allowed {
			t.Errorf("%s imports %s: %q", row.folder, row.imported, complaint)
		}
	}
}

func TestNoFolderIsAJunkRoom(t *testing.T) {
	junk := []string{"internal", "pkg", "cmd", "util", "utils", "common", "model", "models", "service", "services", "helpers"}
	for _, name := range treeFiles(t) {
		for part := range strings.SplitSeq(path.Dir(name), "/") {
			if slices.Contains(junk, part) {
				t.Errorf("%s: no folder is called %s", name, part)
			}
		}
	}
}

func TestFilesAreShort(t *testing.T) {
	for _, file := range goFiles(t) {
		if !file.test && file.lines >= 400 {
			t.Errorf("%s has %d lines; below 400 are allowed", file.path, file.lines)
		}
	}
}

func TestNobodyElseLooksAtTheWall(t *testing.T) {
	for _, file := range goFiles(t) {
		top, _, _ := strings.Cut(file.folder, "/")
		if file.test || wallTime[top] != "" || wallTime[file.path] != "" {
			continue
		}
		if asksForTheTime(file.tree) {
			t.Errorf("%s asks the machine for the time; use the clock that main hands in, or say in wallTime why not", file.path)
		}
	}
	for name := range wallTime {
		if path.Ext(name) == ".go" && fileExists("bot") && !fileExists(name) {
			t.Errorf("wallTime names %s, which is not there", name)
		}
	}
}

// asksForTheTime finds time.Now, time.Since and time.Until, called or handed on,
// except where the moment goes straight into a real-time call.
func asksForTheTime(tree ast.Node) bool {
	found := false
	ast.Inspect(tree, func(node ast.Node) bool {
		if call, ok := node.(*ast.CallExpr); ok && len(call.Args) > 0 && isRealTimeCall(call) {
			for _, argument := range call.Args[:len(call.Args)-1] {
				found = found || asksForTheTime(argument)
			}
			return false
		}
		if selector, ok := node.(*ast.SelectorExpr); ok {
			from, named := selector.X.(*ast.Ident)
			found = found || named && from.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, selector.Sel.Name)
		}
		return true
	})
	return found
}

// isRealTimeCall tells whether the present moment is the last argument of one
// of realTimeCalls.
func isRealTimeCall(call *ast.CallExpr) bool {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains(realTimeCalls, method.Sel.Name) {
		return false
	}
	last, ok := call.Args[len(call.Args)-1].(*ast.CallExpr)
	return ok && asksForTheTime(last.Fun)
}

func TestAskingForTheTimeIsSeen(t *testing.T) {
	for text, want := range map[string]bool{
		"x := time.Now()": true, "later(time.Now)": true, "time.Since(began)": true,
		"tx.Queue(x{At: time.Now()}, time.Now())": true, "tx.Plan(x, time.Now())": true, "tx.Queue(x, time.Now())": false,
		"clock.Now()": false, "time.Unix(0, 0)": false,
	} {
		tree, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc f() {\n"+text+"\n}", 0)
		if err != nil {
			t.Fatal(err)
		}
		if asksForTheTime(tree) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}

func fileExists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
