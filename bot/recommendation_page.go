package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How many things a page of a recommendation names, how many words that were said of
// it, and how many recommendations a list holds.
const (
	recommendationLinksShown = 12
	recommendationSaid       = 3
	recommendationsListed    = 12
)

// findRecommendation finds a recommendation; a refusal when there is none.
func (r *request) findRecommendation(number int64) (council.Recommendation, error) {
	found, err := r.tx.Recommendation(number)
	if errors.Is(err, store.ErrNotFound) || err == nil && found.State == council.RecommendationWithdrawn {
		return found, council.Refuse("no_such_thing", "Reference", council.Reference{Letter: council.RecommendationLetter, Number: number}.String())
	}
	return found, err
}

// listRecommendations lists those that are followed, or all of them.
func (r *request) listRecommendations(all bool) error {
	list, err := r.tx.Recommendations(!all)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		text := r.speak.Say("recommendation.none")
		if r.actor.Coordinates() {
			text += " " + r.speak.Say("recommendation.how")
		}
		return r.reply(text)
	}
	slices.Reverse(list)
	shown := min(len(list), recommendationsListed)
	if !r.private {
		shown = min(shown, r.recommendationsShown())
	}
	lines := []string{r.speak.Say("recommendation.list")}
	var rows [][]store.Button
	for i, recommendation := range list[:shown] {
		lines = append(lines, r.recommendationLineOf(recommendation))
		if i%3 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: recommendation.Reference().String(),
			Data: data(pressRecommendation, recommendationOpen, recommendation.Number)})
	}
	if more := len(list) - shown; more > 0 {
		lines[0] += " " + r.speak.Count("notice.more", more)
	}
	return r.replyAbout("", aboutRecommendation, strings.Join(lines, "\n"), rows...)
}

// recommendationLineOf is a recommendation in one line of a list.
func (r *request) recommendationLineOf(recommendation council.Recommendation) string {
	parts := []string{recommendation.Reference().String(), shorten(recommendation.Text, cardTitleLimit)}
	switch {
	case !recommendation.Open():
		parts = append(parts, r.speak.Say("recommendation.state."+string(recommendation.State)))
	case !recommendation.Due.IsZero():
		local := recommendation.Due.At.In(r.city.Zone)
		parts = append(parts, r.speak.ShortDay(local)+" ("+r.speak.Left(r.city.days(r.now, recommendation.Due.At))+")")
	}
	if count := len(recommendation.Links); count > 0 {
		parts = append(parts, r.speak.Count("recommendation.linked", count))
	}
	return strings.Join(parts, " · ")
}

// showRecommendation shows one with its own story so far: /rekomendasi R-1.
func (r *request) showRecommendation(number int64) error {
	recommendation, err := r.findRecommendation(number)
	if err != nil {
		return err
	}
	text, rows, err := r.recommendationPage(recommendation)
	if err != nil {
		return err
	}
	return r.replyAbout(recommendation.Reference().String(), aboutRecommendation, text, rows...)
}

// editRecommendation shows it in the place of the message whose button was pressed.
func (r *request) editRecommendation(recommendation council.Recommendation) error {
	text, rows, err := r.recommendationPage(recommendation)
	if err != nil {
		return err
	}
	return r.editIndicators(recommendation.Reference().String(), aboutRecommendation, text, rows...)
}

// recommendationPage says who is in charge until when, what is counted for it, and its
// story; in a group the first three lines.
func (r *request) recommendationPage(recommendation council.Recommendation) (string, [][]store.Button, error) {
	standing, err := r.recommendationStanding(recommendation)
	if err != nil {
		return "", nil, err
	}
	figures, err := r.recommendationFigures(recommendation)
	if err != nil {
		return "", nil, err
	}
	lines := []string{recommendation.Reference().String() + " · " + recommendation.Text}
	if !r.private {
		lines[0] = shorten(lines[0], cardTitleLimit)
		lines = append(lines, strings.Join(standing, " · "))
		if counted := joinParts(figures, r.linkedCount(recommendation)); counted != "" {
			lines = append(lines, counted)
		}
		return strings.Join(lines, "\n"), nil, nil
	}
	lines = append(lines, standing...)
	if figures != "" {
		lines = append(lines, figures)
	}
	if recommendation.Reason != "" {
		lines = append(lines, r.speak.Say("recommendation.reason", "Reason", recommendation.Reason))
	}
	discussed, err := r.discussedIn(r.speak, recommendation.Reference())
	if err != nil {
		return "", nil, err
	}
	if discussed != "" {
		lines = append(lines, discussed)
	}
	story, err := r.recommendationStory(recommendation)
	if err != nil {
		return "", nil, err
	}
	return strings.Join(append(lines, story...), "\n"), r.recommendationButtons(recommendation), nil
}

func (r *request) linkedCount(recommendation council.Recommendation) string {
	if len(recommendation.Links) == 0 {
		return ""
	}
	return r.speak.Count("recommendation.linked", len(recommendation.Links))
}

// recommendationStanding says where it stands, who is in charge, and until when.
func (r *request) recommendationStanding(recommendation council.Recommendation) ([]string, error) {
	state := r.speak.Say("recommendation.state." + string(recommendation.State))
	if recommendation.Evaluation != 0 {
		state += " · " + council.EvaluationReference(recommendation.Evaluation).String()
	}
	owner, err := r.recommendationOwnerName(recommendation)
	if err != nil {
		return nil, err
	}
	if owner == "" {
		owner = r.speak.Say("indicator.empty")
	}
	due := r.speak.Say("indicator.empty")
	if !recommendation.Due.IsZero() {
		due = r.deadlineIn(r.speak, recommendation.Due)
	}
	return []string{state, r.speak.Say("recommendation.owner", "Owner", owner), r.speak.Say("recommendation.due", "Due", due)}, nil
}

