package sim

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// entityOfTag says which entity an HTML tag makes. A link, a mention by tg://user and a language are made from the
// tag's argument.
var entityOfTag = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "strikethrough", "strike": "strikethrough",
	"del": "strikethrough", "u": "underline", "ins": "underline", "tg-spoiler": "spoiler", "span": "spoiler",
	"a": "text_link", "pre": "pre", "code": "code", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
	"tg-time": "date_time",
}

type openTag struct {
	name     string
	argument string
	units    int // where it began
	bytes    int
}

// htmlReader reads Telegram's HTML; positions in messages are byte offsets of the source.
type htmlReader struct {
	source   string
	at       int
	text     strings.Builder
	units    int
	open     []openTag
	entities []Entity
}

// parseHTML gives the text without tags and the entities, or the words after "can't parse entities: ".
func parseHTML(source string) (string, []Entity, error) {
	reader := &htmlReader{source: source}
	for reader.at < len(source) {
		if err := reader.step(); err != nil {
			return "", nil, err
		}
	}
	if depth := len(reader.open); depth > 0 {
		return "", nil, unreadable("Can't find end tag corresponding to start tag %q", reader.open[depth-1].name)
	}
	return reader.text.String(), reader.entities, nil
}

func (h *htmlReader) step() error {
	switch h.source[h.at] {
	case '&':
		if r, width := htmlCharacter(h.source[h.at:]); width > 0 {
			h.write(r)
			h.at += width
			return nil
		}
	case '<':
		if strings.HasPrefix(h.source[h.at+1:], "/") {
			return h.endTag()
		}
		return h.startTag()
	}
	r, width := utf8.DecodeRuneInString(h.source[h.at:])
	h.write(r)
	h.at += width
	return nil
}

func (h *htmlReader) write(r rune) {
	h.text.WriteRune(r)
	h.units += units(string(r))
}

// peek is the byte at the present place, 0 at the end.
func (h *htmlReader) peek() byte {
	if h.at < len(h.source) {
		return h.source[h.at]
	}
	return 0
}

func (h *htmlReader) skip(belongs func(byte) bool) string {
	from := h.at
	for h.at < len(h.source) && belongs(h.source[h.at]) {
		h.at++
	}
	return h.source[from:h.at]
}

func blank(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func (h *htmlReader) startTag() error {
	begin := h.at
	h.at++
	name := strings.ToLower(h.skip(func(c byte) bool { return !blank(c) && c != '>' }))
	if h.peek() == 0 {
		return unreadable("Unclosed start tag at byte offset %d", begin)
	}
	if entityOfTag[name] == "" {
		return unreadable("Unsupported start tag %q at byte offset %d", name, begin)
	}
	attributes, err := h.attributes(name, begin)
	if err != nil {
		return err
	}
	h.at++
	tag := openTag{name: name, units: h.units, bytes: h.text.Len()}
	switch name {
	case "a":
		tag.argument = attributes["href"]
	case "code":
		tag.argument, _ = strings.CutPrefix(attributes["class"], "language-")
	case "tg-emoji":
		tag.argument = attributes["emoji-id"]
	case "tg-time":
		tag.argument = attributes["unix"]
	case "blockquote":
		if _, expandable := attributes["expandable"]; expandable {
			tag.argument = "expandable"
		}
	case "span":
		if attributes["class"] != "tg-spoiler" {
			return unreadable("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
		}
	}
	h.open = append(h.open, tag)
	return nil
}

// attributes reads up to the end of a start tag, which stays unread.
func (h *htmlReader) attributes(tag string, begin int) (map[string]string, error) {
	unclosed := unreadable("Unclosed start tag %q at byte offset %d", tag, begin)
	found := map[string]string{}
	for {
		h.skip(blank)
		if h.peek() == '>' {
			return found, nil
		}
		if h.peek() == 0 {
			return nil, unclosed
		}
		name := h.skip(func(c byte) bool { return !blank(c) && c != '=' && c != '>' })
		if name == "" {
			return nil, unreadable("Empty attribute name in the tag %q at byte offset %d", tag, begin)
		}
		h.skip(blank)
		if h.peek() != '=' {
			if tag == "blockquote" && name == "expandable" {
				found[name] = ""
				continue
			}
			return nil, unreadable("Expected equal sign in declaration of an attribute of the tag %q at byte offset %d", tag, begin)
		}
		h.at++
		h.skip(blank)
		value, err := h.attributeValue()
		if err != nil {
			return nil, err
		}
		if h.peek() == 0 {
			return nil, unclosed
		}
		found[strings.ToLower(name)] = value
	}
}

func (h *htmlReader) attributeValue() (string, error) {
	quote := h.peek()
	if quote != '"' && quote != '\'' {
		begin := h.at
		word := h.skip(func(c byte) bool {
			return c == '.' || c == '-' || c < utf8.RuneSelf && (unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)))
		})
		if next := h.peek(); next != 0 && !blank(next) && next != '>' {
			return "", unreadable("Unexpected end of name token at byte offset %d", begin)
		}
		return strings.ToLower(word), nil
	}
	h.at++
	var value strings.Builder
	for h.peek() != 0 && h.peek() != quote {
		if r, width := htmlCharacter(h.source[h.at:]); width > 0 {
			value.WriteRune(r)
			h.at += width
			continue
		}
		value.WriteByte(h.peek())
		h.at++
	}
	if h.peek() == quote {
		h.at++
	}
	return value.String(), nil
}

