package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// dialogRecommendation is a question about a recommendation; its steps are what is
// done with it.
const dialogRecommendation = "recommendation"

// Choices of the buttons below such a question.
const (
	recommendationWho  = "who"  // a member
	recommendationWhen = "when" // a moment in seconds; 0: without a date
	recommendationFrom = "from" // an office of the city's list
)

// recommendationDraft is what is being asked about recommendations.
type recommendationDraft struct {
	Number int64
	Rest   []int64 // those that the guide asks about afterwards
	Guided bool
}

// askRecommendation puts the question of a step.
func (r *request) askRecommendation(draft recommendationDraft, step string) error {
	key := "recommendation.ask." + step
	if draft.Number == 0 {
		return r.askOn(dialogRecommendation, step, draft, r.speak.Say(key))
	}
	recommendation, err := r.findRecommendation(draft.Number)
	if err != nil {
		return err
	}
	if !recommendation.Open() {
		return council.Refuse("recommendation_ended", "Reference", recommendation.Reference().String())
	}
	var rows [][]store.Button
	switch step {
	case recommendationOwner:
		if rows, err = r.peopleInCharge(draft.Number); err != nil {
			return err
		}
		offices, err := r.officeRows(func(mark string, index int) string {
			return data(pressRecommendation, recommendationFrom, draft.Number, mark, index)
		})
		if err != nil {
			return err
		}
		rows = append(rows, offices...)
	case recommendationDue:
		rows = r.targetRows(draft.Number)
	}
	if draft.Guided {
		rows = append(rows, []store.Button{button(r.speak, "recommendation_skip", pressRecommendation, recommendationSkip, draft.Number)})
	}
	text := recommendation.Reference().String() + " · " + shorten(recommendation.Text, cardTitleLimit) + "\n" + r.speak.Say(key)
	return r.askOn(dialogRecommendation, step, draft, text, rows...)
}

// peopleInCharge offers the people of the secretariat, or of the council.
func (r *request) peopleInCharge(number int64) ([][]store.Button, error) {
	for _, kind := range []council.GroupKind{council.KindSecretariat, council.KindCouncil} {
		groups, err := r.groupsNamed(kind, "")
		if err != nil {
			return nil, err
		}
		if len(groups) > 0 {
			return r.peopleRows(groups[0], func(id int64) string { return data(pressRecommendation, recommendationWho, number, id) })
		}
	}
	return nil, nil
}

// targetRows offer dates as they are usual for recommendations: a month, a quarter, the
// end of the year, each on a working day.
func (r *request) targetRows(number int64) (rows [][]store.Button) {
	calendar := r.city.Timing.Calendar
	today := council.DayOf(r.now, r.city.Zone)
	end := council.Day{Year: today.Year, Month: time.December, Day: 31}
	var offered []time.Time
	for _, day := range []council.Day{today.Add(30), today.Add(90), end} {
		moment := day.At(deadlineHour, 0, r.city.Zone)
		if !calendar.Workday(moment) {
			moment = calendar.PreviousWorkday(moment)
		}
		if moment.After(r.now) && !slices.ContainsFunc(offered, moment.Equal) {
			offered = append(offered, moment)
		}
	}
	slices.SortFunc(offered, time.Time.Compare)
	for _, moment := range offered {
		rows = append(rows, []store.Button{{Text: r.speak.Day(moment.In(r.city.Zone)), Data: data(pressRecommendation, recommendationWhen, number, moment.Unix())}})
	}
	return append(rows, []store.Button{button(r.speak, "no_deadline", pressRecommendation, recommendationWhen, number, 0)})
}

// guideRecommendations asks for the owner and the date of each that has no owner yet.
func (r *request) guideRecommendations(first, last int64) error {
	if first <= 0 || last < first || last-first >= council.RecommendationsAtOnce {
		return r.stale()
	}
	var numbers []int64
	for number := first; number <= last; number++ {
		found, err := r.tx.Recommendation(number)
		if notFoundIsNil(err) != nil {
			return err
		}
		if err == nil && found.Open() && found.OwnerID == 0 && found.Office == "" {
			numbers = append(numbers, number)
		}
	}
	if len(numbers) == 0 {
		return r.stale()
	}
	return r.askRecommendation(recommendationDraft{Number: numbers[0], Rest: numbers[1:], Guided: true}, recommendationOwner)
}

