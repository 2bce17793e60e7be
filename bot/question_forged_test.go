package bot

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestForgedButtonsOfQuestionsDoNothing sends what no button of the bot carries, or
// what another's button would: nothing changes, and nothing leaves a chat.
func TestForgedButtonsOfQuestionsDoNothing(t *testing.T) {
	c := newTown(t)
	number := c.ask("Dewan kapan rapat?")
	c.say(c.dewan, c.lukas, "/jawab Q-1 Senin pukul sepuluh")
	c.say(c.forum, c.fadli, "/tanya Dewan rahasia apa?")
	card, _ := c.newest(c.forum, "Q-1", "")
	var draft store.QuestionDraft
	c.look(func(tx *store.Tx) (err error) {
		draft, err = tx.QuestionDraft(3)
		return err
	})
	if draft.Number != 2 || draft.Kind != draftQuestion {
		t.Fatalf("the draft is %+v", draft)
	}
	c.hush()
	before := c.asked(number)
	for name, forged := range map[string]string{
		"nothing to do":              "1:q",
		"an unknown action":          "1:q:explode:1",
		"no number":                  "1:q:answer",
		"letters for a number":       "1:q:answer:Q-1",
		"a question that is not":     "1:q:answer:4711",
		"a negative question":        "1:q:card:-1",
		"the largest number":         "1:q:card:" + largest,
		"another's answer":           "1:q:send:2",
		"another's answer, added":    "1:q:send:2:1",
		"another's answer, changed":  "1:q:change:2",
		"another's answer, dropped":  "1:q:leave:2",
		"another's question":         "1:q:name:3:1",
		"another's addressee":        "1:q:to:3:g:1",
		"a draft that is not":        "1:q:name:4711:1",
		"the word of the asker":      "1:q:yes:1",
		"the asker's no":             "1:q:no:1",
		"withdrawing another's":      "1:q:withdraw:1",
		"undoing another's":          "1:q:undo:1:1",
		"answering what is not mine": "1:q:answer:1",
		"passing on":                 "1:q:goto:1:g:2",
		"the card":                   "1:q:card:1",
		"the text":                   "1:q:text:1",
		"explaining":                 "1:q:clarify:1",
		"more time":                  "1:q:time:1",
		"a list of everything":       "1:q:list:0:all",
		"a list of the council":      "1:q:list:0:put",
	} {
		t.Run(name, func(t *testing.T) {
			if answer := c.pressData(c.ekonomi, c.groupMessage(c.ekonomi), c.herlina, forged); answer.Text == "" {
				t.Error("the press is not answered in words")
			}
			if difference := cmp.Diff(before, c.asked(number)); difference != "" {
				t.Errorf("the question changed:\n%s", difference)
			}
			if said := joined(c.heard(c.ekonomi)); said != "" {
				t.Errorf("something was said in another group: %q", said)
			}
			if now := c.message(c.forum, card.ID); now.Text != card.Text {
				t.Errorf("the receipt changed: %q", now.Text)
			}
		})
	}
	c.look(func(tx *store.Tx) error {
		if _, err := tx.QuestionDraft(2); err != nil {
			t.Errorf("the answer is gone: %v", err)
		}
		kept, err := tx.QuestionDraft(3)
		if kept.To != draft.To {
			t.Errorf("the question is put to %+v", kept.To)
		}
		return err
	})
	c.sound()
}

