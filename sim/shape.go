package sim

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// checkValue checks a decoded value against the types that it may have.
func checkValue(described field, value any, complain complaint) {
	var closest []string
	kinds := described.Types
	if strings.HasPrefix(kinds[0], "Array of InputMedia") {
		kinds = []string{"Array of InputMedia"} // each item says by its type what it is
	}
	for at, kind := range kinds {
		wrong := wrongs(described, kind, value)
		if len(wrong) == 0 {
			return
		}
		if at == 0 || len(wrong) < len(closest) {
			closest = wrong
		}
	}
	for _, text := range closest {
		complain("%s", text)
	}
}

// wrongs lists why a value is not of the kind; an empty list means that it is.
func wrongs(described field, kind string, value any) []string {
	var found []string
	complain := func(format string, values ...any) { found = append(found, fmt.Sprintf(format, values...)) }
	if inner, isArray := strings.CutPrefix(kind, "Array of "); isArray {
		items, ok := value.([]any)
		if !ok {
			return []string{described.Name + " should be " + kind}
		}
		for _, item := range items {
			checkValue(field{Name: described.Name, Types: []string{inner}}, item, complain)
		}
		return found
	}
	ok := false
	switch kind {
	case "Integer":
		number, isNumber := value.(json.Number)
		_, err := number.Int64()
		ok = isNumber && err == nil
	case "Float":
		_, ok = value.(json.Number)
	case "Boolean", "True":
		_, ok = value.(bool)
	case "String":
		var text string
		if text, ok = value.(string); ok {
			checkLength(described, text, complain)
		}
	default:
		var object map[string]any
		if object, ok = value.(map[string]any); ok {
			checkObject(described.Name, kind, object, complain)
		}
	}
	if !ok {
		complain("%s should be %s", described.Name, kind)
	}
	return found
}

// checkObject checks the fields of an object; of a union its type says which member it is. Kinds that methods.json does
// not describe only have to be objects.
func checkObject(name, kind string, object map[string]any, complain complaint) {
	if members := botAPI().unions[kind]; members != nil {
		at := slices.IndexFunc(members, func(member string) bool { return ofType(member, kind, object) })
		if at < 0 {
			complain("%s has no type of a %s", name, kind)
			return
		}
		checkObject(name, members[at], object, complain)
		return
	}
	fields := botAPI().objects[kind]
	if fields == nil {
		return
	}
	for key, value := range object {
		described, known := fields[key]
		if _, parsed := object["parse_mode"]; parsed && key == "caption" {
			described.Least, described.Most = 0, 0 // its length counts after parsing
		}
		switch {
		case !known:
			complain("unknown field %s in %s", key, kind)
		case kind == "InlineKeyboardButton" && key == "copy_text" && (object["callback_data"] != nil || object["url"] != nil):
			// Telegram does not look at it beside these two, and a widespread library sends it with every button.
		default:
			checkValue(described, value, complain)
		}
	}
	for key, described := range fields {
		if _, given := object[key]; described.Required && !given {
			complain("required field %s of %s is missing", key, kind)
		}
	}
}

// ofType says whether an object's type names this member of a union, as "all_group_chats" names
// BotCommandScopeAllGroupChats.
func ofType(member, union string, object map[string]any) bool {
	text, ok := object["type"].(string)
	return ok && strings.EqualFold(strings.TrimPrefix(member, union), strings.ReplaceAll(text, "_", ""))
}
