package bot

import (
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What is done by button with an idea by those who are for it; its number follows.
const (
	ideaSupport = "support" // [Dukung]: gives support, or takes it back
	ideaFollow  = "follow"  // [Ikuti perkembangan]: likewise
)

// support is /dukung I-1, and /dukung I-1 batal.
func (r *request) support() error {
	if !r.private && !r.linked() {
		return council.Refuse("not_linked")
	}
	number, rest := r.ideaNamed()
	if number == 0 && r.about.Letter == council.IdeaLetter {
		number = r.about.Number
	}
	if number == 0 {
		return r.reply(r.speak.Say("idea_support.which"))
	}
	family, err := r.supportable(number)
	if err != nil {
		return err
	}
	word, _ := firstWord(strings.TrimSpace(rest))
	_, back := locale.Meaning("idea_unmerge", word)
	supports, _ := family.Support(r.actor.ID)
	switch {
	case back && !supports:
		return r.reply(r.speak.Say("idea_support.none", r.supportDetails(number, family)...))
	case supports && !back:
		return r.reply(r.speak.Say("idea_support.already", r.supportDetails(number, family)...))
	}
	if family, err = r.setSupport(family, !back); err != nil {
		return err
	}
	key := "idea_support.given"
	if back {
		key = "idea_support.back"
	}
	return r.replyAbout(family.Root.Reference().String(), cardIdeaGiven, r.speak.Say(key, r.supportDetails(number, family)...))
}

func (r *request) supportDetails(number int64, family council.IdeaFamily) []any {
	return []any{"Reference", ideaReference(number), "Into", family.Root.Reference().String(), "Person", greetPerson(r.speak, r.actor.Member),
		"Support", r.speak.Count("idea_same.support", len(family.Supporters()))}
}

// supportable finds the family of an idea that the person may support.
func (r *request) supportable(number int64) (council.IdeaFamily, error) {
	if err := r.may(council.ActionSupport, council.Scope{}); err != nil {
		return council.IdeaFamily{}, err
	}
	family, err := r.tx.IdeaFamily(number)
	if errors.Is(err, store.ErrNotFound) {
		return family, council.Refuse("no_such_thing", "Reference", ideaReference(number))
	}
	if err != nil {
		return family, err
	}
	return family, family.MaySupport(r.actor.ID)
}

// setSupport gives the person's support to what stands for the family, or takes
// back whatever the person has said to any idea of it.
func (r *request) setSupport(family council.IdeaFamily, supports bool) (council.IdeaFamily, error) {
	detail := []string{}
	if supports {
		stand := council.IdeaSupport{IdeaNumber: family.Root.Number, MemberID: r.actor.ID, Supports: true}
		if err := r.tx.SetSupport(stand, r.now); err != nil {
			return family, err
		}
	} else {
		detail = append(detail, "taken_back", "1")
		for _, idea := range family.Ideas() {
			if err := r.tx.EndSupport(idea.Number, r.actor.ID); err != nil {
				return family, err
			}
		}
	}
	if err := r.record(family.Root.Reference(), council.EventSupported, "", detail...); err != nil {
		return family, err
	}
	if err := r.refreshIdea(family.Root.Number); err != nil {
		return family, err
	}
	return r.tx.IdeaFamily(family.Root.Number)
}

// pressSupport gives support, or takes it back.
func (r *request) pressSupport(number int64, _ pressArguments) error {
	family, err := r.supportable(number)
	if err != nil {
		return err
	}
	supports, _ := family.Support(r.actor.ID)
	if family, err = r.setSupport(family, !supports); err != nil {
		return err
	}
	key := "idea_support.toast_given"
	if supports {
		key = "idea_support.toast_back"
	}
	return errors.Join(r.refreshFull(number), r.toast(r.speak.Say(key, r.supportDetails(number, family)...)))
}

// refreshFull brings the idea in full up to date on which a button was pressed.
func (r *request) refreshFull(number int64) error {
	if !r.private {
		return nil
	}
	text, rows, err := r.ideaInFull(number, 0)
	if err != nil {
		return err
	}
	return r.edit(text, rows...)
}

// pressFollow has the person told what becomes of an idea, or no longer. Who
// supports it is told anyway.
func (r *request) pressFollow(number int64, _ pressArguments) error {
	family, err := r.supportable(number)
	if err != nil {
		return err
	}
	details := r.supportDetails(number, family)
	supports, follows := family.Support(r.actor.ID)
	if supports {
		return r.toast(r.speak.Say("idea_support.toast_supports", details...))
	}
	if follows {
		for _, idea := range family.Ideas() {
			if err := r.tx.EndSupport(idea.Number, r.actor.ID); err != nil {
				return err
			}
		}
		return r.toast(r.speak.Say("idea_support.toast_unfollowed", details...))
	}
	if err := r.tx.SetSupport(council.IdeaSupport{IdeaNumber: family.Root.Number, MemberID: r.actor.ID}, r.now); err != nil {
		return err
	}
	return r.toast(r.speak.Say("idea_support.toast_followed", details...))
}

// commentsTold is how many comments a day the submitter of an idea is told of.
const commentsTold = 3

// commentIdea keeps what somebody says to an idea by replying to a message about
// it. The submitter is told in private, of the first few on a day.
func (r *request) commentIdea(idea council.Idea) error {
	if err := r.may(council.ActionSupport, council.Scope{}); err != nil {
		return err
	}
	if idea.Held != council.HeldNot && idea.SubmitterID != r.actor.ID {
		return council.Refuse("no_such_thing", "Reference", idea.Reference().String())
	}
	words := strings.TrimSpace(r.text)
	if words == "" {
		return nil // a sticker: nothing that could stand below an idea
	}
	if supported, err := r.supportInAWord(idea); supported || err != nil {
		return err
	}
	if err := tooLong(words, council.IdeaDetailLimit, "comment_too_long"); err != nil {
		return err
	}
	if err := r.record(idea.Reference(), council.EventCommented, words); err != nil {
		return err
	}
	if err := r.tellComment(idea, words); err != nil {
		return err
	}
	if !r.private {
		return nil
	}
	return r.replyAbout(idea.Reference().String(), cardIdeaGiven, r.speak.Say("idea_support.commented", "Reference", idea.Reference().String()))
}

// tellComment tells who gave an idea what somebody says to it.
func (r *request) tellComment(idea council.Idea, words string) error {
	if idea.SubmitterID == r.actor.ID {
		return nil
	}
	local := r.now.In(r.city.Zone)
	began := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, r.city.Zone)
	count, err := r.tx.CountComments(idea, idea.SubmitterID, began)
	if err != nil || count > commentsTold {
		return err
	}
	key := "idea_support.comment"
	if count == commentsTold {
		key = "idea_support.comment_last"
	}
	submitter, err := r.submitterOf(idea)
	if err != nil || submitter.IsStranger() {
		return err
	}
	speak := r.speaker(submitter.Member)
	text := speak.Say(key, "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit),
		"Text", words, "Person", greetPerson(speak, submitter.Member))
	_, err = r.tell(submitter.Member, idea.Reference().String(), cardIdeaGiven, text, []store.Button{button(speak, "idea_see", pressIdea, ideaSee, idea.Number)})
	return err
}
