package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// scorersOffered is how many members are offered at once for whom scores may be
// recorded.
const scorersOffered = 30

// scoringFor finds what a coordinator records for a member of the council.
func (r *request) scoringFor(family council.IdeaFamily, memberID int64) (scoring, error) {
	if err := r.may(council.ActionScoreFor, council.Scope{}); err != nil {
		return scoring{}, err
	}
	member, err := r.tx.Member(memberID)
	if err != nil {
		return scoring{}, err
	}
	actor, err := r.tx.Actor(member)
	if err != nil {
		return scoring{}, err
	}
	hands, err := r.tx.ScoreHands(family.Root.Number, memberID)
	if err != nil {
		return scoring{}, err
	}
	return scoring{family: family, member: member, onBehalf: r.actor.ID}, family.TakesScoresFor(actor, r.actor.ID, hands)
}

// readScoreFor reads "atas nama Prof. Lukas" off what follows an idea's reference.
func readScoreFor(rest string) (name string, found bool) {
	words := strings.Fields(rest)
	if _, count := leading("score_for", words); count > 0 {
		return strings.Join(words[count:], " "), true
	}
	return "", false
}

// scoreFor is /telaah I-1 atas nama @lukas: the sheet of a member of the council, for a
// coordinator who records what the member says. Whom no name points at is chosen.
func (r *request) scoreFor(root council.Idea, name string) error {
	if err := r.may(council.ActionScoreFor, council.Scope{}); err != nil {
		return err
	}
	family, err := r.tx.IdeaFamily(root.Number)
	if err != nil {
		return err
	}
	memberID, err := r.scorerNamed(name)
	if err != nil {
		return err
	}
	if memberID == 0 {
		return r.askScorer(family)
	}
	scoring, err := r.scoringFor(family, memberID)
	if err != nil {
		return err
	}
	if r.private {
		return r.showScores(scoring, "")
	}
	return r.sendSheet(scoring)
}

// scorerNamed finds the one person who is meant: by mention, by the message that is
// replied to, or among council and leaders by words of the name; 0 for nobody.
func (r *request) scorerNamed(name string) (int64, error) {
	text, entities := body(r.message)
	_, people, err := r.takeMentions(text, entities)
	if err != nil || len(people) == 1 {
		return append(people, 0)[0], err
	}
	reply := r.message.ReplyToMessage
	if len(people) == 0 && name == "" && reply != nil && reply.From != nil && !reply.From.IsBot {
		member, err := r.known(reply.From)
		return member.ID, err
	}
	members, err := r.tx.Scorers()
	if err != nil {
		return 0, err
	}
	leaders, err := r.tx.MembersWithRole(council.RoleLeader)
	return oneNamed(append(members, leaders...), name), err
}

// oneNamed finds the one among these whose name holds these words, whole, or whose
// @username they are; 0 for nobody, and for several.
func oneNamed(members []council.Member, words string) (id int64) {
	words = strings.ToLower(strings.Join(strings.Fields(words), " "))
	for _, member := range members {
		name := " " + strings.ToLower(strings.Join(strings.Fields(member.Name), " ")) + " "
		if words == "" || !strings.Contains(name, " "+words+" ") && council.FoldUsername(member.Username) != words {
			continue
		}
		if id != 0 && id != member.ID {
			return 0
		}
		id = member.ID
	}
	return id
}

// askScorer offers the members of the council whose scores are still waited for.
func (r *request) askScorer(family council.IdeaFamily) error {
	reference := family.Root.Reference().String()
	if !r.private {
		return r.reply(r.speak.Say("idea_score.whom_how", "Reference", reference))
	}
	waited, err := r.tx.Unscored(family)
	if err != nil {
		return err
	}
	var rows [][]store.Button
	for _, member := range waited[:min(len(waited), scorersOffered)] {
		rows = append(rows, []store.Button{{Text: namePerson(r.speak, member), Data: data(pressIdea, ideaScore, family.Root.Number, "", "", member.ID)}})
	}
	if len(rows) == 0 {
		return r.reply(r.speak.Say("idea_score.whom_how", "Reference", reference))
	}
	return r.replyAbout(reference, aboutScores, r.speak.Say("idea_score.whom", "Reference", reference), rows...)
}

// tellScoredFor shows a member in private what was recorded on the member's behalf, to
// be changed by the member's own hand.
func (r *request) tellScoredFor(given scoring) error {
	own := scoring{family: given.family, member: given.member}
	speak := r.speaker(given.member)
	text, rows, err := r.sheet(speak, own, "")
	if err != nil {
		return err
	}
	head := speak.Say("idea_score.recorded_for", "Person", greetPerson(speak, given.member), "Name", namePerson(speak, r.actor.Member),
		"Reference", given.family.Root.Reference().String())
	_, err = r.tell(given.member, given.family.Root.Reference().String(), aboutScores, head+"\n\n"+text, rows...)
	return err
}

// scoresComplete closes a sheet on which nothing is open.
func scoresComplete(speak locale.Speaker, scoring scoring) string {
	switch {
	case scoring.onBehalf == 0:
		return speak.Say("idea_score.complete", "Person", greetPerson(speak, scoring.member))
	case scoring.member.Reach != council.ReachOpen || scoring.member.TelegramID == 0:
		return speak.Say("idea_score.behalf_unreached", "Name", namePerson(speak, scoring.member))
	}
	return speak.Say("idea_score.behalf_complete", "Name", namePerson(speak, scoring.member))
}
