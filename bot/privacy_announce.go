package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// privacyTextReference names the text about personal data among the things of the city, of
// which the first is its rhythm.
var privacyTextReference = council.Reference{Letter: council.RhythmLetter, Number: 2}

// What the bot does itself about the text.
const (
	stepPrivacyText    council.Step = "privacy text"    // announce a new version
	stepPrivacyOfficer council.Step = "privacy officer" // tell coordinators that people wait
)

// changesShown is how many lines of a change the announcement has; the rest is read in the text.
const changesShown = 6

// actCity does what is due of the city itself.
func (r *request) actCity(due council.Reminder) error {
	switch due.Step {
	case stepPrivacyText:
		return r.announcePrivacy()
	case stepPrivacyOfficer:
		return r.tellOfOfficer()
	}
	return nil
}

// announcePrivacy tells everybody who agreed to the text as it was that it changes, and
// from when. Nobody is asked anything here.
func (r *request) announcePrivacy() error {
	versions, err := r.settlePrivacy()
	if err != nil || len(versions) < 2 {
		return err
	}
	before, next := versions[len(versions)-2], versions[len(versions)-1]
	if !next.AnnouncedAt.IsZero() {
		return nil
	}
	// After an outage the days that lie between begin again.
	if _, applies := council.AnnouncePrivacy(r.now, r.city.Timing.Calendar); applies.After(next.AppliesAt) {
		next.AppliesAt = applies
	}
	agreed, err := r.tx.Agreed(next.Number)
	if err != nil {
		return err
	}
	told, err := r.tellEach(agreed, "", "", func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		changes, err := r.privacyChanges(before, next, speak)
		text := speak.Say("privacy.announce", "Version", idText(int64(next.Number)), "Day", speak.Day(next.AppliesAt.In(r.city.Zone)), "Changes", changes)
		return text, [][]store.Button{{button(speak, "privacy_next", pressPrivacy, privacyText, next.Number), button(speak, "privacy", pressPrivacy, privacyHome)}}, err
	})
	if err != nil {
		return err
	}
	if err := r.tx.PrivacyAnnounced(next.Number, r.now, next.AppliesAt); err != nil {
		return err
	}
	if err := r.record(council.Reference{}, council.EventPrivacyText, "", "version", idText(int64(next.Number)), "told", idText(int64(len(told))), "of", idText(int64(len(agreed)))); err != nil {
		return err
	}
	return r.tellCoordinators("", "", func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		text := speak.Say("privacy.announced", "Version", idText(int64(next.Number)), "Day", speak.Day(next.AppliesAt.In(r.city.Zone)),
			"Told", len(told), "All", len(agreed))
		return text, [][]store.Button{{button(speak, "privacy_next", pressPrivacy, privacyText, next.Number)}}, nil
	})
}

// privacyChanges are the paragraphs that are new or different.
func (r *request) privacyChanges(before, next council.PrivacyVersion, speak locale.Speaker) (string, error) {
	was, err := r.privacyIn(before, speak)
	if err != nil {
		return "", err
	}
	is, err := r.privacyIn(next, speak)
	lines := council.NewLines(was.Full, is.Full)
	if len(lines) == 0 { // only the summary says something else
		lines = council.NewLines(was.Short, is.Short)
	}
	return strings.Join(lines[:min(len(lines), changesShown)], "\n"), err
}

// tellOfOfficer tells coordinators once a day that people wait to be asked, for as long as
// nobody is named who looks after personal data.
func (r *request) tellOfOfficer() error {
	waiting, err := r.tx.DraftsAt(stepOfficer)
	if err != nil || len(waiting) == 0 || r.Officer != "" {
		return err
	}
	var people []int64
	for _, draft := range waiting {
		if !slices.Contains(people, draft.MemberID) {
			people = append(people, draft.MemberID)
		}
	}
	if err := r.tellCoordinators("", "", func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		return speak.Count("privacy.officer_missing", len(people)), nil, nil
	}); err != nil {
		return err
	}
	return r.planOfficer(r.city.Timing.Calendar.NextAllowed(r.day().Add(1).At(0, 0, r.city.Zone)))
}

// planOfficer lets coordinators be told at a moment that people wait, unless that is
// planned already.
func (r *request) planOfficer(at time.Time) error {
	waiting, err := r.tx.WaitingReminders(privacyTextReference)
	planned := slices.ContainsFunc(waiting, func(reminder council.Reminder) bool {
		return reminder.Step == stepPrivacyOfficer && reminder.Due.After(r.now)
	})
	if err != nil || planned {
		return err
	}
	return r.tx.AddReminders([]council.Reminder{{Subject: privacyTextReference, Step: stepPrivacyOfficer, Audience: council.ToBot, Anchor: at, Due: at}})
}

// settleOfficer asks those who waited for it to agree, once there is a text to agree to.
func (b *Bot) settleOfficer(tx *store.Tx) error {
	r, err := b.unasked(tx)
	if err != nil {
		return err
	}
	if _, ok, err := r.privacyNow(r.speak); err != nil || !ok || b.Officer == "" {
		return err
	}
	waiting, err := tx.DraftsAt(stepOfficer)
	if err != nil {
		return err
	}
	var asked []int64
	for _, draft := range waiting {
		draft.Step = stepConsent
		if err := tx.SaveIdeaDraft(draft); err != nil {
			return err
		}
		if slices.Contains(asked, draft.MemberID) {
			continue
		}
		asked = append(asked, draft.MemberID)
		member, err := tx.Member(draft.MemberID)
		if err != nil {
			return err
		}
		if _, err := r.askConsent(member); err != nil {
			return err
		}
	}
	return nil
}
