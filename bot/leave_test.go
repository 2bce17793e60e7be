package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// leaves are a person's, as "2026-09-28 2026-09-30".
func (h *harness) leaves(person int64) (days []string) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		member, err := tx.MemberByTelegramID(person)
		if err != nil {
			return err
		}
		leaves, err := tx.Leaves(member.ID, council.DayOf(h.clock(), time.UTC))
		for _, leave := range leaves {
			days = append(days, leave.First.String()+" "+leave.Last.String())
		}
		return err
	})
	return days
}

// TestDaysOfLeave is on Friday, 25 September 2026.
func TestDaysOfLeave(t *testing.T) {
	h := newHarness(t, withoutPlace)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	for _, row := range []struct{ name, said, want, answer string }{
		{"a dash", "3-7 Oktober", "2026-10-03 2026-10-07", "Sabtu, 3 Oktober 2026 sampai Rabu, 7 Oktober 2026 (5 hari)"},
		{"a long dash", "3–7 Oktober", "2026-10-03 2026-10-07", "(5 hari)"},
		{"sampai", "3 sampai 7 Oktober", "2026-10-03 2026-10-07", ""},
		{"s.d.", "3 s.d. 7 Oktober", "2026-10-03 2026-10-07", ""},
		{"to", "3 to 7 October", "2026-10-03 2026-10-07", ""},
		{"tomorrow", "besok", "2026-09-26 2026-09-26", "cuti Sabtu, 26 September 2026."},
		{"the day after", "lusa", "2026-09-27 2026-09-27", ""},
		{"a weekday", "Senin", "2026-09-28 2026-09-28", ""},
		{"today", "hari ini", "2026-09-25 2026-09-25", ""},
		{"from tomorrow on", "besok sampai Rabu", "2026-09-26 2026-09-30", ""},
		{"until a day", "sampai Rabu", "2026-09-25 2026-09-30", ""},
		{"a length", "besok 3 hari", "2026-09-26 2026-09-28", ""},
		{"a length, said fully", "besok selama 3 hari", "2026-09-26 2026-09-28", ""},
		{"under way", "21-29 September", "2026-09-21 2026-09-29", ""},
		{"with a reason", "sakit besok", "2026-09-26 2026-09-26", ""},
		{"two days beside each other", "besok dan lusa", "", "Hari yang mana"},
		{"a week without a day", "minggu depan", "", "Hari yang mana"},
		{"a slip", "10 Oktober sampai 3 Oktober", "", "Sudah benar"},
		{"reversed", "7-3 Oktober", "", "sebelum hari pertama"},
		{"reversed with years", "10 Juni 2027 sampai 5 Juni 2027", "", "sebelum hari pertama"},
		{"past", "kemarin", "", "sudah lewat"},
		{"past range", "1-3 September 2026", "", "sudah lewat"},
		{"too long", "1 Oktober 2026 sampai 2 Oktober 2027", "", "366 hari"},
		{"open", "mulai besok", "", "belum terbaca"},
		{"several numbers", "3,4,5 Oktober", "", "belum terbaca"},
		{"a whole month", "bulan Oktober", "", "belum terbaca"},
		{"no day", "secepatnya", "", "belum terbaca"},
		{"a day no calendar has", "31 September", "", "belum terbaca"},
		{"nothing of the kind", "ya pak", "", "belum terbaca"},
	} {
		t.Run(row.name, func(t *testing.T) {
			said := only(t, h.say(sitti, sitti, "/cuti "+row.said))
			contains(t, said.Text, row.answer)
			var want []string
			if row.want != "" {
				want = []string{row.want}
			}
			if difference := cmp.Diff(want, h.leaves(sitti)); difference != "" {
				t.Errorf("%s\n%s", said.Text, difference)
			}
			if row.want != "" {
				h.press(sitti, sitti, "Urungkan")
			}
			if left := h.leaves(sitti); len(left) != 0 {
				t.Errorf("after undoing there is %v", left)
			}
		})
	}
}

