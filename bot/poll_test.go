package bot

import (
	"errors"
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// acts lets the bot do what is due to be done, as the scheduler does.
func (h *harness) acts() {
	h.t.Helper()
	for {
		h.quiet()
		var due []council.Reminder
		h.look(func(tx *store.Tx) (err error) {
			due, err = tx.DueActs(h.clock())
			return err
		})
		if len(due) == 0 {
			return
		}
		for _, one := range due {
			h.change(func(tx *store.Tx) error {
				if err := tx.EndReminder(one.ID, true, "due", h.clock()); err != nil {
					return err
				}
				return h.bot.Act(h.t.Context(), tx, one)
			})
		}
	}
}

// copies are the copies of a poll as they stand.
func (h *harness) copies(number int64) (copies []council.PollCopy) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		copies, err = tx.PollCopies(number)
		return err
	})
	return copies
}

// pollsIn are the polls of a chat.
func (h *harness) pollsIn(chat int64) []sim.Shown {
	var polls []sim.Shown
	for _, message := range h.sim.Messages(chat) {
		if message.Poll != nil {
			polls = append(polls, message)
		}
	}
	return polls
}

// pollTown is a coordinator with a council, a community, and somebody whom the bot
// has never seen in either.
func pollTown(t *testing.T) (h *harness, sitti, voter int64, chats []int64) {
	h = newHarness(t)
	sitti, voter = h.coordinator("Sitti Ramlah", "sitti_contoh"), h.person("Lukas Tandi", "lukas_contoh")
	for _, words := range []string{"dewan", "komunitas"} {
		chats = append(chats, h.linkedGroup("Ruang "+words, words, sitti, voter))
	}
	return h, sitti, voter, chats
}

const lineOfPoll = "/jajak Dewan, Komunitas: Kapan lokakarya? Senin / Selasa sampai besok 15.00"

func TestWhatIsReadOfAPoll(t *testing.T) {
	h, sitti, _, _ := pollTown(t)
	h.linkedGroup("Relawan TIK", "komunitas", sitti)
	until := "Ditutup: Sabtu, 26 September 2026 pukul 15.00 WITA"
	for name, row := range map[string]struct {
		said  string
		shows []string
	}{
		"all in one line":           {lineOfPoll, []string{"Jajak pendapat: Kapan lokakarya?\n1. Senin\n2. Selasa\nSatu", "3 grup: Dewan, Komunitas (Ruang komunitas), Komunitas (Relawan TIK)", until}},
		"in lines with bullets":     {"/jajak dewan: Pilih tempat\n- Aula\n- Kantor camat\nsampai besok 15.00", []string{"pendapat: Pilih tempat\n1. Aula\n2. Kantor camat\nSatu", until}},
		"days are options as well":  {"/jajak dewan: Kapan? Senin / Selasa / Rabu hingga besok 15.00", []string{"3. Rabu\nSatu", until}},
		"a date with slashes":       {"/jajak dewan: Setuju rapat 12/10? Ya / Tidak sampai besok 15.00", []string{"pendapat: Setuju rapat 12/10?\n1. Ya\n2. Tidak\nSatu"}},
		"and/or in the question":    {"/jajak dewan: Kapan dan/atau di mana? A/B, tenggat besok 15.00", []string{"Kapan dan/atau di mana?\n1. A\n2. B\nSatu", until}},
		"before a colon":            {"/jajak dewan: Hari lokakarya: Senin / Selasa sampai besok 15.00", []string{"pendapat: Hari lokakarya\n1. Senin\n2. Selasa\nSatu"}},
		"commas behind a question":  {"/jajak dewan: Kapan? Senin, Selasa, sampai besok 15.00", []string{"1. Senin\n2. Selasa\nSatu", until}},
		"a number before the hour":  {"/jajak dewan: Mulai pukul berapa? 09:00 / 10:00 sampai besok 15.00", []string{"1. 09:00\n2. 10:00\nSatu"}},
		"without an hour":           {"/jajak dewan: Kapan? Senin / Selasa sampai Jumat depan", []string{"Jumat, 2 Oktober 2026 pukul 16.00 WITA"}},
		"no limit":                  {"/jajak dewan: Jadi? Ya / Tidak tanpa batas waktu", []string{"2. Tidak\nSatu", "Tanpa batas waktu"}},
		"several answers and names": {"/jajak dewan: Jadi? Ya / Tidak, boleh lebih dari satu, tidak anonim, sampai besok 15.00", []string{"2. Tidak\nBoleh beberapa pilihan · nama pemilih terlihat", until}},
		"in brackets":               {"/jajak dewan: Jadi? Ya / Tidak (pilihan ganda) tanpa tenggat", []string{"2. Tidak\nBoleh beberapa pilihan · tanpa nama"}},
		"by a title":                {"/jajak Relawan TIK dan dewan: Jadi? Ya / Tidak sampai besok 15.00", []string{"2 grup: Komunitas (Relawan TIK), Dewan"}},
		"all groups":                {"/jajak semua grup: Jadi? Ya / Tidak sampai besok 15.00", []string{"Untuk 3 grup"}},
		"in English":                {"/poll council & community: Ready? Yes / No until tomorrow 15:00", []string{"Ready?\n1. Yes\n2. No\nSatu", "Untuk 3 grup", until}},
		"no group":                  {"/jajak Jadi? Ya / Tidak sampai besok 15.00", []string{"Di grup mana ditanyakan?"}},
		"no such group":             {"/jajak pokja: Jadi? Ya / Tidak sampai besok 15.00", []string{"Belum ada grup seperti itu"}},
		"one option":                {"/jajak dewan: Jadi? Ya sampai besok 15.00", []string{"paling sedikit 2 pilihan", "\nYa"}},
		"no options":                {"/jajak dewan: Jadi kapan?", []string{"Apa saja pilihannya?"}},
		"no end":                    {"/jajak dewan: Jadi? Ya / Tidak", []string{"Sampai kapan dapat dipilih?"}},
		"an end that has passed":    {"/jajak dewan: Jadi? Ya / Tidak sampai kemarin", []string{"“sampai kemarin” sudah lewat"}},
		"a question too long":       {"/jajak dewan: " + strings.Repeat("apa ", 80) + "? Ya / Tidak", []string{"321 huruf", "paling banyak 300", "\n\napa apa"}},
		"an option too long":        {"/jajak dewan: Jadi? Ya / " + strings.Repeat("x", 101), []string{"101 huruf", "\n\nYa\nxxx"}},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			contains(t, only(t, h.say(sitti, sitti, row.said)).Text, row.shows...)
		})
	}
	h.t = t
}

