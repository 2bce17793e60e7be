package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// What is done by button with the trial of an idea; its number follows.
const (
	ideaHelped   = "helped"   // [Sudah membantu], [Belum]: 1 or 0 behind
	ideaAdopt    = "adopt"    // [Jadikan penerapan]
	ideaStop     = "stop"     // [Hentikan uji coba]
	ideaTrialDay = "trialday" // [Ubah tanggal mulai]
)

// dialogTrial asks a coordinator about a trial; its data is the idea's number.
const (
	dialogTrial = "trial"
	trialReason = "reason"
	trialBegins = "day"
)

// pressAdopt makes what was tried stay.
func (r *request) pressAdopt(number int64, _ pressArguments) error {
	if err := r.adoptIdea(number); err != nil {
		return err
	}
	return r.toast("")
}

// pressStopTrial asks why a trial ends without adopting the idea.
func (r *request) pressStopTrial(number int64, _ pressArguments) error {
	family, err := r.runningTrial(number)
	if err != nil {
		return err
	}
	if err := r.askStopReason(family.Root); err != nil {
		return err
	}
	return r.toast("")
}

// runningTrial finds the idea whose trial a coordinator is asked about, one that may
// begin included, and refuses where there is none.
func (r *request) runningTrial(number int64) (council.IdeaFamily, error) {
	family, err := r.trialOf(number)
	if err == nil && family.Root.State != council.IdeaTrial && family.Root.State != council.IdeaApproved {
		err = council.Refuse("no_trial", "Reference", family.Root.Reference().String())
	}
	if err == nil && !r.private {
		err = council.Refuse("trial_in_private")
	}
	return family, err
}

func (r *request) askStopReason(idea council.Idea) error {
	return r.ask(dialogTrial, trialReason, idText(idea.Number), r.speak.Say("idea_trial.why", "Reference", idea.Reference().String()))
}

// pressTrialDay asks on which day a trial begins.
func (r *request) pressTrialDay(number int64, _ pressArguments) error {
	if err := r.askTrialBegin(number); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) askTrialBegin(number int64) error {
	family, err := r.runningTrial(number)
	if err != nil {
		return err
	}
	text := r.speak.Say("idea_trial.day_first", "Reference", family.Root.Reference().String())
	if family.Root.State == council.IdeaTrial {
		text = r.speak.Say("idea_trial.day_ask", "Reference", family.Root.Reference().String(), "Day", r.trialDay(r.speak, family.Root))
	}
	return r.askTrialDay(family.Root, text)
}

func (r *request) askTrialDay(idea council.Idea, text string) error {
	return r.ask(dialogTrial, trialBegins, idText(idea.Number), text)
}

// answerTrial takes what a coordinator was asked about a trial.
func (r *request) answerTrial(dialog store.Dialog) error {
	number, words := pressArguments{dialog.Data}.number(0), strings.TrimSpace(r.text)
	if words == "" {
		return r.ask(dialogTrial, dialog.Step, dialog.Data, r.speak.Say("idea_trial.in_words"))
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	take := r.stopTrial
	if dialog.Step == trialBegins {
		take = r.moveTrial
	}
	err := take(number, words)
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) && slices.Contains(trialAskedAgain, refusal.Code) {
		return errors.Join(r.tx.SetDialog(dialog, r.now), r.refuse(refusal)) // the question stands
	}
	return err
}

// trialAskedAgain are the refusals that another answer can mend.
var trialAskedAgain = []string{"trial_reason_too_long", "trial_day_past", "trial_same_day"}

// deedWords are what stands behind the word that says what is to be done with an
// idea: "/ide I-1 hentikan belum cocok".
func (r *request) deedWords() string {
	_, rest := r.ideaNamed()
	_, words := firstWord(rest)
	return strings.TrimSpace(words)
}

// adoptNamed is /ide I-1 penerapan.
func (r *request) adoptNamed(number int64) error { return r.adoptIdea(number) }

// stopNamed is /ide I-1 hentikan, with the reason behind it.
func (r *request) stopNamed(number int64) error {
	if words := r.deedWords(); words != "" {
		return r.stopTrial(number, words)
	}
	family, err := r.runningTrial(number)
	if err != nil {
		return err
	}
	return r.askStopReason(family.Root)
}

// beginNamed is /ide I-1 mulai 6 April.
func (r *request) beginNamed(number int64) error {
	words := r.deedWords()
	if words != "" {
		return r.moveTrial(number, words)
	}
	return r.askTrialBegin(number)
}

// readTrialDay reads a day; false where the words name none.
func (r *request) readTrialDay(words string) (day council.Day, found bool) {
	due := reading.ReadDue(words, r.readingContext())
	if due.Time.IsZero() || due.Outcome != reading.Found && due.Outcome != reading.Past {
		return day, false
	}
	return council.DayOf(due.Time, r.city.Zone), true
}

// beginRow offers to begin the trial of what was approved where no task is left to
// wait for.
func (r *request) beginRow(family council.IdeaFamily) ([][]store.Button, error) {
	if family.Root.State != council.IdeaApproved {
		return nil, nil
	}
	if open, err := r.unendedTasks(family); err != nil || len(open) > 0 {
		return nil, err
	}
	return [][]store.Button{{button(r.speak, "idea_trial_begin", pressIdea, ideaTrialDay, family.Root.Number)}}, nil
}
