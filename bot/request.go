package bot

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// request is one update being answered, inside its transaction.
type request struct {
	*Bot
	tx      *store.Tx
	city    *city
	now     time.Time // the rules' clock
	written time.Time // when the message was written, against which dates are read

	actor   council.Actor
	chatID  int64
	thread  int
	private bool
	rests   bool          // has handed everything over, and is answered all the same
	group   council.Group // the linked group of this place; zero if there is none
	speak   locale.Speaker

	message  *models.Message // nil for presses
	press    *models.CallbackQuery
	pressed  int                    // the message whose button was pressed
	text     string                 // what follows the command, or the whole text
	entities []models.MessageEntity // of the message's full text
	about    council.Reference      // the thing named by replying to a message of the bot
	aboutAs  string                 // which kind of message was replied to
	filing   int64                  // the number of the first piece of evidence that this request files; 0: none yet
	followed []council.Task         // tasks that this request has moved along with an evaluation

	noMeetings bool // no meeting is coming to which anybody could be invited
	judged     struct {
		text      string
		judgement reading.Judgement
	} // the last text that was judged, see kindOfWords
}

// linked tells whether the place belongs to a linked group.
func (r *request) linked() bool { return r.group.ID != 0 }

// reply answers in the place where the request came from; in a group as a reply
// to the message that asked.
func (r *request) reply(text string, buttons ...[]store.Button) error {
	return r.replyAbout("", "", text, buttons...)
}

// replyAbout is a reply that is about a thing: answering it names the thing.
func (r *request) replyAbout(subject, about, text string, buttons ...[]store.Button) error {
	payload := store.Payload{Text: text, Buttons: buttons, Subject: subject, About: about}
	if r.message != nil && !r.private {
		payload.ReplyTo = r.message.ID
	}
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload,
	}, time.Now())
}

// ask puts a question and remembers what the answer is for. In a group the
// question asks Telegram to let the person answer by replying.
func (r *request) ask(kind, step, data, text string, buttons ...[]store.Button) error {
	dialog := store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: kind, Step: step, Data: data}
	if err := r.tx.SetDialog(dialog, r.now); err != nil {
		return err
	}
	payload := store.Payload{Text: text, Buttons: buttons, About: aboutDialog}
	if !r.private {
		payload.ForceReply = len(buttons) == 0
		if r.message != nil {
			payload.ReplyTo = r.message.ID
		}
	}
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload,
	}, time.Now())
}

// asksFor tells whether the one who asks is asked for this here and now: where, and
// whom, are the request's.
func (r *request) asksFor(what store.Dialog) (bool, error) {
	waiting, err := r.tx.Dialog(r.chatID, r.actor.ID)
	what.ChatID, what.MemberID = r.chatID, r.actor.ID
	return err == nil && waiting == what, notFoundIsNil(err)
}

// askOn goes on with a conversation whose draft is kept as JSON. After a press the
// question takes the place of the one that was answered.
func (r *request) askOn(kind, step string, draft any, text string, buttons ...[]store.Button) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	onQuestion, err := r.onQuestion()
	if err != nil {
		return err
	}
	if !onQuestion {
		return r.ask(kind, step, string(kept), text, buttons...)
	}
	dialog := store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: kind, Step: step, Data: string(kept)}
	if err := r.tx.SetDialog(dialog, r.now); err != nil {
		return err
	}
	return r.edit(text, buttons...)
}

// onQuestion tells whether the button that was pressed stands below a question.
func (r *request) onQuestion() (bool, error) {
	if r.press == nil {
		return false, nil
	}
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	return about == aboutDialog, notFoundIsNil(err)
}

// aboutDialog marks a message of the bot that asks something.
const aboutDialog = "dialog"

// toast answers a press with a short word at the edge of the screen.
func (r *request) toast(text string) error { return r.answerPress(text, false) }

// alert answers a press with a box that the person closes.
func (r *request) alert(text string) error { return r.answerPress(text, true) }

