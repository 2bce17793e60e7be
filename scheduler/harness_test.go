package scheduler

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/store/storetest"
)

// wita is the city's zone.
var wita = time.FixedZone("WITA", 8*60*60)

// at reads a local moment of the city.
func at(t testing.TB, text string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, wita)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// movable is a clock that stands still until it is moved.
type movable struct {
	mutex sync.Mutex
	now   time.Time
	moved chan struct{}
}

func (c *movable) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.now
}

func (c *movable) set(now time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.now = now
	close(c.moved)
	c.moved = make(chan struct{})
}

func (c *movable) Wait(ctx context.Context, until time.Time) error {
	c.mutex.Lock()
	moved, ahead := c.moved, until.After(c.now)
	c.mutex.Unlock()
	if !ahead {
		return ctx.Err()
	}
	select {
	case <-moved:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// voice says notices into the outbox, so that only what is committed counts, and
// remembers every attempt. Its calendar has the database's holidays.
type voice struct {
	attempts []council.Notice
	fail     func(council.Notice) error // nil: everything works
	next     func(time.Time) time.Time
	clocks   council.Clocks
	left     []time.Time
	done     []string           // what the bot did itself: "V-1 close"
	botch    int                // so often in a row doing does not work
	weeks    []council.Reminder // summed up
	now      func() time.Time
}

func (v *voice) Act(_ context.Context, tx *store.Tx, due council.Reminder) error {
	if due.Subject.Letter == council.WeekLetter { // which every city has, and most tests are not about
		v.weeks = append(v.weeks, due)
		timing, err := v.Timing(tx)
		return errors.Join(err, tx.AddReminders(council.NextWeek(due, v.now(), timing)))
	}
	if v.botch > 0 {
		v.botch--
		return errors.New("does not work")
	}
	v.done = append(v.done, due.Subject.String()+" "+string(due.Step))
	if due.Subject.Letter == council.QuestionLetter {
		if err := v.escalate(tx, due.Subject.Number); err != nil {
			return err
		}
	}
	return tx.Queue(store.Outgoing{ChatID: 1, Kind: store.KindMessage, Payload: store.Payload{Text: string(due.Step)}}, time.Now())
}

// escalate marks a question as the bot does.
func (v *voice) escalate(tx *store.Tx, number int64) error {
	question, err := tx.Question(number)
	if err != nil {
		return err
	}
	escalated, done := question.Escalate(v.now())
	if !done {
		return errors.New("told the asker of a question that is not late, or for the second time")
	}
	return tx.SaveQuestion(escalated)
}

func (v *voice) Say(_ context.Context, tx *store.Tx, notice council.Notice) error {
	v.attempts = append(v.attempts, notice)
	if v.fail != nil {
		if err := v.fail(notice); err != nil {
			return err
		}
	}
	chat := notice.GroupID
	if notice.MemberID != 0 {
		chat = -notice.MemberID
	}
	return tx.Queue(store.Outgoing{ChatID: chat, Kind: store.KindMessage, Payload: store.Payload{Text: summary(notice)}}, time.Now())
}

// summary names what a notice holds: "T-1 H-3 assignee (3)", with "late " before it.
func summary(notice council.Notice) string {
	var items []string
	for _, item := range notice.Items {
		items = append(items, item.Reminder.Subject.String()+" "+string(item.Reminder.Step)+" "+string(item.Reminder.Audience))
	}
	text := strings.Join(items, ", ")
	if notice.Late {
		text = "late " + text
	}
	return text
}

func (v *voice) Timing(tx *store.Tx) (council.Timing, error) {
	days, err := tx.Holidays()
	var holidays []council.Holiday
	for _, day := range days {
		date, bad := council.ParseDay(day.Date)
		err = errors.Join(err, bad)
		holidays = append(holidays, council.Holiday{Date: date, Name: day.Name})
	}
	return council.Timing{Next: v.next, Clocks: v.clocks, Calendar: council.NewCalendar(wita, holidays)}, err
}

func (v *voice) LeaveUnlinked(tx *store.Tx, now time.Time) error {
	v.left = append(v.left, now)
	chats, err := tx.ToLeave(now)
	for _, chat := range chats {
		err = errors.Join(err, tx.ForgetChat(chat))
	}
	return err
}

// city is a scheduler on a real database with a clock that is moved by hand.
type city struct {
	t         testing.TB
	path      string
	store     *store.Store
	clock     *movable
	voice     *voice
	scheduler *Scheduler
	stop      func()
	heard     int64 // how many rows of the outbox were looked at
}

func newCity(t testing.TB, now string) *city {
	t.Helper()
	c := &city{t: t, path: filepath.Join(t.TempDir(), "rembuk.db"), clock: &movable{now: at(t, now), moved: make(chan struct{})}, voice: &voice{}}
	c.voice.now = c.clock.Now
	storetest.Empty(t, c.path)
	opened, err := store.Open(context.Background(), c.path)
	if err != nil {
		t.Fatal(err)
	}
	c.store, c.voice.now = opened, c.clock.Now
	c.scheduler = New(opened, c.voice, c.clock, slog.New(slog.DiscardHandler))
	return c
}

// inBubble runs a test with the loop running, where pauses take no time.
func inBubble(t *testing.T, now string, test func(*city)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		c := newCity(t, now)
		c.start()
		defer func() {
			c.stop()
			if err := c.store.Close(); err != nil {
				t.Error(err)
			}
		}()
		test(c)
	})
}

