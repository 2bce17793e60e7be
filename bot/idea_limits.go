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
	laterCrowd    = "crowd"    // they have given enough together
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
	if r.actor.IsStranger() {
		together, err := r.strangersToday()
		if err != nil || together >= council.StrangersIdeasInAll {
			return laterCrowd, err
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
	key := ""
	switch {
	case why == laterCrowd:
		key = "idea.wave_strangers"
	case len(waiting)+1 == draftsTold:
		key = "idea.wave"
	}
	if err := r.tellOfWave(key); err != nil {
		return err
	}
	return r.sayOnce("later", oneDay, r.speak.Say("idea.later."+why, "Limit", strconv.Itoa(council.IdeasADay)))
}

// strangersToday is how many ideas people outside every group have given today.
func (r *request) strangersToday() (int, error) {
	kept, err := r.tx.Setting(store.SettingStrangersToday)
	day, count, _ := strings.Cut(kept, " ")
	if err != nil || day != r.day().String() {
		return 0, err
	}
	return strconv.Atoi(count)
}

// countStranger counts an idea of somebody outside every group.
func (r *request) countStranger() error {
	if !r.actor.IsStranger() {
		return nil
	}
	count, err := r.strangersToday()
	if err != nil {
		return err
	}
	return r.tx.SetSetting(store.SettingStrangersToday, r.day().String()+" "+strconv.Itoa(count+1))
}

// tellOfWave tells every coordinator, once a day, that many ideas come in at once;
// the key names the sentence, and there is none for an empty one.
func (r *request) tellOfWave(key string) error {
	if key == "" {
		return nil
	}
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
			Payload:   store.Payload{Text: r.speaker(member).Say(key)},
			UniqueKey: strings.Join([]string{key, idText(member.ID), r.day().String()}, ":"),
		}, time.Now()); err != nil {
			return err
		}
	}
	return nil
}