func (r *request) answerPress(text string, alert bool) error {
	if r.press == nil {
		return r.reply(text)
	}
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, Kind: store.KindAnswer, Priority: store.PriorityPress,
		Payload: store.Payload{Text: text, Alert: alert, PressID: r.press.ID},
	}, time.Now())
}

// edit changes the message whose button was pressed.
func (r *request) edit(text string, buttons ...[]store.Button) error {
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindEdit, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Buttons: buttons, MessageID: r.pressed},
	}, time.Now())
}

// tell writes to a person in private, and tells whether the person can be reached.
func (r *request) tell(member council.Member, subject, about, text string, buttons ...[]store.Button) (bool, error) {
	if !r.hears(member, about) {
		return false, nil
	}
	return true, r.tx.Queue(store.Outgoing{
		ChatID: member.TelegramID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Buttons: buttons, Subject: subject, About: about},
	}, time.Now())
}

// refuse says politely why something cannot be done, and what can.
func (r *request) refuse(refusal *council.Refusal) error {
	details := make([]any, 0, 2*len(refusal.Details)+4)
	for name, value := range refusal.Details {
		details = append(details, name, value)
	}
	if state := refusal.Details["state"]; state != "" {
		details = append(details, "State", r.speak.Say("task.state."+state))
	}
	if possible := refusal.Details["possible"]; possible != "" {
		details = append(details, "Possible", r.possible(possible))
	}
	if refusal.Code == "coordinator_only" {
		details = append(details, "Names", r.coordinatorNames())
	}
	text := r.speak.Say("refused."+refusal.Code, details...)
	if refusal.Code == "stranger" {
		if r.press != nil {
			return r.alert(text)
		}
		return r.oncePerDay("stranger", text)
	}
	if r.actor.ID != 0 && (r.private || r.press == nil) { // what a press in a group is told, the group does not see
		if err := r.tx.NoteRefusal(r.chatID, r.actor.ID, text, r.now); err != nil {
			return err
		}
	}
	if r.press != nil {
		return r.alert(text)
	}
	return r.reply(text)
}

// possible names in words what may be done instead.
func (r *request) possible(kinds string) string {
	var words []string
	for _, kind := range strings.Split(kinds, ",") {
		if key := "task.possible." + kind; r.speak.Knows(key) {
			words = append(words, r.speak.Say(key))
		}
	}
	return strings.Join(words, ", ")
}

// may decides about an action; a refusal comes back as an error.
func (r *request) may(action council.Action, where council.Scope) error {
	allowed, reason := council.May(r.actor, action, where)
	if allowed {
		return nil
	}
	r.log.Debug("refused", "action", string(action), "reason", reason)
	return council.Refuse(reason)
}

// record appends an event of this request, with the groups for which it counts.
func (r *request) record(subject council.Reference, kind council.EventKind, words string, detail ...string) error {
	event := council.Event{At: r.now, MemberID: r.actor.ID, Subject: subject, Kind: kind}
	if in := r.actor.CountsFor(r.group.ID); in != "" && subject.Shared() {
		detail = append(slices.Clip(detail), council.DetailIn, in)
	}
	for i := 0; i+1 < len(detail); i += 2 {
		if event.Detail == nil {
			event.Detail = make(map[string]string)
		}
		event.Detail[detail[i]] = detail[i+1]
	}
	return r.tx.Record(event, words)
}

// data writes what a button carries: a version, what it means, and arguments.
// It must fit into 64 bytes, and is authorised anew at every press.
func data(action string, arguments ...any) string {
	parts := []string{dataVersion, action}
	for _, argument := range arguments {
		switch value := argument.(type) {
		case string:
			parts = append(parts, value)
		case int:
			parts = append(parts, strconv.Itoa(value))
		case int64:
			parts = append(parts, strconv.FormatInt(value, 10))
		}
	}
	return strings.Join(parts, ":")
}

// dataVersion changes when buttons come to mean something else.
const dataVersion = "1"

// button makes a button with a label from the sentences.
func button(speak locale.Speaker, label, action string, arguments ...any) store.Button {
	return store.Button{Text: speak.Say("button." + label), Data: data(action, arguments...)}
}