// guidedChange makes the change of a step of the guide, and tells whoever is in charge at
// once: whoever guides may stop there.
func (r *request) guidedChange(draft recommendationDraft, step string, change recommendationChange) error {
	if _, err := r.changeRecommendation(draft.Number, change); err != nil {
		return err
	}
	if err := r.tellInCharge(draft.Number); err != nil {
		return err
	}
	return r.goOnGuiding(draft, step)
}

// goOnGuiding asks what comes after a step of the guide, or shows what came of it.
func (r *request) goOnGuiding(draft recommendationDraft, step string) error {
	if !draft.Guided {
		return r.showRecommendation(draft.Number)
	}
	if step == recommendationOwner {
		return r.askRecommendation(draft, recommendationDue)
	}
	if len(draft.Rest) > 0 {
		return r.askRecommendation(recommendationDraft{Number: draft.Rest[0], Rest: draft.Rest[1:], Guided: true}, recommendationOwner)
	}
	if err := r.endDialogOf(dialogRecommendation); err != nil {
		return err
	}
	if asked, err := r.onQuestion(); err != nil || asked {
		return errorsOr(err, r.edit(r.speak.Say("recommendation.guided")))
	}
	return r.reply(r.speak.Say("recommendation.guided"))
}

// answerRecommendation takes what was written in answer to such a question. What cannot
// be taken leaves the question open.
func (r *request) answerRecommendation(dialog store.Dialog) error {
	var draft recommendationDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	err := r.takeRecommendationAnswer(draft, dialog.Step, strings.TrimSpace(r.text))
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) && refusal.Code != "recommendation_ended" {
		return errors.Join(err, r.tx.SetDialog(dialog, r.now))
	}
	return err
}

func (r *request) takeRecommendationAnswer(draft recommendationDraft, step, words string) error {
	if err := r.mayInPlace(council.ActionRecommendation); err != nil {
		return err
	}
	switch step {
	case recommendationAdd:
		return r.addRecommendations(words)
	case recommendationLink, recommendationUnlink:
		return r.linkRecommendation(draft.Number, words, step == recommendationUnlink)
	}
	if draft.Guided {
		change, err := r.readRecommendationChange(step, words)
		if err != nil {
			return err
		}
		return r.guidedChange(draft, step, change)
	}
	return r.tellRecommendation(draft.Number, step, words)
}

// readRecommendationChange reads what words make of a recommendation.
func (r *request) readRecommendationChange(step, words string) (recommendationChange, error) {
	switch step {
	case recommendationOwner:
		owner, office, err := r.readInCharge(words)
		return giveChange(owner, office), err
	case recommendationDue:
		due := reading.ReadDue(words, r.readingContext())
		if due.Outcome != reading.Found && !due.NoDeadline {
			return recommendationChange{}, council.Refuse("recommendation_date", "Words", shorten(words, phraseLimit))
		}
		deadline := council.Deadline{}
		if !due.NoDeadline {
			deadline = r.deadlineOf(due)
		}
		return scheduleChange(deadline), nil
	}
	return endChange(council.RecommendationState(step), words, r.now), nil
}

// readInCharge finds the person whom words name, by mention or by name; what else they
// say is the office.
func (r *request) readInCharge(words string) (ownerID int64, office string, err error) {
	full, entities := body(r.message)
	text, ids, err := r.takeMentions(full, entities)
	if err != nil {
		return 0, "", err
	}
	if len(ids) > 0 {
		_, rest := r.restOfCommand(text)
		office, err = r.officeMeant(officeOf(rest))
		return ids[0], office, err
	}
	named, err := r.namedInAnyGroup(words)
	if err != nil {
		return 0, "", err
	}
	if len(named) == 0 {
		office, err = r.officeMeant(officeOf(words))
		return 0, office, err
	}
	return named[0], "", nil
}

// restOfCommand is what stands behind the number and the deed of a command.
func (r *request) restOfCommand(text string) (deed, rest string) {
	word, after := firstWord(strings.TrimSpace(text))
	if reference, ok := council.ParseReference(word); ok && reference.Letter == council.RecommendationLetter {
		text = after
	}
	return leadingMeaning("recommendation", strings.TrimSpace(text))
}

func officeOf(words string) string {
	return shorten(plainLine(strings.Trim(words, " ,.;:()")), council.RecommendationOfficeLimit)
}
