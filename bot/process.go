package bot

import (
	"errors"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// anonymousAdmin is the account behind which Telegram hides an anonymous
// administrator of a group.
const anonymousAdmin = 1087968824

// process answers one update in the transaction that marks it as handled.
func (b *Bot) process(tx *store.Tx, update arrival) error {
	if waiting, err := tx.Handled(update.id); err != nil || !waiting {
		return err
	}
	return b.answer(tx, update)
}

// answer answers one update, which is marked as handled already.
func (b *Bot) answer(tx *store.Tx, update arrival) error {
	r := &request{Bot: b, tx: tx, now: b.Now()}
	var err error
	if r.city, err = b.cityNow(tx); err != nil {
		return err
	}
	if err = tx.SettlePositions(r.day()); err != nil {
		return err
	}
	err = r.dispatch(update.update)
	var refusal *council.Refusal
	if errors.As(err, &refusal) {
		return r.refuse(refusal)
	}
	return err
}

func (r *request) dispatch(update models.Update) error {
	switch {
	case update.Message != nil:
		dropTopicReply(update.Message)
		return r.onMessage(update.Message)
	case update.EditedMessage != nil:
		dropTopicReply(update.EditedMessage)
		return r.onEdit(update.EditedMessage)
	case update.CallbackQuery != nil:
		return r.onPress(update.CallbackQuery)
	case update.MyChatMember != nil:
		return r.onMembership(update.MyChatMember)
	case update.Poll != nil:
		return r.onPoll(update.Poll)
	}
	return nil
}

// dropTopicReply takes away what nobody meant: in a topic Telegram lets every
// message reply to the one that opened it, whoever that was.
func dropTopicReply(message *models.Message) {
	if reply := message.ReplyToMessage; reply != nil && reply.ForumTopicCreated != nil {
		message.ReplyToMessage = nil
	}
}

// enter finds out where the request comes from and who asks.
func (r *request) enter(chat models.Chat, thread int, user *models.User) error {
	r.chatID, r.thread, r.private = chat.ID, thread, chat.Type == models.ChatTypePrivate
	var err error
	if !r.private {
		if r.group, err = r.tx.GroupOf(chat.ID, thread); notFoundIsNil(err) != nil {
			return err
		}
	}
	if user == nil {
		r.speak = r.book.In(r.group.Language)
		return nil
	}
	if r.actor, err = r.learn(user, r.chatID); err != nil {
		return err
	}
	if err := r.tx.Heard(r.actor.ID, r.now); err != nil {
		return err
	}
	if r.rests = r.actor.Reach == council.ReachResting; r.rests {
		r.actor.Reach = council.ReachOpen // who asks is answered
	}
	r.speak = r.book.In(r.actor.Language)
	if r.linked() {
		r.speak = r.book.In(r.group.Language)
	}
	return nil
}

// learn records that a person is here. Of people who are only in communities
// nothing but the id is kept until they consent.
func (r *request) learn(user *models.User, chatID int64) (council.Actor, error) {
	known, err := r.tx.ActorByTelegramID(user.ID)
	if err == nil && known.Name == displayName(user) && known.Username == user.Username && (chatID > 0 || known.In(r.group.ID)) {
		return known, nil
	}
	if notFoundIsNil(err) != nil {
		return known, err
	}
	member, bound, err := r.tx.Recognize(known.Member, user.ID, user.Username, startLanguage(user, r.city.Language), r.now)
	if err != nil {
		return council.Actor{}, err
	}
	actor := known
	actor.Member = member
	if bound { // a mention may have brought roles, groups and a position
		if err := r.tx.SettlePositions(r.day()); err != nil {
			return council.Actor{}, err
		}
		if actor, err = r.tx.Actor(member); err != nil {
			return actor, err
		}
	}
	met := chatID < 0 && !actor.In(r.group.ID)
	if met {
		if err := r.tx.SeenIn(member.ID, chatID); err != nil {
			return actor, err
		}
	}
	if met && r.linked() {
		if actor, err = r.tx.Actor(member); err != nil {
			return actor, err
		}
	}
	if (!onlyCommunity(actor) || member.Name != "") && (member.Name != displayName(user) || member.Username != user.Username) {
		if actor.Member, err = r.tx.Seen(user.ID, displayName(user), user.Username, member.Language, r.now); err != nil {
			return actor, err
		}
	}
	if onlyCommunity(known) && !onlyCommunity(actor) && actor.Reach == council.ReachOpen {
		if err := queueChatMenu(r.tx, actor.TelegramID, actor.Language, menuOf(actor)); err != nil {
			return actor, err
		}
	}
	if bound {
		err = errors.Join(r.bringTasks(actor.Member), r.bringPrompts(actor))
	}
	if err == nil && (bound || met && r.linked()) {
		err = r.bringInvitations(actor)
	}
	return actor, err
}

// bringTasks brings a person the cards of the tasks that were given to the
// @username before its person was known.
func (r *request) bringTasks(member council.Member) error {
	tasks, err := r.tx.Tasks(store.TaskFilter{MemberID: member.ID, OpenOnly: true}, 0, catchUpLimit)
	if err != nil {
		return err
	}
	for _, task := range tasks {
		if _, err := r.privateCard(task, cardTask, member, cardExtra{}); err != nil {
			return err
		}
	}
	return nil
}

// onlyCommunity tells whether a person is known from communities alone.
func onlyCommunity(actor council.Actor) bool {
	return actor.Has(council.RoleCommunity) && !staff(actor)
}

// startLanguage is the language of a new person: that of the person's Telegram where the
// bot speaks it, else the city's.
func startLanguage(user *models.User, usual string) string {
	for _, language := range locale.Languages {
		if strings.HasPrefix(user.LanguageCode, language) {
			return language
		}
	}
	return usual
}

// staff tells whether a person works for the programme.
func staff(actor council.Actor) bool {
	return actor.Has(council.RoleWorkingGroup) || actor.Has(council.RoleCouncil) ||
		actor.Has(council.RoleLeader) || actor.Coordinates()
}

func (r *request) onMessage(message *models.Message) error {
	if message.MigrateToChatID != 0 || message.MigrateFromChatID != 0 {
		return r.onMigration(message)
	}
	thread := 0
	if message.IsTopicMessage {
		thread = message.MessageThreadID
	}
	user := message.From
	anonymous := message.SenderChat != nil || user == nil || user.ID == anonymousAdmin
	if anonymous || user.IsBot {
		user = nil
	}
	if err := r.enter(message.Chat, thread, user); err != nil {
		return err
	}
	if r.floods() {
		return nil
	}
	r.message = message
	r.readAgainst(message.Date)
	if len(message.NewChatMembers) > 0 || message.LeftChatMember != nil || message.NewChatTitle != "" {
		return r.onComings(message)
	}
	if user == nil {
		if anonymous {
			return r.whoAreYou(message)
		}
		return nil
	}
	return r.onWords(message)
}

// readAgainst sets the moment against which dates in the message are read: when
// it was written; under rehearsal the clock of the rehearsal.
func (r *request) readAgainst(date int) {
	r.written = time.Unix(int64(date), 0)
	if r.Rehearsal || date == 0 {
		r.written = r.now
	}
}

// onWords is for everything that a known person says.
func (r *request) onWords(message *models.Message) error {
	if r.private {
		if err := r.opened(); err != nil {
			return err
		}
	}
	if err := r.findAbout(message); err != nil {
		return err
	}
	text, entities := body(message)
	r.text, r.entities = text, entities
	answer := r.onPlain
	if word, _, rest, isCommand := splitCommand(text, entities); isCommand {
		r.text = rest
		answer = func() error { return r.onCommand(word) }
	}
	if err := answer(); err != nil || !r.private {
		return err
	}
	return r.afterwards()
}

// findAbout finds the thing that is named by replying to a message of the bot.
func (r *request) findAbout(message *models.Message) error {
	reply := message.ReplyToMessage
	if reply == nil || reply.From == nil || reply.From.ID != r.id.Load() {
		return nil
	}
	subject, about, err := r.tx.MessageAbout(r.chatID, reply.ID)
	if errors.Is(err, store.ErrNotFound) {
		return r.findCopy(reply)
	}
	if err != nil {
		return err
	}
	r.about, _ = council.ParseReference(subject)
	if r.aboutAs = about; about == cardDigest {
		r.about, err = r.digestNames(r.about.Number)
		return err
	}
	return nil
}

// onPlain is for words without a command: the answer to what the bot asked, or
// a comment on what was replied to.
func (r *request) onPlain() error {
	if added, err := r.addToAlbum(); added || err != nil {
		return err
	}
	if asked, err := r.askWhichOfDigest(); asked || err != nil {
		return err
	}
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	switch {
	case err == nil && (r.private || r.aboutAs == aboutDialog || r.aboutAs == dialog.Kind) && r.about.IsZero():
		return r.onAnswer(dialog)
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return err
	case !r.about.IsZero():
		return r.onReply()
	case r.aboutAs == aboutDialog:
		return r.reply(r.speak.Say("dialog.none"))
	case !r.private:
		return nil
	case r.aboutAs == cardDigest && len(filesOf(r.message)) == 0 && !r.actor.IsStranger():
		return r.reply(r.speak.Say("reply_word.which_none"))
	}
	return r.onPrivateWords()
}
