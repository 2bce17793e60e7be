package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// pressPresentation answers the buttons of an evaluation's presentation.
const pressPresentation = "present"

// What is done there.
const (
	presentAnswerers = "who"    // who answers for each dimension
	presentInvite    = "invite" // a draft of the meeting
)

// namesEvaluation tells which evaluation a clause of a new meeting names; false for none.
func namesEvaluation(words string) (number int64, named bool) {
	reference, named := council.ParseReference(words)
	return reference.Number, named && reference.Letter == council.EvaluationLetter
}

// presentEvaluation makes a draft one for the evaluation that it names: what the draft does
// not say, the evaluation's presentation does. One that names none is for the evaluation at
// whose very moment it begins.
func (r *request) presentEvaluation(draft *meetingDraft) error {
	if draft.Evaluation == 0 {
		return r.findPresented(draft)
	}
	evaluation, err := r.evaluation(council.EvaluationReference(draft.Evaluation))
	if err != nil {
		return err
	}
	if ended(evaluation) {
		return council.Refuse("evaluation_ended", "Reference", evaluation.Reference().String(), "State", r.evaluationState(evaluation))
	}
	if draft.Title == "" {
		draft.Title = shorten(r.speak.Say("presentation.title", "Name", evaluation.Name), council.MeetingTitleLimit)
	}
	if draft.Starts.IsZero() && draft.Phrase == "" && draft.Day == "" {
		draft.Starts = evaluation.PresentationAt(r.now)
	}
	return nil
}

// presentNamed is presentEvaluation for a draft that did not name its evaluation before.
func (r *request) presentNamed(draft *meetingDraft, before int64) error {
	if draft.Evaluation != 0 && draft.Evaluation == before {
		return nil
	}
	return r.presentEvaluation(draft)
}

func (r *request) findPresented(draft *meetingDraft) error {
	evaluations, err := r.tx.Evaluations()
	for _, evaluation := range evaluations {
		if at := evaluation.PresentationAt(r.now); !at.IsZero() && at.Equal(draft.Starts) {
			draft.Evaluation = evaluation.Number
		}
	}
	return err
}

// presentation is the evaluation that is presented at a meeting; false for none.
func (r *request) presentation(m council.Meeting) (council.Evaluation, bool, error) {
	if m.Evaluation == 0 {
		return council.Evaluation{}, false, nil
	}
	evaluation, err := r.tx.Evaluation(m.Evaluation)
	return evaluation, err == nil && m.Presents(evaluation, r.city.Timing.Calendar), notFoundIsNil(err)
}

// forEvaluationLine says which evaluation a meeting is for; nothing for none.
func (r *request) forEvaluationLine(speak locale.Speaker, m council.Meeting) ([]string, error) {
	if m.Evaluation == 0 {
		return nil, nil
	}
	evaluation, err := r.tx.Evaluation(m.Evaluation)
	if err != nil {
		return nil, notFoundIsNil(err)
	}
	key := "presentation.for"
	if m.Presents(evaluation, r.city.Timing.Calendar) {
		key = "presentation.of"
	}
	return []string{speak.Say(key, "Reference", evaluation.Reference().String(), "Name", evaluation.Name)}, nil
}

// presentationNotice says in a group on the day before who presents, and offers who answers
// for each dimension, but to no community, which sees no evaluations; nothing for other
// meetings.
func (r *request) presentationNotice(speak locale.Speaker, m council.Meeting, group council.Group) (lines []string, row []store.Button, err error) {
	evaluation, presents, err := r.presentation(m)
	if err != nil || !presents {
		return nil, nil, err
	}
	chair, err := r.seatName(speak, m.Chair)
	if chair != "" {
		lines = []string{speak.Say("presentation.by", "Person", chair)}
	}
	if group.Kind == council.KindCommunity {
		return lines, nil, err
	}
	return lines, []store.Button{button(speak, "answerers", pressPresentation, presentAnswerers, evaluation.Number)}, err
}

