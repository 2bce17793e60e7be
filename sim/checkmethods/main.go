// Command checkmethods compares sim/methods.json with a description of the Bot API and prints one line per difference.
//
//	go run ./sim/checkmethods SPEC.json
//
// SPEC.json is api.json of github.com/PaulSonOfLars/telegram-bot-api-spec. It exits 1 if there is a difference, 2 if
// it cannot compare.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"

	"github.com/rembuk/rembuk/sim"
)

type specField struct {
	Name        string
	Types       []string
	Required    bool
	Description string
}

type specification struct {
	Methods map[string]struct{ Fields []specField }
	Types   map[string]struct {
		Fields   []specField
		Subtypes []string
	}
}

type tableField struct {
	Name     string
	Types    []string
	Required bool
	Least    int
	Most     int
	Unit     string
}

type table struct {
	Methods map[string][]tableField
	Types   map[string][]tableField
	Unions  map[string][]string
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, complaints io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(complaints, "usage: checkmethods SPEC.json")
		return 2
	}
	content, err := os.ReadFile(args[0])
	if err != nil {
		fmt.Fprintln(complaints, err)
		return 2
	}
	var spec specification
	if err := json.Unmarshal(content, &spec); err != nil {
		fmt.Fprintf(complaints, "%s: %v\n", args[0], err)
		return 2
	}
	var ours table
	if err := json.Unmarshal(sim.MethodTable(), &ours); err != nil {
		fmt.Fprintf(complaints, "sim/methods.json: %v\n", err)
		return 2
	}
	differences := compare(ours, spec)
	for _, difference := range differences {
		fmt.Fprintln(out, difference)
	}
	if len(differences) > 0 {
		return 1
	}
	return 0
}

// compare lists in what the table differs from the specification, for the methods, types and unions in the table.
func compare(ours table, spec specification) []string {
	var found []string
	for name, fields := range ours.Methods {
		described, known := spec.Methods[name]
		if !known {
			found = append(found, name+": no such method")
			continue
		}
		found = append(found, compareFields(name, fields, described.Fields)...)
	}
	for name, fields := range ours.Types {
		described, known := spec.Types[name]
		if !known {
			found = append(found, name+": no such type")
			continue
		}
		found = append(found, compareFields(name, fields, described.Fields)...)
	}
	for name, members := range ours.Unions {
		if !slices.Equal(members, spec.Types[name].Subtypes) {
			found = append(found, fmt.Sprintf("%s: has %v, should have %v", name, members, spec.Types[name].Subtypes))
		}
	}
	slices.Sort(found)
	return found
}

func compareFields(owner string, ours []tableField, described []specField) []string {
	var found []string
	wanted := map[string]tableField{}
	for _, field := range described {
		wanted[field.Name] = reduced(field)
	}
	for _, field := range ours {
		want, known := wanted[field.Name]
		delete(wanted, field.Name)
		switch {
		case !known:
			found = append(found, fmt.Sprintf("%s.%s: does not exist", owner, field.Name))
		case fmt.Sprint(field) != fmt.Sprint(want):
			found = append(found, fmt.Sprintf("%s.%s: is %v, should be %v", owner, field.Name, field, want))
		}
	}
	for name := range wanted {
		found = append(found, fmt.Sprintf("%s.%s: is missing", owner, name))
	}
	return found
}

// lengths finds what a description says of lengths, as in "1-4096 characters".
var lengths = regexp.MustCompile(`(\d+)-(\d+) (characters|bytes)`)

func reduced(field specField) tableField {
	kept := tableField{Name: field.Name, Types: field.Types, Required: field.Required}
	if said := lengths.FindStringSubmatch(field.Description); said != nil {
		kept.Least = number(said[1])
		kept.Most = number(said[2])
		kept.Unit = said[3]
	}
	return kept
}

// number reads digits; the pattern lets nothing else through, and a number too large for an int differs from any limit.
func number(digits string) int {
	value, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return value
}