// start runs a fresh loop on the database and waits until it rests.
func (c *city) start() {
	c.scheduler = New(c.store, c.voice, c.clock, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- c.scheduler.Run(ctx) }()
	c.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			c.t.Errorf("the loop ended with %v", err)
		}
	}
	synctest.Wait()
}

// reach moves the clock and waits until the loop rests.
func (c *city) reach(moment string) {
	c.t.Helper()
	c.clock.set(at(c.t, moment))
	synctest.Wait()
}

// patience lets real time pass, in which the loop tries again what did not work.
func (c *city) patience(length time.Duration) {
	time.Sleep(length)
	synctest.Wait()
}

func (c *city) change(change func(*store.Tx) error) {
	c.t.Helper()
	if err := c.store.Update(context.Background(), change); err != nil {
		c.t.Fatal(err)
	}
}

// strings reads one column of text beside the store.
func (c *city) strings(query string, arguments ...any) (list []string) {
	c.t.Helper()
	database, err := sql.Open("sqlite3", "file:"+c.path+"?mode=ro&_busy_timeout=5000")
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = database.Close() }()
	rows, err := database.Query(query, arguments...)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			c.t.Fatal(err)
		}
		list = append(list, text)
	}
	return list
}

// said expects what has been said since somebody last looked: "1: T-1 H-3
// assignee" to member 1, "group 2: …" to a group.
func (c *city) said(expected ...string) {
	c.t.Helper()
	got := c.strings(`SELECT CASE WHEN chat_id < 0 THEN -chat_id ELSE 'group ' || chat_id END || ': ' || json_extract(payload, '$.text')
		FROM outbox WHERE id > ? ORDER BY id`, c.heard)
	c.heard += int64(len(got))
	if !slices.Equal(got, expected) {
		c.t.Errorf("at %s was said:\n%s\nand not:\n%s", c.clock.Now().In(wita).Format("Mon 2006-01-02 15:04"),
			strings.Join(got, "\n"), strings.Join(expected, "\n"))
	}
}

// ended expects how a thing's reminders ended: "H-3 assignee dropped superseded".
func (c *city) ended(subject string, expected ...string) {
	c.t.Helper()
	got := c.strings(`SELECT step || ' ' || audience || ' ' || state || ' ' || reason FROM reminder WHERE subject = ? AND state <> 'waiting' ORDER BY due_at, id`, subject)
	if !slices.Equal(got, expected) {
		c.t.Errorf("the reminders of %s ended:\n%s\nand not:\n%s", subject, strings.Join(got, "\n"), strings.Join(expected, "\n"))
	}
}
