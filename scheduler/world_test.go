package scheduler

import (
	"database/sql"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// The people of the world, by their ids. All but the last can be written to.
const (
	baso int64 = 1 + iota
	herlina
	sitti // coordinator
	rahma // coordinator
	anwar // leader by role
	head  // regional secretary
	deputy
	hidden
)

// world is a city to which things happen by chance, with a model of what must be
// said beside it.
type world struct {
	*city
	rapid    *rapid.T
	database *sql.DB
	groups   []council.Group

	tasks, evaluations, asked int64
	off                       almanac
	quiet                     map[store.Hearer][]council.QuietTime
	leaves                    map[int64][]council.Leave

	faults  int // so many of the next attempts to speak do not work
	panics  bool
	killed  bool             // at some time
	pending []council.Notice // said in a transaction that is not committed yet
	record
}

// newWorld makes the city, its people and its groups.
func newWorld(t testing.TB, r *rapid.T, start string) *world {
	w := &world{city: newCity(t, start), rapid: r, off: almanac{}, quiet: make(map[store.Hearer][]council.QuietTime),
		leaves: make(map[int64][]council.Leave), record: newRecord()}
	w.voice.fail = w.speak
	for _, person := range []string{"baso", "herlina", "sitti", "rahma", "anwar", "head", "deputy", "hidden"} {
		w.member(person)
	}
	w.change(func(tx *store.Tx) error {
		return errors.Join(tx.GrantRole(sitti, council.RoleCoordinator, "granted"), tx.GrantRole(rahma, council.RoleCoordinator, "granted"),
			tx.GrantRole(anwar, council.RoleLeader, "granted"), tx.SetReach(hidden, council.ReachUnknown))
	})
	w.holds(council.Position{Kind: council.PositionSecretary}, head, deputy)
	w.groups = []council.Group{w.group(-1, council.KindWorkingGroup), w.group(-2, council.KindCouncil), w.group(-3, council.KindSecretariat)}
	database, err := sql.Open("sqlite3", "file:"+w.path+"?mode=ro&_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	w.database = database
	w.expectYear()
	w.turn()
	return w
}

func (w *world) close() {
	if err := errors.Join(w.database.Close(), w.store.Close()); err != nil {
		w.t.Error(err)
	}
}

// speak fails as long as it is to, and remembers what was said otherwise.
func (w *world) speak(notice council.Notice) error {
	if w.faults > 0 {
		w.faults--
		w.killed = true
		if w.panics {
			panic("killed")
		}
		return errors.New("killed")
	}
	w.pending = append(w.pending, notice)
	return nil
}

// turn lets the loop go round until it rests, and tells until when. What is said
// counts when its transaction is kept.
func (w *world) turn() time.Time {
	const patience = 200
	for range patience {
		w.pending = nil
		next, err := w.scheduler.turn(w.t.Context())
		if err != nil {
			w.scheduler.blame(err)
			continue
		}
		for _, notice := range w.pending {
			w.hear(notice)
		}
		if next.After(w.clock.Now()) {
			w.look()
			return next
		}
	}
	w.rapid.Fatalf("the loop does not rest at %s", w.local())
	return time.Time{}
}

// live lets the clock run to a moment, as the loop wakes up.
func (w *world) live(length time.Duration) {
	until := w.clock.now.Add(length)
	for {
		next := w.turn()
		if next.After(until) {
			w.clock.now = until
			w.turn()
			return
		}
		w.clock.now = next
	}
}

// jump moves the clock without the loop having looked in between: the machine
// slept, or somebody set its clock.
func (w *world) jump(length time.Duration) {
	w.clock.now = w.clock.now.Add(length)
	w.happened++
	w.turn()
}

func (w *world) local() string { return w.clock.now.In(wita).Format("Mon 2006-01-02 15:04:05") }

// pick draws one of the things that happen.
func (w *world) pick(name string, from, to int64) int64 {
	return rapid.Int64Range(from, to).Draw(w.rapid, name)
}

func (w *world) days(name string, from, to int64) time.Duration {
	return time.Duration(w.pick(name, from, to)) * 24 * time.Hour
}

// date is a deadline some days from now at a usual or an unusual hour.
func (w *world) date(farthest int64) council.Deadline {
	day := today(w.clock.now).Add(int(w.pick("days ahead", 0, farthest)))
	at := clock(day, int(rapid.SampledFrom([]int64{16 * 60, 9 * 60, 23*60 + 59, 7*60 + 40, 14 * 60}).Draw(w.rapid, "minute")))
	if !at.After(w.clock.now) {
		at = w.clock.now.Add(w.days("days", 1, 9)).Truncate(time.Minute)
	}
	return council.Deadline{At: at, Zone: "Asia/Makassar"}
}

func (w *world) somebody() int64 {
	return rapid.SampledFrom([]int64{baso, herlina, rahma, hidden}).Draw(w.rapid, "person")
}

func (w *world) read(number int64) (task council.Task) {
	w.view(func(tx *store.Tx) (err error) {
		task, err = tx.Task(number)
		return err
	})
	return task
}

func (w *world) view(look func(*store.Tx) error) {
	if err := w.store.View(w.t.Context(), look); err != nil {
		w.rapid.Fatal(err)
	}
}

// away tells whether a person is on leave on a day.
func (w *world) onLeave(member int64, day council.Day) bool {
	return slices.ContainsFunc(w.leaves[member], func(l council.Leave) bool { return !day.Before(l.First) && !l.Last.Before(day) })
}

// leaders are those who act today.
func (w *world) leaders() []int64 {
	switch day := today(w.clock.now); {
	case !w.onLeave(head, day):
		return []int64{anwar, head}
	case !w.onLeave(deputy, day):
		return []int64{anwar, deputy}
	}
	return []int64{anwar}
}

// inQuiet tells whether a minute lies in a quiet time of somebody's own.
func (w *world) inQuiet(of store.Hearer, moment time.Time) bool {
	local := moment.In(wita)
	minute := local.Hour()*60 + local.Minute()
	return slices.ContainsFunc(w.quiet[of], func(q council.QuietTime) bool {
		if q.From < q.Until {
			return minute >= q.From && minute < q.Until
		}
		return minute >= q.From || minute < q.Until
	})
}

// nextAsked is when what somebody asked for comes next after a moment.
func (w *world) nextAsked(own council.OwnReminder, after time.Time) time.Time {
	rule := own.Recurrence
	for day := today(after); ; day = day.Add(1) {
		moment := clock(day, rule.Hour*60+rule.Minute)
		falls := rule.Unit == council.EveryDay || rule.Unit == council.EveryWeek && day.Weekday() == rule.Weekday ||
			rule.Unit == council.EveryWorkday && w.off.works(day) && (own.GroupID != 0 || !w.onLeave(own.MemberID, day))
		if falls && moment.After(after) {
			return moment
		}
	}
}

func (w *world) expectAsked(own council.OwnReminder) {
	k := key{subject: own.Reference(), step: council.StepOwn, audience: council.ToMember, member: own.MemberID, anchor: own.Next.UTC()}
	if own.GroupID != 0 {
		k.audience, k.member, k.group = council.ToGroup, 0, own.GroupID
	}
	w.expected[k] = own.Next
}

// expectYear expects the missing holidays of the next year to be spoken of.
func (w *world) expectYear() {
	now := w.clock.now
	for year := today(now).Year; ; year++ {
		found := false
		for _, day := range []int{1, 15, 28} {
			anchor := clock(council.Day{Year: year, Month: time.December, Day: day}, 0)
			k := key{subject: council.Reference{Letter: council.HolidayYearLetter, Number: int64(year + 1)}, step: council.StepYearMissing,
				audience: council.ToCoordinator, anchor: anchor}
			if moment := w.off.morningFrom(anchor); moment.After(now) {
				w.expected[k], found = moment, true
			}
		}
		if found {
			return
		}
	}
}

// forget expects nothing more about a thing.
func (w *world) forget(subject council.Reference) {
	for k := range w.expected {
		if k.subject == subject {
			delete(w.expected, k)
		}
	}
}
