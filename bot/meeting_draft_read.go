package bot

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// readMeeting reads "Rapat persiapan evaluasi, Kamis jam 9, Media Center, Pokja + Dewan"
// into a draft, in whatever order it stands between commas and lines. What nothing says
// otherwise of is the title in front of the time, and the place behind it.
func (r *request) readMeeting(text string, entities []models.MessageEntity, draft *meetingDraft) error {
	reader, err := r.readClauses(text, entities, draft)
	if err != nil {
		return err
	}
	return reader.settle()
}

// readClauses reads what tells by itself what it is of.
func (r *request) readClauses(text string, entities []models.MessageEntity, draft *meetingDraft) (*meetingReader, error) {
	text, people, err := r.markMentions(text, entities)
	if err != nil {
		return nil, err
	}
	text, when := r.takeMeetingTime(printable(text), draft.Day)
	if when.said || when.repeats != nil || when.length != 0 {
		draft.setTime(when)
	}
	reader := &meetingReader{request: r, draft: draft, people: people}
	for _, clause := range clausesOf(text) {
		if err := reader.clause(clause); err != nil {
			return nil, err
		}
	}
	return reader, nil
}

// meetingReader reads the clauses of one text.
type meetingReader struct {
	*request
	draft  *meetingDraft
	people []mention
	places []string // said to be one
	plain  []clause // of which nothing tells what they are
	said   []string // fields that were named already: another such clause is none
	chosen bool     // some of the invited were named as such
}

// mention is a person who is named in a text by @username or by a link.
type mention struct {
	id   int64
	text string
}

// clause is what stands between commas, or lines.
type clause struct {
	text string
	late bool // behind the time
}

// mentionMark finds what markMentions has written.
var mentionMark = regexp.MustCompile(`@\{(\d{1,3})\}`)

// markMentions puts a mark in the place of each person who is named, and takes the
// command off the beginning.
func (r *request) markMentions(text string, entities []models.MessageEntity) (string, []mention, error) {
	var people []mention
	for _, entity := range slices.Backward(entities) {
		start, end, ok := entitySpan(text, entity)
		_, ids, err := r.takeMentions(text, []models.MessageEntity{entity})
		switch {
		case err != nil:
			return "", nil, err
		case !ok:
		case entity.Type == models.MessageEntityTypeBotCommand && start == 0:
			text = text[end:]
		case len(ids) == 1:
			people = append(people, mention{ids[0], text[start:end]})
			text = text[:start] + "@{" + idText(int64(len(people)-1)) + "}" + text[end:]
		}
	}
	return text, people, nil
}

// printable leaves out signs that cannot be seen, and turns blanks into plain ones.
func printable(text string) string {
	return strings.Map(func(letter rune) rune {
		switch {
		case letter == '\n':
			return letter
		case unicode.IsSpace(letter):
			return ' '
		case unicode.IsControl(letter) || unicode.Is(unicode.Cf, letter) || letter == utf8.RuneError:
			return -1
		}
		return letter
	}, text)
}

// clausesOf divides a text at commas, semicolons and lines, and where its time stood. A
// comma inside a number or an address divides nothing.
func clausesOf(text string) []clause {
	var clauses []clause
	late, start := false, 0
	add := func(end int) {
		if part := strings.Trim(strings.TrimSpace(text[start:end]), " .:–-"); part != "" {
			clauses = append(clauses, clause{part, late})
		}
	}
	for at, letter := range text {
		divides := letter == '\n' || letter == ';' || letter == 0 ||
			letter == ',' && (at+1 == len(text) || unicode.IsSpace(rune(text[at+1])) || text[at+1] == 0 || !insideWord(text, at))
		if !divides {
			continue
		}
		add(at)
		late, start = late || letter == 0, at+1
	}
	add(len(text))
	return clauses
}

// insideWord tells whether a comma stands in a number or an address.
func insideWord(text string, at int) bool {
	word := text[strings.LastIndexFunc(text[:at], unicode.IsSpace)+1 : at]
	return word != "" && isDigit(word[len(word)-1]) && isDigit(text[at+1]) || strings.Contains(word, "://")
}

// clause takes one clause for what it says it is, or for what it can only be.
func (m *meetingReader) clause(c clause) error {
	field, rest, labelled := meetingLabel(c.text)
	again := slices.Contains(m.said, field)
	m.said = append(m.said, field)
	switch field {
	case fieldChair, fieldScribe:
		if !again {
			return m.seat(c, field, rest)
		}
	case fieldTitle:
		if !again {
			m.draft.Title = m.restored(rest)
			return nil
		}
	case fieldPlace:
		m.places = append(m.places, m.restored(rest))
		return nil
	case fieldInvited:
		if taken, err := m.invited(rest, labelled); taken || err != nil {
			return err
		}
	case fieldTime:
		if rest == "" {
			return nil
		}
	}
	if number, named := namesEvaluation(c.text); named {
		m.draft.Evaluation = number
		return nil
	}
	if m.seats(c.text) {
		return nil
	}
	if !m.startsTitle(c) {
		if taken, err := m.invited(c.text, false); taken || err != nil {
			return err
		}
	}
	if strings.Contains(c.text, "://") {
		m.places = append(m.places, m.restored(c.text))
		return nil
	}
	if c.late && m.beginsLikeGroup(c.text) {
		m.draft.Unread = append(m.draft.Unread, m.restored(c.text))
		return nil
	}
	m.plain = append(m.plain, c)
	return nil
}

