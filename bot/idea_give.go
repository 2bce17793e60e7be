package bot

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// What is done by button with an idea, or with one on its way; a number follows.
const (
	ideaAgree    = "agree"    // [Setuju]; the version of the text
	ideaNotice   = "notice"   // [Baca lengkap]
	ideaRefuse   = "no"       // [Tidak]
	ideaChild    = "child"    // [Belum 18 tahun]
	ideaGoOn     = "go"       // [Lanjutkan]; the draft
	ideaSkip     = "skip"     // [Lewati]; the draft, and the step that is skipped
	ideaNamed    = "name"     // [Boleh], [Tanpa nama]; the draft, 1 or 0
	ideaAnyway   = "anyway"   // [Ini ide]; the draft
	ideaDrop     = "drop"     // [Hapus draf]; the draft
	ideaWithdraw = "withdraw" // [Tarik]; the idea
	ideaUndo     = "undo"     // [Urungkan]; the idea and its version
	ideaRelease  = "release"  // [Terima] of a held one; the idea
	ideaNone     = "none"     // [Bukan ide] of a held one; the idea
)

// What a draft waits for.
const (
	stepWords   = "words"   // that something is written
	stepDoubt   = "doubt"   // whether it is an idea at all
	stepConsent = "consent" // that its author agrees
	stepOfficer = "officer" // that somebody is named who looks after personal data, so that its author can be asked
	stepLater   = "later"   // that there may be another one
	stepProblem = "problem" // 1/3
	stepBenefit = "benefit" // 2/3
	stepName    = "name"    // 3/3
)

// titleOfIdea is how long a title made of an idea's first words may be, in runes.
const titleOfIdea = 70

// idea is /ide: an idea in one line, or as a reply to the message that holds it;
// about an idea with its number, what is to be done with it.
func (r *request) giveIdea() error {
	if !r.private && !r.linked() {
		return council.Refuse("not_linked")
	}
	if err := r.mayGiveIdea(); err != nil {
		return err
	}
	if number, rest := r.ideaNamed(); number != 0 && isDeed(rest) {
		return r.aboutOwnIdea(number, rest)
	}
	draft := r.readIdea(r.message)
	if draft.Text == "" {
		return r.askIdeaWords(draft)
	}
	return r.takeIdea(draft)
}

// mayGiveIdea refuses those who may not give ideas: people outside every group,
// unless a coordinator has opened that to them, and then in private alone.
func (r *request) mayGiveIdea() error {
	if r.actor.IsStranger() {
		if open, err := r.strangersMay(); err != nil || open {
			return err
		}
	}
	return r.may(council.ActionIdea, council.Scope{})
}

// strangersMay tells whether people outside every group may give ideas here.
func (r *request) strangersMay() (bool, error) {
	if !r.private {
		return false, nil
	}
	open, err := r.tx.Setting(store.SettingStrangers)
	return open != "", err
}

// readIdea reads the idea that a message gives. Where it has no words of its own,
// those of the message that it answers are the idea, and its files belong to it;
// whoever gives the command is who gives the idea.
func (r *request) readIdea(message *models.Message) store.IdeaDraft {
	full, entities := body(message)
	text := full
	if _, _, rest, isCommand := splitCommand(full, entities); isCommand {
		text = rest
	}
	draft := store.IdeaDraft{
		MemberID: r.actor.ID, FromGroup: r.group.ID, Album: message.MediaGroupID, Text: strings.TrimSpace(text),
		Place: council.Place{ChatID: r.chatID, ThreadID: r.thread, MessageID: message.ID}, Files: r.filesToKeep(filesOf(message)),
	}
	if reply := message.ReplyToMessage; reply != nil && reply.From != nil && !reply.From.IsBot && draft.Text == "" {
		text, _ = body(reply)
		draft.Text, draft.Files = strings.TrimSpace(text), append(r.filesToKeep(filesOf(reply)), draft.Files...)
	}
	return draft
}

