package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// indicatorAssignment is indicators on their way to somebody: what has been said of
// it so far. It is kept in the conversation's row.
type indicatorAssignment struct {
	Indicators []int64
	Dimension  council.Dimension // in their place: all of it that nobody is at yet
	Evaluation int64             // named, or chosen from several
	Words      string            // what is asked for beside what may be in somebody's hands already
	MemberIDs  []int64
	GroupID    int64 // the group in which anyone may take them
	Anyone     bool
	Deadline   council.Deadline
	NoDeadline bool
	Phrase     string // a date that was not understood
	Confirmed  bool

	due     reading.Due
	unknown string // a name that nobody has
}

// assignsIndicators takes a command to assign that names indicators or a dimension
// instead of tasks, or replies to the page of an indicator.
func (r *request) assignsIndicators(ids []int64) (bool, error) {
	first, _, named := nextReference(r.text, false)
	if named && first.Letter == council.TaskLetter {
		return false, nil
	}
	draft, found, err := r.readIndicatorAssignment(r.text)
	if r.about.Letter == council.TaskLetter && (err != nil || len(draft.Indicators) == 0) {
		return false, nil // the task that is replied to is meant
	}
	if err != nil || !found {
		return false, err
	}
	if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
		return true, err
	}
	if reply := r.message.ReplyToMessage; len(ids) == 0 && reply != nil && reply.From != nil && !reply.From.IsBot {
		member, err := r.known(reply.From)
		if err != nil {
			return true, err
		}
		ids = append(ids, member.ID)
	}
	if len(ids) > 0 {
		draft.MemberIDs, draft.Anyone, draft.GroupID = ids, false, 0
	}
	return true, r.goOnAssigningIndicators(draft)
}

// readIndicatorAssignment reads "ENV-08 ENV-09 tenggat 9 Juni", "E-1 lingkungan Pak
// Baso" without the mentions in it; false when neither codes nor a dimension are named.
func (r *request) readIndicatorAssignment(text string) (draft indicatorAssignment, found bool, err error) {
	if reference, _, named := nextReference(text, false); named && reference.Letter == council.EvaluationLetter {
		draft.Evaluation = reference.Number
	} else if r.about.Letter == council.EvaluationLetter {
		draft.Evaluation = r.about.Number
	}
	indicators, rest, err := r.indicatorsNamed(text)
	if err != nil {
		return draft, false, err
	}
	for _, indicator := range indicators {
		draft.Indicators = append(draft.Indicators, indicator.ID)
	}
	if len(indicators) == 0 && r.about.Letter == council.IndicatorLetter {
		indicator, err := r.tx.Indicator(r.about.Number)
		if err != nil {
			return draft, false, notFoundIsNil(err)
		}
		draft.Indicators, draft.Evaluation = []int64{indicator.ID}, indicator.Evaluation
	}
	rest = draft.takeDue(r, rest)
	if len(draft.Indicators) == 0 {
		if reference, after, named := nextReference(rest, false); named && reference.Letter == council.EvaluationLetter {
			rest = after
		}
		draft.Dimension, rest = r.leadingDimension(rest)
	}
	if len(draft.Indicators) == 0 && draft.Dimension == "" {
		return draft, false, nil
	}
	return draft, true, r.readAssignee(&draft, rest)
}

// takeDue takes a date out of a text, and keeps what was understood of it.
func (d *indicatorAssignment) takeDue(r *request, text string) string {
	d.due = reading.FindDue(text, r.readingContext())
	d.NoDeadline = d.due.NoDeadline
	if d.due.Outcome == reading.Found {
		d.Deadline = r.deadlineOf(d.due)
	}
	if d.due.End <= d.due.Start {
		return tidy(text)
	}
	d.Phrase = withoutMarker(strings.Trim(text[d.due.Start:d.due.End], " ,."))
	return tidy(text[:d.due.Start] + text[d.due.End:])
}

// leadingDimension reads a dimension at the beginning of a text.
func (r *request) leadingDimension(text string) (council.Dimension, string) {
	words := strings.Fields(strings.ReplaceAll(text, ",", " "))
	for count := min(len(words), 4); count > 0; count-- {
		kind, dimension, known := r.groupWords(strings.TrimPrefix(strings.Join(words[:count], " "), "#"))
		if known && kind == council.KindWorkingGroup {
			return dimension, strings.Join(words[count:], " ")
		}
	}
	return "", text
}

