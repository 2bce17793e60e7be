package bot

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// What is done by button with the council's review of an idea; its number follows.
const (
	ideaReview       = "review"  // [Telaah]
	ideaReviewOpen   = "ropen"   // [Benar]: the quorum and the date behind
	ideaReviewChange = "rchange" // [Ubah]: likewise
	ideaReviewLonger = "rlong"   // [Perpanjang]
	ideaReviewEnd    = "rend"    // [Akhiri penilaian]
)

// dialogReview takes another quorum or date for a review that is to be opened; its
// data is the idea, the quorum and the date.
const dialogReview = "review"

// reviewDraft is a review on its way; it stands in the buttons of its preview.
type reviewDraft struct {
	Number int64
	Quorum int
	Until  time.Time
}

func (d reviewDraft) words() []any { return []any{d.Number, d.Quorum, d.Until.Unix()} }

func readReviewDraft(words pressArguments) reviewDraft {
	return reviewDraft{Number: words.number(0), Quorum: int(words.number(1)), Until: time.Unix(words.number(2), 0).UTC()}
}

// review is /telaah I-1, with a quorum and a date behind where others than the usual
// ones are wished; for those who score, the sheet of an idea under review; and
// /telaah rubrik.
func (r *request) review() error {
	if !r.private && !r.linked() {
		return council.Refuse("not_linked")
	}
	if word, rest := firstWord(strings.TrimSpace(r.text)); isReviewWord(word, "rubric") {
		return r.rubric(rest)
	}
	number, rest := r.ideaNamed()
	if number == 0 && r.about.Letter == council.IdeaLetter {
		number = r.about.Number
	}
	if number == 0 {
		return r.reply(r.speak.Say("idea_review.how"))
	}
	if err := r.may(council.ActionScoreIdea, council.Scope{}); err != nil {
		return err
	}
	if err := r.deliberatesHere(); err != nil {
		return err
	}
	root, err := r.standsFor(number)
	if err != nil {
		return err
	}
	if name, found := readScoreFor(rest); found {
		return r.scoreFor(root, name)
	}
	switch rest = strings.TrimSpace(rest); {
	case root.State == council.IdeaSubmitted:
		return r.beginReview(root, rest)
	case root.State == council.IdeaUnderReview && rest != "":
		return r.extendNamed(root, rest)
	case root.Review.OpenedAt.IsZero():
		return council.Refuse("idea_state", "Reference", root.Reference().String(), "idea_state", string(root.State))
	}
	return r.showReview(root)
}

func isReviewWord(word, meaning string) bool {
	meant, known := locale.Meaning("idea_review", word)
	return known && meant == meaning
}

// showReview shows how a review stands: to who scores it the sheet, in private.
func (r *request) showReview(root council.Idea) error {
	family, err := r.tx.IdeaFamily(root.Number)
	if err != nil {
		return err
	}
	if r.private && r.mayScore(family) == nil {
		return r.showScores(scoring{family: family, member: r.actor.Member}, "")
	}
	face, err := r.reviewFace(family, root, r.speak)
	if err != nil {
		return err
	}
	return r.replyAbout(root.Reference().String(), cardIdeaReview, face.Text, face.Buttons...)
}

// pressReview begins a review from a notice or from the idea in full.
func (r *request) pressReview(number int64, _ pressArguments) error {
	root, err := r.standsFor(number)
	if err != nil {
		return err
	}
	if err := r.beginReview(root, ""); err != nil {
		return err
	}
	return r.toast("")
}

// beginReview shows how an idea is going to be reviewed, before it is.
func (r *request) beginReview(root council.Idea, wish string) error {
	if err := r.may(council.ActionReviewIdea, council.Scope{}); err != nil {
		return err
	}
	scorers, rubric, err := r.reviewers(root)
	if err != nil {
		return err
	}
	usual := council.UsualReview(scorers, rubric, r.now, r.city.Timing.Calendar)
	if _, err := root.OpenReview(usual, r.now); err != nil {
		return err // what would be refused is not shown
	}
	draft := reviewDraft{Number: root.Number, Quorum: usual.Quorum, Until: usual.Until}
	if unread := r.readReviewWish(wish, &draft); unread {
		return r.askReviewWish(draft, "idea_review.unread")
	}
	return r.previewReview(root, draft)
}

// reviewers counts those whose scores are waited for, and reads by what they score.
func (r *request) reviewers(root council.Idea) (count int, rubric []council.Criterion, err error) {
	family, err := r.tx.IdeaFamily(root.Number)
	if err != nil {
		return 0, nil, err
	}
	waited, err := r.tx.Unscored(family)
	if err != nil {
		return 0, nil, err
	}
	rubric, err = r.tx.Rubric()
	return len(waited), rubric, err
}

// readReviewWish reads another quorum and another date; unread where words are
// neither.
func (r *request) readReviewWish(wish string, draft *reviewDraft) (unread bool) {
	words := strings.Fields(wish)
	if len(words) == 0 {
		return false
	}
	taken := false
	for i := 0; i+1 < len(words); i++ {
		if number, err := strconv.Atoi(strings.Trim(words[i+1], ".,;")); err == nil && isReviewWord(words[i], "quorum") {
			draft.Quorum, taken = number, true
			words = append(words[:i:i], words[i+2:]...)
			break
		}
	}
	due := reading.FindDue(strings.Join(words, " "), r.readingContext())
	if due.Outcome == reading.Found || due.Outcome == reading.Past && !due.Time.IsZero() {
		draft.Until, taken = due.Time.UTC(), true
	}
	return !taken
}