// startsTitle tells whether a clause is the title although it names a group: the first one,
// in front of the time, in which more stands than names, as in "Rapat Dewan dan Sekretariat".
func (m *meetingReader) startsTitle(c clause) bool {
	if c.late || len(m.plain) > 0 || m.draft.Title != "" || mentionMark.MatchString(c.text) {
		return false
	}
	word, rest := firstWord(c.text)
	_, known := m.addresseesNamed(word)
	return !known && rest != "" && slices.ContainsFunc(splitAddressees(c.text), func(name string) bool {
		_, known := m.addresseesNamed(name)
		return !known
	})
}

// meetingLabel is the field that the first words of a clause name, and what stands behind
// them. labelled tells that a colon did so beyond doubt; without one only such words count
// that begin nothing else, and for the invited the caller looks at the names.
func meetingLabel(text string) (field, rest string, labelled bool) {
	if head, tail, found := strings.Cut(text, ":"); found && !strings.HasPrefix(tail, "//") {
		if field, known := locale.Meaning("meeting_lead", head); known {
			return field, strings.TrimSpace(tail), true
		}
	}
	words := strings.Fields(text)
	field, count := leading("meeting_lead", words)
	switch field {
	case fieldChair, fieldScribe, fieldPlace, fieldInvited:
		if count == len(words) {
			return "", text, false
		}
	case fieldTime:
		if count < len(words) {
			return "", text, false
		}
	default:
		return "", text, false
	}
	return field, strings.TrimSpace(afterWords(text, words[:count])), false
}

// seat gives somebody a duty: a person who is named, who holds the position that is, or
// somebody unknown by name.
func (m *meetingReader) seat(c clause, field, words string) error {
	seat, err := m.seatNamed(words)
	switch {
	case err != nil:
		return err
	case seat.IsZero() || utf8.RuneCountInString(seat.Name) > council.MeetingNameLimit:
		m.plain = append(m.plain, c)
	case field == fieldChair:
		m.draft.Chair = seat
	default:
		m.draft.Scribe = seat
	}
	return nil
}

func (m *meetingReader) seatNamed(words string) (council.Seat, error) {
	words = strings.TrimSpace(words)
	if ids := m.mentioned(words); len(ids) > 0 {
		m.draft.invite(ids[1:]...) // one has the duty, and nobody who was named is lost
		return council.Seat{MemberID: ids[0]}, nil
	}
	ids, err := m.membersCalled(words)
	if len(ids) == 1 {
		return council.Seat{MemberID: ids[0]}, err
	}
	return council.Seat{Name: words}, err
}

// mentioned lists the people whose marks stand in words.
func (m *meetingReader) mentioned(words string) []int64 {
	var ids []int64
	for _, found := range mentionMark.FindAllStringSubmatch(words, -1) {
		if index := int((pressArguments{found[1]}).number(0)); index < len(m.people) {
			ids = append(ids, m.people[index].id)
		}
	}
	return ids
}

// restored is a text as it was written. Whoever is named in it is invited as well.
func (m *meetingReader) restored(text string) string {
	for _, id := range m.mentioned(text) {
		m.draft.invite(id)
	}
	return mentionMark.ReplaceAllStringFunc(text, func(mark string) string {
		index := int((pressArguments{mentionMark.FindStringSubmatch(mark)[1]}).number(0))
		if index >= len(m.people) {
			return mark
		}
		return m.people[index].text
	})
}

func (d *meetingDraft) invite(ids ...int64) {
	for _, id := range ids {
		if !slices.Contains(d.People, id) {
			d.People = append(d.People, id)
		}
	}
}

// invited takes names between "+", "dan" and the like. Where it was not said that they
// are the invited, at least one of them must be known, and be more than a word of a title.
func (m *meetingReader) invited(text string, surely bool) (taken bool, err error) {
	var to council.Addressees
	var people []int64
	var unread []string
	for _, name := range splitAddressees(text) {
		named, known := m.addresseesNamed(name)
		if known {
			to = to.And(named)
			continue
		}
		ids := m.mentioned(name)
		if len(ids) == 0 || mentionMark.ReplaceAllString(name, "") != "" {
			if ids, err = m.membersCalled(name); err != nil {
				return false, err
			}
		}
		if len(ids) == 0 {
			unread = append(unread, name)
			continue
		}
		people = append(people, ids...)
	}
	if to.None() && len(people) == 0 && !surely {
		return false, nil
	}
	m.chosen = true
	m.draft.To = m.draft.To.And(to)
	m.draft.invite(people...)
	for _, name := range unread {
		m.draft.Unread = append(m.draft.Unread, m.restored(name))
	}
	return true, nil
}
