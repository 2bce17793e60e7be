package sim

import (
	"cmp"
	"regexp"
	"slices"
	"unicode/utf16"
)

// What Telegram marks by itself. A command, an @name and a hashtag begin where no word is going on.
var marks = []struct {
	kind    string
	pattern *regexp.Regexp
}{
	{"bot_command", regexp.MustCompile(`(?:^|[^\pL\pN_/<>@#])(/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?:$|[^\pL\pN_/<>@])`)},
	{"mention", regexp.MustCompile(`(?:^|[^\pL\pN_@./])(@[A-Za-z][A-Za-z0-9_]{2,31})(?:$|[^\pL\pN_@])`)},
	{"hashtag", regexp.MustCompile(`(?:^|[^\pL\pN_#&/])(#[\pN_]*\pL[\pL\pN_\x{00B7}]*)(?:$|[^\pL\pN_#])`)},
	{"url", regexp.MustCompile(`(?i)(?:^|[^\pL\pN_@./-])((?:https?://|tg://)[^\s<>"]*[^\s<>".,;:!?)\]']|` +
		`(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|info|id|me|io|dev|app|gov|edu)(?:/[^\s<>"]*[^\s<>".,;:!?)\]'])?)(?:$|[^\pL\pN_@])`)},
}

// findEntities adds to the given entities those that Telegram finds in the text, ordered by offset.
func findEntities(text string, given []Entity) []Entity {
	entities := slices.Clone(given)
	for _, mark := range marks {
		if !mayMark(text, mark.kind) {
			continue
		}
		for at := 0; at < len(text); {
			place := mark.pattern.FindStringSubmatchIndex(text[at:])
			if place == nil {
				break
			}
			from, to := at+place[2], at+place[3]
			found := Entity{Type: mark.kind, Offset: units(text[:from]), Length: units(text[from:to])}
			if !overlaps(entities, found) {
				entities = append(entities, found)
			}
			at = to
		}
	}
	slices.SortStableFunc(entities, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
	return entities
}

// mayMark is a quick look that spares most texts the patterns.
func mayMark(text, kind string) bool {
	sign := map[string]byte{"bot_command": '/', "mention": '@', "hashtag": '#', "url": '.'}[kind]
	for at := range len(text) {
		if text[at] == sign || kind == "url" && text[at] == ':' {
			return true
		}
	}
	return false
}

func overlaps(entities []Entity, found Entity) bool {
	return slices.ContainsFunc(entities, func(other Entity) bool {
		switch other.Type {
		case "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote":
			return false
		}
		return found.Offset < other.Offset+other.Length && other.Offset < found.Offset+found.Length
	})
}

// units counts UTF-16 units.
func units(text string) int {
	count := 0
	for _, r := range text {
		count += max(1, utf16.RuneLen(r))
	}
	return count
}

// cut takes a part of the text by UTF-16 units; what lies outside the text is left out.
func cut(text string, offset, length int) string {
	from, to, at := len(text), len(text), 0
	for place, r := range text {
		if at >= offset && place < from {
			from = place
		}
		if at >= offset+length {
			to = place
			break
		}
		at += max(1, utf16.RuneLen(r))
	}
	return text[min(from, to):to]
}
