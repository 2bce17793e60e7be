package council

import "time"

// Event is an append-only record of which member did what to which thing and
// when. It holds ids and references; people's names and words stand elsewhere,
// where they can be erased.
type Event struct {
	ID       int64
	At       time.Time
	MemberID int64 // 0: the bot itself
	Subject  Reference
	Kind     EventKind
	Detail   map[string]string // ids, states, dates; never words
	WordsID  int64             // 0: none
}

// EventKind names what happened.
type EventKind string

// What can happen to tasks and evaluations.
const (
	EventCreated      EventKind = "created"
	EventAcknowledged EventKind = "acknowledged"
	EventTaken        EventKind = "taken"
	EventProgress     EventKind = "progress"
	EventObstacle     EventKind = "obstacle"
	EventSubmitted    EventKind = "submitted"
	EventAccepted     EventKind = "accepted"
	EventSentBack     EventKind = "sent_back"
	EventCancelled    EventKind = "cancelled"
	EventReassigned   EventKind = "reassigned"
	EventReopened     EventKind = "reopened"
	EventDeadline     EventKind = "deadline_changed"
	EventCommented    EventKind = "commented"
	EventAttached     EventKind = "attached"
	EventCorrected    EventKind = "corrected"
	EventUndone       EventKind = "undone"
	EventLinked       EventKind = "linked"
	EventUnlinked     EventKind = "unlinked"
	EventRoleChanged  EventKind = "role_changed"
	EventSetting      EventKind = "setting_changed"
	EventPostponed    EventKind = "postponed"
	EventClosed       EventKind = "closed"
	EventDirected     EventKind = "direction"
	EventHelpAsked    EventKind = "help_asked" // with an obstacle, of whoever was named
	EventSnoozed      EventKind = "snoozed"
	EventLeave        EventKind = "leave"
	EventRhythm       EventKind = "rhythm_changed"
	EventIndicators   EventKind = "indicators_changed" // of an evaluation, by a sheet
	EventPosition     EventKind = "position_changed"
	EventHandedOver   EventKind = "handed_over" // from somebody to somebody: a thing, and all of them as one
	EventEnded        EventKind = "ended"
	EventAnnounced    EventKind = "announced"
	EventRecalled     EventKind = "recalled"
	EventShared       EventKind = "shared"
	EventUnshared     EventKind = "unshared"
	EventWaits        EventKind = "waits"
	EventFreed        EventKind = "freed"
	EventReviewed     EventKind = "reviewed"
	EventDeliberated  EventKind = "deliberated"
	EventDecided      EventKind = "decided"
	EventMerged       EventKind = "merged"
	EventUnmerged     EventKind = "unmerged"
	EventTrialStarted EventKind = "trial_started"
	EventTrialMoved   EventKind = "trial_moved"   // to another day
	EventTrialStopped EventKind = "trial_stopped" // without adopting the idea
	EventFeedback     EventKind = "feedback"      // whether a trial helps
	EventAdopted      EventKind = "adopted"
	EventSupported    EventKind = "supported"
	EventScored       EventKind = "scored"
	EventExtended     EventKind = "review_extended" // of an idea: until a later date
	EventTold         EventKind = "told"            // everybody of an idea was told of its decision
	EventAsked        EventKind = "asked"
	EventForwarded    EventKind = "forwarded"
	EventClarified    EventKind = "clarified" // the asker was asked to explain
	EventExplained    EventKind = "explained"
	EventAnswered     EventKind = "answered"
	EventWithdrawn    EventKind = "withdrawn"
	EventEscalated    EventKind = "escalated"
	EventNeedsTime    EventKind = "needs_time" // those who are to answer have said until when
	EventRead         EventKind = "read"       // an announcement
	EventHeld         EventKind = "held"       // a meeting
	EventPacked       EventKind = "packed"     // the evidence of an evaluation, for whoever asked
	EventExported     EventKind = "exported"   // a list of the city, with names, by who took it along
	EventPointed      EventKind = "pointed"    // things to a recommendation
	EventUnpointed    EventKind = "unpointed"
	EventReleased     EventKind = "released" // an idea that had waited for a coordinator
	EventInvited      EventKind = "invited"  // to a meeting
	EventReplied      EventKind = "replied"  // to an invitation
	EventMoved        EventKind = "moved"    // a meeting, in time or place
	EventAppointed    EventKind = "appointed"
	EventMissed       EventKind = "missed"  // a meeting that did not take place
	EventSkipped      EventKind = "skipped" // one of the meetings that repeat
	EventSeriesEnded  EventKind = "series_ended"
	EventAttended     EventKind = "attended" // noted as present
	EventProposed     EventKind = "proposed" // a topic for a meeting
	EventAgenda       EventKind = "agenda_changed"
	EventNoted        EventKind = "noted"  // a line of minutes
	EventAgreed       EventKind = "agreed" // to minutes

	EventConsented        EventKind = "consented" // to the text about personal data
	EventConsentWithdrawn EventKind = "consent_withdrawn"

	EventPrivacyAsked EventKind = "privacy_asked" // something about one's own data; "kind" says what
	EventPrivacyEnded EventKind = "privacy_ended" // "how" says in which way
	EventErased       EventKind = "erased"        // what was kept of a person; "why" is "asked" or "retention"
	EventPrivacyText  EventKind = "privacy_text"  // the text about personal data; a "version" was made, or announced ("told" how many "of")
)
