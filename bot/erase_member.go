package bot

import (
	"context"
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// forgetMember forgets a member: who it is, and what the person gave. What was begun is
// brought to an end or handed to the coordinators, and every card that showed the person
// gets its new face. about is the request for it, "" for none. The request that does it
// goes on in the name of a member without a name.
func (r *request) forgetMember(member council.Member, about string) error {
	left, err := r.leavesBehind(member)
	if err != nil {
		return err
	}
	shown, err := r.tx.ShownWith(member.ID)
	if err != nil {
		return err
	}
	if _, err := r.tx.WithdrawConsent(member.ID, r.now); err != nil {
		return err
	}
	blank, nameless := r.erasedWords()
	contents, err := r.tx.Erase(store.Erasure{Member: member, Blank: blank, Nameless: nameless})
	if err != nil {
		return err
	}
	for _, hash := range contents {
		if err := r.forgetContent(hash); err != nil {
			return err
		}
	}
	if member.ID == r.actor.ID {
		r.actor = council.Actor{Member: council.Member{ID: member.ID, Language: member.Language}}
	}
	request, why := council.Reference{}, "retention"
	if about != "" {
		request, _ = council.ParseReference(about)
		why = "asked"
	}
	if err := r.record(request, council.EventErased, "", "why", why); err != nil {
		return err
	}
	if err := r.endBegun(left, member.ID); err != nil {
		return err
	}
	if err := r.showAnew(shown); err != nil {
		return err
	}
	if err := r.tellOfLeftBehind(left, about); err != nil {
		return err
	}
	return r.tx.Queue(store.Outgoing{Kind: store.KindCompact, Priority: store.PriorityBroadcast}, time.Now())
}

// showAnew brings the cards of things to the face that they have now.
func (r *request) showAnew(subjects []string) error {
	for _, subject := range subjects {
		reference, ok := council.ParseReference(subject)
		if !ok {
			continue
		}
		if err := notFoundIsNil(r.showThingAnew(reference)); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) showThingAnew(thing council.Reference) error {
	switch thing.Letter {
	case council.TaskLetter:
		return r.refreshTask(thing.Number)
	case council.IdeaLetter:
		return r.refreshIdea(thing.Number)
	case council.EvidenceLetter:
		return r.refreshFiling(thing.Number)
	case council.QuestionLetter:
		question, err := r.tx.Question(thing.Number)
		if err != nil {
			return err
		}
		return r.refreshQuestion(question)
	case council.PromptLetter:
		prompt, err := r.tx.Prompt(thing.Number)
		if err != nil {
			return err
		}
		return r.refreshPrompt(prompt, everybodysCards)
	case council.MeetingLetter:
		meeting, err := r.tx.Meeting(thing.Number)
		if err != nil {
			return err
		}
		return r.showMeeting(meeting)
	}
	return nil
}

// compact takes what was erased out of the files of the database: at once, and again when
// the last word to whoever was forgotten is said.
func (s *sender) compact(out store.Outgoing) {
	s.mutex.Lock()
	first := s.trouble[out.ID] == nil
	s.mutex.Unlock()
	waits := false
	err := s.bot.store.View(s.ctx, func(tx *store.Tx) (err error) {
		waits, err = tx.OpenLastWords()
		return err
	})
	if err == nil && (first || !waits) {
		err = s.bot.store.Compact(context.WithoutCancel(s.ctx))
	}
	if err == nil && !waits {
		s.mutex.Lock()
		delete(s.trouble, out.ID)
		s.mutex.Unlock()
		s.record(out, result{ending: endedSent})
		return
	}
	if err != nil && s.ctx.Err() == nil && !errors.Is(err, store.ErrClosed) {
		s.bot.log.Error("what was erased could not be taken out of the database's file yet; trying again", "error", err.Error())
	}
	s.record(out, result{ending: endedLater, delay: s.troubleOf(out).next(nil), err: errNotStored})
}
