package bot

import (
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressMeetingPlan marks the buttons of what the bot says about a meeting of its own accord;
// what is done, the number of the meeting and, for the next one of those that repeat, its
// date by the rule in unix seconds follow.
const pressMeetingPlan = "mplan"

// What is done by a button of pressMeetingPlan.
const (
	planHeld   = "held"
	planMissed = "missed"
	planReopen = "reopen"
	planInvite = "invite"
	planMove   = "move"
	planSkip   = "skip"
	planEnd    = "end"
	planResume = "resume"
)

// pressPlannedMeeting answers these buttons. What they carry may be forged, so who presses
// is asked anew.
func (r *request) pressPlannedMeeting(arguments pressArguments) error {
	m, err := r.findMeeting(arguments.number(1))
	if err != nil {
		return err
	}
	deed, on := arguments.text(0), time.Unix(arguments.number(2), 0)
	switch deed {
	case planHeld, planMissed, planReopen:
		if err := r.mayMeeting(council.ActionMinutes, m); err != nil {
			return err
		}
		return r.pressHeld(m, deed)
	}
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	switch deed {
	case planEnd:
		return r.endSeries(m)
	case planResume:
		return r.resumeSeries(m)
	}
	if known, err := r.tx.MeetingAfter(m.Number); !errors.Is(err, store.ErrNotFound) {
		return r.seriesDone(m, r.speak.Say("meeting_series.known", "Reference", known.Reference().String()), err)
	}
	switch deed {
	case planInvite:
		return r.inviteNext(m, on)
	case planMove:
		return r.changeNext(m, on)
	case planSkip:
		return r.skipNext(m, on)
	}
	return r.stale()
}

// pressHeld keeps whether a meeting was held. Whoever comes second learns what was said.
func (r *request) pressHeld(m council.Meeting, deed string) (err error) {
	switch {
	case deed == planReopen:
		if m, err = r.reopenMeeting(m); err != nil {
			return err
		}
	case m.State != council.MeetingPlanned:
	case deed == planHeld:
		if m, err = r.holdMeeting(m); err != nil {
			return err
		}
	default:
		if m, err = r.missMeeting(m); err != nil {
			return err
		}
	}
	if err := r.refreshPressed(); err != nil {
		return err
	}
	return r.toast(r.speak.Say("meeting_held.toast", "Reference", m.Reference().String(), "State", r.speak.Say("meeting.state."+string(m.State))))
}

// missMeeting says that the time of a meeting went by without it. Where something was noted
// of it, that would be lost: refusal "meeting_noted".
func (r *request) missMeeting(m council.Meeting) (council.Meeting, error) {
	noted, err := r.standingMinutes(m)
	if err != nil || len(noted) > 0 {
		return m, errorsOr(err, council.Refuse("meeting_noted", "Reference", m.Reference().String()))
	}
	missed, err := m.Miss(r.now)
	if err != nil {
		return m, err
	}
	if err := r.tx.SaveMeeting(missed); err != nil {
		return m, err
	}
	return missed, errors.Join(r.record(m.Reference(), council.EventMissed, ""), r.afterMeeting(missed))
}

// reopenMeeting takes back, for a while, that a meeting was said to be held or missed.
func (r *request) reopenMeeting(m council.Meeting) (council.Meeting, error) {
	if !r.reopens(m) {
		return m, council.Refuse("undo_too_late", "Reference", m.Reference().String())
	}
	opened, err := m.Reopen()
	if err != nil {
		return m, err
	}
	if err := r.tx.SaveMeeting(opened); err != nil {
		return m, err
	}
	if err := r.record(m.Reference(), council.EventUndone, "", council.DetailWhat, string(council.EventHeld)); err != nil {
		return m, err
	}
	return opened, r.afterMeeting(opened)
}

// reopens tells whether it can still be taken back that a meeting was held or missed.
func (r *request) reopens(m council.Meeting) bool {
	_, err := m.Reopen()
	return err == nil && r.now.Sub(m.EndedAt) <= undoTime
}
