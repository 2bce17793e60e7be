package store

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// packageSQL finds every statement in the package's sources, pieced together
// from literals and constants; what is known only at run time is left out.
func packageSQL(t *testing.T) map[string]string {
	t.Helper()
	files := token.NewFileSet()
	var sources []*ast.File
	for _, entry := range got(os.ReadDir("."))(t) {
		if name := entry.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			sources = append(sources, got(parser.ParseFile(files, name, nil, parser.SkipObjectResolution))(t))
		}
	}
	constants := map[string]string{}
	for _, source := range sources {
		ast.Inspect(source, func(node ast.Node) bool {
			if value, is := node.(*ast.ValueSpec); is {
				for i := range value.Values {
					constants[value.Names[i].Name] = text(value.Values[i], constants)
				}
			}
			return true
		})
	}
	statements := map[string]string{}
	for _, source := range sources {
		ast.Inspect(source, func(node ast.Node) bool {
			expression, is := node.(ast.Expr)
			if !is {
				return true
			}
			whole := text(expression, constants)
			if isSQL.MatchString(whole) {
				statements[files.Position(node.Pos()).String()] = whole
			}
			return whole == ""
		})
	}
	return statements
}

var isSQL = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|PRAGMA|VACUUM)\b`)

// text is the value of a string expression as far as it is known.
func text(expression ast.Expr, constants map[string]string) string {
	switch e := expression.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			return constant.StringVal(constant.MakeFromLiteral(e.Value, e.Kind, 0))
		}
	case *ast.Ident:
		return constants[e.Name]
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return text(e.X, constants) + text(e.Y, constants)
		}
	}
	return ""
}

var (
	parameter = regexp.MustCompile(`\?\d*|[$:@][A-Za-z0-9_]+`)
	literal   = regexp.MustCompile(`'[^']*'`)
	ownClock  = regexp.MustCompile(`(?i)\bCURRENT_(TIME|DATE|TIMESTAMP)\b|\b(datetime|date|time|strftime|julianday|unixepoch|timediff)\s*\(`)
)

// misnumbered tells what is wrong with a statement's parameters: the driver
// binds them by the order in which they first appear.
func misnumbered(statement string) string {
	plain, highest := false, 0
	for _, mark := range parameter.FindAllString(literal.ReplaceAllString(statement, ""), -1) {
		n, err := strconv.Atoi(mark[1:])
		switch {
		case mark == "?":
			plain = true
		case mark[0] != '?' && mark[0] != '$' || err != nil:
			return "named parameter " + mark
		case n > highest+1:
			return mark + " comes before its turn"
		default:
			highest = max(highest, n)
		}
	}
	if plain && highest > 0 {
		return "numbered and plain parameters are mixed"
	}
	return ""
}

func TestMisnumberedParametersAreNoticed(t *testing.T) {
	tests := map[string]string{
		`SELECT ?1, ?2, ?1`:              "",
		`SELECT ?, ?`:                    "",
		`SELECT $1 || '?9 :x', $2`:       "",
		`SELECT ?2, ?1`:                  "?2 comes before its turn",
		`SELECT $1, $3`:                  "$3 comes before its turn",
		`SELECT ?1, ?`:                   "numbered and plain parameters are mixed",
		`SELECT :name`:                   "named parameter :name",
		`DELETE FROM t WHERE a = @other`: "named parameter @other",
	}
	for statement, want := range tests {
		if got := misnumbered(statement); got != want {
			t.Errorf("%s: %q, want %q", statement, got, want)
		}
	}
}

func TestParametersOfAllStatementsAreNumberedInOrder(t *testing.T) {
	statements := packageSQL(t)
	numbered := 0
	for place, statement := range statements {
		if problem := misnumbered(statement); problem != "" {
			t.Errorf("%s: %s in\n%s", place, problem, statement)
		}
		if strings.Contains(statement, "?1") {
			numbered++
		}
	}
	if len(statements) < 100 || numbered < 5 {
		t.Errorf("found only %d statements, %d numbered: the search is broken", len(statements), numbered)
	}
}

func TestTheClockIsTheCallers(t *testing.T) {
	for place, statement := range packageSQL(t) {
		if word := ownClock.FindString(statement); word != "" {
			t.Errorf("%s: SQLite's own clock: %s", place, word)
		}
	}
	for _, entry := range got(os.ReadDir("."))(t) {
		if name := entry.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			if source := string(got(os.ReadFile(name))(t)); strings.Contains(source, "time.Now(") {
				t.Errorf("%s asks the clock", name)
			}
		}
	}
}

var timeColumn = regexp.MustCompile(`(^|_)(at|before|until|since|moment|time)$`)

func TestMomentsAreWholeNumbersInStrictTables(t *testing.T) {
	s := openStore(t)
	tables := read(t, s, func(tx *Tx) ([]string, error) {
		return all(tx, scalar[string], `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose%' ORDER BY name`)
	})
	moments := 0
	for _, table := range tables {
		strict := read(t, s, func(tx *Tx) (bool, error) {
			return one(tx, scalar[bool], `SELECT strict FROM pragma_table_list WHERE name = ?`, table)
		})
		if !strict {
			t.Errorf("%s is not strict", table)
		}
		for _, column := range read(t, s, func(tx *Tx) ([][2]string, error) {
			return all(tx, func(row scanner) (pair [2]string, err error) {
				err = row.Scan(&pair[0], &pair[1])
				return pair, err
			}, `SELECT name, type FROM pragma_table_info(?)`, table)
		}) {
			if !timeColumn.MatchString(column[0]) {
				continue
			}
			if moments++; column[1] != "INTEGER" {
				t.Errorf("%s.%s is %s", table, column[0], column[1])
			}
		}
	}
	if len(tables) < 20 || moments < 20 {
		t.Errorf("found only %d tables with %d moments", len(tables), moments)
	}
}
