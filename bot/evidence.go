package bot

import (
	"regexp"
	"slices"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// evidenceDraft is what somebody files, as far as it has been said. It is kept in the
// conversation's row.
type evidenceDraft struct {
	Indicators []int64
	Files      []file
	Links      []string
	Words      string
	TakesPlace int64  // the piece of which it is a newer version; 0: of none, or of one with its name
	Album      string // Telegram's id of the album it comes in
	MessageID  int    // the message that began it
	Number     int64  // of the piece whose reason is asked for
	Stamp      int64  // as of a check, see stampOf
}

// isEmpty tells whether there is nothing to file yet.
func (d evidenceDraft) isEmpty() bool { return len(d.Files)+len(d.Links) == 0 }

// evidence is /bukti ENV-08: files what comes with the message, or with the one it
// replies to. Without a code or a file it asks; "/bukti periksa" is for whoever checks.
func (r *request) evidence() error {
	if !r.private && !r.linked() {
		return council.Refuse("not_linked")
	}
	word, rest := firstWord(strings.TrimSpace(r.text))
	if _, checks := locale.Meaning("evidence_check", word); checks {
		return r.listToCheck(rest)
	}
	draft, large, err := r.readEvidence(r.text, evidenceDraft{})
	if err != nil {
		return err
	}
	return r.goOnFiling(draft, large)
}

// readEvidence adds to a draft what a message says and brings, and gives the size of
// a file that is too large, 0 for none.
func (r *request) readEvidence(text string, draft evidenceDraft) (evidenceDraft, int64, error) {
	found, rest, err := r.indicatorsNamed(text)
	if err != nil {
		return draft, 0, err
	}
	for _, indicator := range found {
		if !slices.Contains(draft.Indicators, indicator.ID) {
			draft.Indicators = append(draft.Indicators, indicator.ID)
		}
	}
	if draft, err = r.evidenceReplied(draft); err != nil {
		return draft, 0, err
	}
	if err := r.mayFile(draft.Indicators); err != nil {
		return draft, 0, err
	}
	draft.Album, draft.MessageID = r.message.MediaGroupID, r.message.ID
	draft, large := r.addFiles(draft)
	links := append(linksIn(rest), linksBehind(r.message)...)
	if reply := r.message.ReplyToMessage; reply != nil && draft.isEmpty() && !r.ofBot(reply) {
		words, _ := body(reply)
		links = append(links, append(linksIn(words), linksBehind(reply)...)...)
	}
	for _, link := range links {
		if !slices.Contains(draft.Links, link) {
			draft.Links = append(draft.Links, link)
		}
	}
	if words := tidy(webAddress.ReplaceAllString(rest, "")); words != "" {
		draft.Words = shorten(words, evidenceWordsLimit)
	}
	return draft, large, nil
}

// evidenceWordsLimit is how many characters are kept of what is written beside evidence.
const evidenceWordsLimit = 500

// evidenceReplied adds what is named by replying to a message of the bot: the
// indicators of a filing, whose only piece gets a newer version, or that of a task.
func (r *request) evidenceReplied(draft evidenceDraft) (evidenceDraft, error) {
	if len(draft.Indicators) > 0 {
		return draft, nil
	}
	switch r.about.Letter {
	case council.IndicatorLetter:
		draft.Indicators = append(draft.Indicators, r.about.Number)
	case council.TaskLetter:
		indicator, err := r.tx.IndicatorOfTask(r.about.Number)
		if err == nil && indicator.ID != 0 {
			draft.Indicators = append(draft.Indicators, indicator.ID)
		}
		return draft, err
	case council.EvidenceLetter:
		pieces, err := r.piecesAbout()
		if err != nil {
			return draft, err
		}
		for _, piece := range pieces {
			if !slices.Contains(draft.Indicators, piece.IndicatorID) {
				draft.Indicators = append(draft.Indicators, piece.IndicatorID)
			}
		}
		if len(pieces) == 1 {
			draft.TakesPlace = pieces[0].Number
		}
	}
	return draft, nil
}

// mayFile tells whether the person may file for these indicators: those who work for
// the programme, and whoever was given the task to bring it.
func (r *request) mayFile(indicators []int64) error {
	if staff(r.actor) {
		return r.may(council.ActionEvidence, council.Scope{Assigned: true})
	}
	if len(indicators) == 0 { // which one is still to be said
		own, err := r.ownIndicators()
		if err != nil {
			return err
		}
		return r.may(council.ActionEvidence, council.Scope{Assigned: len(own) > 0})
	}
	for _, id := range indicators {
		tasks, err := r.tx.TasksOfIndicator(id)
		if err != nil {
			return err
		}
		own := slices.ContainsFunc(tasks, func(task council.Task) bool { return r.scope(task).Assigned })
		if err := r.may(council.ActionEvidence, council.Scope{Assigned: own}); err != nil {
			return err
		}
	}
	return nil
}

// addFiles adds the files of the message, and of the person's message it replies to;
// what Telegram hands to no bot is left out, and its size told.
func (r *request) addFiles(draft evidenceDraft) (evidenceDraft, int64) {
	large := int64(0)
	messages := []*models.Message{r.message}
	if reply := r.message.ReplyToMessage; reply != nil && !r.ofBot(reply) {
		messages = append(messages, reply)
	}
	for _, message := range messages {
		size := sizeOf(message)
		if size > evidenceLimit {
			large = size
			continue
		}
		draft.Files = append(draft.Files, filesOf(message)...)
	}
	return draft, large
}

// ofBot tells whether a message is the bot's own.
func (r *request) ofBot(message *models.Message) bool {
	return message.From != nil && message.From.ID == r.id.Load()
}

// sizeOf is how many bytes the file of a message has; 0 where it has none. Telegram
// makes photos, voices and round videos small enough.
func sizeOf(message *models.Message) int64 {
	size := int64(0)
	if m := message.Document; m != nil {
		size = max(size, m.FileSize)
	}
	if m := message.Animation; m != nil {
		size = max(size, m.FileSize)
	}
	if m := message.Video; m != nil {
		size = max(size, m.FileSize)
	}
	if m := message.Audio; m != nil {
		size = max(size, m.FileSize)
	}
	return size
}

// webAddress is an address on the web as people write it.
var webAddress = regexp.MustCompile(`(?i)\bhttps?://[^\s<>"]+`)

// linksIn finds the addresses in a text.
func linksIn(text string) []string {
	var links []string
	for _, found := range webAddress.FindAllString(text, -1) {
		links = append(links, strings.TrimRight(found, ".,;:!?)]}'"))
	}
	return links
}

// linksBehind finds the addresses behind words of a message.
func linksBehind(message *models.Message) []string {
	var links []string
	for _, entity := range append(slices.Clip(message.Entities), message.CaptionEntities...) {
		if entity.Type == models.MessageEntityTypeTextLink && webAddress.MatchString(entity.URL) {
			links = append(links, entity.URL)
		}
	}
	return links
}