// previewReview shows everything at once, to be confirmed with one press.
func (r *request) previewReview(root council.Idea, draft reviewDraft) error {
	scorers, rubric, err := r.reviewers(root)
	if err != nil {
		return err
	}
	if err := council.CheckReview(council.Review{Quorum: draft.Quorum, Until: draft.Until, Rubric: rubric}, r.now); err != nil {
		return err
	}
	text := r.speak.Say("idea_review.preview", "Reference", root.Reference().String(), "Title", shorten(plainLine(root.Title), cardTitleLimit),
		"Quorum", draft.Quorum, "Known", scorers, "Until", r.momentLeft(draft.Until), "Criteria", criteriaNames(r.speak, rubric))
	return r.reply(text, []store.Button{
		button(r.speak, "confirm", pressIdea, append([]any{ideaReviewOpen}, draft.words()...)...),
		button(r.speak, "change", pressIdea, append([]any{ideaReviewChange}, draft.words()...)...),
	})
}

// momentLeft is a moment in full, with how far away it is.
func (r *request) momentLeft(at time.Time) string {
	return r.speak.Deadline(at, r.city.Zone.String(), r.city.days(r.now, at), r.city.Zone)
}

// pressReviewChange asks for another quorum or date.
func (r *request) pressReviewChange(number int64, rest pressArguments) error {
	if err := r.may(council.ActionReviewIdea, council.Scope{}); err != nil {
		return err
	}
	draft := reviewDraft{Number: number, Quorum: int(rest.number(0)), Until: time.Unix(rest.number(1), 0).UTC()}
	if err := r.askReviewWish(draft, "idea_review.change"); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) askReviewWish(draft reviewDraft, key string) error {
	kept := idText(draft.Number) + ":" + idText(int64(draft.Quorum)) + ":" + idText(draft.Until.Unix())
	return r.ask(dialogReview, "", kept, r.speak.Say(key, "Reference", ideaReference(draft.Number)))
}

// answerReview takes another quorum or date.
func (r *request) answerReview(dialog store.Dialog) error {
	draft := readReviewDraft(strings.Split(dialog.Data, ":"))
	if err := r.may(council.ActionReviewIdea, council.Scope{}); err != nil {
		return err
	}
	if strings.TrimSpace(r.text) == "" || r.readReviewWish(r.text, &draft) {
		return r.askReviewWish(draft, "idea_review.unread")
	}
	root, err := r.standsFor(draft.Number)
	if err != nil {
		return err
	}
	if err := r.previewReview(root, draft); err != nil {
		return err
	}
	_, err = r.tx.EndDialog(r.chatID, r.actor.ID)
	return err
}

// pressReviewOpen opens a review as its preview says: the council gets the card, and
// the people of the idea hear of it.
func (r *request) pressReviewOpen(number int64, rest pressArguments) error {
	if err := r.may(council.ActionReviewIdea, council.Scope{}); err != nil {
		return err
	}
	before, err := r.standsFor(number)
	if err != nil {
		return err
	}
	groups, err := r.councilGroups()
	if err != nil {
		return err
	}
	if len(groups) == 0 {
		return council.Refuse("no_council_group")
	}
	rubric, err := r.tx.Rubric()
	if err != nil {
		return err
	}
	review := council.Review{Quorum: int(rest.number(0)), Until: time.Unix(rest.number(1), 0).UTC(), Rubric: rubric}
	idea, err := before.OpenReview(review, r.now)
	if err != nil {
		return err
	}
	for _, group := range groups {
		if _, err := r.tx.Card(idea.Reference().String(), cardIdeaReview, group.ChatID, group.ThreadID); err != nil {
			return err
		}
	}
	if err := r.keepIdeaAs(idea, council.EventReviewed, "", "quorum", rest.text(0), "until", rest.text(1)); err != nil {
		return err
	}
	if err := r.canUndoIdea(before, idea); err != nil {
		return err
	}
	text := r.speak.Say("idea_review.opened", "Reference", idea.Reference().String(), "Until", r.momentLeft(idea.Review.Until))
	return errors.Join(r.edit(text, r.undoIdeaRow(idea)), r.tellReviewed(idea), r.toast(""))
}

// tellReviewed tells the people of an idea that the council looks at it now.
func (r *request) tellReviewed(idea council.Idea) error {
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return err
	}
	return r.tellIdeaPeople(family.People(), idea, func(speak locale.Speaker, member council.Member) string {
		return speak.Say("idea_review.told", "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit),
			"Person", greetPerson(speak, member), "Day", speak.Day(idea.DecideBy.In(r.city.Zone)))
	})
}

// councilGroups lists the linked groups of the council in which the bot can speak.
func (r *request) councilGroups() ([]council.Group, error) {
	groups, err := r.tx.Groups()
	var found []council.Group
	for _, group := range groups {
		if group.Kind == council.KindCouncil && group.Reachable {
			found = append(found, group)
		}
	}
	return found, err
}
