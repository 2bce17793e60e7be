package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// present are those who were at a meeting, as it stands now.
func (h *harness) present(number int64) (there []council.Attendee) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		there, err = tx.Attendees(number)
		return err
	})
	return there
}

// guests invites members to a meeting, beside the bot.
func (h *harness) guests(number int64, guests ...council.Guest) {
	h.t.Helper()
	h.change(func(tx *store.Tx) error {
		for _, guest := range guests {
			if err := tx.SaveGuest(number, guest); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestAttendanceIsTakenInItsTime: from half an hour before until an hour after, for the
// group from which it was pressed, once.
func TestAttendanceIsTakenInItsTime(t *testing.T) {
	h, sitti, baso, fadli, pokja, _ := met(t)
	group := func(chat int64) (id int64) {
		h.look(func(tx *store.Tx) error {
			found, err := tx.GroupOf(chat, 0)
			id = found.ID
			return err
		})
		return id
	}
	h.pass(48*time.Hour - 31*time.Minute)
	answer, _ := h.pressing(pokja, baso, "1:attend:here:1")
	contains(t, answer.Text, "belum dimulai")
	h.pass(time.Minute)
	answer, _ = h.pressing(pokja, baso, "1:attend:here:1")
	contains(t, answer.Text, "kehadirannya tercatat")
	h.pressing(baso, baso, "1:attend:here:1")
	want := []council.Attendee{{ID: 1, MemberID: h.actor(baso).ID, GroupID: group(pokja), NotedBy: h.actor(baso).ID, At: h.clock(), From: 1}}
	if difference := cmp.Diff(want, h.present(1)); difference != "" {
		t.Error(difference)
	}
	h.say(fadli, fadli, "/mulai")
	answer = h.pressData(fadli, h.say(fadli, fadli, "/bantuan")[0].ID, fadli, "1:attend:here:1") // in private: for his own community
	contains(t, answer.Text, "kehadirannya tercatat")
	if there := h.present(1); len(there) != 2 || there[1].GroupID == 0 || there[1].GroupID == group(pokja) {
		t.Errorf("got %+v", there)
	}
	stranger := h.person("Orang Lain", "lain_contoh")
	h.say(h.linkedGroup("Dewan", "dewan", sitti, stranger), stranger, "/status")
	answer = h.pressData(stranger, h.say(stranger, stranger, "/mulai")[0].ID, stranger, "1:attend:here:1")
	contains(t, answer.Text, "untuk yang diundang")
	h.pass(30*time.Minute + 3*time.Hour)
	answer, _ = h.pressing(pokja, sitti, "1:attend:here:1")
	contains(t, answer.Text, "sudah ditutup")
	if there := h.present(1); len(there) != 2 {
		t.Errorf("got %+v", there)
	}
}

// TestWhoRepresentsIsNoted: announced by name, tapped, taken off; and in the own name
// where a member comes in another's place.
func TestWhoRepresentsIsNoted(t *testing.T) {
	h, sitti, baso, fadli, _, _ := noting(t)
	b, s := h.actor(baso).ID, h.actor(sitti).ID
	h.guests(1, council.Guest{MemberID: s, Response: council.ResponseRepresented, Representative: council.Seat{Name: "Rahma\nDinsos"}},
		council.Guest{MemberID: b, Response: council.ResponseComing}, council.Guest{MemberID: h.actor(fadli).ID, For: b})
	_, pages := h.pressing(baso, baso, "1:attend:page:1:0")
	page := only(t, pages)
	tap := func(start string) {
		t.Helper()
		for _, label := range labels(h.message(baso, page.ID)) {
			if strings.HasPrefix(label, start) {
				h.pressOn(baso, page.ID, baso, label)
				return
			}
		}
		t.Fatalf("nobody is offered as %s: %q", start, labels(h.message(baso, page.ID)))
	}
	tap("Rahma Dinsos (mewakili Sitti")
	if there := h.present(1); len(there) != 1 || there[0].Name != "Rahma\nDinsos" || there[0].For != s || there[0].NotedBy != b {
		t.Errorf("got %+v", there)
	}
	tap("✓ Rahma Dinsos (mewakili Sitti")
	if there := h.present(1); len(there) != 0 {
		t.Errorf("got %+v", there)
	}
	tap("seorang anggota (mewakili Baso") // who has not allowed the name to be known
	if there := h.present(1); len(there) != 1 || there[0].MemberID != h.actor(fadli).ID || there[0].For != b {
		t.Errorf("got %+v", there)
	}
}

// TestAttendanceOfAnAgreedEditionStays: what is changed afterwards stands in the next one.
func TestAttendanceOfAnAgreedEditionStays(t *testing.T) {
	h, sitti, baso, _, pokja, _ := noting(t)
	h.guests(1, council.Guest{MemberID: h.actor(baso).ID}, council.Guest{MemberID: h.actor(sitti).ID})
	h.pressing(pokja, baso, "1:attend:here:1")
	h.say(baso, baso, "/notulen M-1 dibuka")
	h.agreeNow(1)
	answer, _ := h.pressing(pokja, sitti, "1:attend:here:1")
	contains(t, answer.Text, "sudah ditutup")
	_, pages := h.pressing(baso, baso, "1:attend:page:1:0")
	contains(t, h.pressOn(baso, only(t, pages).ID, baso, "✓ Baso Irfandi").Text, "sudah ditutup")
	h.say(baso, baso, "/notulen M-1 ralat")
	_, pages = h.pressing(baso, baso, "1:attend:page:1:0")
	page := only(t, pages)
	h.pressOn(baso, page.ID, baso, "✓ Baso Irfandi")
	h.pressOn(baso, page.ID, baso, "Sitti Ramlah")
	h.look(func(tx *store.Tx) error {
		first, err := tx.AttendeesIn(1, 1)
		if len(first) != 1 || first[0].MemberID != h.actor(baso).ID {
			t.Errorf("edition 1: %+v", first)
		}
		return err
	})
	if second := h.present(1); len(second) != 1 || second[0].MemberID != h.actor(sitti).ID {
		t.Errorf("edition 2: %+v", second)
	}
}

// TestNamesOfWhoWasThere: one in each line, kept whole or refused whole.
func TestNamesOfWhoWasThere(t *testing.T) {
	h, sitti, baso, _, _, _ := noting(t)
	h.guests(1, council.Guest{MemberID: h.actor(baso).ID}, council.Guest{MemberID: h.actor(sitti).ID})
	_, pages := h.pressing(baso, baso, "1:attend:page:1:0")
	page := only(t, pages)
	h.pressOn(baso, page.ID, baso, "Tambah nama")
	h.heard(baso)
	contains(t, only(t, h.say(baso, baso, "Rahma\n"+strings.Repeat("nama ", 30))).Text, "100 huruf")
	contains(t, only(t, h.say(baso, baso, "Rahma, "+strings.Repeat("dinas ", 30))).Text, "150 huruf")
	if there := h.present(1); len(there) != 0 {
		t.Errorf("got %+v", there)
	}
	added := only(t, h.say(baso, baso, "- Rahma, Dinas Sosial, mewakili Bu Sitti\nIkbal\u202e\nIkbal\nBaso Irfandi")) // the question was still open
	contains(t, added.Text, "3 orang dicatat hadir di M-1.")
	_, pages = h.pressing(baso, baso, "1:attend:page:1:0")
	more := only(t, h.write(sim.Message{Chat: baso, Person: baso, ReplyTo: only(t, pages).ID, Text: "Wati, Kecamatan"}))
	contains(t, more.Text, "1 orang dicatat hadir")
	h.pressOn(baso, added.ID, baso, "Urungkan")
	if there := h.present(1); len(there) != 1 || there[0].Name != "Wati" || there[0].Office != "Kecamatan" {
		t.Errorf("got %+v", there)
	}
}

func TestReadAttendee(t *testing.T) {
	people := []council.Member{{ID: 1, Name: "Baso Irfandi", Username: "baso_contoh"}, {ID: 2, Name: "Rahma Yani"}, {ID: 3, Name: "Sitti Ramlah"}, {ID: 4, Name: "Sitti Aminah"}}
	for line, want := range map[string]council.Attendee{
		"Rahma, Dinas Sosial, mewakili Pak Baso": {Name: "Rahma", Office: "Dinas Sosial", For: 1},
		"Rahma":                                  {MemberID: 2},
		"@baso_contoh":                           {MemberID: 1},
		"Pak Baso":                               {MemberID: 1},
		"Sitti":                                  {Name: "Sitti"}, // two are called so
		"Ikbal mewakili Baso":                    {Name: "Ikbal", For: 1},
		"Ikbal, wakil dari Baso Irfandi, DLH":    {Name: "Ikbal", Office: "DLH", For: 1},
		"Ikbal, mewakili Camat Malili":           {Name: "Ikbal", Office: "mewakili Camat Malili"},
		"Ikbal, office for the city":             {Name: "Ikbal", Office: "office for the city"},
		"Ikbal, Dinas A, Bidang B":               {Name: "Ikbal", Office: "Dinas A, Bidang B"},
		"Rahma Yani, representing Mr Baso, UN":   {Name: "Rahma Yani", Office: "UN", For: 1},
		", ,":                                    {},
	} {
		if difference := cmp.Diff(want, readAttendee(people, line)); difference != "" {
			t.Errorf("%q: %s", line, difference)
		}
	}
}

// TestManyGuestsOnPages: each of 120 is found once.
func TestManyGuestsOnPages(t *testing.T) {
	h, _, baso, _, _, _ := noting(t)
	h.change(func(tx *store.Tx) error {
		for i := range 120 {
			member, err := tx.Seen(int64(9_000_000+i), "Tamu "+idText(int64(1000+i)), "", "id", h.clock())
			if err != nil {
				return err
			}
			if err := tx.SaveGuest(1, council.Guest{MemberID: member.ID}); err != nil {
				return err
			}
		}
		return nil
	})
	_, pages := h.pressing(baso, baso, "1:attend:page:1:0")
	page := only(t, pages)
	seen := make(map[string]bool)
	for {
		shown := h.message(baso, page.ID)
		for _, label := range labels(shown) {
			if strings.HasPrefix(label, "Tamu ") {
				if seen[label] {
					t.Errorf("%s twice", label)
				}
				seen[label] = true
			}
		}
		if !hasButton(shown, "Berikutnya") {
			break
		}
		h.pressOn(baso, page.ID, baso, "Berikutnya")
	}
	if len(seen) != 120 {
		t.Errorf("found %d of 120", len(seen))
	}
}
