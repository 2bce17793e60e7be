package sim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// talk lets siti write so many messages in private and returns the id of the first update.
func (c *city) talk(count int) (first int64) {
	for range count {
		c.Say(Message{Chat: c.siti, Person: c.siti, Text: "halo"})
	}
	return c.LastUpdateID() - int64(count) + 1
}

func idsOf(updates []update) []int64 {
	ids := []int64{}
	for _, update := range updates {
		ids = append(ids, update.ID)
	}
	return ids
}

// settle lets the time pass in which a repeated offset is held back, by asking for another one.
func (c *city) settle() { c.ask("getUpdates", parameters{"offset": 1, "limit": 1}) }

func TestConfirmation(t *testing.T) {
	for _, row := range []struct {
		name   string
		offset func(first int64) int64
		kept   int // of five
	}{
		{"none confirms nothing", func(int64) int64 { return 0 }, 5},
		{"the first confirms nothing", func(first int64) int64 { return first }, 5},
		{"a later one confirms what is below", func(first int64) int64 { return first + 3 }, 2},
		{"the next one confirms all", func(first int64) int64 { return first + 5 }, 0},
		{"ten past the end confirms all", func(first int64) int64 { return first + 15 }, 0},
		{"far in the future is not believed", func(first int64) int64 { return first + 16 }, 5},
		{"far in the past is not believed", func(first int64) int64 { return first - 1000 }, 5},
		{"minus two keeps the last two", func(int64) int64 { return -2 }, 2},
		{"minus nine keeps all", func(int64) int64 { return -9 }, 5},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			first := c.talk(5)
			c.settle()
			got := idsOf(c.takeUpdates(row.offset(first)))
			c.settle()
			after := idsOf(c.takeUpdates(0))
			want := []int64{first, first + 1, first + 2, first + 3, first + 4}[5-row.kept:]
			if !slices.Equal(got, want) || !slices.Equal(after, want) {
				t.Errorf("got %v, then %v, want %v", got, after, want)
			}
		})
	}
}

func TestUpdatesAreGivenAgainUntilConfirmed(t *testing.T) {
	c := newCity(t, Options{})
	first := c.talk(2)
	for range 3 {
		c.settle()
		if got := idsOf(c.takeUpdates(0)); !slices.Equal(got, []int64{first, first + 1}) {
			t.Fatalf("got %v", got)
		}
	}
}

func TestLimit(t *testing.T) {
	for _, row := range []struct {
		name        string
		limit, want int
	}{{"one", 1, 1}, {"default", 0, 100}, {"too many", 1000, 100}, {"negative", -5, 100}} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			c.talk(120)
			got := c.updatesOf(c.ask("getUpdates", parameters{"limit": row.limit, "offset": 7}))
			if len(got) != row.want {
				t.Errorf("got %d, want %d", len(got), row.want)
			}
		})
	}
}

func TestHastyPollGetsOneUpdate(t *testing.T) {
	c := newCity(t, Options{})
	c.talk(3)
	c.settle()
	if first, second := c.takeUpdates(0), c.takeUpdates(0); len(first) != 3 || len(second) != 1 {
		t.Errorf("got %d, then %d at once", len(first), len(second))
	}
}

// poll asks for updates in the background.
func (c *city) poll(offset int64, timeout int) <-chan answered {
	done := make(chan answered, 1)
	go func() { done <- c.ask("getUpdates", parameters{"offset": offset, "timeout": timeout}) }()
	return done
}

// held waits until a poll is waiting.
func (c *city) held() {
	changed, cancel := c.Subscribe()
	defer cancel()
	for !c.PollWaiting() {
		<-changed
	}
}

func TestHeldPollWakesAtOnce(t *testing.T) {
	c := newCity(t, Options{})
	done := c.poll(c.LastUpdateID()+1, 50)
	c.held()
	first := c.talk(1)
	if c.PollWaiting() {
		t.Error("the poll counts as waiting though something is undelivered")
	}
	if got := idsOf(c.updatesOf(<-done)); !slices.Equal(got, []int64{first}) {
		t.Errorf("got %v", got)
	}
}

func TestNewerPollEndsTheHeldOne(t *testing.T) {
	c := newCity(t, Options{})
	older := c.poll(c.LastUpdateID()+1, 50)
	c.held()
	newer := c.poll(c.LastUpdateID()+2, 50)
	got := <-older
	if got.status != http.StatusConflict || got.Description != "Conflict: terminated by other getUpdates request; "+
		"make sure that only one bot instance is running" {
		t.Errorf("the older poll answers %s", got.raw)
	}
	c.held()
	c.talk(1)
	if got := c.updatesOf(<-newer); len(got) != 1 {
		t.Errorf("the newer poll got %d updates", len(got))
	}
}

func TestPollAnsweredAtOnceEndsNone(t *testing.T) {
	c := newCity(t, Options{})
	older := c.poll(c.LastUpdateID()+1, 50)
	c.held()
	c.takeUpdates(c.LastUpdateID() + 2)
	c.held()
	c.talk(1)
	if got := c.updatesOf(<-older); len(got) != 1 {
		t.Error("a poll that did not wait ended the held one")
	}
}

func TestTimeoutAnswersEmpty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, begin := New(Options{}), time.Now()
		batch, refused := server.getUpdates(t.Context(), &request{method: "getupdates", values: map[string]string{"timeout": "99"}})
		if refused != nil || len(batch.([]json.RawMessage)) != 0 {
			t.Errorf("got %v %v", batch, refused)
		}
		if waited := time.Since(begin); waited != longestPoll {
			t.Errorf("waited %v", waited)
		}
	})
}

func TestSecondConflictComesLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := New(Options{})
		for at, want := range []time.Duration{0, conflictSpacing} {
			begin := time.Now()
			if refused := server.conflict(t.Context()); refused.code != http.StatusConflict {
				t.Errorf("answer %d: %+v", at, refused)
			}
			if waited := time.Since(begin); waited != want {
				t.Errorf("answer %d came after %v, want %v", at, waited, want)
			}
		}
	})
}

func TestRepeatedOffsetWaitsThreeSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := New(Options{})
		for _, want := range []time.Duration{0, repeatedPoll} {
			begin := time.Now()
			if _, refused := server.getUpdates(t.Context(), &request{values: map[string]string{}}); refused != nil {
				t.Fatal(refused)
			}
			if waited := time.Since(begin); waited != want {
				t.Errorf("waited %v, want %v", waited, want)
			}
		}
	})
}

func TestAllowedUpdates(t *testing.T) {
	c := newCity(t, Options{})
	c.Promote(c.pokja, c.BotID(), true)
	c.takeUpdates(c.LastUpdateID() + 1)
	act := func() string {
		c.Say(Message{Chat: c.siti, Person: c.siti, Text: "halo"})
		c.Leave(c.pokja, c.baso)
		c.Join(c.pokja, c.baso)
		kinds := []string{}
		for _, update := range c.takeUpdates(-50) {
			kind, _, _ := strings.Cut(strings.SplitN(update.raw, `,"`, 2)[1], `"`)
			kinds = append(kinds, kind)
		}
		c.takeUpdates(c.LastUpdateID() + 1)
		return strings.Join(kinds, " ")
	}
	for _, row := range []struct {
		name    string
		allowed any
		want    string
	}{
		{"default leaves chat_member out", nil, "message message message"},
		{"named kinds", []string{"chat_member"}, "chat_member chat_member"},
		{"unset keeps what was", nil, "chat_member chat_member"},
		{"empty is the default again", []string{}, "message message message"},
	} {
		call := parameters{"offset": 3}
		if row.allowed != nil {
			call["allowed_updates"] = row.allowed
		}
		c.ask("getUpdates", call)
		if got := act(); got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
}

func TestOnlyAnAdministratorLearnsOfMembers(t *testing.T) {
	c := newCity(t, Options{})
	c.ask("getUpdates", parameters{"offset": 3, "allowed_updates": []string{"chat_member"}})
	c.Leave(c.pokja, c.baso)
	c.Promote(c.pokja, c.BotID(), true)
	c.Join(c.pokja, c.baso)
	c.Promote(c.pokja, c.baso, true)
	if got := c.takeUpdates(0); len(got) != 2 || !strings.Contains(got[1].raw, `"new_chat_member":{"status":"administrator"`) {
		t.Errorf("got %+v", got)
	}
}

func TestExpiry(t *testing.T) {
	for _, row := range []struct {
		name    string
		passes  time.Duration
		fetched bool // before the time passes
		want    int
	}{
		{"a press lives 150 seconds", 150 * time.Second, false, 2},
		{"and not longer", 151 * time.Second, false, 1},
		{"a message lives 24 hours", 24 * time.Hour, false, 1},
		{"and not longer", 24*time.Hour + time.Second, false, 0},
		{"what was delivered stays", 48 * time.Hour, true, 2},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			c.Say(Message{Chat: c.siti, Person: c.siti, Text: "halo"})
			if _, err := c.Press(c.pokja, c.greeting, c.siti, "Siap"); err != nil {
				t.Fatal(err)
			}
			if row.fetched {
				c.takeUpdates(0)
				c.Say(Message{Chat: c.siti, Person: c.siti, Text: "tidak sempat diambil"})
			}
			c.clock = c.clock.Add(row.passes)
			if got := c.takeUpdates(5); len(got) != row.want {
				t.Errorf("got %d updates, want %d", len(got), row.want)
			}
		})
	}
}

func TestInjectAndDuplicate(t *testing.T) {
	c := newCity(t, Options{})
	id := c.Inject(json.RawMessage(`{"update_id":5,"a_new_kind":{"x":[1,2]}}`))
	empty := c.Inject(json.RawMessage(`{}`))
	got := c.takeUpdates(0)
	if len(got) != 2 || got[0].ID != id || got[1].ID != empty || !strings.Contains(got[0].raw, `"a_new_kind":{"x":[1,2]}`) {
		t.Fatalf("got %+v", got)
	}
	c.takeUpdates(empty + 1)
	if !c.Duplicate(id) || c.Duplicate(id-50) {
		t.Error("Duplicate does not know what it can repeat")
	}
	if got := idsOf(c.takeUpdates(empty + 2)); !slices.Equal(got, []int64{id}) {
		t.Errorf("repeated: %v", got)
	}
	if got := idsOf(c.takeUpdates(empty + 1)); len(got) != 0 {
		t.Errorf("repeated after confirmation: %v", got)
	}
}

func TestDropPendingUpdates(t *testing.T) {
	c := newCity(t, Options{})
	c.talk(3)
	if info := c.ask("getWebhookInfo", nil); !strings.Contains(info.raw, `"pending_update_count":3`) {
		t.Errorf("getWebhookInfo answers %s", info.raw)
	}
	c.ask("deleteWebhook", parameters{"drop_pending_updates": true})
	if got := c.takeUpdates(0); len(got) != 0 {
		t.Errorf("%d updates are left", len(got))
	}
}