// recommendationOwnerName names the person and the office in charge; "" for nobody yet.
func (r *request) recommendationOwnerName(recommendation council.Recommendation) (string, error) {
	if recommendation.OwnerID == 0 {
		return recommendation.Office, nil
	}
	member, err := r.tx.Member(recommendation.OwnerID)
	if err != nil {
		return "", err
	}
	name := namePerson(r.speak, member)
	if recommendation.Office != "" {
		name += " (" + recommendation.Office + ")"
	}
	return name, nil
}

// linkedThing is one thing that points to a recommendation, as it stands now.
type linkedThing struct {
	subject council.Reference
	title   string
	state   string
	at      time.Time
}

// recommendationStory lists what points to it, what moved last first, and what was said.
func (r *request) recommendationStory(recommendation council.Recommendation) ([]string, error) {
	things, hidden, err := r.linkedThings(recommendation)
	if err != nil {
		return nil, err
	}
	var lines []string
	if len(things) > 0 {
		lines = append(lines, r.speak.Say("recommendation.story"))
	}
	for _, thing := range things[:min(len(things), recommendationLinksShown)] {
		lines = append(lines, "· "+r.speak.BriefDate(thing.at.In(r.city.Zone))+" · "+thing.subject.String()+" · "+shorten(plainLine(thing.title), phraseLimit*2)+" · "+thing.state)
	}
	if more := max(0, len(things)-recommendationLinksShown) + hidden; more > 0 {
		lines = append(lines, r.speak.Count("notice.more", more))
	}
	said, err := r.recommendationWords(recommendation)
	return append(lines, said...), err
}

// recommendationWords are the last words that were said of it.
func (r *request) recommendationWords(recommendation council.Recommendation) (lines []string, err error) {
	events, err := r.tx.History(recommendation.Reference(), 0, historyPage)
	for _, event := range events {
		if event.Kind == council.EventCommented && event.Words != "" && len(lines) < recommendationSaid {
			lines = append(lines, "· "+r.speak.BriefDate(event.At.In(r.city.Zone))+" · "+namePerson(r.speak, event.Member)+": "+shorten(plainLine(event.Words), cardTitleLimit))
		}
	}
	return lines, err
}

// linkedThings are what points to a recommendation and the person may see, what moved
// last first; hidden is how many others there are.
func (r *request) linkedThings(recommendation council.Recommendation) (things []linkedThing, hidden int, err error) {
	for _, link := range recommendation.Links {
		thing, visible, err := r.linkedThing(link)
		if err != nil {
			return nil, 0, err
		}
		if !visible {
			hidden++
			continue
		}
		things = append(things, thing)
	}
	slices.SortStableFunc(things, func(a, b linkedThing) int { return b.at.Compare(a.at) })
	return things, hidden, nil
}

func (r *request) linkedThing(link council.RecommendationLink) (thing linkedThing, visible bool, err error) {
	thing.subject = link.Subject
	if thing.at, err = r.tx.LastHappened(link.Subject); err != nil {
		return thing, false, err
	}
	if thing.at.IsZero() {
		thing.at = link.At
	}
	switch link.Subject.Letter {
	case council.TaskLetter:
		task, found := r.tx.Task(link.Subject.Number)
		visible, _ = council.May(r.actor, council.ActionSeeTask, r.scope(task))
		thing.title, thing.state, err = task.Title, r.speak.Say("task.state."+string(task.State)), found
	case council.IdeaLetter:
		idea, found := r.tx.Idea(link.Subject.Number)
		visible = idea.Held == council.HeldNot && idea.State != council.IdeaWithdrawn
		thing.title, thing.state, err = idea.Title, ideaStateName(r.speak, idea), found
	case council.QuestionLetter:
		question, found := r.tx.Question(link.Subject.Number)
		visible = r.maySee(question) == nil
		thing.title, thing.state, err = question.Text, r.speak.Say("question.state."+string(question.State)), found
	case council.MeetingLetter:
		meeting, found := r.tx.Meeting(link.Subject.Number)
		visible = r.mayMeeting(council.ActionSeeMeeting, meeting) == nil
		thing.title, thing.state, err = meeting.Title, r.speak.Say("meeting.state."+string(meeting.State)), found
	}
	if errors.Is(err, store.ErrNotFound) {
		return thing, false, nil
	}
	return thing, visible && err == nil, err
}

// recommendationButtons change an open recommendation; they are for coordinators.
func (r *request) recommendationButtons(recommendation council.Recommendation) [][]store.Button {
	if may, _ := council.May(r.actor, council.ActionRecommendation, council.Scope{}); !may || !recommendation.Open() {
		return nil
	}
	number := recommendation.Number
	measure := recommendation.Measure
	if measure == council.MeasureNone {
		measure = "none"
	}
	return [][]store.Button{
		{button(r.speak, "recommendation_owner", pressRecommendation, recommendationOwner, number), button(r.speak, "recommendation_due", pressRecommendation, recommendationDue, number)},
		{button(r.speak, "recommendation_link", pressRecommendation, recommendationLink, number),
			{Text: r.speak.Say("button.recommendation_measure", "Measure", r.speak.Say("recommendation.measure."+string(measure))),
				Data: data(pressRecommendation, recommendationMeasure, number)}},
		{button(r.speak, "recommendation_done", pressRecommendation, recommendationDone, number), button(r.speak, "recommendation_dropped", pressRecommendation, recommendationDropped, number)},
	}
}
