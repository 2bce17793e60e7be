package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How much /pengumuman shows.
const (
	newsShown      = 5
	newsShownGroup = 3 // in a group, where everybody reads it
	newsLine       = 120
)

// news is /pengumuman: the last announcements that have reached the person, or
// the group in which it is asked; with a reference, that one in full.
func (r *request) news() error {
	if err := r.may(council.ActionNews, council.Scope{}); err != nil {
		return err
	}
	number, _ := r.announcementNamed()
	if number == 0 && r.about.Letter == council.AnnouncementLetter {
		number = r.about.Number
	}
	switch {
	case !r.private && !r.linked():
		return council.Refuse("not_linked")
	case number != 0:
		return r.oneNews(number)
	case r.private && r.actor.Coordinates():
		return r.allNews()
	}
	found, err := r.reachedHere(newsShown)
	if err != nil {
		return err
	}
	if !r.private {
		found = found[:min(len(found), newsShownGroup)]
	}
	return r.listNews(found)
}

// reachedHere lists the announcements that have reached whoever reads the answer.
func (r *request) reachedHere(limit int) ([]council.Announcement, error) {
	if !r.private {
		return r.tx.AnnouncementsFor(0, []council.Group{r.group}, limit)
	}
	return r.tx.AnnouncementsFor(r.actor.ID, r.actor.Groups, limit)
}

// allNews lists for coordinators what was and what will be announced.
func (r *request) allNews() error {
	found, err := r.tx.Announcements(newsShown)
	if err != nil {
		return err
	}
	return r.listNews(found)
}

func (r *request) listNews(found []council.Announcement) error {
	if len(found) == 0 {
		return r.reply(r.speak.Say("announcement.none"))
	}
	var lines []string
	var row []store.Button
	if r.private {
		lines = append(lines, r.speak.Say("announcement.list"))
	}
	for _, one := range found {
		moment := one.SentAt
		if moment.IsZero() {
			moment = one.SendAt
		}
		if moment.IsZero() {
			moment = one.CreatedAt
		}
		reference := one.Reference().String()
		first, _, _ := strings.Cut(one.Text, "\n")
		lines = append(lines, r.speak.Say("announcement.line."+string(one.State), "Reference", reference,
			"Day", r.speak.ShortDay(moment.In(r.city.Zone)), "Text", shorten(first, newsLine)))
		row = append(row, store.Button{Text: reference, Data: data(pressNews, one.Number)})
	}
	if !r.private {
		return r.reply(strings.Join(lines, "\n"))
	}
	return r.reply(strings.Join(lines, "\n"), row)
}

// oneNews shows an announcement in full to those whom it has reached; to a
// coordinator, in private, with its numbers.
func (r *request) oneNews(number int64) error {
	if r.private && r.actor.Coordinates() {
		announcement, err := r.tx.Announcement(number)
		if err != nil {
			return errorsOr(notFoundIsNil(err), council.Refuse("no_such_thing", "Reference", council.AnnouncementReference(number).String()))
		}
		return r.showOverviewAfresh(announcement)
	}
	announcement, err := r.tx.Announcement(number)
	if notFoundIsNil(err) != nil {
		return err
	}
	reached, here := r.reachedBy(number)
	if err != nil || here != nil || !reached {
		return errorsOr(here, council.Refuse("no_such_thing", "Reference", council.AnnouncementReference(number).String()))
	}
	files, err := r.announcementFiles(announcement)
	if err != nil {
		return err
	}
	reference := announcement.Reference().String()
	payload := store.Payload{Text: copyText(r.speak, announcement, reference), Files: files, Subject: reference, About: cardAnnouncement}
	if announcement.Official.Number != 0 {
		payload.Text = r.officialText(r.speak, announcement, reference)
	}
	if r.private {
		payload.Buttons = copyFace(r.speak, announcement).Buttons
	} else if r.message != nil {
		payload.ReplyTo = r.message.ID
	}
	return queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload})
}

// reachedBy tells whether an announcement has reached whoever reads the answer.
func (r *request) reachedBy(number int64) (bool, error) {
	found, err := r.reachedHere(-1)
	for _, one := range found {
		if one.Number == number {
			return true, err
		}
	}
	return false, err
}

// pressNews opens an announcement of the list.
func (r *request) pressNews(arguments pressArguments) error {
	if err := r.may(council.ActionNews, council.Scope{}); err != nil {
		return err
	}
	if err := r.oneNews(arguments.number(0)); err != nil {
		return err
	}
	return r.toast("")
}
