package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// seats reads how many are expected: "5 perwakilan", "kuota lima orang". Whom these words
// name besides is invited.
func (m *meetingReader) seats(text string) bool {
	count, whom, found := seatsIn(text)
	if !found {
		return false
	}
	if whom != "" {
		if taken, err := m.invited(whom, false); !taken || err != nil {
			return false
		}
	}
	m.draft.Seats = count
	return true
}

// seatsIn reads how many are expected, and the words behind that say whom of.
func seatsIn(text string) (count int, whom string, found bool) {
	number := reading.FindNumber(text)
	count = int(number.Value)
	if number.Outcome != reading.Found || float64(count) != number.Value || count < 1 || count > council.MeetingSeatsLimit {
		return 0, "", false
	}
	words := strings.Fields(text[number.End:])
	if number.Unit != "" {
		words = append([]string{number.Unit}, words...)
	}
	lead := strings.TrimSpace(text[:number.Start])
	_, before := locale.Meaning("meeting_seats", lead)
	if _, behind := meaningOfWord("meeting_seats", words); !behind && !(before && len(words) == 0) || lead != "" && !before {
		return 0, "", false
	}
	return count, strings.Join(words[min(1, len(words)):], " "), true
}

func meaningOfWord(table string, words []string) (string, bool) {
	if len(words) == 0 {
		return "", false
	}
	return locale.Meaning(table, words[0])
}

// beginsLikeGroup tells whether words begin as the name of a group does: "Pokja Laut".
func (r *request) beginsLikeGroup(text string) bool {
	word, rest := firstWord(text)
	_, several := locale.Meaning("groups", word)
	_, _, one := r.groupWords(word)
	return rest != "" && (several || one)
}

// settle puts what is left where it can only belong: in front of the time the title,
// behind it the place. Words that name an occasion ("rapat", "lokakarya") are the title
// wherever they stand; without a time the first words are, and the others the place.
func (m *meetingReader) settle() error {
	titles := m.titles()
	var title, places []string
	for i, clause := range m.plain {
		if i < titles {
			title = append(title, m.restored(clause.text))
		} else {
			places = append(places, m.restored(clause.text))
		}
	}
	if m.draft.Title != "" && len(title) > 0 {
		title = append([]string{m.draft.Title}, title...)
	}
	if len(title) > 0 {
		m.draft.Title = strings.Join(title, ", ")
	}
	if places = append(m.places, places...); len(places) > 0 {
		m.draft.Place = strings.Join(places, ", ")
	}
	return nil
}

// loose takes what is left as a whole where no time stands in front of some of it and
// behind the rest: below a preview nothing tells of what it is.
func (m *meetingReader) loose() string {
	if slices.IndexFunc(m.plain, func(c clause) bool { return c.late }) > 0 {
		return ""
	}
	words := make([]string, len(m.plain))
	for i, clause := range m.plain {
		words[i] = m.restored(clause.text)
	}
	m.plain = nil
	return strings.Join(words, ", ")
}

// titles moves what names the occasion to the front, and tells how many of the clauses
// that are left belong to the title.
func (m *meetingReader) titles() int {
	early := slices.IndexFunc(m.plain, func(c clause) bool { return c.late })
	if early < 0 {
		early = len(m.plain)
	}
	if m.draft.Title != "" {
		return early
	}
	named := slices.IndexFunc(m.plain, func(c clause) bool {
		word, _ := firstWord(c.text)
		_, occasion := locale.Meaning("occasion", word)
		return occasion
	})
	switch {
	case named > 0:
		occasion := m.plain[named]
		m.plain = slices.Insert(slices.Delete(m.plain, named, named+1), 0, occasion)
		return 1
	case early == len(m.plain) && len(m.places) == 0 || early == 0:
		return min(1, len(m.plain))
	}
	return early
}
