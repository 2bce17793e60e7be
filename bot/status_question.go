package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// yearStart is the beginning of the year in the city's zone.
func (r *request) yearStart() time.Time {
	return council.Day{Year: r.day().Year, Month: time.January, Day: 1}.At(0, 0, r.city.Zone)
}

// questionNumbers counts the questions that a filter lets through: those that wait
// now, and of those asked this year the answered ones.
func (r *request) questionNumbers(filter store.QuestionFilter) (council.QuestionCounts, error) {
	counts, err := r.tx.CountOpenQuestions(filter, r.now)
	if err != nil {
		return counts, err
	}
	filter.AskedSince = r.yearStart()
	err = r.tx.EachAnswered(filter, func(question council.Question) { counts.Add(question, r.now, r.city.Timing.Calendar) })
	return counts, err
}

// questionCounts writes questions in numbers: "1 menunggu (Q-24, tenggat Senin
// 19/10) · 9 dijawab, 7 tepat waktu (78 %) · rata-rata 3,2 hari kerja".
func (r *request) questionCounts(counts council.QuestionCounts) string {
	waiting := r.speak.Say("status.questions.waiting", "N", counts.Waiting)
	if counts.Waiting > 0 {
		waiting += " " + r.speak.Say("status.questions.next", "Several", counts.Waiting > 1, "Question", r.questionAndDay(counts.Next))
	}
	parts := []string{waiting}
	if counts.Late > 0 {
		parts = append(parts, r.speak.Say("status.questions.late", "N", counts.Late))
	}
	answered := r.speak.Say("status.questions.answered", "N", counts.Answered)
	if counts.Answered == 0 {
		return strings.Join(append(parts, answered), " · ")
	}
	share := council.Share{Did: counts.InTime, Of: counts.Answered}
	answered += r.speak.Say("status.questions.in_time", "N", counts.InTime, "Percent", share.Percent())
	return strings.Join(append(parts, answered, r.speak.Say("status.questions.mean", "Days", r.speak.Decimal(counts.Mean()))), " · ")
}

// questionAndDay names a question and by when it should be answered: "Q-24, tenggat
// Senin 19/10".
func (r *request) questionAndDay(question council.Question) string {
	local := question.Target.In(r.city.Zone)
	return r.speak.Say("status.questions.due", "Reference", question.Reference().String(), "Day", r.speak.Weekday(local)+" "+r.speak.BriefDate(local))
}

// questionsOfCity is how the questions of the whole city stand.
func (r *request) questionsOfCity() ([]string, error) {
	counts, err := r.questionNumbers(store.QuestionFilter{})
	return []string{r.speak.Say("status.questions.city", "Counts", r.questionCounts(counts))}, err
}

// groupQuestions are the questions put to a group and those asked from it, in
// numbers; nothing where there are none.
func (r *request) groupQuestions(group council.Group) ([]string, error) {
	if group.ID == 0 {
		return nil, nil
	}
	name, err := r.fromName(r.speak, group.ID)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, one := range []struct {
		key    string
		filter store.QuestionFilter
	}{
		{"status.questions.to_group", store.QuestionFilter{ToGroups: []int64{group.ID}}},
		{"status.questions.from_group", store.QuestionFilter{FromGroup: group.ID}},
	} {
		counts, err := r.questionNumbers(one.filter)
		if err != nil {
			return nil, err
		}
		if !counts.IsZero() {
			lines = append(lines, r.speak.Say(one.key, "Group", name, "Counts", r.questionCounts(counts)))
		}
	}
	return lines, nil
}

// questionsHere are the person's own questions; in a group those of the group, since
// what somebody asked elsewhere is nobody's business there.
func (r *request) questionsHere() ([]string, error) {
	if r.private {
		return r.ownQuestions()
	}
	return r.groupQuestions(r.group)
}

// ownQuestions are the questions that wait for the person's answer, and those that
// the person has asked.
func (r *request) ownQuestions() ([]string, error) {
	filter, err := r.questionFilter(questionsPut)
	if err != nil {
		return nil, err
	}
	put, err := r.tx.Questions(filter, 0, -1)
	if err != nil {
		return nil, err
	}
	var due, lines []string
	for _, question := range put {
		responsible, err := r.tx.Responsible(question, r.day())
		if err != nil {
			return nil, err
		}
		if slices.Contains(responsible, r.actor.ID) {
			due = append(due, r.questionAndDay(question))
		}
	}
	if len(due) > 0 {
		shown := strings.Join(due[:min(len(due), shownTasks)], "; ")
		lines = append(lines, r.speak.Say("status.questions.for_me", "N", strconv.Itoa(len(due)), "Questions", shown))
	}
	counts, err := r.questionNumbers(store.QuestionFilter{AskerID: r.actor.ID})
	if err == nil && !counts.IsZero() {
		lines = append(lines, r.speak.Say("status.questions.mine", "Counts", r.questionCounts(counts)))
	}
	return lines, err
}