// readAssignee finds the group or the person that words name who are no mention.
func (r *request) readAssignee(draft *indicatorAssignment, words string) error {
	first, rest := firstWord(words)
	if meaning, _ := locale.Meaning("indicator", first); meaning == "to" {
		words = rest
	}
	if words == "" {
		return nil
	}
	group, err := r.groupOfAssignment(*draft)
	if err != nil {
		return err
	}
	if kind, dimension, known := r.groupWords(strings.TrimPrefix(words, "#")); known {
		groups, err := r.groupsNamed(kind, dimension)
		if err != nil {
			return err
		}
		if len(groups) == 0 {
			return council.Refuse("no_such_group")
		}
		draft.Anyone, draft.GroupID = true, groups[0].ID
		return nil
	}
	if draft.MemberIDs, err = r.named(words, group); err == nil && len(draft.MemberIDs) == 0 {
		draft.MemberIDs, err = r.namedInAnyGroup(words)
	}
	if len(draft.MemberIDs) == 0 {
		draft.unknown = words
	}
	return err
}

// namedInAnyGroup finds the one person of the groups whose name holds these words.
func (r *request) namedInAnyGroup(words string) ([]int64, error) {
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	var people []council.Member
	for _, group := range groups {
		members, err := r.tx.MembersOf(group.ChatID)
		if err != nil {
			return nil, err
		}
		for _, member := range members {
			if !slices.ContainsFunc(people, func(other council.Member) bool { return other.ID == member.ID }) {
				people = append(people, member)
			}
		}
	}
	if id := oneNamed(people, words); id != 0 {
		return []int64{id}, nil
	}
	return nil, nil
}

// groupOfAssignment is the group in which people are looked for: that of the first
// indicator's dimension, else the one in which it is asked.
func (r *request) groupOfAssignment(draft indicatorAssignment) (council.Group, error) {
	dimension := draft.Dimension
	if len(draft.Indicators) > 0 {
		indicator, err := r.tx.Indicator(draft.Indicators[0])
		if err != nil {
			return council.Group{}, notFoundIsNil(err)
		}
		dimension = indicator.Dimension
	}
	if dimension == "" {
		return r.group, nil
	}
	groups, err := r.groupsNamed(council.KindWorkingGroup, dimension)
	if err != nil || len(groups) == 0 {
		return r.group, err
	}
	return groups[0], nil
}

// assignableIndicators are those that are to be assigned, and of the ones that
// somebody is at already the open tasks. A request for more is made beside those.
func (r *request) assignableIndicators(draft indicatorAssignment) (wanted []council.Indicator, taken []council.Task, err error) {
	all, err := r.indicatorsOfAssignment(draft)
	for _, indicator := range all {
		tasks, err := r.tx.TasksOfIndicator(indicator.ID)
		if err != nil {
			return nil, nil, err
		}
		open := slices.DeleteFunc(tasks, func(task council.Task) bool { return task.State.Ended() })
		if len(open) > 0 && draft.Words == "" {
			taken = append(taken, open[0])
			continue
		}
		wanted = append(wanted, indicator)
	}
	return wanted, taken, err
}

// indicatorsOfAssignment are the indicators that were named, in the evaluation that was
// chosen, or those of the dimension for which nothing has been filed.
func (r *request) indicatorsOfAssignment(draft indicatorAssignment) (indicators []council.Indicator, err error) {
	if draft.Dimension != "" {
		standings, err := r.tx.Standings(draft.Evaluation)
		for _, standing := range standings {
			if standing.Dimension == draft.Dimension && standing.State() == council.EvidenceMissing {
				indicators = append(indicators, standing.Indicator)
			}
		}
		return indicators, err
	}
	for _, id := range draft.Indicators {
		indicator, err := r.tx.Indicator(id)
		if err != nil {
			return nil, err
		}
		if draft.Evaluation > 0 && indicator.Evaluation != draft.Evaluation {
			other, err := r.indicatorByCode(indicator.Code, draft.Evaluation)
			if err != nil {
				return nil, err
			}
			if other.ID != 0 {
				indicator = other
			}
		}
		indicators = append(indicators, indicator)
	}
	return indicators, nil
}

// evaluationsMeant are the evaluations of which one may be meant, newest first: those
// that have one of the codes, or indicators of the dimension. Where one is named it is
// that alone.
func (r *request) evaluationsMeant(draft indicatorAssignment) ([]council.Evaluation, error) {
	if draft.Evaluation != 0 {
		return nil, nil
	}
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return nil, err
	}
	slices.Reverse(evaluations)
	shared := make(map[int64]bool)
	for _, id := range draft.Indicators {
		indicator, err := r.tx.Indicator(id)
		if err != nil {
			return nil, err
		}
		same, err := r.tx.IndicatorsByCode(indicator.Code)
		if err != nil {
			return nil, err
		}
		for _, one := range same {
			shared[one.Evaluation] = shared[one.Evaluation] || len(same) > 1
		}
	}
	if draft.Dimension != "" {
		for _, evaluation := range evaluations {
			indicators, err := r.tx.Indicators(evaluation.Number)
			if err != nil {
				return nil, err
			}
			shared[evaluation.Number] = slices.ContainsFunc(indicators, func(i council.Indicator) bool { return i.Dimension == draft.Dimension })
		}
	}
	return slices.DeleteFunc(evaluations, func(e council.Evaluation) bool { return !shared[e.Number] }), nil
}
