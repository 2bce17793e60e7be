package bot

import (
	"errors"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ideaScore opens the sheet on which one member scores an idea in private; the idea's
// number follows, then on the sheet the criterion, and the points.
const ideaScore = "score"

// aboutScores marks such a sheet.
const aboutScores = "idea scores"

// mayScore refuses who may not score an idea. What the council thinks of it cannot be
// said by others in its place.
func (r *request) mayScore(family council.IdeaFamily) error {
	if err := r.may(council.ActionScoreIdea, council.Scope{}); err != nil {
		return err
	}
	if _, reason := council.May(r.actor, council.ActionScoreIdea, council.Scope{}); reason == "on_behalf" {
		return council.Refuse("score_in_person")
	}
	return family.TakesScores(r.actor.ID)
}

// pressScore opens the sheet in private, goes to a criterion of it, or takes points.
func (r *request) pressScore(number int64, rest pressArguments) error {
	root, err := r.standsFor(number)
	if err != nil {
		return err
	}
	family, err := r.tx.IdeaFamily(root.Number)
	if err != nil {
		return err
	}
	if err := r.mayScore(family); err != nil {
		return err
	}
	if !r.private {
		return r.sendSheet(family)
	}
	wanted := rest.text(0)
	if rest.text(1) != "" {
		if err := r.takePoints(family.Root, rest); err != nil {
			return err
		}
		wanted = "" // whatever is open still
	}
	return errors.Join(r.showScores(family, wanted), r.toast(""))
}

// sendSheet opens the sheet in private, since nobody is to see another's scores.
func (r *request) sendSheet(family council.IdeaFamily) error {
	as := *r
	as.speak = r.speaker(r.actor.Member)
	text, rows, err := as.sheet(family.Root, "")
	if err != nil {
		return err
	}
	reached, err := r.tell(r.actor.Member, family.Root.Reference().String(), aboutScores, text, rows...)
	switch {
	case err != nil:
		return err
	case !reached:
		return r.alert(r.speak.Say("idea_score.open_private", "Reference", family.Root.Reference().String()))
	}
	return r.toast(r.speak.Say("idea_score.sent"))
}

// showScores shows the sheet, in the place of the one that was pressed.
func (r *request) showScores(family council.IdeaFamily, criterion string) error {
	text, rows, err := r.sheet(family.Root, criterion)
	if err != nil {
		return err
	}
	if r.press != nil {
		_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
		if notFoundIsNil(err) != nil {
			return err
		}
		if about == aboutScores {
			return r.edit(text, rows...)
		}
	}
	return r.replyAbout(family.Root.Reference().String(), aboutScores, text, rows...)
}

// takePoints keeps the points that a press gives, and ends the round when they are the
// last that were waited for.
func (r *request) takePoints(idea council.Idea, rest pressArguments) error {
	at, points := int(rest.number(0)), int(rest.number(1))
	if at < 0 || at >= len(idea.Review.Rubric) || points < 1 || points > council.ScoreMost {
		return council.Refuse("no_such_score")
	}
	if err := r.tx.SetScore(idea.Number, r.actor.ID, idea.Review.Rubric[at].Name, points, r.now); err != nil {
		return err
	}
	given, err := r.tx.ScoresBy(idea.Number, r.actor.ID)
	if err != nil || !given.Complete(idea.Review.Rubric) {
		return err
	}
	if err := r.record(idea.Reference(), council.EventScored, ""); err != nil {
		return err
	}
	return r.endIfEnough(idea)
}

// endIfEnough ends a round for which so many have scored as were waited for, and
// brings the cards up to date.
func (r *request) endIfEnough(idea council.Idea) error {
	_, scorers, err := r.scored(idea)
	if err != nil {
		return err
	}
	if idea.State == council.IdeaUnderReview && scorers >= idea.Review.Quorum {
		return r.deliberate(idea)
	}
	return r.refreshIdea(idea.Number)
}

// sheet writes what one member gives an idea: one criterion after the other, then all
// of them, to be changed until it is decided.
func (r *request) sheet(idea council.Idea, wanted string) (string, [][]store.Button, error) {
	given, err := r.tx.ScoresBy(idea.Number, r.actor.ID)
	if err != nil {
		return "", nil, err
	}
	rubric := idea.Review.Rubric
	lines := []string{r.speak.Say("idea_score.head", "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit))}
	for _, criterion := range rubric {
		points := "–"
		if given[criterion.Name] > 0 {
			points = strconv.Itoa(given[criterion.Name])
		}
		lines = append(lines, r.speak.Say("idea_score.line", "Name", criterionName(r.speak, criterion), "Weight", criterion.Weight, "Points", points))
	}
	at := nextCriterion(rubric, given, wanted)
	if at < 0 {
		lines = append(lines, "", r.speak.Say("idea_score.complete", "Person", greetPerson(r.speak, r.actor.Member)))
		return strings.Join(lines, "\n"), changeScoreRows(r.speak, idea, given), nil
	}
	lines = append(lines, "", r.speak.Say("idea_score.ask", "Name", criterionName(r.speak, rubric[at]), "At", at+1, "Of", len(rubric), "Most", council.ScoreMost))
	var row []store.Button
	for points := 1; points <= council.ScoreMost; points++ {
		row = append(row, store.Button{Text: strconv.Itoa(points), Data: data(pressIdea, ideaScore, idea.Number, at, points)})
	}
	return strings.Join(lines, "\n"), [][]store.Button{row}, nil
}

// nextCriterion is the criterion that is asked for: the one wanted, or the first
// without points; -1 when all have theirs.
func nextCriterion(rubric []council.Criterion, given council.Scores, wanted string) int {
	if at, err := strconv.Atoi(wanted); err == nil && at >= 0 && at < len(rubric) {
		return at
	}
	for at, criterion := range rubric {
		if given[criterion.Name] == 0 {
			return at
		}
	}
	return -1
}

func changeScoreRows(speak speaker, idea council.Idea, given council.Scores) [][]store.Button {
	var rows [][]store.Button
	for at, criterion := range idea.Review.Rubric {
		if at%2 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{
			Text: criterionName(speak, criterion) + ": " + strconv.Itoa(given[criterion.Name]), Data: data(pressIdea, ideaScore, idea.Number, at)})
	}
	return rows
}

// deliberate ends a round of scoring: the council sees the average, and those who gave
// the idea hear that a decision follows.
func (r *request) deliberate(idea council.Idea) error {
	after, err := idea.Deliberate(r.now)
	if err != nil {
		return err
	}
	_, scorers, err := r.scored(idea)
	if err != nil {
		return err
	}
	if err := r.keepIdeaAs(after, council.EventDeliberated, "", "scorers", strconv.Itoa(scorers)); err != nil {
		return err
	}
	family, err := r.tx.IdeaFamily(after.Number)
	if err != nil {
		return err
	}
	return r.tellIdeaPeople(family.Submitters(), after, func(speak speaker, member council.Member) string {
		return speak.Say("idea_review.deliberated_told", "Reference", after.Reference().String(), "Title", shorten(plainLine(after.Title), cardTitleLimit),
			"Person", greetPerson(speak, member), "Day", speak.Day(after.DecideBy.In(r.city.Zone)))
	})
}
