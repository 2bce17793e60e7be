package bot

import (
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// wordsOfName is how many words of a text are looked at for the name of a group or a position.
const wordsOfName = 6

// readAddressee takes to whom something is put off the beginning of a text: a
// person, a group or a position. full and entities are of the message, of which
// the text is the end. Nothing is taken where nobody can be read.
func (r *request) readAddressee(text, full string, entities []models.MessageEntity) (to council.Addressee, rest string, err error) {
	text = withoutAskingLead(strings.TrimSpace(text))
	if to, rest, err = r.readPerson(text, full, entities); err != nil || to != (council.Addressee{}) {
		return to, rest, err
	}
	words := strings.Fields(text)
	for count := min(wordsOfName, len(words)); count > 0; count-- {
		name := strings.Join(words[:count], " ")
		if to, err = r.addresseeNamed(name); err != nil || to != (council.Addressee{}) {
			return to, behind(text, words[:count]), err
		}
	}
	return to, text, nil
}

// withoutAskingLead takes words like "kepada" off the beginning.
func withoutAskingLead(text string) string {
	for range 2 { // "to the"
		if word, rest := firstWord(text); rest != "" {
			if _, leads := locale.Meaning("question_lead", word); leads {
				text = rest
			}
		}
	}
	return text
}

// behind is what follows the first words of a text, with its line breaks.
func behind(text string, words []string) string {
	for _, word := range words {
		text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), word))
	}
	return strings.TrimLeft(text, " ,;:-–—")
}

// readPerson reads a mention at the very beginning of a text.
func (r *request) readPerson(text, full string, entities []models.MessageEntity) (to council.Addressee, rest string, err error) {
	begins := strings.LastIndex(full, text)
	for _, entity := range entities {
		start, end, ok := entitySpan(full, entity)
		if !ok || start != begins || text == "" {
			continue
		}
		rest = strings.Trim(full[end:], " ,;:-–—\n")
		switch {
		case entity.Type == models.MessageEntityTypeMention && council.FoldUsername(full[start:end]) != council.FoldUsername(r.Username()):
			member, err := r.mentioned(full[start:end])
			return council.Addressee{MemberID: member.ID}, rest, err
		case entity.Type == models.MessageEntityTypeTextMention && entity.User != nil && !entity.User.IsBot:
			member, err := r.known(entity.User)
			return council.Addressee{MemberID: member.ID}, rest, err
		}
	}
	return to, text, nil
}

// addresseeNamed finds the one group or position that words name.
func (r *request) addresseeNamed(name string) (council.Addressee, error) {
	if kind, dimension, known := r.groupWords(name); known && isGroupName(name, kind) {
		groups, err := r.askable(kind, dimension)
		if err != nil || len(groups) != 1 {
			return council.Addressee{}, err
		}
		return council.Addressee{GroupID: groups[0].ID}, nil
	}
	return r.positionNamed(strings.Trim(name, " ,;:"))
}

// isGroupName tells whether words are meant as the name of a group to which one can
// put a question. "Lingkungan" alone is an ordinary word, unless it is set apart.
func isGroupName(name string, kind council.GroupKind) bool {
	switch kind {
	case council.KindCouncil:
		return true
	case council.KindWorkingGroup:
		_, ordinary := locale.Meaning("group", name)
		return !ordinary || strings.HasPrefix(name, "#") || strings.HasSuffix(name, ":") || strings.HasSuffix(name, ",")
	}
	return false
}

// askable lists the linked groups to which a question can be put: the council's and
// the working groups'; of one kind and dimension, unless kind is empty.
func (r *request) askable(kind council.GroupKind, dimension council.Dimension) ([]council.Group, error) {
	groups, err := r.tx.Groups()
	var found []council.Group
	for _, group := range groups {
		asked := group.Kind == council.KindCouncil || group.Kind == council.KindWorkingGroup
		if asked && (kind == "" || group.Kind == kind && group.Dimension == dimension) {
			found = append(found, group)
		}
	}
	return found, err
}

// positionNamed finds the position that words name, under whichever words its
// title is known.
func (r *request) positionNamed(name string) (council.Addressee, error) {
	meaning, count := leading("position", strings.Fields(name))
	if count == 0 {
		return council.Addressee{}, nil
	}
	positions, err := r.tx.Positions()
	if err != nil {
		return council.Addressee{}, err
	}
	kind := council.PositionKind(meaning)
	for _, position := range positions {
		office := r.officeName(r.tx, r.speak, position, council.Holding{})
		exactly := locale.FoldWord(office) == locale.FoldWord(name) || sameTitle(office, name)
		if position.Kind == kind && (exactly || kind == council.PositionSecretary && count == len(strings.Fields(name))) {
			return council.Addressee{PositionID: position.ID}, nil
		}
	}
	return council.Addressee{}, nil
}
