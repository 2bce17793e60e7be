package bot

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// addresseesLimit is how many letters of a line are looked at for whom it is.
const addresseesLimit = 300

// readAnnouncement reads "Dewan, Pokja Lingkungan: words", with a moment among the
// names if there is one: "Dewan, besok 08.00: words". Where the words are those of
// the message replied to, names alone will do.
func (r *request) readAnnouncement(text string, message *models.Message) announcementDraft {
	var draft announcementDraft
	head, rest, found := cutAddressees(text)
	switch {
	case found && r.readAddressees(head, &draft):
		draft.Text = rest
	case !found && r.readAddressees(text, &draft) && len(draft.Unread) == 0:
	default:
		draft = announcementDraft{Text: text}
	}
	draft.takeMessage(message)
	return draft
}

// cutAddressees divides a text at its first colon that is not one of an hour.
func cutAddressees(text string) (head, rest string, found bool) {
	for at, letter := range text {
		if at > addresseesLimit || letter == '\n' {
			break
		}
		if letter != ':' {
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[at+1:])
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); unicode.IsDigit(before) && unicode.IsDigit(next) {
			continue
		}
		return text[:at], strings.TrimSpace(text[at+1:]), true
	}
	return "", "", false
}

// readAddressees reads names between commas, and tells whether at least one of
// them is known; those that are not are kept in the draft.
func (r *request) readAddressees(text string, draft *announcementDraft) bool {
	if len(text) > addresseesLimit || strings.Contains(text, "\n") {
		return false
	}
	known := false
	for _, name := range splitAddressees(text) {
		to, isName := r.addresseesNamed(name)
		if isName {
			draft.To, known = draft.To.And(to), true
			continue
		}
		if due := reading.FindDue(name, r.readingContext()); due.Outcome == reading.Found && due.Start == 0 && due.End == len(name) {
			draft.SendAt = r.sendingMoment(due)
			continue
		}
		draft.Unread = append(draft.Unread, shorten(name, phraseLimit))
	}
	return known
}

// splitAddressees divides a list of names: at commas, at semicolons, and at words such as "dan".
func splitAddressees(text string) []string {
	var names []string
	for part := range strings.FieldsFuncSeq(text, func(letter rune) bool { return strings.ContainsRune(",;&+", letter) }) {
		var words []string
		for _, word := range append(strings.Fields(part), "") {
			_, joins := locale.Meaning("joining", word)
			if word != "" && !joins {
				words = append(words, word)
				continue
			}
			if len(words) > 0 {
				names = append(names, strings.Join(words, " "))
			}
			words = nil
		}
	}
	return names
}

// addresseesNamed reads one name: everyone, a kind of groups, a group by what it
// is or by its title, or people who hold a role.
func (r *request) addresseesNamed(name string) (council.Addressees, bool) {
	if meaning, known := locale.Meaning("announcement_to", name); known {
		return addresseesOf(meaning)
	}
	if whole, known := locale.Meaning("groups", name); known && whole == addresseesAll {
		return addresseesOf(whole)
	} else if known {
		return addresseesOf(addresseesKind + whole)
	}
	if kind, dimension, known := r.groupWords(name); known {
		if dimension != "" {
			return council.Addressees{Dimensions: []council.Dimension{dimension}}, true
		}
		return council.Addressees{Kinds: []council.GroupKind{kind}}, true
	}
	groups, err := r.tx.Groups()
	if err != nil {
		return council.Addressees{}, false // the name is asked for
	}
	var to council.Addressees
	for _, group := range groups {
		if locale.FoldWord(group.Title) == locale.FoldWord(name) {
			to.Groups = append(to.Groups, group.ID)
		}
	}
	return to, !to.None()
}

// Prefixes of what buttons and the table of words call addressees.
const (
	addresseesAll    = "all"
	addresseesKind   = "kind_"
	addresseesRole   = "role_"
	addresseesSingle = "group_"
)

// addresseesOf reads what buttons and the table of words call addressees: "all",
// "kind_council", "role_leader", "group_12".
func addresseesOf(name string) (council.Addressees, bool) {
	if name == addresseesAll {
		return council.Addressees{Everyone: true}, true
	}
	if kind, found := strings.CutPrefix(name, addresseesKind); found {
		return council.Addressees{Kinds: []council.GroupKind{council.GroupKind(kind)}}, true
	}
	if role, found := strings.CutPrefix(name, addresseesRole); found {
		return council.Addressees{Roles: []council.Role{council.Role(role)}}, true
	}
	if id, found := strings.CutPrefix(name, addresseesSingle); found {
		if number := (pressArguments{id}).number(0); number != 0 {
			return council.Addressees{Groups: []int64{number}}, true
		}
	}
	return council.Addressees{}, false
}

// sendingMoment is when something goes out that was given a day and perhaps no hour.
func (r *request) sendingMoment(due reading.Due) time.Time {
	if due.HasHour {
		return due.Time.UTC()
	}
	return r.atReminderHour(due.Time).UTC()
}
