package bot

import (
	"errors"
	"slices"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// settledOffered is how many things of the agenda a decision offers to settle.
const settledOffered = 3

// settledBy is the question, idea or recommendation that a decision begins with, or
// answers a message about, and the words without it.
func (r *request) settledBy(words string) (council.Reference, string) {
	word, rest := firstWord(words)
	if reference, named := council.ParseReference(word); named && isSettled(reference) && rest != "" {
		return reference, rest
	}
	if isSettled(r.about) {
		return r.about, words
	}
	return council.Reference{}, words
}

// isSettled tells whether a decision of a meeting can settle such a thing.
func isSettled(subject council.Reference) bool {
	return slices.Contains([]byte{council.QuestionLetter, council.IdeaLetter, council.RecommendationLetter}, subject.Letter)
}

// maySettle refuses what is not there, and what is not for the person or this place;
// what stands on the agenda is known to who writes the minutes.
func (r *request) maySettle(m council.Meeting, subject council.Reference) error {
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(topics, func(t council.Topic) bool { return t.State == council.TopicOnAgenda && t.Subject == subject }) {
		return r.isThere(subject)
	}
	switch subject.Letter {
	case council.QuestionLetter:
		q, err := r.question(subject.Number)
		if err != nil {
			return err
		}
		_, err = r.mayAnswer(q)
		if q.AskerID == r.actor.ID {
			return nil
		}
		return err
	case council.IdeaLetter:
		idea, err := r.idea(subject.Number)
		if err != nil {
			return err
		}
		return r.maySeeIdea(idea)
	case council.RecommendationLetter:
		if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
			return err
		}
		_, err := r.findRecommendation(subject.Number)
		return err
	}
	return council.Refuse("no_such_thing", "Reference", subject.String())
}

// settleRows offer what a decision can do with the thing that it is about; where it is
// about none, the things of the agenda.
func (r *request) settleRows(m council.Meeting, line council.Minute) ([][]store.Button, error) {
	if line.Subject.IsZero() {
		return r.agendaRows(m, line)
	}
	var row []store.Button
	verbs, err := r.settleVerbs(line.Subject)
	if err != nil {
		return nil, err
	}
	for _, verb := range verbs {
		if verb == noteIdea {
			for _, state := range decisions {
				row = append(row, button(r.speak, "idea_decide_"+string(state), pressNote, noteIdea, m.Number, line.ID, string(state)))
			}
			continue
		}
		label := r.speak.Say("button.note_"+verb, "Subject", line.Subject.String())
		row = append(row, store.Button{Text: label, Data: data(pressNote, verb, m.Number, line.ID)})
	}
	if len(row) == 0 {
		return nil, nil
	}
	return [][]store.Button{row}, nil
}

// settleVerbs are what this person may do here with a thing, by a decision about it.
func (r *request) settleVerbs(subject council.Reference) ([]string, error) {
	var err error
	verbs := []string{}
	switch subject.Letter {
	case council.QuestionLetter:
		var q council.Question
		if q, err = r.question(subject.Number); err == nil && q.State != council.QuestionClosed {
			err, verbs = r.mayAnswerHere(q), []string{noteAnswer}
		}
	case council.IdeaLetter:
		_, err = r.decidable(subject.Number)
		verbs = []string{noteIdea}
	case council.RecommendationLetter:
		var recommendation council.Recommendation
		if recommendation, err = r.findRecommendation(subject.Number); err == nil && recommendation.Open() {
			err, verbs = r.mayInPlace(council.ActionRecommendation), []string{noteEnd, noteLink}
		}
	}
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) {
		return nil, nil // it stays a decision that names the thing
	}
	return verbs, err
}

// agendaRows offer the things of the agenda that a decision may settle.
func (r *request) agendaRows(m council.Meeting, line council.Minute) ([][]store.Button, error) {
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return nil, err
	}
	var row []store.Button
	var offered []council.Reference
	for _, topic := range topics {
		if topic.State != council.TopicOnAgenda || !isSettled(topic.Subject) || len(row) == settledOffered || slices.Contains(offered, topic.Subject) {
			continue
		}
		verbs, err := r.settleVerbs(topic.Subject)
		if err != nil {
			return nil, err
		}
		if len(verbs) == 0 {
			continue
		}
		offered = append(offered, topic.Subject)
		row = append(row, store.Button{Text: r.speak.Say("button.note_about", "Subject", topic.Subject.String()),
			Data: data(pressNote, noteAbout, m.Number, line.ID, topic.Subject.String())})
	}
	if len(row) == 0 {
		return nil, nil
	}
	return [][]store.Button{row}, nil
}

