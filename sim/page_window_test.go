package sim

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"testing"
)

// window asks for a part of what siti sees in a chat.
func (p *openPage) window(chat int64, more string) *pageTalk {
	p.t.Helper()
	_, body := p.do(http.MethodGet, "/api/state?person="+strconv.FormatInt(p.siti, 10)+"&chat="+strconv.FormatInt(chat, 10)+more, nil, nil)
	var state pageState
	if err := json.Unmarshal([]byte(body), &state); err != nil || state.Chat == nil {
		p.t.Fatalf("%s: %v", body, err)
	}
	return state.Chat
}

func shownIDs(messages []pageMessage) []int {
	ids := []int{}
	for _, m := range messages {
		ids = append(ids, m.ID)
	}
	return ids
}

func TestPageShowsAWindow(t *testing.T) {
	p := newPage(t)
	group := p.Group(Group{Title: "Besar", Supergroup: true, Members: []int64{p.siti, p.baso}})
	for at := range 300 { // ids 1 to 300
		p.Say(Message{Chat: group, Person: p.baso, Text: strconv.Itoa(at)})
	}
	p.AddBot(group, p.siti)
	p.Promote(group, p.BotID(), true)
	for _, id := range []int{100, 200, 301} { // 301 says that the bot has come
		if got := p.ask("deleteMessage", parameters{"chat_id": group, "message_id": id}); !got.OK {
			t.Fatal(got.raw)
		}
	}
	count := func(from, to int) (ids []int) {
		for id := from; id <= to; id++ {
			if id != 100 && id != 200 {
				ids = append(ids, id)
			}
		}
		return ids
	}
	for _, row := range []struct {
		name, asked string
		first       int
		want        []int
	}{
		{"the newest", "", 238, count(241, 300)},
		{"a few of the newest", "&limit=3", 295, count(298, 300)},
		{"not more than two hundred", "&limit=5000", 98, count(99, 300)},
		{"around", "&limit=4&around=150", 146, count(148, 151)},
		{"around what is deleted", "&limit=4&around=200", 196, count(198, 202)},
		{"around the first", "&limit=4&around=1", 0, count(1, 4)},
		{"around the last", "&limit=4&around=300", 294, count(297, 300)},
		{"around what is to come", "&limit=4&around=9999", 294, count(297, 300)},
		{"before", "&limit=3&before=101", 96, count(97, 99)},
		{"before the first", "&limit=3&before=1", 0, []int{}},
		{"before the second", "&limit=3&before=2", 0, count(1, 1)},
		{"after", "&limit=3&after=99", 99, count(101, 103)},
		{"after the last", "&limit=3&after=300", 298, []int{}},
		{"after the last but one", "&limit=3&after=299", 297, count(300, 300)},
		{"nonsense", "&limit=-5&around=-1&before=x", 238, count(241, 300)},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := p.window(group, row.asked)
			if got.Total != 298 || got.First != row.first || !slices.Equal(shownIDs(got.Messages), row.want) {
				t.Errorf("total %d, first %d, %v; want first %d, %v", got.Total, got.First, shownIDs(got.Messages), row.first, row.want)
			}
		})
	}
}

func TestPageShowsAWindowOfATopic(t *testing.T) {
	p := newPage(t)
	thread := p.Topic(p.dewan, "Rapat")
	for range 3 {
		p.Say(Message{Chat: p.dewan, Person: p.siti, Text: "umum"})
		p.Say(Message{Chat: p.dewan, Person: p.siti, Thread: thread, Text: "rapat"})
	}
	got := p.window(p.dewan, "&limit=2&thread="+strconv.Itoa(thread))
	if got.Total != 4 || got.First != 2 || len(got.Messages) != 2 || got.Messages[1].Text != "rapat" {
		t.Errorf("topic: %+v", got)
	}
	if got := p.window(p.dewan, ""); got.Total != 4 || got.Messages[3].Text != "umum" { // the first says that the bot came
		t.Errorf("general: %+v", got)
	}
	p.DeleteTopic(p.dewan, thread)
	if got := p.window(p.dewan, "&thread="+strconv.Itoa(thread)); got.Total != 0 || len(got.Messages) != 0 || len(got.Topics) != 0 {
		t.Errorf("deleted topic: %+v", got)
	}
	if got := p.window(p.dewan, "&thread=777"); got.Total != 0 {
		t.Errorf("a topic that never was: %+v", got)
	}
}

