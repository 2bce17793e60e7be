package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

// lastDeedSpan is how long what somebody did last matters for help.
const lastDeedSpan = 7 * 24 * time.Hour

// helpLasts are the sentences on what somebody did last, by the letter of the thing.
var helpLasts = map[byte]string{
	council.TaskLetter: "task", council.IdeaLetter: "idea", council.QuestionLetter: "question",
	council.MeetingLetter: "meeting", council.EvidenceLetter: "evidence",
}

// helpBefore says what came before a call for help: what the bot waits for, what it has
// just refused, else, in private, what the person did last.
func (r *request) helpBefore() ([]string, error) {
	var lines []string
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if notFoundIsNil(err) != nil {
		return nil, err
	}
	if err == nil {
		lines = append(lines, r.speak.Say("help_topic.waiting", "What", r.dialogName(dialog.Kind)))
	}
	refused, err := r.tx.LastRefusal(r.chatID, r.actor.ID, r.now)
	if err != nil {
		return nil, err
	}
	if refused != "" {
		lines = append(lines, r.speak.Say("help_topic.refused", "Text", plainLine(refused)))
		if names := r.coordinatorNames(); names != "" && !r.actor.Coordinates() && !strings.Contains(refused, names) {
			lines = append(lines, r.speak.Say("help_topic.refused_also", "Names", names))
		}
	}
	if len(lines) > 0 || !r.private {
		return lines, nil
	}
	last, err := r.tx.LastDeed(r.actor.ID, r.now.Add(-lastDeedSpan))
	if key, known := helpLasts[last.Letter]; known {
		lines = append(lines, r.speak.Say("help_topic.last_"+key, "Reference", last.String()))
	}
	return lines, err
}

// dialogName says what a question of the bot is about.
func (r *request) dialogName(kind string) string {
	if key := "help_dialog." + kind; r.speak.Knows(key) {
		return r.speak.Say(key)
	}
	return r.speak.Say("help_dialog.last")
}
