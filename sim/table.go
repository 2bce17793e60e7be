package sim

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed methods.json
var methodTable []byte

// MethodTable is the table of methods as it stands in methods.json: names, types and limits of parameters.
func MethodTable() []byte { return slices.Clone(methodTable) }

// field is one parameter of a method or one field of an object, as methods.json describes it.
type field struct {
	Name     string   `json:"name"`
	Types    []string `json:"types"`
	Required bool     `json:"required"`
	Least    int      `json:"least"`
	Most     int      `json:"most"`
	Unit     string   `json:"unit"` // of Least and Most: characters or bytes
}

type describedMethod struct {
	name   string
	fields map[string]field
	parses bool // has a parse_mode, so that lengths count only after parsing
}

// botAPI is the table, read when the first bot calls: most copies of the
// program talk to the real Telegram.
var botAPI = sync.OnceValue(readTable)

// table is what methods.json describes.
type table struct {
	methods map[string]describedMethod // by their names in lower case
	objects map[string]map[string]field
	unions  map[string][]string
}

func readTable() table {
	var read struct {
		Methods map[string][]field
		Types   map[string][]field
		Unions  map[string][]string
	}
	if err := json.Unmarshal(methodTable, &read); err != nil {
		panic("sim/methods.json: " + err.Error())
	}
	methods := map[string]describedMethod{}
	for name, fields := range read.Methods {
		method := describedMethod{name: name, fields: byName(fields)}
		_, method.parses = method.fields["parse_mode"]
		methods[strings.ToLower(name)] = method
	}
	objects := map[string]map[string]field{}
	for name, fields := range read.Types {
		objects[name] = byName(fields)
	}
	return table{methods, objects, read.Unions}
}

func byName(fields []field) map[string]field {
	named := make(map[string]field, len(fields))
	for _, f := range fields {
		named[f.Name] = f
	}
	return named
}

// violationsOf lists what is wrong with the parameters of a call, whether or not Telegram looks at it.
func violationsOf(call *request) []string {
	method, known := botAPI().methods[call.method]
	if !known {
		return []string{call.method + ": unknown method"}
	}
	var found []string
	complain := func(format string, values ...any) {
		found = append(found, method.name+": "+fmt.Sprintf(format, values...))
	}
	for name, value := range call.values {
		described, known := method.fields[name]
		if !known {
			complain("unknown parameter %s", name)
			continue
		}
		if value == "" && !described.Required {
			continue
		}
		if method.parses && (name == "text" || name == "caption") {
			described.Least, described.Most = 0, 0
		}
		checkParameter(described, call, complain)
	}
	for name, described := range method.fields {
		if _, uploaded := call.uploads[name]; described.Required && call.values[name] == "" && !uploaded {
			complain("required parameter %s is missing", name)
		}
	}
	for name := range call.uploads {
		if _, known := method.fields[name]; !known && !slices.Contains(attachments(call), name) {
			complain("uploaded file %s belongs to no parameter", name)
		}
	}
	slices.Sort(found)
	return found
}

func attachments(call *request) []string {
	var names []string
	for parameter, value := range call.values {
		if name, attached := strings.CutPrefix(value, "attach://"); attached {
			names = append(names, name)
			continue
		}
		if !strings.Contains(value, "attach://") {
			continue
		}
		if shape, err := call.shape(parameter); err == nil { // a text that only speaks of attaching is no JSON
			names = append(names, attachedIn(shape)...)
		}
	}
	return names
}

// attachedIn finds the names of uploads in a parameter that came as JSON.
func attachedIn(shape any) (names []string) {
	switch value := shape.(type) {
	case string:
		if name, attached := strings.CutPrefix(value, "attach://"); attached {
			names = []string{name}
		}
	case []any:
		for _, item := range value {
			names = append(names, attachedIn(item)...)
		}
	case map[string]any:
		for _, item := range value {
			names = append(names, attachedIn(item)...)
		}
	}
	return names
}

type complaint func(format string, values ...any)

// checkParameter checks a value in the way that parameters come: objects as JSON, the rest as plain text.
func checkParameter(described field, call *request, complain complaint) {
	value := call.values[described.Name]
	if slices.Contains(described.Types, "String") && !call.literal[described.Name] || slices.Contains(described.Types, "InputFile") {
		checkLength(described, value, complain)
		if slices.Contains(described.Types, "Integer") && !strings.HasPrefix(value, "@") {
			if _, err := strconv.ParseInt(value, 10, 64); err != nil {
				complain("%s is neither a number nor an @name", described.Name)
			}
		}
		return
	}
	shape, err := call.shape(described.Name)
	if err != nil {
		complain("%s should be %s", described.Name, strings.Join(described.Types, " or "))
		return
	}
	checkValue(described, shape, complain)
}

func checkLength(described field, value string, complain complaint) {
	length := utf8.RuneCountInString(value)
	if described.Unit == "bytes" {
		length = len(value)
	}
	if described.Most > 0 && length > described.Most {
		complain("%s has %d %s, more than %d", described.Name, length, described.Unit, described.Most)
	}
	if length < described.Least {
		complain("%s has %d %s, less than %d", described.Name, length, described.Unit, described.Least)
	}
}