// askIdeaWords asks for an idea in words, where the command was given. What came
// along without words is kept until then, and drafts that wait are offered first.
func (r *request) askIdeaWords(draft store.IdeaDraft) error {
	if len(draft.Files) == 0 {
		waiting, err := r.draftsAt(stepLater, stepDoubt)
		if err != nil {
			return err
		}
		if len(waiting) > 0 && r.private {
			return r.offerIdeaDraft(waiting[0], len(waiting))
		}
	}
	draft.Step = stepWords
	draft, err := r.tx.CreateIdeaDraft(draft, r.now)
	if err != nil {
		return err
	}
	key := "idea.ask.what"
	if len(draft.Files) > 0 {
		key = "idea.ask.what_files"
	}
	return r.ask(dialogIdea, stepWords, idText(draft.ID), r.speak.Say(key))
}

// draftsAt lists the person's drafts that wait for one of these.
func (r *request) draftsAt(steps ...string) ([]store.IdeaDraft, error) {
	drafts, err := r.tx.IdeaDrafts(r.actor.ID)
	return slices.DeleteFunc(drafts, func(draft store.IdeaDraft) bool { return !slices.Contains(steps, draft.Step) }), err
}

// takeIdea takes what is given as an idea, once it has words.
func (r *request) takeIdea(draft store.IdeaDraft) error {
	text, _ := cutTo(draft.Text, council.IdeaTextLimit)
	judgement := r.kindOfWords(text)
	switch {
	case judgement.Test && len(draft.Files) == 0:
		return errorsOr(r.dropIfKept(draft), r.sayOnce("test", oneDay, r.speak.Say("idea.not.test")))
	case judgement.Personal:
		return errorsOr(r.dropIfKept(draft), r.sayOnce("personal", tenMinutes, r.speak.Say("idea.not.personal")))
	}
	if full, err := r.tooMany(); err != nil || full != "" {
		return errorsOr(err, r.keepForLater(draft, full))
	}
	switch {
	case judgement.Complaint && !judgement.Idea:
		return r.doubt(draft, r.speak.Say("idea.not.complaint"), "idea_is")
	case judgement.Beyond != "":
		return r.doubt(draft, r.speak.Say("idea.beyond."+string(judgement.Beyond)), "idea_anyway")
	}
	return r.acceptIdea(draft)
}

// kindOfWords tells of which kind a text is. Texts are long, and judged more than once on their
// way to an idea.
func (r *request) kindOfWords(text string) reading.Judgement {
	if r.judged.text != text {
		r.judged.text, r.judged.judgement = text, reading.Judge(text)
	}
	return r.judged.judgement
}

// doubt says what else may help, and keeps what was written until its author says
// that it is an idea.
func (r *request) doubt(draft store.IdeaDraft, text, label string) error {
	draft, err := r.atStep(draft, stepDoubt)
	if err != nil {
		return err
	}
	return r.reply(text, []store.Button{button(r.speak, label, pressIdea, ideaAnyway, draft.ID)})
}

// atStep keeps a draft, which waits for something from now on.
func (r *request) atStep(draft store.IdeaDraft, step string) (store.IdeaDraft, error) {
	draft.Step = step
	if draft.ID == 0 {
		return r.tx.CreateIdeaDraft(draft, r.now)
	}
	return draft, r.tx.SaveIdeaDraft(draft)
}

func (r *request) dropIfKept(draft store.IdeaDraft) error {
	if draft.ID == 0 {
		return nil
	}
	return r.tx.DropIdeaDraft(draft.ID)
}

// acceptIdea makes an idea of what was given, with its number; of those who have
// not agreed to that yet, once they do.
func (r *request) acceptIdea(draft store.IdeaDraft) error {
	agreed, err := r.consented(r.actor)
	if err != nil {
		return err
	}
	if err := r.countStranger(); err != nil {
		return err
	}
	if !agreed {
		if draft, err = r.atStep(draft, r.consentStep()); err != nil {
			return err
		}
		if err := r.thankInGroup(draft, ""); err != nil {
			return err
		}
		_, err := r.askConsent(r.actor.Member)
		return err
	}
	idea, kept, err := r.makeIdea(draft)
	if err != nil || idea.Held != council.HeldNot {
		return err
	}
	if err := r.thankInGroup(kept, idea.Reference().String()); err != nil {
		return err
	}
	return r.askStep(kept, r.receipt(idea, draft))
}