// pressSettles says which thing a decision is about, and goes on with that.
func (r *request) pressSettles(m council.Meeting, line council.Minute, word string) error {
	subject, named := council.ParseReference(word)
	if !named || !isSettled(subject) || line.Kind != council.MinuteDecision {
		return r.stale()
	}
	if err := r.maySettle(m, subject); err != nil {
		return err
	}
	m, err := r.openMinutes(m)
	if err != nil {
		return err
	}
	line.Subject = subject
	if err := r.changeMinute(m, line); err != nil {
		return err
	}
	return r.showNoted(m, line)
}

// settleAtOnce goes on with what a decision says without any doubt: the answer to a
// question is shown before it leaves, and an idea is decided where the words say how.
func (r *request) settleAtOnce(m council.Meeting, line council.Minute) error {
	verbs, err := r.settleVerbs(line.Subject)
	if err != nil {
		return err
	}
	switch {
	case slices.Contains(verbs, noteAnswer):
		return r.settleByAnswer(line)
	case slices.Contains(verbs, noteIdea):
		if state, reason := readDecision(line.Text); state != "" && reason != "" {
			return r.settleIdea(line, state, reason)
		}
	}
	return nil
}

// pressSettle does with the thing of a decision what the button says.
func (r *request) pressSettle(m council.Meeting, line council.Minute, verb, state string) error {
	verbs, err := r.settleVerbs(line.Subject)
	if err != nil {
		return err
	}
	if !slices.Contains(verbs, verb) {
		return r.stale()
	}
	switch verb {
	case noteAnswer:
		r.message = &models.Message{ID: r.pressed, Chat: models.Chat{ID: r.chatID}}
		return r.answerByMessage(r.settleByAnswer(line))
	case noteIdea:
		if !slices.Contains(decisions, council.IdeaState(state)) {
			return r.stale()
		}
		reason := line.Text
		if said, words := readDecision(line.Text); string(said) == state && words != "" {
			reason = words
		}
		return r.answerByMessage(r.settleIdea(line, council.IdeaState(state), reason))
	case noteEnd:
		_, err = r.changeRecommendation(line.Subject.Number, endChange(council.RecommendationDone, line.Text, r.now))
	case noteLink:
		change := recommendationChange{event: council.EventPointed, detail: []string{"subjects", m.Reference().String()},
			apply: func(c council.Recommendation) (council.Recommendation, error) {
				return c.Link([]council.Reference{m.Reference()}, r.now)
			}}
		_, err = r.changeRecommendation(line.Subject.Number, change)
	}
	if err != nil {
		return err
	}
	return r.sayRecommendationSettled(m, line)
}

// settleByAnswer shows the words of a decision as the answer to its question, before
// they leave.
func (r *request) settleByAnswer(line council.Minute) error {
	q, err := r.question(line.Subject.Number)
	if err != nil {
		return err
	}
	return r.takeAnswer(q, line.Text, nil)
}

// settleIdea shows a decision about an idea, with its reason, before it is recorded.
func (r *request) settleIdea(line council.Minute, state council.IdeaState, reason string) error {
	root, err := r.decidable(line.Subject.Number)
	if err != nil {
		return err
	}
	return r.previewDecision(root, decisionDraft{Number: root.Number, State: state, Reason: reason})
}

// sayRecommendationSettled says how the recommendation stands now, with the way back.
func (r *request) sayRecommendationSettled(m council.Meeting, line council.Minute) error {
	recommendation, err := r.findRecommendation(line.Subject.Number)
	if err != nil {
		return err
	}
	text := r.speak.Say("meeting_note.recommendation", "Reference", m.Reference().String(), "Subject", line.Subject.String(),
		"State", r.speak.Say("recommendation.state."+string(recommendation.State)))
	undo := button(r.speak, "undo", pressRecommendation, recommendationUndo, recommendation.Number, recommendation.Version)
	return r.answerByMessage(r.replyAbout(line.Subject.String(), aboutRecommendation, text, []store.Button{undo}))
}
