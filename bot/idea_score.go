package bot

import (
	"errors"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ideaScore opens the sheet on which one member scores an idea in private; the idea's
// number follows, then on the sheet the criterion, the points, and the member for whom
// a coordinator records them.
const ideaScore = "score"

// aboutScores marks such a sheet.
const aboutScores = "idea scores"

// scoring is what one member of the council gives an idea, as it is filled in.
type scoring struct {
	family   council.IdeaFamily
	member   council.Member // whose scores they are
	onBehalf int64          // the coordinator who records them; 0: the member
}

// button is what stands behind a button of the sheet.
func (s scoring) button(text string, at int, points string) store.Button {
	if s.onBehalf == 0 && points == "" {
		return store.Button{Text: text, Data: data(pressIdea, ideaScore, s.family.Root.Number, at)}
	}
	if s.onBehalf == 0 {
		return store.Button{Text: text, Data: data(pressIdea, ideaScore, s.family.Root.Number, at, points)}
	}
	return store.Button{Text: text, Data: data(pressIdea, ideaScore, s.family.Root.Number, at, points, s.member.ID)}
}

// mayScore refuses who may not score an idea in person.
func (r *request) mayScore(family council.IdeaFamily) error {
	if err := r.may(council.ActionScoreIdea, council.Scope{}); err != nil {
		return err
	}
	if _, reason := council.May(r.actor, council.ActionScoreIdea, council.Scope{}); reason == "on_behalf" {
		return council.Refuse("score_in_person", "Reference", family.Root.Reference().String())
	}
	return family.TakesScores(r.actor.ID)
}

// scoring finds what the person who asks may fill in of an idea: the own scores, or
// those of a member for whom they are recorded.
func (r *request) scoring(family council.IdeaFamily, memberID int64) (scoring, error) {
	if memberID == 0 {
		return scoring{family: family, member: r.actor.Member}, r.mayScore(family)
	}
	return r.scoringFor(family, memberID)
}

// pressScore opens the sheet in private, goes to a criterion of it, or takes points.
func (r *request) pressScore(number int64, rest pressArguments) error {
	family, err := r.familyFor(number)
	if err != nil {
		return err
	}
	scoring, err := r.scoring(family, rest.number(2))
	if err != nil {
		return err
	}
	if !r.private {
		return r.sendSheet(scoring)
	}
	wanted := rest.text(0)
	if rest.text(1) != "" {
		if err := r.takePoints(scoring, rest); err != nil {
			return err
		}
		wanted = "" // whatever is open still
	}
	return errors.Join(r.showScores(scoring, wanted), r.toast(""))
}

// familyFor finds the family that an idea stands in.
func (r *request) familyFor(number int64) (council.IdeaFamily, error) {
	root, err := r.standsFor(number)
	if err != nil {
		return council.IdeaFamily{}, err
	}
	return r.tx.IdeaFamily(root.Number)
}

// sendSheet opens the sheet in private, since nobody is to see another's scores.
func (r *request) sendSheet(scoring scoring) error {
	reference := scoring.family.Root.Reference().String()
	text, rows, err := r.sheet(r.speaker(r.actor.Member), scoring, "")
	if err != nil {
		return err
	}
	reached, err := r.tell(r.actor.Member, reference, aboutScores, text, rows...)
	switch {
	case err != nil:
		return err
	case !reached:
		return r.alert(r.speak.Say("idea_score.open_private", "Reference", reference))
	}
	return r.toast(r.speak.Say("idea_score.sent"))
}

// showScores shows the sheet, in the place of the one that was pressed.
func (r *request) showScores(scoring scoring, criterion string) error {
	text, rows, err := r.sheet(r.speak, scoring, criterion)
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
	return r.replyAbout(scoring.family.Root.Reference().String(), aboutScores, text, rows...)
}

// takePoints keeps the points that a press gives, and ends the round when they are the
// last that were waited for.
func (r *request) takePoints(scoring scoring, rest pressArguments) error {
	idea, member := scoring.family.Root, scoring.member
	at, points := int(rest.number(0)), int(rest.number(1))
	if at < 0 || at >= len(idea.Review.Rubric) || points < 1 || points > council.ScoreMost {
		return council.Refuse("no_such_score")
	}
	if err := r.tx.SetScore(idea.Number, member.ID, scoring.onBehalf, idea.Review.Rubric[at].Name, points, r.now); err != nil {
		return err
	}
	given, err := r.tx.ScoresBy(idea.Number, member.ID)
	if err != nil || !given.Complete(idea.Review.Rubric) {
		return err
	}
	if scoring.onBehalf == 0 {
		err = r.record(idea.Reference(), council.EventScored, "")
	} else {
		err = errors.Join(r.record(idea.Reference(), council.EventScored, "", "member", idText(member.ID)), r.tellScoredFor(scoring))
	}
	if err != nil {
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
func (r *request) sheet(speak speaker, scoring scoring, wanted string) (string, [][]store.Button, error) {
	idea := scoring.family.Root
	given, err := r.tx.ScoresBy(idea.Number, scoring.member.ID)
	if err != nil {
		return "", nil, err
	}
	rubric := idea.Review.Rubric
	lines := []string{speak.Say("idea_score.head", "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit))}
	if scoring.onBehalf != 0 {
		lines = append(lines, speak.Say("idea_score.behalf", "Name", namePerson(speak, scoring.member)))
	}
	for _, criterion := range rubric {
		points := ""
		if given[criterion.Name] > 0 {
			points = strconv.Itoa(given[criterion.Name])
		}
		lines = append(lines, speak.Say("idea_score.line", "Name", criterionName(speak, criterion), "Weight", criterion.Weight, "Points", points))
	}
	at := nextCriterion(rubric, given, wanted)
	if at < 0 {
		lines = append(lines, "", scoresComplete(speak, scoring))
		return strings.Join(lines, "\n"), changeScoreRows(speak, scoring, given), nil
	}
	lines = append(lines, "", speak.Say("idea_score.ask", "Name", criterionName(speak, rubric[at]), "At", at+1, "Of", len(rubric), "Most", council.ScoreMost))
	var row []store.Button
	for points := 1; points <= council.ScoreMost; points++ {
		row = append(row, scoring.button(strconv.Itoa(points), at, strconv.Itoa(points)))
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

func changeScoreRows(speak speaker, scoring scoring, given council.Scores) [][]store.Button {
	var rows [][]store.Button
	for at, criterion := range scoring.family.Root.Review.Rubric {
		if at%2 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], scoring.button(criterionName(speak, criterion)+": "+strconv.Itoa(given[criterion.Name]), at, ""))
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
