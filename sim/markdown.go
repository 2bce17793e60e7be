package sim

import (
	"strings"
	"unicode/utf8"
)

// reservedV2 are the characters that MarkdownV2 wants escaped where they mark nothing.
const reservedV2 = "_*[]()~`>#+-=|{}.!"

// markdownMarks are MarkdownV2's marks, longer ones first, and the entity that each begins and ends.
var markdownMarks = []struct{ mark, entity, name string }{
	{"```", "pre", "Pre"}, {"`", "code", "Code"}, {"__", "underline", "Underline"}, {"_", "italic", "Italic"},
	{"||", "spoiler", "Spoiler"}, {"*", "bold", "Bold"}, {"~", "strikethrough", "Strikethrough"},
	{"[", "text_link", "TextUrl"},
}

type openMark struct {
	entity, name, end   string
	bytes, units, start int
}

// markdownReader reads both kinds of Markdown; the older one knows four marks, no nesting and no reserved characters.
type markdownReader struct {
	source   string
	at       int
	old      bool
	text     strings.Builder
	units    int
	open     []openMark
	entities []Entity
}

// parseMarkdownV2 gives the text without marks and the entities, or the words after "can't parse entities: ".
func parseMarkdownV2(source string) (string, []Entity, error) {
	return (&markdownReader{source: source}).read()
}

// parseMarkdown reads the older Markdown.
func parseMarkdown(source string) (string, []Entity, error) {
	return (&markdownReader{source: source, old: true}).read()
}

func (m *markdownReader) read() (string, []Entity, error) {
	for m.at < len(m.source) {
		if err := m.step(); err != nil {
			return "", nil, err
		}
	}
	if depth := len(m.open); depth > 0 {
		last := m.open[depth-1]
		if m.old {
			return "", nil, unreadable("Can't find end of the entity starting at byte offset %d", last.bytes)
		}
		return "", nil, unreadable("Can't find end of %s entity at byte offset %d", last.name, last.bytes)
	}
	return m.text.String(), m.entities, nil
}

func (m *markdownReader) step() error {
	rest := m.source[m.at:]
	if rest[0] == '\\' && len(rest) > 1 && (rest[1] < utf8.RuneSelf && !m.old || strings.IndexByte("_*`[", rest[1]) >= 0) {
		m.write(rune(rest[1]), 2)
		return nil
	}
	depth := len(m.open)
	if depth > 0 && strings.HasPrefix(rest, m.open[depth-1].end) {
		return m.close()
	}
	if depth > 0 && (m.old || m.open[depth-1].entity == "code" || m.open[depth-1].entity == "pre") {
		m.plain(rest)
		return nil
	}
	for _, known := range markdownMarks {
		if m.old && !strings.Contains("```_*[", known.mark) || !strings.HasPrefix(rest, known.mark) {
			continue
		}
		end := known.mark
		if known.mark == "[" {
			end = "]"
		}
		m.open = append(m.open, openMark{known.entity, known.name, end, m.at, m.units, m.text.Len()})
		m.at += len(known.mark)
		return nil
	}
	if !m.old && rest[0] == '>' && (m.at == 0 || m.source[m.at-1] == '\n') {
		m.open = append(m.open, openMark{"blockquote", "BlockQuote", "\n", m.at, m.units, m.text.Len()})
		if !strings.Contains(rest, "\n") {
			m.source += "\n" // a quote ends with its line
		}
		m.at++
		return nil
	}
	if !m.old && strings.IndexByte(reservedV2, rest[0]) >= 0 {
		return unreadable("Character '%c' is reserved and must be escaped with the preceding '\\'", rest[0])
	}
	m.plain(rest)
	return nil
}

func (m *markdownReader) plain(rest string) {
	r, width := utf8.DecodeRuneInString(rest)
	m.write(r, width)
}

func (m *markdownReader) write(r rune, width int) {
	m.text.WriteRune(r)
	m.units += units(string(r))
	m.at += width
}

// close ends the innermost mark.
func (m *markdownReader) close() error {
	mark := m.open[len(m.open)-1]
	m.open = m.open[:len(m.open)-1]
	m.at += len(mark.end)
	entity := Entity{Type: mark.entity, Offset: mark.units, Length: m.units - mark.units}
	switch mark.entity {
	case "text_link":
		entity.URL = m.text.String()[mark.start:]
		if rest := m.source[m.at:]; strings.HasPrefix(rest, "(") {
			link, _, closed := strings.Cut(rest[1:], ")")
			if !closed {
				return unreadable("Can't find end of a URL at byte offset %d", m.at)
			}
			entity.URL = strings.ReplaceAll(link, `\`, "")
			m.at += len(link) + 2
		}
		if !linkWorks(entity.URL) {
			return nil
		}
	case "blockquote":
		if m.at < len(m.source) {
			m.write('\n', 0)
		}
	}
	if entity.Length > 0 {
		m.entities = append(m.entities, entity)
	}
	return nil
}
