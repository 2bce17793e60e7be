package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// audienceWords is how many words name one group, role or position at most.
const audienceWords = 6

// takeAudience takes the groups, roles and positions off the beginning of a text,
// and tags anywhere: "Dewan, Sekda: …", "kepada Pokja Lingkungan …", "#komunitas".
func (r *request) takeAudience(text string) (string, []council.Target, error) {
	text, targets, err := r.takeGroupTags(text)
	if err != nil {
		return text, nil, err
	}
	rest := text
	for {
		words := strings.Fields(rest)
		if _, leads := meaningOfFirst("prompt_lead", words); leads {
			words = words[1:]
		}
		count, named, err := r.audienceAt(words)
		if err != nil {
			return text, nil, err
		}
		if count == 0 {
			return rest, targets, nil
		}
		targets = append(targets, named...)
		rest = strings.TrimLeft(afterWords(rest, words[:count]), " ,:;\n")
		if word, after := firstWord(rest); isJoining(word) {
			if next, _, err := r.audienceAt(strings.Fields(after)); err == nil && next > 0 {
				rest = after
			}
		}
	}
}

func meaningOfFirst(table string, words []string) (string, bool) {
	if len(words) < 2 {
		return "", false
	}
	return locale.Meaning(table, words[0])
}

func isJoining(word string) bool {
	_, joins := locale.Meaning("joining", word)
	return joins || word == "&" || word == "+"
}

// afterWords is a text behind these words of it, which stand in this order.
func afterWords(text string, words []string) string {
	for _, word := range words {
		_, text, _ = strings.Cut(text, word)
	}
	return text
}

// takeGroupTags takes out words like "#lingkungan".
func (r *request) takeGroupTags(text string) (string, []council.Target, error) {
	var targets []council.Target
	for _, word := range strings.Fields(text) {
		bare := strings.Trim(word, ",.;:()")
		tag, isTag := strings.CutPrefix(bare, "#")
		kind, dimension, known := r.groupWords(tag)
		if !isTag || !known {
			continue
		}
		named, err := r.groupTargets(kind, dimension)
		if err != nil {
			return text, nil, err
		}
		targets = append(targets, named...)
		text = strings.TrimSpace(strings.Replace(text, word, "", 1))
	}
	return text, targets, nil
}

// audienceAt reads whom the first words name, and how many they are: as many as
// name something together.
func (r *request) audienceAt(words []string) (int, []council.Target, error) {
	for count := min(audienceWords, len(words)); count > 0; count-- {
		phrase := strings.TrimRight(strings.Join(words[:count], " "), ",:;")
		if strings.ContainsAny(phrase, "?!.,:;") && phrase != "Sekda." {
			continue
		}
		targets, known, err := r.audienceNamed(phrase)
		if known || err != nil {
			return count, targets, err
		}
	}
	return 0, nil, nil
}

// audienceNamed finds whom a phrase names.
func (r *request) audienceNamed(phrase string) (targets []council.Target, known bool, err error) {
	// "Semua" alone may be the first word of the question.
	if whole, found := locale.Meaning("groups", phrase); found && (council.GroupKind(whole) != allGroups || strings.Contains(phrase, " ")) {
		targets, err = r.groupsOfKind(council.GroupKind(whole))
		return targets, true, err
	}
	if kind, dimension, found := r.groupWords(phrase); found {
		targets, err = r.groupTargets(kind, dimension)
		return targets, true, err
	}
	if role, found := locale.Meaning("role", phrase); found {
		return []council.Target{{Role: council.Role(role)}}, true, nil
	}
	return r.positionTargets(phrase)
}

// groupsOfKind targets all groups of a kind; of the empty kind, all groups.
func (r *request) groupsOfKind(kind council.GroupKind) ([]council.Target, error) {
	groups, err := r.tx.Groups()
	groups = slices.DeleteFunc(groups, func(g council.Group) bool { return kind != allGroups && g.Kind != kind })
	return groupsAsTargets(groups, err)
}

// allGroups stands in the table of words in the place of a kind.
const allGroups council.GroupKind = "all"

func (r *request) groupTargets(kind council.GroupKind, dimension council.Dimension) ([]council.Target, error) {
	return groupsAsTargets(r.groupsNamed(kind, dimension))
}

func groupsAsTargets(groups []council.Group, err error) ([]council.Target, error) {
	if err == nil && len(groups) == 0 {
		return nil, council.Refuse("no_such_group")
	}
	var targets []council.Target
	for _, group := range groups {
		targets = append(targets, council.Target{GroupID: group.ID})
	}
	return targets, err
}

// positionTargets finds the positions that a phrase names: "Sekda", "Kepala DLH",
// "PIC Pokja Lingkungan".
func (r *request) positionTargets(phrase string) (targets []council.Target, known bool, err error) {
	words := strings.Fields(phrase)
	kind, count := leading("position", words)
	if count == 0 {
		return nil, false, nil
	}
	scope := strings.Join(words[count:], " ")
	positions, err := r.tx.Positions()
	if err != nil {
		return nil, false, err
	}
	for _, position := range positions {
		if string(position.Kind) == kind && r.positionMeant(position, phrase, scope) {
			targets = append(targets, council.Target{PositionID: position.ID})
		}
	}
	if council.PositionKind(kind) == council.PositionSecretary && scope == "" && len(targets) == 0 {
		return nil, true, council.Refuse("prompt_no_position", "Position", phrase)
	}
	return targets, len(targets) > 0, nil
}

func (r *request) positionMeant(position council.Position, phrase, scope string) bool {
	switch position.Kind {
	case council.PositionSecretary:
		return scope == ""
	case council.PositionOfficeHead:
		return scope != "" && sameTitle(position.Title, phrase)
	}
	kind, dimension, known := r.groupWords(scope)
	group, err := r.tx.Group(position.GroupID)
	return known && err == nil && group.Kind == kind && group.Dimension == dimension
}

// targetNames names whom a prompt is put to.
func (r *request) targetNames(speak speaker, prompt council.Prompt) (string, error) {
	var names []string
	if prompt.TaskNumber != 0 {
		names = append(names, speak.Say("prompt.assignees", "Reference", council.TaskReference(prompt.TaskNumber).String()))
	}
	for _, target := range prompt.Targets {
		name, err := r.targetName(speak, target)
		if err != nil {
			return "", err
		}
		names = append(names, name)
	}
	return strings.Join(names, ", "), nil
}

func (r *request) targetName(speak speaker, target council.Target) (string, error) {
	switch {
	case target.GroupID != 0:
		group, err := r.tx.Group(target.GroupID)
		if err != nil {
			return speak.Say("prompt.group_gone"), notFoundIsNil(err)
		}
		return r.groupNameIn(speak, group), nil
	case target.Role != "":
		return speak.Say("role.name." + string(target.Role)), nil
	case target.PositionID != 0:
		return r.positionName(speak, target.PositionID)
	}
	member, err := r.tx.Member(target.MemberID)
	return namePerson(speak, member), err
}

func (r *request) positionName(speak speaker, id int64) (string, error) {
	positions, err := r.tx.Positions()
	for _, position := range positions {
		if position.ID == id {
			return r.officeName(r.tx, speak, position, council.Holding{}), err
		}
	}
	return speak.Say("prompt.position_gone"), err
}