// thankInGroup answers in the group where an idea was given: the rest is asked in
// private. reference is empty while the idea has none.
func (r *request) thankInGroup(draft store.IdeaDraft, reference string) error {
	if r.private {
		return nil
	}
	named := r.actor.Member
	named.Name = r.shownName()
	text := r.speak.Say("idea.thanks", "Person", greetPerson(r.speak, named))
	about := ""
	if reference != "" {
		text, about = r.speak.Say("idea.thanks_kept", "Person", greetPerson(r.speak, named), "Reference", reference), cardIdeaGiven
	}
	next := button(r.speak, "idea_go_on", pressIdea, ideaGoOn, draft.ID)
	if r.actor.Reach != council.ReachOpen {
		next = store.Button{Text: next.Text, URL: r.privateLink(ideaPayload)}
	}
	if r.press != nil {
		return r.edit(text, []store.Button{next})
	}
	return r.replyAbout(reference, about, text, []store.Button{next})
}

// shownName is the name under which Telegram shows the person now. Of people who
// have not agreed to that, none is kept.
func (r *request) shownName() string {
	name := r.actor.Name
	switch {
	case name != "":
	case r.message != nil && r.message.From != nil:
		name = displayName(r.message.From)
	case r.press != nil:
		name = displayName(&r.press.From)
	}
	return shorten(plainLine(name), titleLimit)
}

// cardIdeaGiven marks what was said to an idea when it was given.
const cardIdeaGiven = "idea given"

// ideaPayload is in the link that opens the private chat to go on with an idea.
const ideaPayload = "ide"

// ideaTitle makes a title of the first words of a text: its first sentence, shortened.
func ideaTitle(text string) string {
	line := plainLine(text)
	for at, sign := range line {
		ends := strings.ContainsRune(".!?;", sign) && at >= titleOfIdea/5
		if after := at + utf8.RuneLen(sign); ends && (after == len(line) || unicode.IsSpace(rune(line[after]))) {
			line = strings.TrimRight(line[:at], ".!?; ")
			break
		}
	}
	if fits(line, titleOfIdea) {
		return line
	}
	cut := shorten(line, titleOfIdea)
	if space := strings.LastIndex(cut, " "); space > len(cut)/2 {
		cut = cut[:space] + "…"
	}
	return cut
}

// cutTo shortens what somebody wrote to what is kept of it; cut tells that some is not.
func cutTo(text string, limit int) (kept string, cut bool) {
	if fits(text, limit) {
		return text, false
	}
	return string([]rune(text)[:limit]), true
}

// termsOf are what a text is about, as they are kept.
func termsOf(terms []reading.Term) []store.IdeaTerm {
	whole := 0.0
	for _, term := range terms {
		whole += term.Weight
	}
	var kept []store.IdeaTerm
	for _, term := range terms[:min(len(terms), termsKept)] {
		kept = append(kept, store.IdeaTerm{Term: term.Key, Share: int(1000 * term.Weight / whole)})
	}
	return kept
}

// termsKept is by how many terms an idea is found again, those that say most.
const termsKept = 64

// isDeed tells whether what stands behind an idea's number is about that idea, and
// not a new one that only begins with it.
func isDeed(rest string) bool { return ownIdeaWord(rest) != "" || len(strings.Fields(rest)) < 3 }

// ownIdeaWord tells what is to be done with an idea that a command names.
func ownIdeaWord(text string) string {
	word, _ := firstWord(text)
	meaning, _ := locale.Meaning("idea_deed", word)
	return meaning
}