// TestNothingAboutVotersIsKept, not even where their names are seen in the group.
func TestNothingAboutVotersIsKept(t *testing.T) {
	h, sitti, voter, chats := pollTown(t)
	h.say(sitti, sitti, strings.Replace(lineOfPoll, " sampai", ", dengan nama, sampai", 1))
	h.press(sitti, sitti, "Benar")
	h.quiet()
	poll := h.pollsIn(chats[0])[0]
	if poll.Poll.Anonymous || poll.Poll.Multiple {
		t.Errorf("posted as %+v", poll.Poll)
	}
	if err := h.sim.Vote(voter, chats[0], poll.ID, 1); err != nil {
		t.Fatal(err)
	}
	h.quiet()
	if one := h.copies(1)[0]; one.Tally.Voters != 1 || one.Tally.Votes[1] != 1 {
		t.Errorf("counted %+v", one)
	}
	h.look(func(tx *store.Tx) error {
		if _, err := tx.MemberByTelegramID(voter); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("the bot knows who voted: %v", err)
		}
		return nil
	})
	raw := `{"update_id":7,"poll":{"id":"5","question":"rahasia","options":[{"text":"dapur","voter_count":2}],"total_voter_count":2,"is_closed":true,"type":"regular"}}`
	update := h.bot.read([]byte(raw))
	again := h.bot.decode(7, update.raw)
	if !update.wanted() || again.failure != "" || again.update.Poll.Options[0].VoterCount != 2 || !again.update.Poll.IsClosed || again.update.Poll.ID != "5" {
		t.Errorf("kept %s", update.raw)
	}
	lacks(t, string(update.raw), "rahasia", "dapur")
}

// TestArbitraryVotesAddUp lets people vote as they like, while the bot is
// restarted, and compares the outcome with what stands in the groups.
func TestArbitraryVotesAddUp(t *testing.T) {
	h, sitti, _, chats := pollTown(t)
	random := rand.New(rand.NewSource(4))
	h.say(sitti, sitti, strings.Replace(lineOfPoll, "Senin / Selasa", "Senin / Selasa / Rabu, boleh beberapa", 1))
	h.press(sitti, sitti, "Benar")
	h.quiet()
	var people []int64
	for i := range 8 {
		person := h.person(fmt.Sprintf("Warga %d", i), "")
		people = append(people, person)
		for _, chat := range chats {
			h.sim.Join(chat, person)
		}
	}
	for i := range 80 {
		chat := chats[random.Intn(len(chats))]
		var options []int
		for option := range 3 {
			if random.Intn(3) == 0 {
				options = append(options, option)
			}
		}
		if err := h.sim.Vote(people[random.Intn(len(people))], chat, h.pollsIn(chat)[0].ID, options...); err != nil {
			t.Fatal(err)
		}
		if i%25 == 24 {
			h.restart()
		}
	}
	h.pass(31 * time.Hour)
	h.acts()
	for i, one := range h.copies(1) {
		shown := h.pollsIn(chats[i])[0].Poll
		if !shown.Closed || one.State != council.CopyFinal || one.Tally.Voters != shown.Total {
			t.Errorf("%+v counts %+v", shown, one)
		}
		for at, option := range shown.Options {
			if one.Tally.Votes[at] != option.Voters {
				t.Errorf("%+v counts %+v", shown, one)
			}
		}
	}
	h.look(func(tx *store.Tx) error {
		if poll, err := tx.Poll(1); err != nil || poll.State != council.PollClosed {
			t.Errorf("%+v, %v", poll, err)
		}
		return nil
	})
}

// TestVotesThatComeBeforeThePoll is known count as soon as it is.
func TestVotesThatComeBeforeThePollIsKnown(t *testing.T) {
	h, sitti, _, chats := pollTown(t)
	h.sim.Fail(sim.Fault{Method: "sendPoll", Chat: chats[1], Kind: sim.Error429, RetryAfter: 3600})
	h.say(sitti, sitti, lineOfPoll)
	h.press(sitti, sitti, "Benar")
	h.quiet()
	waiting := h.copies(1)[1]
	h.change(func(tx *store.Tx) error {
		counted := &models.Poll{ID: "77", TotalVoterCount: 2, Options: []models.PollOption{{VoterCount: 2}, {}}}
		if err := (&request{Bot: h.bot, tx: tx, now: h.clock()}).onPoll(counted); err != nil {
			return err
		}
		out := store.Outgoing{Kind: store.KindPoll, Payload: store.Payload{Poll: &store.Poll{Copy: waiting.ID}}}
		return h.bot.keepPoll(tx, out, result{ending: endedSent, messageID: 9, poll: &sentPoll{ID: "77"}})
	})
	if one := h.copies(1)[1]; one.State != council.CopyPosted || one.MessageID != 9 || one.Tally.Voters != 2 {
		t.Errorf("counted %+v", one)
	}
}
