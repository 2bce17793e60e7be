package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestWhoMayDoWhatWithQuestions goes through "Who may do what" cell by cell: each
// command and each button about a question, tried in private by each kind of
// person on a question that Fadli put to the working group for the environment.
func TestWhoMayDoWhatWithQuestions(t *testing.T) {
	c := newTown(t)
	nur := c.person("Nurhikmah", "nur_contoh")
	c.sim.Join(c.forum, nur)
	c.appear(c.forum, nur)
	c.say(nur, nur, "/mulai")
	c.say(c.lewat, c.lewat, "/mulai")
	people := []struct {
		name                  string
		person                int64
		asks, answers, behalf bool
	}{
		{"a stranger", c.lewat, false, false, false},
		{"another of the community", nur, false, false, false},
		{"the asker", c.fadli, true, false, false},
		{"another working group", c.herlina, false, false, false},
		{"the working group", c.baso, false, true, false},
		{"the council", c.lukas, false, true, false},
		{"the leader", c.anwar, false, true, false},
		{"a coordinator", c.rahman, false, true, true},
	}
	press := func(action string, arguments ...any) func(int64) string {
		return func(number int64) string {
			return data(pressQuestion, append([]any{action, number}, arguments...)...)
		}
	}
	dewan := c.actor(c.lukas).Groups[0].ID
	cells := []struct {
		name, right string
		state       council.QuestionState
		said        string
		pressed     func(int64) string
		shows       string // what is said when it is done; "" when the question changes
	}{
		{name: "/jawab", right: "answers", said: "/jawab Q-# Senin", shows: "Pratinjau"},
		{name: "/jawab without words", right: "answers", said: "/jawab Q-#", shows: "mohon tulis jawaban"},
		{name: "[Jawab]", right: "answers", pressed: press(questionAnswer), shows: "mohon tulis jawaban"},
		{name: "/teruskan", right: "answers", said: "/teruskan Q-# Dewan"},
		{name: "/teruskan without words", right: "answers", said: "/teruskan Q-#", shows: "diteruskan kepada siapa"},
		{name: "[Teruskan]", right: "answers", pressed: press(questionForward), shows: "diteruskan kepada siapa"},
		{name: "to whom", right: "answers", pressed: press(questionGoTo, "g", dewan)},
		{name: "[Minta penjelasan]", right: "answers", pressed: press(questionClarify), shows: "perlu dijelaskan"},
		{name: "the card", right: "sees", pressed: press(questionCard), shows: "PERTANYAAN"},
		{name: "[Teks lengkap]", right: "sees", pressed: press(questionText), shows: "PERTANYAAN"},
		{name: "/status", right: "sees", said: "/status Q-#", shows: "PERTANYAAN"},
		{name: "/pertanyaan Q-5", right: "sees", said: "/pertanyaan Q-#", shows: "PERTANYAAN"},
		{name: "[Batalkan]", right: "asks", pressed: press(questionWithdraw)},
		{name: "[Terjawab]", right: "asks", state: council.QuestionAnswered, pressed: press(questionYes)},
		{name: "[Belum terjawab]", right: "asks", state: council.QuestionAnswered, pressed: press(questionNo)},
		{name: "[Urungkan] of others", right: "nobody", pressed: press(questionUndo, 1)},
	}
	for _, cell := range cells {
		for _, who := range people {
			t.Run(cell.name+" by "+who.name, func(t *testing.T) {
				number := c.questionIn(cell.state)
				before := c.asked(number)
				c.hush()
				c.heard(nur)
				message := c.freshMessage(who.person)
				answer := ""
				if cell.pressed != nil {
					answer = c.pressData(who.person, message, who.person, cell.pressed(number)).Text + joined(c.heard(who.person))
					answer += c.message(who.person, message).Text
				} else {
					answer = joined(c.say(who.person, who.person, filled(cell.said, number)))
				}
				allowed := map[string]bool{"answers": who.answers, "sees": who.answers || who.asks, "asks": who.asks}[cell.right]
				done := c.asked(number).Version != before.Version
				if cell.shows != "" {
					done = strings.Contains(answer, cell.shows)
				}
				if done != allowed {
					t.Errorf("done: %v, allowed: %v; the answer is %q", done, allowed, answer)
				}
				if who.behalf && cell.name == "/jawab" && !strings.Contains(answer, "atas nama Pokja Lingkungan") {
					t.Errorf("a coordinator records on behalf, and the preview says so: %q", answer)
				}
			})
		}
	}
	c.sound()
}

// questionIn makes a question of Fadli to the working group for the environment
// that stands in a state.
func (c *town) questionIn(state council.QuestionState) int64 {
	c.t.Helper()
	var made council.Question
	c.change(func(tx *store.Tx) error {
		group, err := tx.GroupOf(c.pokja, 0)
		if err != nil {
			return err
		}
		asker, err := tx.MemberByTelegramID(c.fadli)
		if err != nil {
			return err
		}
		q := council.Question{AskerID: asker.ID, Named: true, ShownAs: "Fadli", Origin: council.Place{ChatID: c.fadli},
			To: council.Addressee{GroupID: group.ID}, Text: "PERTANYAAN", State: council.QuestionWaiting, AskedAt: c.clock(),
			Target: c.clock().AddDate(0, 0, 7), Workdays: 5, Version: 3}
		if state != "" {
			q.State, q.Answers = state, []council.Answer{{MemberID: asker.ID, Text: "Senin", At: c.clock(), Delivered: true}}
		}
		made, err = tx.CreateQuestion(q)
		return err
	})
	return made.Number
}

// freshMessage makes the bot say something that is about nothing, and gives its number.
func (c *town) freshMessage(person int64) int {
	c.t.Helper()
	c.say(person, person, "/bantuan")
	message, found := c.newest(person, "", "")
	if !found {
		c.t.Fatalf("the bot has not written to %d", person)
	}
	return message.ID
}
