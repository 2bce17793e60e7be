package bot

import (
	"errors"
	"strconv"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// aboutAgenda marks a message about the agenda of a meeting: its buttons change it in place.
const aboutAgenda = "meeting_agenda"

// What is done by button with an agenda; the meeting's number follows.
const (
	agendaShow    = "show"
	agendaPropose = "propose"
	agendaOpen    = "open"    // what is open and may be put on it; a page
	agendaPick    = "pick"    // a page, a thing, and a dimension
	agendaWrite   = "write"   // in words
	agendaOne     = "one"     // a topic, to move it or to take it off
	agendaUp      = "up"      // a topic
	agendaDown    = "down"    // a topic
	agendaRemove  = "remove"  // a topic
	agendaBack    = "back"    // a topic that was taken off
	agendaAccept  = "accept"  // a topic that was proposed
	agendaDecline = "decline" // the same
	agendaReopen  = "reopen"  // undoes that
	agendaRetract = "retract" // undoes proposing
)

// agendaLines is the agenda of a meeting in its order, numbered; none where nobody
// wrote one. First comes how what the meeting before left to do stands, then the
// topics, each with how it stands now. It is written for all who are invited: nobody
// is named, and what is private to fewer people is on it only where somebody put it there.
func (r *request) agendaLines(speak locale.Speaker, m council.Meeting) ([]string, error) {
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return nil, err
	}
	first, err := r.agendaFollowUps(speak, m)
	if err != nil {
		return nil, err
	}
	var lines []string
	add := func(text string) { lines = append(lines, strconv.Itoa(len(lines)+1)+". "+text) }
	if first != "" {
		add(first)
	}
	for _, topic := range council.Agenda(topics) {
		text, err := r.agendaTopic(speak, topic)
		if err != nil {
			return nil, err
		}
		add(text)
	}
	return lines, nil
}

// agendaTopic is one topic with how it stands.
func (r *request) agendaTopic(speak locale.Speaker, topic council.Topic) (string, error) {
	if topic.Subject.IsZero() {
		return topic.Text, nil
	}
	if topic.Subject.Letter == council.EvaluationLetter {
		return r.agendaEvidence(speak, topic.Subject.Number, council.Dimension(topic.Text))
	}
	state, err := r.agendaState(speak, topic.Subject)
	return joinParts(topic.Subject.String(), topic.Text, state), err
}

// agendaState says how a thing stands now; "" for one that is gone.
func (r *request) agendaState(speak locale.Speaker, subject council.Reference) (state string, err error) {
	switch subject.Letter {
	case council.TaskLetter:
		task, found := r.tx.Task(subject.Number)
		state, err = r.agendaTaskState(speak, task), found
	case council.IdeaLetter:
		idea, found := r.tx.Idea(subject.Number)
		state, err = ideaStateName(speak, idea), found
	case council.QuestionLetter:
		question, found := r.tx.Question(subject.Number)
		if state, err = speak.Say("question.state."+string(question.State)), found; question.Late(r.now) {
			state = speak.Say("agenda.state.late")
		}
	case council.RecommendationLetter:
		recommendation, found := r.tx.Recommendation(subject.Number)
		state, err = speak.Say("recommendation.state."+string(recommendation.State)), found
	}
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	return state, err
}

// agendaTaskState says how a task stands; that it is overdue comes before all else.
func (r *request) agendaTaskState(speak locale.Speaker, task council.Task) string {
	if task.Overdue(r.now) {
		return speak.Say("agenda.state.overdue")
	}
	return speak.Say("task.state." + string(task.State))
}

// agendaEvidence says how much evidence of a dimension an evaluation still misses.
func (r *request) agendaEvidence(speak locale.Speaker, number int64, dimension council.Dimension) (string, error) {
	evaluation, err := r.tx.Evaluation(number)
	if err != nil {
		return speak.Say("dimension." + string(dimension)), notFoundIsNil(err)
	}
	standings, err := r.tx.Standings(number)
	if err != nil {
		return "", err
	}
	_, parts := council.ReadinessOf(standings)
	left, total := 0, 0
	for _, part := range parts {
		if part.Dimension == dimension {
			left, total = part.Total-part.Count[council.EvidenceVerified], part.Total
		}
	}
	return speak.Say("agenda.evidence", "Dimension", speak.Say("dimension."+string(dimension)), "Reference", evaluation.Reference().String(),
		"Name", shorten(plainLine(evaluation.Name), phraseLimit), "Left", left, "Total", total), nil
}

// agendaFollowUps says how what the meeting before left to do stands: "Tindak lanjut
// M-3: 2 selesai, 1 lewat tenggat"; "" where there was no such meeting or nothing was left.
func (r *request) agendaFollowUps(speak locale.Speaker, m council.Meeting) (string, error) {
	if m.Previous == 0 {
		return "", nil
	}
	before, err := r.tx.Meeting(m.Previous)
	if err != nil {
		return "", notFoundIsNil(err)
	}
	lines, err := r.tx.MinuteLines(before.Number)
	if err != nil {
		return "", err
	}
	var counts council.FollowUps
	for _, line := range council.Standing(lines, before.Minutes.Edition) {
		if line.Kind != council.MinuteTask || line.Subject.Letter != council.TaskLetter {
			continue
		}
		task, err := r.tx.Task(line.Subject.Number)
		if err != nil {
			return "", err
		}
		counts.Add(task, r.now)
	}
	words := r.agendaFollowUpWords(speak, counts)
	if words == "" {
		return "", nil
	}
	return speak.Say("agenda.follow_ups", "Reference", before.Reference().String(), "Counts", words), nil
}

// agendaFollowUpWords counts follow-ups: "2 selesai, 1 lewat tenggat"; "" for none.
func (r *request) agendaFollowUpWords(speak locale.Speaker, counts council.FollowUps) string {
	text := ""
	for _, part := range []struct {
		key   string
		count int
	}{
		{"done", counts.Done}, {"overdue", counts.Overdue}, {"blocked", counts.Blocked}, {"running", counts.Running}, {"cancelled", counts.Cancelled},
	} {
		if part.count == 0 {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += speak.Say("agenda.follow_up."+part.key, "N", part.count)
	}
	return text
}
