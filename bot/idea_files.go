package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ideaFiles opens the files of an idea: [Berkas].
const ideaFiles = "files"

// seesIdeaFiles tells whether the person may open what was sent along with an idea:
// who gave it, and those who work for the programme. Pictures and voices may show
// who somebody is.
func (r *request) seesIdeaFiles(idea council.Idea) bool {
	return idea.SubmitterID == r.actor.ID || staff(r.actor)
}

// ideaFilesRow is the button that opens the files of an idea, if it has any.
func (r *request) ideaFilesRow(idea council.Idea) ([][]store.Button, error) {
	if !r.seesIdeaFiles(idea) {
		return nil, nil
	}
	count, err := r.tx.CountAttachments(idea.Reference().String())
	if err != nil || count == 0 {
		return nil, err
	}
	return [][]store.Button{{{Text: r.speak.Say("button.files", "N", count), Data: data(pressIdea, ideaFiles, idea.Number)}}}, nil
}

// pressIdeaFiles sends the files of an idea, in private, where it is shown in full.
func (r *request) pressIdeaFiles(number int64, _ pressArguments) error {
	idea, err := r.idea(number)
	if err != nil {
		return err
	}
	reference := idea.Reference().String()
	if !r.private || !r.seesIdeaFiles(idea) || r.maySeeIdea(idea) != nil {
		return council.Refuse("no_such_thing", "Reference", reference)
	}
	attachments, err := r.tx.Attachments(reference)
	if err != nil {
		return err
	}
	if len(attachments) == 0 {
		return r.toast(r.speak.Say("task.toast.no_files", "Reference", reference))
	}
	text := r.speak.Say("files.head", "Reference", reference, "Title", shorten(plainLine(idea.Title), cardTitleLimit))
	if err := queueWithFiles(r.tx, store.Outgoing{
		ChatID: r.chatID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Files: keptFiles(attachments), Subject: reference, About: cardIdeaGiven},
	}); err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast.files", "Reference", reference))
}

// maySeeIdea refuses what is not for everybody: what waits for a coordinator, and
// what was taken back, are for coordinators and for who gave it.
func (r *request) maySeeIdea(idea council.Idea) error {
	if err := r.may(council.ActionSupport, council.Scope{}); err != nil {
		return err
	}
	reference := idea.Reference().String()
	switch own := idea.SubmitterID == r.actor.ID; {
	case own || r.actor.Coordinates():
		return nil
	case idea.Held != council.HeldNot:
		return council.Refuse("no_such_thing", "Reference", reference)
	case idea.State == council.IdeaWithdrawn:
		return council.Refuse("idea_withdrawn", "Reference", reference)
	}
	return nil
}
