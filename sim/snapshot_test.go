package sim

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// life is a Server to which anything may happen.
type life struct {
	*Server
	t      *rapid.T
	clock  time.Time
	people []int64
	groups []int64
}

func newLife(t *rapid.T) *life {
	l := &life{t: t, clock: time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC)}
	l.Server = New(Options{Now: l.now})
	for _, name := range []string{"Siti", "Baso"} {
		l.people = append(l.people, l.Person(Person{FirstName: name, Username: strings.ToLower(name) + "_contoh", LanguageCode: "id"}))
	}
	l.groups = []int64{l.Group(Group{Title: "Pokja", Members: l.people}), l.Group(Group{Title: "Dewan", Forum: true, Members: l.people})}
	for _, group := range l.groups {
		l.AddBot(group, l.people[0])
	}
	return l
}

func (l *life) now() time.Time { return l.clock }

func (l *life) call(method string, call parameters) json.RawMessage {
	body, err := json.Marshal(call)
	if err != nil {
		l.t.Fatal(err)
	}
	return callOf(l.Server, method, body)
}

// callOf calls a method of the Bot API without a network.
func callOf(s *Server, method string, body []byte) json.RawMessage {
	request := httptest.NewRequest(http.MethodPost, "/bot"+s.Token()+"/"+method, bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	s.Handler().ServeHTTP(answer, request)
	return answer.Body.Bytes()
}

func pick[T any](l *life, label string, from []T) T { return rapid.SampledFrom(from).Draw(l.t, label) }

// somewhere is a chat that a person can write in, with a message of it, 0 if there is none.
func (l *life) somewhere() (person, chat int64, message int) {
	person = pick(l, "person", l.people)
	chat = pick(l, "chat", append([]int64{person}, l.groups...))
	if shown := l.Messages(chat); len(shown) > 0 {
		message = pick(l, "message", shown).ID
	}
	return person, chat, message
}

// happen lets one thing happen.
func (l *life) happen() {
	person, chat, message := l.somewhere()
	text := pick(l, "text", []string{"halo", "/tugas@rembuk_bot 3", "hai @baso_contoh", "<b>\"T-12\" & é 🙂</b>"})
	deed := rapid.IntRange(0, 16).Draw(l.t, "deed")
	if deed >= 10 && deed <= 12 && message == 0 {
		deed = 0 // nothing is there yet to be read, chosen or pressed
	}
	switch deed {
	case 0, 1:
		l.Say(Message{Chat: chat, Person: person, Text: text, ReplyTo: message, Anonymous: chat < 0 && len(text) > 20})
	case 2:
		l.Send(Message{Chat: chat, Person: person, Caption: text}, documentKind, File{Name: "a.txt", Bytes: []byte(text)}, File{Name: "b.txt", Bytes: []byte("b")})
		l.Send(Message{Chat: chat, Person: person, Caption: text}, pick(l, "kind", []string{"video", "voice", "audio", "animation", "video_note", "photo"}), File{Name: "c", Bytes: []byte(text)})
		l.Say(Message{Chat: chat, Person: person, Location: &Location{Latitude: -2.5, Longitude: 121.1}})
	case 3, 4:
		l.call("sendMessage", parameters{"chat_id": chat, "text": text, "parse_mode": "HTML", "reply_markup": keyboardOf("Siap", "v1:"+text[:3])})
	case 5:
		l.call("sendPoll", pollOf(chat, "is_anonymous", len(text) > 5, "allows_multiple_answers", true, "open_period", 7200))
	case 6:
		l.call("editMessageText", parameters{"chat_id": chat, "message_id": message, "text": text})
	case 7:
		l.call("deleteMessage", parameters{"chat_id": chat, "message_id": message})
	case 8:
		l.mutex.Lock()
		l.queue.confirm(l.queue.next - 2)
		l.queue.take(1)
		l.mutex.Unlock()
	case 9:
		l.clock = l.clock.Add(time.Hour)
	case 10:
		l.Read(chat, person, 0, message)
	case 11:
		l.mayFail(l.Vote(person, chat, message, rapid.SliceOfN(rapid.IntRange(0, 2), 0, 3).Draw(l.t, "options")...))
	case 12:
		_, err := l.Press(chat, message, person, "Siap")
		l.mayFail(err)
	case 13:
		l.call("setMyCommands", parameters{"commands": []Command{{text[:2], "isi"}}, "scope": parameters{"type": "chat", "chat_id": chat}})
		l.call("setMyDescription", parameters{"description": text})
		l.call("pinChatMessage", parameters{"chat_id": chat, "message_id": message})
	default:
		l.change(person, chat, message)
	}
}

// change lets people and groups come, go and change.
func (l *life) change(person, chat int64, message int) {
	switch rapid.IntRange(0, 6).Draw(l.t, "change") {
	case 0:
		l.people = append(l.people, l.Person(Person{FirstName: "Ani", LastName: strconv.Itoa(len(l.people))}))
	case 1:
		l.Block(person)
	case 2:
		l.Deactivate(person)
	case 3:
		if chat < 0 {
			l.Promote(chat, person, true)
			l.Hide(chat, person, len(l.people)%2 == 0)
			l.Leave(chat, l.people[0])
		}
	case 4:
		if len(l.Topics(l.groups[1])) < 3 {
			l.Say(Message{Chat: l.groups[1], Person: person, Thread: l.Topic(l.groups[1], "Rapat"), Text: "mulai"})
		}
	case 5:
		if _, living := l.Topics(l.groups[1])[message]; living {
			l.DeleteTopic(l.groups[1], message)
		}
	case 6:
		if l.groups[0] > supergroupBase {
			l.groups[0] = l.Migrate(l.groups[0])
		}
	}
}

// mayFail takes a refusal for an answer: what can be done is another test's business.
func (l *life) mayFail(error) {}

// seen is everything that people and the bot see.
func (l *life) seen(s *Server) []string {
	var all []string
	note := func(shape any) {
		body, err := json.Marshal(shape)
		if err != nil {
			l.t.Fatal(err)
		}
		all = append(all, string(body))
	}
	for _, person := range l.people {
		for _, chat := range append(slices.Clone(l.groups), person) {
			for _, thread := range append([]int{0}, threadsOf(s, chat)...) {
				var state pageState
				s.look(&state, person, chat, thread, window{limit: 200}, wita)
				note(state)
			}
			var group pageGroup
			s.fillGroup(&group, person, chat)
			note(group)
		}
	}
	for _, chat := range append(slices.Clone(l.groups), l.people...) {
		note(s.Messages(chat))
		all = append(all, string(callOf(s, "getChat", encode(parameters{"chat_id": chat}))))
	}
	note(s.Answers())
	all = append(all, s.Profile("description", ""))
	return all
}

func threadsOf(s *Server, chat int64) []int {
	var threads []int
	for thread := range s.Topics(chat) {
		threads = append(threads, thread)
	}
	slices.Sort(threads)
	return threads
}

func TestWhatIsSavedComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(t)
		for range rapid.IntRange(1, 40).Draw(t, "length") {
			l.happen()
		}
		saved, err := l.Save()
		if err != nil {
			t.Fatal(err)
		}
		loaded, err := Load(saved, Options{Now: l.now})
		if err != nil {
			t.Fatal(err)
		}
		again, err := loaded.Save()
		if err != nil || !bytes.Equal(saved, again) {
			t.Fatalf("saved again it is another: %v\n%s\n%s", err, saved, again)
		}
		if before, after := l.seen(l.Server), l.seen(loaded); !slices.Equal(before, after) {
			at := slices.IndexFunc(before, func(one string) bool { return !slices.Contains(after, one) })
			t.Fatalf("something looks different:\n%s\n%s", before[max(at, 0)], after[max(at, 0)])
		}
		var heard []string
		l.clock = l.clock.Add(3 * time.Hour)            // open polls end
		for _, s := range []*Server{l.Server, loaded} { // life goes on in the same way
			s.Say(Message{Chat: l.people[0], Person: l.people[0], Text: "/status", Document: &File{Name: "c.txt", Bytes: []byte("c")}})
			s.Topic(l.groups[1], "Lain")
			s.Person(Person{FirstName: "Budi"})
			s.Group(Group{Title: "Baru", Members: l.people})
			callOf(s, "sendPoll", encode(pollOf(l.people[0])))
			after, err := s.Save()
			if err != nil {
				t.Fatal(err)
			}
			heard = append(heard, string(callOf(s, "getUpdates", []byte(`{"offset":1}`))), string(after))
		}
		if heard[0] != heard[2] || heard[1] != heard[3] {
			t.Fatalf("life goes on differently:\n%s\n%s", heard[0], heard[2])
		}
	})
}

