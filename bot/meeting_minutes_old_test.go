package bot

import (
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestWhatIsToBeCorrectedReachesTheScribe: what the chair writes is told also where the
// minutes are corrected by then, or were proposed anew, which they stay.
func TestWhatIsToBeCorrectedReachesTheScribe(t *testing.T) {
	s := sitting(t)
	s.forge(s.baso, "1:minutes:offer:1")
	s.forge(s.anwar, "1:minutes:fix:1:1")
	s.say(s.baso, s.baso, "/notulen M-1 yang terlupa")
	s.heard(s.anwar)
	contains(t, only(t, s.say(s.anwar, s.anwar, "tonase belum tepat")).Text, "disampaikan")
	contains(t, only(t, s.heard(s.baso)).Text, "tonase belum tepat")
	s.forge(s.baso, "1:minutes:offer:1")
	s.forge(s.anwar, "1:minutes:fix:1:2")
	s.say(s.baso, s.baso, "/notulen M-1 satu lagi")
	s.forge(s.baso, "1:minutes:offer:1")
	s.heard(s.baso)
	s.say(s.anwar, s.anwar, "tanggal belum tepat")
	contains(t, only(t, s.heard(s.baso)).Text, "tanggal belum tepat")
	s.heard(s.anwar)
	contains(t, s.forge(s.anwar, "1:minutes:agree:1:3").Text, "Disetujui")
	contains(t, s.edition(1), "satu lagi")
}

// TestOldButtonsOfAgreedMinutesAskNothing: words that cannot be taken are not asked for,
// and what is undone too late is named as people know it.
func TestOldButtonsOfAgreedMinutesAskNothing(t *testing.T) {
	s := sitting(t)
	s.forge(s.baso, "1:minutes:remove:1:1")
	s.pass(11 * time.Minute)
	contains(t, s.forge(s.baso, "1:minutes:undo:1:1").Text, "M-1 sudah lebih dari 10 menit")
	s.agree()
	for _, person := range []int64{s.baso, s.anwar} {
		s.heard(person)
		for _, data := range []string{"1:minutes:line:1:2", "1:minutes:change:1:2", "1:minutes:remove:1:2", "1:minutes:add:1"} {
			contains(t, s.forge(person, data).Text, "buka /notulen M-1")
			if asked := s.heard(person); len(asked) != 0 {
				t.Errorf("%s is answered with %v", data, texts(asked))
			}
		}
	}
	for _, data := range []string{"1:minutes:show:1:1", "1:minutes:correct:1"} { // what goes on does
		s.forge(s.baso, data)
		contains(t, only(t, s.heard(s.baso)).Text, "Notulen M-1")
	}
}

// TestOfferedToWhomItReaches: who cannot be written to is not named as asked.
func TestOfferedToWhomItReaches(t *testing.T) {
	s := sitting(t)
	s.change(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		m.Chair = council.Seat{Name: "Bupati"}
		return tx.SaveMeeting(m)
	})
	other := s.coordinator("Hasan Basri", "hasan_contoh")
	s.change(func(tx *store.Tx) error { return tx.SetReach(s.actor(other).ID, council.ReachBlocked) })
	answer := s.forge(s.baso, "1:minutes:offer:1")
	contains(t, answer.Text, "Sitti Ramlah")
	lacks(t, answer.Text, "Hasan Basri")
	s.change(func(tx *store.Tx) error { return tx.SetReach(s.actor(s.sitti).ID, council.ReachBlocked) })
	s.say(s.baso, s.baso, "/notulen M-1 lagi")
	contains(t, s.forge(s.baso, "1:minutes:offer:1").Text, "mohon disampaikan langsung")
}
