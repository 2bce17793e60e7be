package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressIdea stands in every button about an idea; what it does is the word behind
// it: data(pressIdea, "withdraw", number). These words stand inside buttons that
// live as long as their messages: they are added to, never changed.
const pressIdea = "idea"

// pressIdea answers a press on a message about an idea.
func (r *request) pressIdea(arguments pressArguments) error {
	press, known := ideaPresses()[arguments.text(0)]
	if !known {
		return r.stale()
	}
	return press(r, arguments.number(1), arguments[min(2, len(arguments)):])
}

// ideaPress answers a press about the thing with this number.
type ideaPress func(r *request, number int64, rest pressArguments) error

// ideaPresses maps the words of buttons to what answers them.
func ideaPresses() map[string]ideaPress {
	return map[string]ideaPress{
		ideaAgree: (*request).pressAgree, ideaNotice: (*request).pressNotice, ideaRefuse: (*request).pressRefuse, ideaChild: (*request).pressChild,
		ideaGoOn: (*request).pressGoOn, ideaSkip: (*request).pressSkip, ideaNamed: (*request).pressNamed,
		ideaAnyway: (*request).pressAnyway, ideaDrop: (*request).pressDropIdeaDraft,
		ideaWithdraw: (*request).pressWithdrawIdea, ideaUndo: (*request).pressUndoIdea,
		ideaRelease: (*request).pressRelease, ideaNone: (*request).pressNoIdea,
		ideaAlike: (*request).pressAlike, ideaMerge: (*request).pressMerge, ideaUnmerge: (*request).pressUnmerge,
		ideaApart: (*request).pressApart, ideaOffer: (*request).pressOffer, ideaJoin: (*request).pressJoin,
		ideaSupport: (*request).pressSupport, ideaFollow: (*request).pressFollow, ideaSee: (*request).pressSeeIdea,
		ideaLook: (*request).pressLookIdeas, ideaHelped: (*request).pressHelped, ideaAdopt: (*request).pressAdopt,
		ideaStop: (*request).pressStopTrial, ideaTrialDay: (*request).pressTrialDay,
		ideaProfile: (*request).pressProfile, ideaField: (*request).pressField,
		ideaReview: (*request).pressReview, ideaReviewOpen: (*request).pressReviewOpen, ideaReviewChange: (*request).pressReviewChange,
		ideaReviewLonger: (*request).pressReviewLonger, ideaReviewEnd: (*request).pressReviewEnd, ideaScore: (*request).pressScore,
		ideaDecide: (*request).pressDecide, ideaDecideOK: (*request).pressDecideOK, ideaDecideChange: (*request).pressDecideChange,
		ideaTask: (*request).pressIdeaTask, ideaAskDetail: (*request).pressAskDetail, ideaAskWhom: (*request).pressAskWhom,
		ideaList: (*request).pressIdeas, ideaPick: (*request).pressPickIdeas, wantExport: (*request).pressExportIdeas, wantPicture: (*request).pressPictureOfIdeas,
		ideaFiles: (*request).pressIdeaFiles,
	}
}

// ideaReplies maps kinds of messages about an idea to what takes a reply to one.
func ideaReplies() map[string]func(*request, council.Idea) error {
	return map[string]func(*request, council.Idea) error{
		aboutIdeaProblem: (*request).replyToAsked, aboutIdeaBenefit: (*request).replyToAsked, aboutIdeaName: (*request).replyToAsked,
		cardIdeaReview: (*request).passOverCouncil, aboutScores: (*request).passOverCouncil,
		aboutIdeaAsk: (*request).replyAskDetail, aboutIdeaExplain: (*request).replyExplain, aboutProfile: (*request).replyToProfile,
	}
}

// replyToIdea takes a reply to a message about an idea.
func (r *request) replyToIdea() error {
	idea, err := r.idea(r.about.Number)
	if err != nil {
		return err
	}
	kind, _ := splitKind(r.aboutAs)
	if take, known := ideaReplies()[kind]; known {
		return take(r, idea)
	}
	return r.commentIdea(idea)
}

// idea finds an idea.
func (r *request) idea(number int64) (council.Idea, error) {
	idea, err := r.tx.Idea(number)
	if errors.Is(err, store.ErrNotFound) {
		return idea, council.Refuse("no_such_thing", "Reference", council.Reference{Letter: council.IdeaLetter, Number: number}.String())
	}
	return idea, err
}

// ideaNamed is the idea that a command names by its first word; 0 for none. The
// rest is what follows.
func (r *request) ideaNamed() (number int64, rest string) {
	word, after := firstWord(r.text)
	if reference, ok := council.ParseReference(word); ok && reference.Letter == council.IdeaLetter {
		return reference.Number, after
	}
	return 0, r.text
}

// keepIdeaAs keeps what a change has made of an idea, with the record of it and what
// stands in chats.
func (r *request) keepIdeaAs(idea council.Idea, kind council.EventKind, words string, detail ...string) error {
	if err := r.tx.SaveIdea(idea); err != nil {
		return err
	}
	if err := r.record(idea.Reference(), kind, words, detail...); err != nil {
		return err
	}
	if idea.State == council.IdeaWithdrawn {
		if err := r.freeMerged(idea); err != nil {
			return err
		}
	}
	return errors.Join(r.planIdea(idea), r.refreshIdea(idea.Number))
}