// TestForgedButtonsAboutLeave are pressed by somebody whom none of them is for.
func TestForgedButtonsAboutLeave(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat Rabu")
	c.say(c.baso, c.baso, "/cuti Selasa sampai Kamis")
	before := c.leaves(c.baso)
	baso := c.actor(c.baso).ID
	message := only(t, c.say(c.herlina, c.herlina, "/cuti"))
	c.heard(c.sitti)
	for name, forged := range map[string]string{
		"nothing":                     data(pressLeave),
		"an unknown wish":             data(pressLeave, "explode"),
		"no days":                     data(pressLeave, leaveSet),
		"days that are none":          data(pressLeave, leaveSet, "2026-13-45", "x", baso),
		"days for somebody else":      data(pressLeave, leaveSet, "2026-10-01", "2026-10-02", baso),
		"days for nobody":             data(pressLeave, leaveSet, "2026-10-01", "2026-10-02"),
		"reversed days":               data(pressLeave, leaveSet, "2026-10-02", "2026-10-01", c.actor(c.herlina).ID),
		"days past":                   data(pressLeave, leaveSet, "2026-01-02", "2026-01-03", c.actor(c.herlina).ID),
		"days without end":            data(pressLeave, leaveSet, "2026-10-02", "9999-01-03", c.actor(c.herlina).ID),
		"the end of somebody's leave": data(pressLeave, leaveEnd, 1),
		"the end of no leave":         data(pressLeave, leaveEnd, 4711),
		"the end of nothing":          data(pressLeave, leaveEnd),
		"an undoing":                  data(pressLeave, leaveUndo, 1),
		"an undoing of nothing":       data(pressLeave, leaveUndo),
		"a task of another group":     data(pressLeave, leavePass, 1),
		"a task that is not there":    data(pressLeave, leavePass, 4711),
		"no task":                     data(pressLeave, leavePass),
	} {
		t.Run(name, func(t *testing.T) {
			if answer := c.pressData(c.herlina, message.ID, c.herlina, forged); answer.Text == "" {
				t.Error("the press is not answered in words")
			}
			if difference := cmp.Diff(before, c.leaves(c.baso)); difference != "" {
				t.Errorf("the leave changed:\n%s", difference)
			}
			if own := c.leaves(c.herlina); len(own) != 0 {
				t.Errorf("%v was noted", own)
			}
		})
	}
	if said := c.heard(c.sitti); len(said) != 0 {
		t.Errorf("the coordinator was told %q", texts(said))
	}
}

func TestLeaveAndQuietAreForMembers(t *testing.T) {
	h := newHarness(t, withoutPlace)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	forum := h.linkedGroup("Forum", "komunitas", sitti)
	nobody := h.person("Orang Lewat", "lewat_contoh")
	for _, role := range append([]council.Role{""}, council.Roles...) {
		person := nobody
		if role != "" {
			person = h.person("Orang "+string(role), "orang_"+string(role))
			h.grant(person, role)
		}
		h.say(person, person, "/batal") // opens the private chat
		manages := role == council.RoleWorkingGroup || role == council.RoleCouncil || role == council.RoleLeader || role == council.RoleCoordinator
		for _, row := range []struct {
			said    string
			place   int64
			allowed bool
		}{
			{"/cuti besok", person, role != ""},
			{"/cuti selesai", person, role != ""},
			{"/jam_tenang 12-13", person, role != ""},
			{"/jam_tenang hapus", person, role != ""},
			{"/jam_tenang 12-13", forum, manages},
			{"/jam_tenang hapus", forum, manages},
		} {
			t.Run(string(role)+" "+row.said, func(t *testing.T) {
				answer := strings.Join(texts(h.say(row.place, person, row.said)), "\n")
				refused := answer == "" || strings.Contains(answer, "di daerah Bapak/Ibu") || strings.Contains(answer, "kelompok kerja")
				if refused == row.allowed {
					t.Errorf("allowed should be %v; the answer is %q", row.allowed, answer)
				}
			})
		}
	}
}

func TestLeaveInEnglish(t *testing.T) {
	h := newHarness(t, withoutPlace)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.say(sitti, sitti, "/language en")
	contains(t, only(t, h.say(sitti, sitti, "/leave 3–7 October")).Text, "Noted: leave Saturday, 3 October 2026 to Wednesday, 7 October 2026 (5 days).",
		"No other coordinator can be told")
	contains(t, only(t, h.say(sitti, sitti, "/leave")).Text, "Your leave:", "/leave over")
	contains(t, only(t, h.say(sitti, sitti, "/leave over")).Text, "is cancelled")
	contains(t, only(t, h.say(sitti, sitti, "/quiet 12:00-13:30")).Text, "Your quiet times: 12:00–13:30.")
	contains(t, only(t, h.say(sitti, sitti, "/quiet remove")).Text, "You have no quiet times of your own.")
}

// TestManyTasksFallIntoALeave shows the first and says how many there are besides.
func TestManyTasksFallIntoALeave(t *testing.T) {
	c := newTown(t)
	for range leaveTasks + 3 {
		c.newTask("@baso_contoh Rekap tonase, tenggat Rabu")
	}
	c.heard(c.baso)
	c.heard(c.sitti)
	contains(t, only(t, c.say(c.baso, c.baso, "/cuti Selasa sampai Kamis")).Text, "T-12 ·", "dan 3 lainnya")
	told := only(t, c.heard(c.sitti))
	lacks(t, told.Text, "T-13 ·")
	if buttons := labels(told); len(buttons) != leaveButtons || buttons[0] != "Alihkan T-1" {
		t.Errorf("the buttons are %q", buttons)
	}
}
