package bot

import (
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressHandler answers a press; arguments are what the button carried.
type pressHandler func(r *request, arguments pressArguments) error

// dialogHandler takes the answer to what the bot asked.
type dialogHandler func(r *request, dialog store.Dialog) error

// presses maps what buttons mean to what answers them.
func presses() map[string]pressHandler {
	return map[string]pressHandler{
		pressAcknowledge: (*request).pressAcknowledge,
		pressTake:        (*request).pressTake,
		pressDue:         (*request).pressDue,
		pressDueChoice:   (*request).pressDueChoice,
		pressCancel:      (*request).pressCancel,
		pressSubmit:      (*request).pressSubmit,
		pressObstacle:    (*request).pressObstacle,
		pressHelper:      (*request).pressHelper,
		pressAccept:      (*request).pressAccept,
		pressSendBack:    (*request).pressSendBack,
		pressHistory:     (*request).pressHistory,
		pressFiles:       (*request).pressFiles,
		pressText:        (*request).pressText,
		pressCard:        (*request).pressCard,
		pressUndo:        (*request).pressUndo,
		pressReopen:      (*request).pressReopen,
		pressList:        (*request).pressList,
		pressAssign:      (*request).pressAssign,
		pressDraft:       (*request).pressDraft,
		pressShare:       (*request).pressShare,
		pressWaitOver:    (*request).pressWaitOver,

		pressLink:     (*request).pressLink,
		pressUnlink:   (*request).pressUnlink,
		pressWho:      (*request).pressWho,
		pressAddress:  (*request).pressAddress,
		pressLanguage: (*request).pressLanguage,
		pressRole:     (*request).pressRole,
		pressPosition: (*request).pressPosition,
		pressHandover: (*request).pressHandover,
		pressZone:     (*request).pressZone,

		pressLeave: (*request).pressLeave,
		pressQuiet: (*request).pressQuiet,

		pressHelp: (*request).pressHelp, pressGuidance: (*request).pressGuidance,

		pressPoll: (*request).pressPoll,

		pressEvaluation: (*request).pressEvaluation,
		pressDirect:     (*request).pressDirect,
		pressHolidays:   (*request).pressHolidays,
		pressPlan:       (*request).pressPlan,
		pressReminder:   (*request).pressReminder,
		pressReminders:  (*request).pressReminders,
		pressDigest:     (*request).pressDigest,
		pressSnooze:     (*request).pressSnooze,
		pressPrompt:     (*request).pressPrompt,
		pressAlive:      (*request).pressAlive,
		pressReassign:   (*request).pressReassign,

		pressAnnouncement: (*request).pressAnnouncement,
		pressRead:         (*request).pressRead,
		pressNews:         (*request).pressNews,
		pressQuestion:     (*request).pressQuestion,
		pressIdea:         (*request).pressIdea,
		pressEvidence:     (*request).pressEvidence,
		pressIndicator:    (*request).pressIndicator,

		pressAssignIndicators: (*request).pressAssignment,
		pressRecommendation:   (*request).pressRecommendation,
		pressPrivacy:          (*request).pressOwnData,
		pressErase:            (*request).pressErase,
		pressMyData:           (*request).pressMyData,
		pressInvite:           (*request).pressMeetingDraft,
		pressMeeting:          (*request).pressMeeting,

		pressNote:       (*request).pressNotes,
		pressAttendance: (*request).pressAttend,

		pressMeetingPlan: (*request).pressPlannedMeeting,

		pressWording: (*request).pressWording, pressReady: (*request).pressReady,

		pressSettings:   (*request).pressSettings,
		pressLetterhead: (*request).pressLetterhead, pressLetter: (*request).pressLetter,
		pressExport:    (*request).pressExport,
		pressAudit:     (*request).pressAudit,
		pressOfficial:  (*request).pressOfficial,
		pressReadiness: (*request).pressReadiness,

		pressPresentation: (*request).pressPresentation,
		pressAgenda:       (*request).pressAgenda,
		pressMinutes:      (*request).pressMinutes,
	}
}

// What buttons mean. These words stand inside buttons that live as long as
// their messages: they are added to, never changed.
const (
	pressAcknowledge = "ack"
	pressTake        = "take"
	pressDue         = "due"
	pressDueChoice   = "duesel"
	pressCancel      = "cancel"
	pressSubmit      = "submit"
	pressObstacle    = "block"
	pressHelper      = "helper"
	pressAccept      = "accept"
	pressSendBack    = "fix"
	pressHistory     = "hist"
	pressFiles       = "files"
	pressText        = "text"
	pressCard        = "card"
	pressUndo        = "undo"
	pressReopen      = "reopen"
	pressList        = "list"
	pressAssign      = "assign"
	pressDraft       = "draft"
	pressShare       = "share"
	pressWaitOver    = "free"

	pressLink     = "link"
	pressUnlink   = "unlink"
	pressWho      = "who"
	pressAddress  = "addr"
	pressLanguage = "lang"
	pressRole     = "role"
	pressPosition = "pos"
	pressZone     = "zone"

	pressLeave = "leave"
	pressQuiet = "quiet"

	pressHelp     = "help"
	pressGuidance = "begin"

	pressPoll = "poll"

	pressEvaluation = "eval"
	pressDirect     = "direct"
	pressHolidays   = "hol"
	pressPlan       = "plan"
	pressReminder   = "remind"
	pressReminders  = "reminders"
	pressDigest     = "digest"
	pressSnooze     = "snooze"
	pressAlive      = "alive"
	pressReassign   = "reassign"

	pressAnnouncement = "ann"
	pressRead         = "read"
	pressNews         = "news"
)

// dialogs maps the questions the bot asks to what takes their answers.
func dialogs() map[string]dialogHandler {
	return map[string]dialogHandler{
		dialogDraft: (*request).answerDraft,
		dialogDue:   (*request).answerDue,
		dialogAlbum: (*request).answerAlbum,

		dialogLeave: (*request).answerDays,
		dialogQuiet: (*request).answerQuiet,

		dialogAddress:  (*request).answerAddress,
		dialogPosition: (*request).answerPosition,
		dialogHandover: (*request).answerHandover,
		dialogCity:     (*request).answerCity,

		dialogPoll: (*request).answerPoll,

		dialogEvaluation: (*request).answerEvaluation,
		dialogHolidays:   (*request).answerHolidays,
		dialogRhythm:     (*request).answerRhythm,
		dialogSetting:    (*request).answerSetting,
		dialogReminder:   (*request).answerReminder,
		dialogSnooze:     (*request).answerSnooze,
		dialogQuestion:   (*request).answerQuestionDialog,

		dialogAnnouncement: (*request).answerAnnouncement, dialogOfficial: (*request).answerOfficial,

		dialogPrompt:       (*request).answerPromptForm,
		dialogPromptAnswer: (*request).answerInDialog,

		dialogQuestionTime: (*request).answerQuestionTime,

		dialogEvidence: (*request).answerEvidence,

		dialogIndicator:        (*request).answerIndicator,
		dialogAssignIndicators: (*request).answerAssignment,
		dialogRecommendation:   (*request).answerRecommendation,

		dialogPrivacy: (*request).answerPrivacy,

		dialogIdea:   (*request).answerIdea,
		dialogReview: (*request).answerReview, dialogDecide: (*request).answerDecide, dialogExplain: (*request).answerExplain,
		dialogTrial: (*request).answerTrial,

		dialogWhichMeeting: (*request).answerWhichMeeting,
		dialogAttendance:   (*request).answerAttendance,

		dialogProfile: (*request).answerField,

		dialogWording: (*request).answerWording, dialogReady: (*request).answerReady,
		dialogLetterhead: (*request).answerLetterhead, dialogLetter: (*request).answerLetter,
		dialogMeeting: (*request).answerMeetingDraft,
		dialogGuest:   (*request).answerGuest,
		dialogAgenda:  (*request).answerAgenda,
		dialogMinutes: (*request).answerMinutes,
	}
}

// Kinds of questions.
const (
	dialogDraft = "draft"
	dialogDue   = "due"
	dialogAlbum = "album"

	dialogLeave = "leave"
	dialogQuiet = "quiet"

	dialogAddress  = "address"
	dialogPosition = "position"
	dialogCity     = "city"

	dialogEvaluation = "evaluation"
)

// pressArguments are what a button carried after its meaning.
type pressArguments []string

// text gives an argument; "" if the button carried fewer.
func (a pressArguments) text(index int) string {
	if index >= len(a) {
		return ""
	}
	return a[index]
}

// number gives an argument as a number; 0 if it is none.
func (a pressArguments) number(index int) int64 {
	number, err := strconv.ParseInt(a.text(index), 10, 64)
	if err != nil {
		return 0
	}
	return number
}

// onPress answers a press. What a button carries may be forged: it only says
// what somebody wants, and the handler decides anew whether that person may.
func (r *request) onPress(press *models.CallbackQuery) error {
	if again, err := r.pressedAgain(press); again || err != nil {
		return err
	}
	chat, messageID := pressedMessage(press)
	thread := 0
	if message := press.Message.Message; message != nil && message.IsTopicMessage {
		thread = message.MessageThreadID
	}
	if err := r.enter(chat, thread, &press.From); err != nil {
		return err
	}
	r.press, r.pressed, r.written = press, messageID, r.now
	if r.floods() {
		return r.toast("") // ends the waiting that the telephone shows
	}
	parts := strings.Split(press.Data, ":")
	if len(parts) < 2 || parts[0] != dataVersion {
		return r.stale()
	}
	handler, known := r.presses[parts[1]]
	if !known {
		return r.stale()
	}
	return handler(r, parts[2:])
}

// stale says that a button means nothing any more, and where the current card is.
func (r *request) stale() error { return r.toast(r.speak.Say("press.stale")) }

// onAnswer takes the answer to what the bot asked.
func (r *request) onAnswer(dialog store.Dialog) error {
	answer, known := r.dialogs[dialog.Kind]
	if !known {
		return r.cancel()
	}
	return answer(r, dialog)
}

// replies maps things, by their letter, to what takes a reply to a message about them.
func replies() map[byte]func(*request) error {
	return map[byte]func(*request) error{
		council.TaskLetter:         (*request).comment,
		council.OwnReminderLetter:  (*request).replyToReminder,
		council.QuestionLetter:     (*request).replyToQuestion,
		council.AnnouncementLetter: (*request).replyToAnnouncement,
		council.OfficialLetter:     (*request).replyToOfficial,
		council.PromptLetter:       (*request).replyToPrompt,
		council.IdeaLetter:         (*request).replyToIdea,
		council.EvidenceLetter:     (*request).replyToEvidence,
		council.IndicatorLetter:    (*request).replyToIndicator,

		council.RecommendationLetter: (*request).replyToRecommendation,
		council.EvaluationLetter:     (*request).replyToEvaluation,
		council.MeetingLetter:        (*request).replyToMeeting,
		council.PrivacyRequestLetter: (*request).replyToPrivacy,
	}
}

// onReply is for a reply to a message about a thing.
func (r *request) onReply() error {
	if take, known := replies()[r.about.Letter]; known {
		return take(r)
	}
	return r.reply(r.speak.Say("reply.unclear", "Reference", r.about.String()))
}