func TestUnread(t *testing.T) {
	p := newPage(t)
	p.Read(p.pokja, p.siti, 0, p.greeting)
	unread := func(person int64) int {
		t.Helper()
		chats := p.state(person, 0).Chats
		at := slices.IndexFunc(chats, func(c pageChat) bool { return c.ID == p.pokja })
		if counted := p.Unread(p.pokja, person); counted != chats[at].Unread {
			t.Errorf("Unread says %d, the page %d", counted, chats[at].Unread)
		}
		return chats[at].Unread
	}
	if got := unread(p.siti); got != 0 {
		t.Errorf("%d unread after reading all", got)
	}
	var ids []int
	for range 3 {
		ids = append(ids, p.sent("sendMessage", to(p.pokja)))
	}
	if got := unread(p.siti); got != 3 {
		t.Errorf("%d unread, want 3", got)
	}
	changed, cancel := p.Subscribe()
	defer cancel()
	if status, body := p.act("/api/read", p.siti, p.pokja, "message", strconv.Itoa(ids[1])); status != 200 {
		t.Fatal(body)
	}
	select {
	case <-changed:
	default:
		t.Error("other tabs are not told")
	}
	chat := p.window(p.pokja, "")
	if got := unread(p.siti); got != 1 || chat.Unread != 1 || chat.Read != ids[1] {
		t.Errorf("%d unread in the list, in the chat %d up to %d", got, chat.Unread, chat.Read)
	}
	p.Read(p.pokja, p.siti, 0, ids[0])
	if got := unread(p.siti); got != 1 {
		t.Errorf("reading went back: %d", got)
	}
	p.ask("deleteMessage", about(p.pokja, ids[2]))
	if got := unread(p.siti); got != 0 {
		t.Errorf("a deleted message is unread: %d", got)
	}
	p.Say(Message{Chat: p.pokja, Person: p.baso, Text: "baik"})
	if siti, baso := unread(p.siti), unread(p.baso); siti != 1 || baso != 0 {
		t.Errorf("after a word of baso: siti %d, baso %d", siti, baso)
	}
	newcomer := p.Person(Person{FirstName: "Ani"})
	p.Join(p.pokja, newcomer)
	if got := unread(newcomer); got != 0 {
		t.Errorf("who comes has %d unread", got)
	}
}

func TestUnreadOfTopics(t *testing.T) {
	p := newPage(t)
	p.Join(p.dewan, p.baso)
	thread := p.Topic(p.dewan, "Rapat")
	p.sent("sendMessage", to(p.dewan, "message_thread_id", thread))
	p.sent("sendMessage", to(p.dewan))
	look := func() (list, topic int) { return p.Unread(p.dewan, p.siti), p.window(p.dewan, "").Topics[0].Unread }
	before, topic := look()
	if topic != 1 { // siti opened it herself
		t.Errorf("%d unread in the topic", topic)
	}
	p.act("/api/read", p.siti, p.dewan, "thread", strconv.Itoa(thread), "message", "9999")
	if list, topic := look(); topic != 0 || list != before-1 {
		t.Errorf("after reading the topic: %d in it, %d in all, before %d", topic, list, before)
	}
	p.sent("sendMessage", to(p.dewan, "message_thread_id", thread))
	if _, topic := look(); topic != 1 {
		t.Errorf("what comes after a reading too far ahead: %d unread", topic)
	}
	if status, _ := p.act("/api/read", p.baso, p.strangers, "message", "1"); status != 200 {
		t.Error("an empty chat cannot be read")
	}
	if status, _ := p.act("/api/read", p.siti, p.strangers, "message", "1"); status != 404 {
		t.Error("another's chat can be read")
	}
}

// BenchmarkState is the server's share of one look at a chat with 5,000 messages, half of them unread.
func BenchmarkState(b *testing.B) {
	server := New(Options{})
	siti, baso := server.Person(Person{FirstName: "Siti"}), server.Person(Person{FirstName: "Baso"})
	var chats []int64
	for at := range 12 {
		chats = append(chats, server.Group(Group{Title: "Pokja " + strconv.Itoa(at), Supergroup: true, Members: []int64{siti, baso}}))
	}
	for at := range 5000 {
		server.Say(Message{Chat: chats[0], Person: baso, Text: "Rekap tonase bank sampah minggu " + strconv.Itoa(at)})
	}
	server.Read(chats[0], siti, 0, 2500)
	page := server.Page(&cityClock{city: &city{Server: server}})
	for _, row := range []struct{ name, asked string }{{"newest", ""}, {"around", "&around=2500"}, {"most", "&limit=200"}} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				request := httptest.NewRequest(http.MethodGet, "/api/state?person="+strconv.FormatInt(siti, 10)+
					"&chat="+strconv.FormatInt(chats[0], 10)+row.asked, nil)
				request.Host = "localhost"
				answer := httptest.NewRecorder()
				page.ServeHTTP(answer, request)
				if answer.Code != http.StatusOK {
					b.Fatal(answer.Body)
				}
			}
		})
	}
}
