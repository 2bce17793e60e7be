package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// filesButton opens the files of a task, if it has any.
func (r *request) filesButton(task council.Task, where place) ([]store.Button, error) {
	count, err := r.tx.CountAttachments(task.Reference().String())
	if err != nil || count == 0 {
		return nil, err
	}
	return []store.Button{{Text: where.speak.Say("button.files", "N", count), Data: data(pressFiles, task.Number)}}, nil
}

// pressFiles sends the files of a task, in private, to whoever pressed and may see it.
func (r *request) pressFiles(arguments pressArguments) error {
	task, err := r.task(arguments.number(0), council.ActionSeeTask)
	if err != nil {
		return err
	}
	reference := task.Reference().String()
	attachments, err := r.tx.Attachments(reference)
	switch {
	case err != nil:
		return err
	case len(attachments) == 0:
		return r.toast(r.speak.Say("task.toast.no_files", "Reference", reference))
	case r.actor.Reach != council.ReachOpen:
		return r.alert(r.speak.Say("task.toast.files_unreached", "Bot", r.Username()))
	}
	text := r.speaker(r.actor.Member).Say("files.head", "Reference", reference, "Title", shorten(task.Title, cardTitleLimit))
	if err := queueWithFiles(r.tx, store.Outgoing{
		ChatID: r.actor.TelegramID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Files: keptFiles(attachments), Subject: reference, About: cardTask},
	}); err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast.files", "Reference", reference))
}