// TestNobodyConfirmsWhatAnotherWrote forges, in the very chat in which something waits
// to be confirmed, the presses of the one who wrote it.
func TestNobodyConfirmsWhatAnotherWrote(t *testing.T) {
	c := newTown(t)
	c.ask("Dewan kapan rapat?")
	c.say(c.dewan, c.lukas, "/jawab Q-1 Senin pukul sepuluh")
	c.say(c.forum, c.fadli, "/tanya Dewan siapa ketuanya?")
	var answer, question store.QuestionDraft
	c.look(func(tx *store.Tx) (err error) {
		if answer, err = tx.QuestionDraft(2); err != nil {
			return err
		}
		question, err = tx.QuestionDraft(3)
		return err
	})
	if answer.Kind != draftAnswer || question.Kind != draftQuestion {
		t.Fatalf("what waits is %+v and %+v", answer, question)
	}
	c.hush()
	for _, forged := range []struct {
		chat int64
		data string
	}{
		{c.dewan, data(pressQuestion, questionSend, answer.ID)},
		{c.dewan, data(pressQuestion, questionSend, answer.ID, 1)},
		{c.dewan, data(pressQuestion, questionChange, answer.ID)},
		{c.dewan, data(pressQuestion, questionLeave, answer.ID)},
		{c.forum, data(pressQuestion, questionTo, question.ID, "g", answer.FromGroup)},
		{c.forum, data(pressQuestion, questionName, question.ID, 1)},
		{c.forum, data(pressQuestion, questionName, question.ID, 0)},
	} {
		t.Run(forged.data, func(t *testing.T) {
			if said := c.pressData(forged.chat, c.groupMessage(forged.chat), c.sitti, forged.data); !strings.HasPrefix(said.Text, "Ini tulisan orang lain") {
				t.Errorf("the press is answered with %q", said.Text)
			}
			if said := joined(append(c.heard(forged.chat), c.heard(c.fadli)...)); said != "" {
				t.Errorf("something was said: %q", said)
			}
			c.look(func(tx *store.Tx) error {
				for _, before := range []store.QuestionDraft{answer, question} {
					after, err := tx.QuestionDraft(before.ID)
					if difference := cmp.Diff(before, after); err != nil || difference != "" {
						t.Errorf("%v\n%s", err, difference)
					}
				}
				return nil
			})
		})
	}
	if q := c.asked(1); q.State != council.QuestionWaiting {
		t.Errorf("the question is %s", q.State)
	}
	c.sound()
}

// TestAListOfQuestionsIsNotTurnedWhereTheGroupIsUnlinked: where nobody's place is
// known any more, what somebody asked elsewhere without a name is not listed.
func TestAListOfQuestionsIsNotTurnedWhereTheGroupIsUnlinked(t *testing.T) {
	c := newTown(t)
	c.sim.Join(c.forum, c.lukas)
	c.appear(c.forum, c.lukas)
	c.say(c.lukas, c.lukas, "/tanya Dewan RAHASIA apa?")
	c.press(c.lukas, c.lukas, "Tanpa nama")
	c.say(c.forum, c.lukas, "/tanya Dewan kapan rapat?")
	c.press(c.forum, c.lukas, "Ya")
	contains(t, joined(c.say(c.forum, c.lukas, "/pertanyaan")), "Q-2")
	list := c.groupMessage(c.forum)
	c.say(c.forum, c.sitti, "/hubungkan lepas")
	c.hush()
	for _, whose := range []string{questionsOwn, questionsPut, questionsAll} {
		c.pressData(c.forum, list, c.lukas, data(pressQuestion, questionList, 0, whose))
		lacks(t, c.message(c.forum, list).Text, "RAHASIA", "Q-1")
	}
	c.sound()
}

// groupMessage is some message of the bot in a group.
func (c *town) groupMessage(chat int64) int {
	c.t.Helper()
	message, found := c.newest(chat, "", "")
	if !found {
		c.t.Fatalf("the bot has said nothing in %d", chat)
	}
	return message.ID
}

// TestSomebodyOfTheGroupCannotShowAQuestionElsewhere: a member of the council, who may
// see every question, cannot bring one into a group to which it never came.
func TestSomebodyOfTheGroupCannotShowAQuestionElsewhere(t *testing.T) {
	c := newTown(t)
	c.sim.Join(c.ekonomi, c.lukas)
	c.appear(c.ekonomi, c.lukas)
	c.ask("Dewan RAHASIA apa?")
	c.hush()
	for _, text := range []string{"/status Q-1", "/jawab Q-1", "/jawab Q-1 Senin", "/teruskan Q-1", "/pertanyaan Q-1", "/pertanyaan"} {
		lacks(t, joined(c.say(c.ekonomi, c.lukas, text)), "RAHASIA", "Senin")
	}
	for _, action := range []string{questionCard, questionText, questionAnswer, questionForward, questionClarify} {
		c.pressData(c.ekonomi, c.groupMessage(c.ekonomi), c.lukas, data(pressQuestion, action, 1))
	}
	lacks(t, joined(c.sim.Messages(c.ekonomi)), "RAHASIA")
	if q := c.asked(1); q.State != council.QuestionWaiting {
		t.Errorf("the question is %s", q.State)
	}
}
