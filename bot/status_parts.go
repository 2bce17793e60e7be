package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// statusPart is what stands of one kind of thing: a line, several, or none.
type statusPart func(*request) ([]string, error)

// cityParts are how the whole city stands, in their order: numbers and dates, no
// names. A coordinator's /status and the week's summary both say them.
func cityParts() []statusPart {
	return []statusPart{(*request).tasksOfCity, (*request).ideasOfCity, (*request).questionsOfCity, (*request).recommendationLine, (*request).privacyOfCity, (*request).nextMeetingOfCity, (*request).readinessOfCity, (*request).evaluationLines}
}

// parts writes parts below one another.
func (r *request) parts(parts ...statusPart) ([]string, error) {
	var lines []string
	for _, part := range parts {
		more, err := part(r)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	return lines, nil
}

// tasksOfCity is how the tasks of the whole city stand.
func (r *request) tasksOfCity() ([]string, error) {
	counts, err := r.counts("status.tasks", store.TaskFilter{})
	return []string{counts}, err
}

// recommended is what shows that one of the assessors' recommendations is followed:
// each finds words with numbers that really happened, or none.
type recommended struct {
	key   string
	found []statusPart // words, not lines
}

// recommendations are those for which there is something to measure; their keys
// hold their numbers.
func recommendations() []recommended {
	return []recommended{
		{"status.recommended.ideas", []statusPart{(*request).innovationsThisYear}},
		{"status.recommended.involvement", []statusPart{(*request).involvementThisYear}},
	}
}

// recommendationLine is what this year shows for the assessors' recommendations: those
// that were recorded, otherwise the two that all of them leave;
// one for which there is nothing to show is left out.
func (r *request) recommendationLine() ([]string, error) {
	if recorded, err := r.recordedRecommendations(); err != nil || len(recorded) > 0 {
		return recorded, err
	}
	var shown []string
	for _, one := range recommendations() {
		var words []string
		for _, find := range one.found {
			more, err := find(r)
			if err != nil {
				return nil, err
			}
			words = append(words, more...)
		}
		if len(words) > 0 {
			shown = append(shown, r.speak.Say(one.key, "Numbers", strings.Join(words, ", ")))
		}
	}
	if len(shown) == 0 {
		return nil, nil
	}
	return []string{r.speak.Say("status.recommended.line", "Shown", strings.Join(shown, " · "))}, nil
}

// innovationsThisYear counts the ideas that are being tried, and those that were taken
// into use since the beginning of the year.
func (r *request) innovationsThisYear() ([]string, error) {
	trials, err := r.tx.CountIdeas(store.IdeaFilter{State: council.IdeaTrial})
	if err != nil {
		return nil, err
	}
	adopted, err := r.tx.CountIdeas(store.IdeaFilter{State: council.IdeaAdopted, StateSince: r.yearStart()})
	if err != nil {
		return nil, err
	}
	var words []string
	if trials > 0 {
		words = append(words, r.speak.Say("status.recommended.trials", "N", trials))
	}
	if adopted > 0 {
		words = append(words, r.speak.Say("status.recommended.adopted", "N", adopted))
	}
	return words, nil
}

// involvementThisYear counts, since the beginning of the year, the questions that
// were asked, the meetings of council and community, and the groups in which anybody was active.
func (r *request) involvementThisYear() ([]string, error) {
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	counted, err := r.tx.TogetherSince(r.yearStart(), groups)
	if err != nil {
		return nil, err
	}
	var words []string
	if counted.Asked > 0 {
		words = append(words, r.speak.Count("status.recommended.questions", counted.Asked))
	}
	if counted.Meetings > 0 {
		words = append(words, r.speak.Count("status.recommended.meetings", counted.Meetings))
	}
	if counted.Active > 0 {
		words = append(words, r.speak.Count("status.recommended.groups", counted.Active))
	}
	return words, nil
}
