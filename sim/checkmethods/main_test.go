package main

import (
	"slices"
	"testing"

	"github.com/rembuk/rembuk/sim"
)

func TestCompare(t *testing.T) {
	spec := specification{Methods: map[string]struct{ Fields []specField }{"sendMessage": {Fields: []specField{
		{Name: "chat_id", Types: []string{"Integer", "String"}, Required: true},
		{Name: "text", Types: []string{"String"}, Required: true, Description: "Text, 1-4096 characters"},
	}}}}
	chat := tableField{Name: "chat_id", Types: []string{"Integer", "String"}, Required: true}
	text := tableField{Name: "text", Types: []string{"String"}, Required: true, Least: 1, Most: 4096, Unit: "characters"}
	short, optional := text, chat
	short.Most, optional.Required = 4000, false
	for _, row := range []struct {
		name    string
		methods map[string][]tableField
		want    []string
	}{
		{"the same", map[string][]tableField{"sendMessage": {chat, text}}, nil},
		{"another limit", map[string][]tableField{"sendMessage": {chat, short}},
			[]string{"sendMessage.text: is {text [String] true 1 4000 characters}, should be {text [String] true 1 4096 characters}"}},
		{"not required", map[string][]tableField{"sendMessage": {optional, text}},
			[]string{"sendMessage.chat_id: is {chat_id [Integer String] false 0 0 }, should be {chat_id [Integer String] true 0 0 }"}},
		{"missing", map[string][]tableField{"sendMessage": {chat}}, []string{"sendMessage.text: is missing"}},
		{"invented", map[string][]tableField{"sendMessage": {chat, text, {Name: "colour"}}}, []string{"sendMessage.colour: does not exist"}},
		{"invented method", map[string][]tableField{"sendAll": nil}, []string{"sendAll: no such method"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := compare(table{Methods: row.methods}, spec); !slices.Equal(got, row.want) {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestTableIsThere(t *testing.T) {
	if len(sim.MethodTable()) == 0 {
		t.Error("the table of methods is empty")
	}
}
