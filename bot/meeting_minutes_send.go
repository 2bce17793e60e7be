package bot

import (
	"strconv"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// keptMinutes is what the documents of an agreed edition say, by language. Nothing that
// happens afterwards changes it: not who leads by then, nor how its follow-ups stand.
type keptMinutes struct {
	Zone   string
	Papers map[string]report.MinutesPaper
}

// keepEdition keeps an edition as it was agreed, with what its documents say.
func (r *request) keepEdition(m council.Meeting, edition council.MinutesEdition) error {
	kept := keptMinutes{Zone: r.city.Zone.String(), Papers: make(map[string]report.MinutesPaper)}
	for _, language := range locale.Languages {
		paper, err := r.minutesPaperOf(m, edition, r.book.In(language))
		if err != nil {
			return err
		}
		paper.Zone = nil
		kept.Papers[language] = paper
	}
	return r.tx.KeepMinutesEdition(m.Number, edition, kept)
}

// keptMinutesPaper is what the document of an agreed edition says in a language; false
// for an edition that was not agreed.
func (r *request) keptMinutesPaper(m council.Meeting, edition int, language string) (paper report.MinutesPaper, found bool, err error) {
	var kept keptMinutes
	if err := r.tx.MinutesPapers(m.Number, edition, &kept); err != nil {
		return paper, false, notFoundIsNil(err)
	}
	paper = kept.Papers[language]
	paper.Zone, err = time.LoadLocation(kept.Zone)
	return paper, true, err
}

// editionSent counts to how many an edition is sent.
type editionSent struct{ groups, people int }

// sendEdition sends an agreed edition to every invited group, and in private to who was
// there, was invited by name, leads, writes or made the meeting; nobody twice.
func (r *request) sendEdition(m council.Meeting, edition council.MinutesEdition) (sent editionSent, err error) {
	groups, err := r.tx.Groups()
	if err != nil {
		return sent, err
	}
	for _, group := range groups {
		if !m.To.Include(group) || !group.Reachable {
			continue
		}
		if err := r.sendEditionTo(m, edition, group.ChatID, group.ThreadID, r.book.In(group.Language)); err != nil {
			return sent, err
		}
		sent.groups++
	}
	there, err := r.tx.AttendeesIn(m.Number, edition.Edition)
	if err != nil {
		return sent, err
	}
	ids := append([]int64{m.Chair.MemberID, m.Scribe.MemberID, m.CreatedBy}, m.People...)
	for _, attendee := range there {
		ids = append(ids, attendee.MemberID)
	}
	seen := make(map[int64]bool)
	for _, id := range ids {
		if id == 0 {
			continue
		}
		member, err := r.tx.Member(id)
		if err != nil {
			return sent, err
		}
		if seen[member.ID] || member.Reach != council.ReachOpen || member.TelegramID == 0 {
			continue
		}
		seen[member.ID] = true
		if err := r.sendEditionTo(m, edition, member.TelegramID, 0, r.speaker(member)); err != nil {
			return sent, err
		}
		sent.people++
	}
	return sent, nil
}

// sendEditionTo sends an edition into a chat, once.
func (r *request) sendEditionTo(m council.Meeting, edition council.MinutesEdition, chatID int64, threadID int, speak locale.Speaker) error {
	text, err := r.minutesCaption(speak, m, edition.Edition)
	if err != nil {
		return err
	}
	key := "minutes:" + strconv.FormatInt(m.Number, 10) + ":" + strconv.Itoa(edition.Edition) + ":" + idText(chatID) + ":" + strconv.Itoa(threadID)
	return queueWithFiles(r.tx, store.Outgoing{ChatID: chatID, ThreadID: threadID, Kind: store.KindMessage, Priority: store.PriorityBroadcast, UniqueKey: key,
		Payload: store.Payload{Text: text, Subject: m.Reference().String(), About: aboutMeeting, Files: []store.File{minutesFile(m, edition.Edition, speak)}}})
}
