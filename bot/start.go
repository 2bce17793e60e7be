package bot

import (
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// start greets, and opens what a link into the private chat names.
func (r *request) start() error {
	if !r.private {
		return r.startInGroup()
	}
	if secret, isClaim := strings.CutPrefix(r.text, claimPayload); isClaim {
		return r.claim(secret)
	}
	if reference, ok := council.ParseReference(r.text); ok && reference.Letter == council.OfficialLetter {
		return r.openOfficial(reference.Number)
	}
	if open, err := r.strangersMay(); err != nil || r.actor.IsStranger() {
		if err != nil || !open {
			return errorsOr(err, council.Refuse("stranger"))
		}
		return r.sayOnce("start", oneDay, r.speak.Say("start.stranger", "City", r.city.Name))
	}
	if r.text == ideaPayload {
		if going, err := r.continueIdea(); err != nil || going {
			return err
		}
	}
	if reference, ok := council.ParseReference(r.text); ok && reference.Letter == council.TaskLetter {
		return r.showTask(reference.Number)
	}
	if reference, ok := council.ParseReference(r.text); ok && reference.Letter == council.PromptLetter {
		return r.openPrompt(reference.Number)
	}
	if reference, ok := council.ParseReference(r.text); ok && reference.Letter == council.IdeaLetter {
		return r.openIdea(reference.Number)
	}
	if strings.HasPrefix(r.text, wordingPayload) {
		return r.openWording(r.text)
	}
	switch r.text {
	case profilePayload:
		return r.profile()
	case erasePayload:
		return r.erase()
	case myDataPayload:
		return r.myData()
	case leavePayload:
		return r.listLeaves()
	case minePayload:
		return r.myIdeas()
	case tasksPayload:
		return r.listTasks()
	case handoverPayload:
		return r.handover()
	case settingsPayload:
		return r.settings()
	}
	return r.greet("")
}

// greet welcomes a person in private. before, if any, is said in front of it.
func (r *request) greet(before string) error {
	key := "start.member"
	switch {
	case r.actor.Coordinates():
		key = "start.coordinator"
	case r.actor.Has(council.RoleLeader):
		key = "start.leader"
	case r.actor.Has(council.RoleCouncil):
		key = "start.council"
	case !staff(r.actor):
		key = "start.community"
	}
	begin, err := r.guidanceRow()
	if err != nil {
		return err
	}
	text := r.speak.Say(key, "Person", greetPerson(r.speak, r.actor.Member), "City", r.city.Name)
	if err := r.reply(strings.TrimSpace(before+"\n"+text), begin...); err != nil {
		return err
	}
	if asks, err := r.asksPlace(); err != nil || asks {
		return err // one thing at a time
	}
	return r.askAddressOnce()
}

// startInGroup answers /start in a group. A payload comes from the link that
// added the bot to the group, which has been answered when it came in.
func (r *request) startInGroup() error {
	switch {
	case r.linked():
		return r.reply(r.speak.Say("start.in_group", "Group", r.groupName(r.group)))
	case r.text != "":
		return nil
	case r.actor.Coordinates():
		return r.askLink("link.ask")
	}
	return r.sayOnce("unlinked", tenMinutes, r.speak.Say("start.in_unlinked_group"))
}

// afterwards asks what the bot still has to know of a person who wrote in
// private, once that person has been answered.
func (r *request) afterwards() error { return errors.Join(r.resumeIdea(), r.askPlace()) }

// onPrivateWords answers words in private that are neither a command nor an
// answer to anything.
func (r *request) onPrivateWords() error {
	if r.actor.IsStranger() {
		return council.Refuse("stranger")
	}
	if filed, err := r.fileByCaption(); filed || err != nil {
		return err
	}
	if read, err := r.sheetBySelf(); read || err != nil {
		return err
	}
	begin, err := r.guidanceRow()
	if err != nil {
		return err
	}
	return r.reply(r.speak.Say("start.words"), begin...)
}

// oncePerDay says something to a person in private, at most once on a day of
// the city: whoever writes a hundred times is not answered a hundred times.
func (r *request) oncePerDay(what, text string) error {
	if !r.private {
		return nil
	}
	day := r.now.In(r.city.Zone).Format(time.DateOnly)
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		UniqueKey: what + ":" + idText(r.chatID) + ":" + day,
		Payload:   store.Payload{Text: text},
	}, time.Now())
}