func TestWhatIsNotTaken(t *testing.T) {
	c := newCity(t, Options{})
	good, err := c.Save()
	if err != nil {
		t.Fatal(err)
	}
	change := func(old, new string) []byte {
		t.Helper()
		if !bytes.Contains(good, []byte(old)) {
			t.Fatalf("%s is not there", old)
		}
		return bytes.Replace(good, []byte(old), []byte(new), 1)
	}
	for _, row := range []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, "not one JSON document"},
		{"half of it", good[:len(good)/2], "not one JSON document"},
		{"twice", append(slices.Clone(good), good...), "not one JSON document"},
		{"something else", []byte(`{"a":1}`), "do not come from a local Telegram"},
		{"another version", change(`"version":1`, `"version":2`), "version 2, and this program reads version 1"},
		{"a changed word", change("selamat pagi", "selamat sore"), "checksum does not fit"},
		{"another sum", change(`"sha256":"`, `"sha256":"0`), "checksum does not fit"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if s, err := Load(row.data, Options{}); s != nil || err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, %v", s, err)
			}
		})
	}
	if _, err := Load(good, Options{BotUsername: "lain_bot"}); err == nil || !strings.Contains(err.Error(), "belong to the bot @rembuk_bot") {
		t.Errorf("for another bot: %v", err)
	}
	if _, err := Load(good, Options{}); err != nil {
		t.Errorf("the good one: %v", err)
	}
}

