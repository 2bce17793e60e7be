package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// For how long something is not said again.
const (
	oneDay     = 24 * time.Hour
	tenMinutes = 10 * time.Minute
)

// sayOnce answers, in the place of the request, unless the same was said to this
// person there within the span: whoever writes fifty times is not answered fifty times.
func (r *request) sayOnce(what string, span time.Duration, text string) error {
	since := idText(r.now.UnixMilli() / span.Milliseconds())
	if span == oneDay {
		since = r.day().String()
	}
	payload := store.Payload{Text: text}
	if r.message != nil && !r.private {
		payload.ReplyTo = r.message.ID
	}
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload,
		UniqueKey: strings.Join([]string{"idea", what, idText(r.chatID), idText(r.actor.ID), since}, ":"),
	}, time.Now())
}

// Why an idea has to wait: these are the ends of sentences "idea.later.*".
const (
	laterPause    = "pause"    // too many at once
	laterDay      = "day"      // enough for today
	laterStranger = "stranger" // people outside every group give one a day
)

// tooMany tells why the person's idea has to wait; "" when it has not to. Those who
// work for the programme are not counted.
func (r *request) tooMany() (string, error) { return r.tooManyBut(0) }

// tooManyBut is tooMany with one draft left out of the count.
func (r *request) tooManyBut(draftID int64) (string, error) {
	if staff(r.actor) {
		return "", nil
	}
	begin := r.day().At(0, 0, r.city.Zone)
	if minuteAgo := r.now.Add(-time.Minute); minuteAgo.Before(begin) {
		begin = minuteAgo
	}
	ideas, err := r.tx.IdeasBy(r.actor.ID, begin)
	if err != nil {
		return "", err
	}
	drafts, err := r.tx.IdeaDrafts(r.actor.ID)
	if err != nil {
		return "", err
	}
	var moments []time.Time
	for _, idea := range ideas {
		moments = append(moments, idea.CreatedAt)
	}
	for _, draft := range drafts {
		if draft.Number == 0 && draft.Step != stepWords && draft.Step != stepLater && draft.ID != draftID {
			moments = append(moments, draft.CreatedAt)
		}
	}
	today, lately := 0, 0
	for _, at := range moments {
		if council.DayOf(at, r.city.Zone) == r.day() {
			today++
		}
		if r.now.Sub(at) < time.Minute {
			lately++
		}
	}
	switch {
	case r.actor.IsStranger() && today >= council.StrangersIdeasADay:
		return laterStranger, nil
	case today >= council.IdeasADay:
		return laterDay, nil
	case lately >= council.IdeasAMinute:
		return laterPause, nil
	}
	return "", nil
}

// Limits of drafts that wait: how many of one person are kept, and from how many on
// the coordinators are told.
const (
	draftsKeptLater = 50
	draftsTold      = 5
)

// keepForLater keeps what a person gives beyond the limit, says so once, and is silent then.
func (r *request) keepForLater(draft store.IdeaDraft, why string) error {
	waiting, err := r.draftsAt(stepLater)
	if err != nil {
		return err
	}
	if len(waiting) >= draftsKeptLater {
		return errorsOr(r.dropIfKept(draft), r.sayOnce("later full", oneDay, r.speak.Say("idea.later.full", "Limit", strconv.Itoa(draftsKeptLater))))
	}
	if _, err := r.atStep(draft, stepLater); err != nil {
		return err
	}
	if len(waiting)+1 == draftsTold {
		if err := r.tellOfWave(); err != nil {
			return err
		}
	}
	return r.sayOnce("later", oneDay, r.speak.Say("idea.later."+why, "Limit", strconv.Itoa(council.IdeasADay)))
}

// tellOfWave tells every coordinator, once a day, that somebody gives many ideas at once.
func (r *request) tellOfWave() error {
	members, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	for _, member := range members {
		if member.Reach != council.ReachOpen || member.TelegramID == 0 {
			continue
		}
		if err := r.tx.Queue(store.Outgoing{
			ChatID: member.TelegramID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
			Payload:   store.Payload{Text: r.speaker(member).Say("idea.wave")},
			UniqueKey: strings.Join([]string{"idea wave", idText(member.ID), r.day().String()}, ":"),
		}, time.Now()); err != nil {
			return err
		}
	}
	return nil
}