// presentationButton lets a coordinator invite to the presentation of an evaluation
// that has none yet, or opens the one that it has.
func (r *request) presentationButton(evaluation council.Evaluation) ([][]store.Button, error) {
	if allowed, _ := council.May(r.actor, council.ActionMeeting, council.Scope{}); !allowed || !r.private {
		return nil, nil
	}
	planned, err := r.tx.MeetingsFor(evaluation.Number)
	if err != nil {
		return nil, err
	}
	for _, m := range planned {
		if m.Presents(evaluation, r.city.Timing.Calendar) {
			return [][]store.Button{{{Text: meetingHead(m), Data: data(pressMeeting, meetingOpen, m.Number)}}}, nil
		}
	}
	if evaluation.PresentationAt(r.now).IsZero() {
		return nil, nil
	}
	return [][]store.Button{{button(r.speak, "invite_presentation", pressPresentation, presentInvite, evaluation.Number)}}, nil
}

// pressPresentation answers a press below an evaluation or its presentation.
func (r *request) pressPresentation(arguments pressArguments) error {
	evaluation, err := r.evaluation(council.EvaluationReference(arguments.number(1)))
	if err != nil {
		return err
	}
	switch arguments.text(0) {
	case presentAnswerers:
		return r.showAnswerers(evaluation)
	case presentInvite:
		return r.invitePresentation(evaluation)
	}
	return r.stale()
}

// invitePresentation begins the draft of a presentation; who is invited, and who
// presents, is asked.
func (r *request) invitePresentation(evaluation council.Evaluation) error {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return r.stale()
	}
	draft := meetingDraft{Key: r.pressed, Chat: r.chatID, Evaluation: evaluation.Number, Guided: true}
	if err := r.presentEvaluation(&draft); err != nil {
		return err
	}
	if err := r.goOnMeeting(draft); err != nil {
		return err
	}
	return r.toast("")
}

// showAnswerers lists, for each dimension, the offices and people who answer when
// assessors ask.
func (r *request) showAnswerers(evaluation council.Evaluation) error {
	if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
		return err
	}
	answerers, err := r.tx.Answerers(evaluation.Number)
	if err != nil {
		return err
	}
	names := make(map[council.Dimension][]string)
	for _, one := range answerers {
		name := one.Office
		if one.MemberID != 0 {
			member, err := r.tx.Member(one.MemberID)
			if err != nil {
				return err
			}
			name = namePerson(r.speak, member)
		}
		names[one.Dimension] = append(names[one.Dimension], plainLine(name))
	}
	lines := []string{r.speak.Say("presentation.answerers", "Name", evaluation.Name)}
	for _, dimension := range append(slices.Clone(council.Dimensions), "") {
		if len(names[dimension]) > 0 {
			lines = append(lines, r.dimensionName(dimension)+": "+strings.Join(names[dimension], ", "))
		}
	}
	if len(lines) == 1 {
		return r.toast(r.speak.Say("presentation.nobody"))
	}
	if err := r.replyAbout(evaluation.Reference().String(), aboutEvaluation, strings.Join(lines, "\n")); err != nil {
		return err
	}
	return r.toast("")
}

// presentationBehind tells a coordinator who has moved an evaluation that its
// presentation is still planned for another day; nothing when it is not.
func (r *request) presentationBehind(before, after council.Evaluation) (lines []string, rows [][]store.Button, err error) {
	planned, err := r.tx.MeetingsFor(after.Number)
	for _, m := range planned {
		if m.Presents(before, r.city.Timing.Calendar) && !m.Presents(after, r.city.Timing.Calendar) {
			lines = append(lines, r.speak.Say("presentation.behind", "Meeting", meetingHead(m), "Time", r.meetingTime(r.speak, m)))
			rows = append(rows, []store.Button{{Text: meetingHead(m), Data: data(pressMeeting, meetingOpen, m.Number)}})
		}
	}
	return lines, rows, err
}
