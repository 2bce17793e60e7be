package council

import "time"

// Evidence is one file or link filed for an indicator, and checked by the
// coordinator. A newer version takes the place of an older one, which is kept.
type Evidence struct {
	Number      int64
	IndicatorID int64
	MemberID    int64  // who filed it
	From        Place  // the message that brought it
	Kind        string // document, photo, video, audio, voice, animation, video_note, location, link
	FileID      string // with Telegram
	UniqueID    string
	Name        string // as it was sent
	Link        string // for links
	Words       string // what was written beside it
	Hash        string // SHA-256 of the content in the vault, in hexadecimal; empty: it is not there (yet)
	Size        int64  // in bytes
	Personal    PersonalData
	State       EvidenceState // never EvidenceMissing
	Reason      string        // why it needs fixing
	CheckedBy   int64
	CheckedAt   time.Time
	Version     int    // 1, 2, … among those that took one another's place
	ReplacedBy  int64  // the number of what took its place: a newer version, or the same content filed before; 0: none
	TakesPlace  int64  // the number of that whose place it takes as soon as it is kept; 0: of none, or of one with its name
	Withdrawn   bool   // taken back by who filed it, because it held personal data, or because it could not be had
	Filing      int64  // the number of the first piece that was filed along with it, which may be its own
	Album       string // Telegram's id of the album in which it came
	Task        int64  // the number of the task with which it was handed in; 0: none
	CreatedAt   time.Time
}

// PersonalData is what was said to whether evidence holds personal data.
type PersonalData string

// What can be said to that.
const (
	PersonalUnasked PersonalData = ""
	PersonalNo      PersonalData = "no"
	PersonalYes     PersonalData = "yes" // it is covered first, and sent anew
)

// Reference of the evidence, for records; people name the code of its indicator.
func (e Evidence) Reference() Reference { return Reference{EvidenceLetter, e.Number} }

// Counts tells whether it is the newest version of what is still filed. What holds
// a file counts only once that lies in the vault.
func (e Evidence) Counts() bool {
	return e.ReplacedBy == 0 && !e.Withdrawn && (e.Hash != "" || !e.IsFile()) && e.Personal != PersonalYes
}

// IsFile tells whether its content belongs into the vault.
func (e Evidence) IsFile() bool { return e.Kind != EvidenceLink && e.Kind != EvidencePlace }

// Pending tells whether its content is still on its way into the vault.
func (e Evidence) Pending() bool {
	return e.IsFile() && e.Hash == "" && e.ReplacedBy == 0 && !e.Withdrawn
}

// Kinds of evidence that are no file.
const (
	EvidenceLink  = "link"
	EvidencePlace = "location"
)

// Verify records that the coordinator has found it right. Refusal: "evidence_gone"
// for what does not count.
func (e Evidence) Verify(memberID int64, now time.Time) (Evidence, error) {
	return e.checked(EvidenceVerified, "", memberID, now)
}

// SendBack records what has to be fixed. Refusals beside those of Verify:
// "reason_missing".
func (e Evidence) SendBack(reason string, memberID int64, now time.Time) (Evidence, error) {
	if reason == "" {
		return e, Refuse("reason_missing", "Reference", e.Reference().String())
	}
	return e.checked(EvidenceNeedsFix, reason, memberID, now)
}

func (e Evidence) checked(state EvidenceState, reason string, memberID int64, now time.Time) (Evidence, error) {
	if !e.Counts() {
		return e, Refuse("evidence_gone")
	}
	e.State, e.Reason, e.CheckedBy, e.CheckedAt = state, reason, memberID, now
	return e, nil
}
