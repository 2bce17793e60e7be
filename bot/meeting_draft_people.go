package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// membersCalled finds whom a name means: those who hold the position today, or the one
// member of the linked groups who is called so. Whoever is away holds it all the same:
// it is said that the person is on leave, and the coordinator decides.
func (r *request) membersCalled(name string) ([]int64, error) {
	words := strings.Fields(name)
	for len(words) > 1 {
		if _, polite := locale.Meaning("honorific", words[0]); !polite {
			break
		}
		words = words[1:]
	}
	if len(words) == 0 {
		return nil, nil
	}
	holders, err := r.holdersOf(strings.Join(words, " "))
	if err != nil || len(holders) > 0 {
		return holders, err
	}
	return r.memberOfName(name, strings.Join(words, " "))
}

func (r *request) holdersOf(phrase string) ([]int64, error) {
	kind, count := leading("position", strings.Fields(phrase))
	if count == 0 {
		return nil, nil
	}
	scope := strings.Join(strings.Fields(phrase)[count:], " ")
	positions, err := r.tx.Positions()
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, position := range positions {
		if string(position.Kind) != kind || !r.positionMeant(position, phrase, scope) {
			continue
		}
		holdings, err := r.tx.Holdings(position.ID, r.day())
		if err != nil {
			return nil, err
		}
		for _, holding := range council.InPlace(holdings, r.day(), func(int64) bool { return false }) {
			ids = append(ids, holding.MemberID)
		}
	}
	return ids, nil
}

// memberOfName finds the one member of the linked groups who is called so, with the form
// of address or without.
func (r *request) memberOfName(names ...string) ([]int64, error) {
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	var found []int64
	for _, group := range groups {
		members, err := r.tx.MembersOf(group.ChatID)
		if err != nil {
			return nil, err
		}
		for _, member := range members {
			same := func(name string) bool { return locale.FoldWord(name) == locale.FoldWord(member.Name) }
			if locale.FoldWord(member.Name) != "" && slices.ContainsFunc(names, same) && !slices.Contains(found, member.ID) {
				found = append(found, member.ID)
			}
		}
	}
	if len(found) != 1 {
		return nil, nil // nobody, or several: who is meant cannot be told
	}
	return found, nil
}