// bodyOf is what is saved of a city, without the wrapping.
func bodyOf(t testing.TB, s *Server) []byte {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	body, err := json.Marshal(s.saved())
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestWhatContradictsItself(t *testing.T) {
	c := newCity(t, Options{})
	id := c.sent("sendPoll", pollOf(c.siti))
	c.mustVote(c.siti, c.siti, id, 1)
	c.sentDocument(c.siti)
	c.Say(Message{Chat: c.siti, Person: c.siti, Text: "ya", ReplyTo: id})
	c.Read(c.pokja, c.baso, 0, c.greeting)
	for _, row := range []struct {
		name   string
		change func(*savedServer)
		want   string
	}{
		{"a person twice", func(k *savedServer) { k.People = append(k.People, k.People[0]) }, "is there twice"},
		{"a file twice", func(k *savedServer) { k.Files = append(k.Files, k.Files[0]) }, "is there twice"},
		{"a chat twice", func(k *savedServer) { k.Chats = append(k.Chats, k.Chats[0]) }, "is there twice"},
		{"a press twice", func(k *savedServer) { k.Presses = []savedPress{{}, {}} }, "is there twice"},
		{"a chat of nobody", func(k *savedServer) {
			k.Chats = append(k.Chats, savedChat{wireChat: wireChat{ID: 7, Type: kindPrivate}})
		}, "belongs to nobody"},
		{"a kind", func(k *savedServer) { k.Chats[0].Type = "channel" }, "no kind of chat"},
		{"a member of nowhere", func(k *savedServer) { k.Chats[0].Members[0].ID = 7 }, "unknown"},
		{"a migration to nowhere", func(k *savedServer) { k.Chats[0].MigratedTo = 7 }, "has become one that is not there"},
		{"a pin", func(k *savedServer) { k.Chats[0].Pinned = 7 }, "what is pinned"},
		{"a reader", func(k *savedServer) { k.Chats[0].Read = []savedRead{{Person: 7}} }, "unknown"},
		{"order", func(k *savedServer) { k.Chats[0].Messages[1].ID = k.Chats[0].Messages[0].ID }, "out of order"},
		{"a later message", func(k *savedServer) { k.LastShared = 1 }, "out of order"},
		{"a reply to nothing", func(k *savedServer) { k.Chats[0].Messages[0].ReplyTo = 777 }, "what it refers to"},
		{"a file of no kind", func(k *savedServer) { k.Files[0].Kind = "sticker" }, "no kind that there is"},
		{"no file", func(k *savedServer) { k.Files = nil }, "what it refers to"},
		{"a topic", func(k *savedServer) { k.Chats[0].Messages[0].Thread = 3 }, "topic that cannot be"},
		{"a vote", func(k *savedServer) {
			for _, chat := range k.Chats {
				for _, m := range chat.Messages {
					if m.Poll != nil {
						m.Poll.Votes[c.siti] = []int{3}
					}
				}
			}
		}, "impossible votes"},
		{"an update to come", func(k *savedServer) { k.Queue.Waiting[0].ID = k.Queue.Next }, "not one of those"},
		{"no numbers", func(k *savedServer) { k.Queue.First = 0 }, "no numbers"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var kept savedServer
			if err := json.Unmarshal(bodyOf(t, c.Server), &kept); err != nil {
				t.Fatal(err)
			}
			row.change(&kept)
			body, err := json.Marshal(kept)
			if err != nil {
				t.Fatal(err)
			}
			if s, err := restore(body, Options{}); s != nil || err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, %v", s, err)
			}
		})
	}
}

// FuzzRestore looks for a body that is taken and then cannot be shown or saved.
func FuzzRestore(f *testing.F) {
	server := New(Options{})
	siti := server.Person(Person{FirstName: "Siti", Username: "siti"})
	group := server.Group(Group{Title: "Dewan", Forum: true, Members: []int64{siti}})
	server.AddBot(group, siti)
	server.Say(Message{Chat: group, Person: siti, Thread: server.Topic(group, "Rapat"), Text: "/tugas @siti"})
	callOf(server, "sendPoll", encode(pollOf(group)))
	f.Add(bodyOf(f, server))
	f.Fuzz(func(t *testing.T, body []byte) {
		loaded, err := restore(body, Options{})
		if err != nil {
			return
		}
		var state pageState
		loaded.look(&state, siti, group, 0, window{}, wita)
		if _, err := loaded.Save(); err != nil {
			t.Errorf("what was loaded cannot be saved: %v", err)
		}
	})
}