func (h *htmlReader) endTag() error {
	begin := h.at
	if len(h.open) == 0 {
		return unreadable("Unexpected end tag at byte offset %d", begin)
	}
	h.at += 2
	name := strings.ToLower(h.skip(func(c byte) bool { return !blank(c) && c != '>' }))
	h.skip(blank)
	if h.peek() != '>' {
		return unreadable("Unclosed end tag at byte offset %d", begin)
	}
	h.at++
	tag := h.open[len(h.open)-1]
	h.open = h.open[:len(h.open)-1]
	if name != "" && name != tag.name {
		return unreadable("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}
	h.close(tag)
	return nil
}

func (h *htmlReader) close(tag openTag) {
	entity := Entity{Type: entityOfTag[tag.name], Offset: tag.units, Length: h.units - tag.units}
	switch tag.name {
	case "a":
		if entity.URL = tag.argument; entity.URL == "" {
			entity.URL = h.text.String()[tag.bytes:]
		}
		if id, isUser := strings.CutPrefix(entity.URL, "tg://user?id="); isUser {
			number, err := strconv.ParseInt(id, 10, 64)
			if err != nil {
				return
			}
			entity.Type, entity.URL, entity.User = "text_mention", "", &wireUser{ID: number}
		} else if !linkWorks(entity.URL) {
			return
		}
	case "code":
		entity.Language = tag.argument
	case "pre":
		if last := len(h.entities) - 1; last >= 0 && h.entities[last].Type == "code" && h.entities[last].Offset == entity.Offset {
			entity.Language = h.entities[last].Language
			h.entities = h.entities[:last]
		}
	case "tg-emoji":
		entity.EmojiID = tag.argument
	case "tg-time":
		entity.UnixTime, _ = strconv.ParseInt(tag.argument, 10, 64) // a bad time counts as 0
	case "blockquote":
		if tag.argument == "expandable" {
			entity.Type = "expandable_blockquote"
		}
	}
	if entity.Length > 0 {
		h.entities = append(h.entities, entity)
	}
}

// htmlCharacter reads one of the four named characters or a numbered one; width 0 means that there is none.
func htmlCharacter(source string) (r rune, width int) {
	if !strings.HasPrefix(source, "&") {
		return 0, 0
	}
	name, _, closed := strings.Cut(source[1:min(len(source), 12)], ";")
	if !closed {
		name = strings.TrimRightFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	width = 1 + len(name)
	if closed {
		width++
	}
	switch name {
	case "lt":
		return '<', width
	case "gt":
		return '>', width
	case "amp":
		return '&', width
	case "quot":
		return '"', width
	}
	if digits, numbered := strings.CutPrefix(name, "#"); numbered {
		base := 10
		if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
			digits, base = hex, 16
		}
		if code, err := strconv.ParseUint(digits, base, 21); err == nil && code > 0 && utf8.ValidRune(rune(code)) {
			return rune(code), width
		}
	}
	return 0, 0
}
