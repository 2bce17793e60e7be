package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// digestTasksAsked is for how many tasks of a digest buttons are offered at most.
const digestTasksAsked = 8

// askWhichOfDigest answers a word or two in reply to a digest about several things: which
// one is meant is asked, with the buttons for it of each task, and nothing is done before.
// It comes before what else the bot has asked, since the reply says what it is about.
func (r *request) askWhichOfDigest() (asked bool, err error) {
	word := r.shortReply()
	if r.aboutAs != cardDigest || !r.about.IsZero() || word == wordNone {
		return false, nil
	}
	tasks, err := r.tasksOfDigest()
	if err != nil {
		return false, err
	}
	if word == wordAgreed {
		word = wordCan // of several things nothing is promised by a word
	}
	var rows [][]store.Button
	for _, task := range tasks {
		_, offered := r.meantForTask(task, word)
		for _, row := range offered {
			for i := range row {
				row[i].Text += " " + task.Reference().String()
			}
			rows = append(rows, row)
		}
		if len(rows) == digestTasksAsked {
			break
		}
	}
	if len(rows) == 0 {
		return true, r.reply(r.speak.Say("reply_word.which_none"))
	}
	return true, r.reply(r.speak.Say("reply_word.which"), rows...)
}

// tasksOfDigest are the tasks of which the digest speaks that is being replied to, in its order.
func (r *request) tasksOfDigest() ([]council.Task, error) {
	subject, _, err := r.tx.MessageAbout(r.chatID, r.message.ReplyToMessage.ID)
	if err != nil {
		return nil, err
	}
	digest, _ := council.ParseReference(subject)
	reminders, err := r.tx.DigestItems(digest.Number)
	if err != nil {
		return nil, err
	}
	items, err := r.digestItems(reminders)
	var tasks []council.Task
	listed := map[int64]bool{}
	for _, item := range items {
		if task := item.Task; task.Number != 0 && !listed[task.Number] {
			listed[task.Number] = true
			tasks = append(tasks, task)
		}
	}
	return tasks, err
}
