package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// byHand does a deed that must go well and returns the number that its answer has under the name.
func (p *openPage) byHand(deed string, person, chat int64, name string, more ...string) int64 {
	p.t.Helper()
	status, body := p.act("/api/people/"+deed, person, chat, more...)
	var answer map[string]int64
	if err := json.Unmarshal([]byte(body), &answer); status != http.StatusOK || err != nil {
		p.t.Fatalf("%s: %d %s", deed, status, body)
	}
	return answer[name]
}

// refusedDeed is a deed that is not done, with the page's word for it.
type refusedDeed struct {
	name, deed   string
	person, chat int64
	more         []string
	want         string
}

func (p *openPage) refusesDeeds(t *testing.T, rows []refusedDeed) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			before := p.LastUpdateID()
			status, body := p.act("/api/people/"+row.deed, row.person, row.chat, row.more...)
			if want := fmt.Sprintf(`{"problem":%q}`, row.want); status != http.StatusConflict || body != want {
				t.Errorf("got %d %s, want %s", status, body, want)
			}
			if p.LastUpdateID() != before {
				t.Error("the bot was told something")
			}
		})
	}
}

func TestAnybodyComesByHand(t *testing.T) {
	p := newPage(t)
	quiet := p.byHand("new", p.siti, 0, "person", "name", "  Ani  Contoh Jaya", "username", "@ani_contoh", "language", "en")
	if got := p.take(quiet); got.Name != "Ani Contoh Jaya" || got.Username != "ani_contoh" || got.Started {
		t.Errorf("got %+v", got)
	}
	if p.people[quiet].LanguageCode != "en" || p.people[quiet].LastName != "Jaya" {
		t.Errorf("got %+v", p.people[quiet].wireUser)
	}
	started := p.byHand("new", 0, 0, "person", "name", "Budi", "started", "1")
	if updates := p.takeUpdates(0); len(updates) != 1 || updates[0].Message.Text != "/start" || updates[0].Message.From.ID != started {
		t.Errorf("got %+v", updates)
	}
	p.refusesDeeds(t, []refusedDeed{
		{"no name", "new", p.siti, 0, []string{"name", "  "}, "people_no_name"},
		{"long name", "new", p.siti, 0, []string{"name", strings.Repeat("a", 65)}, "people_no_name"},
		{"short username", "new", p.siti, 0, []string{"name", "Ani", "username", "ani"}, "people_bad_username"},
		{"username with a dash", "new", p.siti, 0, []string{"name", "Ani", "username", "ani-contoh"}, "people_bad_username"},
		{"taken", "new", p.siti, 0, []string{"name", "Ani", "username", "Ani_Contoh"}, "people_username_taken"},
		{"the bot's", "new", p.siti, 0, []string{"name", "Ani", "username", "rembuk_bot"}, "people_username_taken"},
		{"a group by nobody", "group", 7, 0, []string{"title", "Dewan"}, "people_nobody"},
	})
	if status, _ := p.act("/api/people/fly", p.siti, 0); status != http.StatusNotFound {
		t.Error("a deed that nobody knows is done")
	}
}

// take is a person as the page's list shows them.
func (p *openPage) take(person int64) pagePerson {
	p.t.Helper()
	for _, someone := range p.state(p.siti, 0).People {
		if someone.ID == person {
			return someone
		}
	}
	p.t.Fatalf("there is no person %d", person)
	return pagePerson{}
}

func TestBlockingAndVanishingByHand(t *testing.T) {
	p := newPage(t)
	p.byHand("block", p.siti, 0, "", "on", "1")
	if got := p.ask("sendMessage", to(p.siti)); got.Code != 403 || !p.take(p.siti).Blocked {
		t.Errorf("blocked: %s", got.raw)
	}
	p.byHand("block", p.siti, 0, "", "on", "0")
	if p.sent("sendMessage", to(p.siti)); p.take(p.siti).Blocked {
		t.Error("still blocked")
	}
	p.byHand("vanish", p.siti, 0, "")
	if got := p.ask("sendMessage", to(p.siti)); got.Description != "Forbidden: user is deactivated" || !p.take(p.siti).Gone {
		t.Errorf("vanished: %s", got.raw)
	}
	if status, body := p.act("/api/say", p.siti, p.pokja, "text", "halo"); status != http.StatusConflict || !strings.Contains(body, "account_gone") {
		t.Errorf("somebody who is gone says: %d %s", status, body)
	}
	p.refusesDeeds(t, []refusedDeed{
		{"gone blocks", "block", p.siti, 0, []string{"on", "1"}, "account_gone"},
		{"gone vanishes", "vanish", p.siti, 0, nil, "account_gone"},
		{"gone adds", "add", p.siti, p.pokja, []string{"member", strconv.FormatInt(p.baso, 10)}, "account_gone"},
		{"gone is added", "add", p.baso, p.strangers, []string{"member", strconv.FormatInt(p.siti, 10)}, "people_nobody"},
	})
}

func TestGroupsByHand(t *testing.T) {
	for _, row := range []struct {
		kind, want string
		forum      bool
	}{{"group", kindGroup, false}, {"supergroup", kindSupergroup, false}, {"forum", kindSupergroup, true}} {
		t.Run(row.kind, func(t *testing.T) {
			p := newPage(t)
			chat := p.byHand("group", p.siti, 0, "chat", "title", "Pokja Baru", "kind", row.kind, "members", fmt.Sprint(p.baso, ",7,x"), "bot", "1")
			group := p.groupOf(p.siti, chat)
			if group.Kind != row.want || group.Forum != row.forum || group.Bot != statusMember || !group.Leads || len(group.Members) != 2 ||
				group.Members[0].Status != statusCreator {
				t.Errorf("got %+v", group)
			}
			if updates := p.takeUpdates(0); len(updates) != 2 || updates[0].MyMember == nil {
				t.Errorf("the bot hears %+v", updates)
			}
		})
	}
	p := newPage(t)
	p.refusesDeeds(t, []refusedDeed{{"no title", "group", p.siti, 0, []string{"title", ""}, "people_no_title"}})
}

// groupOf is the open group as the tools show it.
func (p *openPage) groupOf(person, chat int64) pageGroup {
	p.t.Helper()
	_, body := p.do(http.MethodGet, fmt.Sprintf("/api/people?person=%d&chat=%d", person, chat), nil, nil)
	var shown pageGroup
	if err := json.Unmarshal([]byte(body), &shown); err != nil {
		p.t.Fatalf("%s: %v", body, err)
	}
	return shown
}

func TestMembersByHand(t *testing.T) {
	p := newPage(t)
	baso := strconv.FormatInt(p.baso, 10)
	p.byHand("add", p.siti, p.dewan, "", "member", baso)
	if updates := p.takeUpdates(0); len(updates) != 1 || updates[0].Message.From.ID != p.siti || updates[0].Message.NewMembers[0].ID != p.baso {
		t.Errorf("added: %+v", updates)
	}
	p.refusesDeeds(t, []refusedDeed{
		{"added again", "add", p.siti, p.dewan, []string{"member", baso}, "people_inside"},
		{"nobody", "add", p.siti, p.dewan, []string{"member", "7"}, "people_nobody"},
		{"by no admin", "promote", p.baso, p.dewan, []string{"member", baso, "on", "1"}, "people_only_admin"},
		{"the creator by another", "remove", p.baso, p.dewan, []string{"member", strconv.FormatInt(p.siti, 10)}, "people_only_admin"},
		{"from outside", "add", p.siti, p.strangers, []string{"member", baso}, "people_no_group"},
		{"in private", "add", p.siti, p.siti, []string{"member", baso}, "people_no_group"},
		{"speaking as the group by no admin", "hide", p.baso, p.dewan, []string{"on", "1"}, "people_only_admin"},
		{"speaking as a basic group", "hide", p.siti, p.pokja, []string{"on", "1"}, "people_only_supergroup"},
		{"a topic of no forum", "topic", p.siti, p.pokja, []string{"name", "Rapat"}, "people_no_forum"},
		{"a topic without a name", "topic", p.siti, p.dewan, []string{"name", " "}, "people_no_title"},
		{"no such topic", "droptopic", p.siti, p.dewan, []string{"thread", "77"}, "no_such_topic"},
		{"a supergroup grows", "upgrade", p.siti, p.dewan, nil, "people_no_basic_group"},
		{"grown by no admin", "upgrade", p.baso, p.pokja, nil, "people_only_admin"},
		{"the bot made an admin by none", "bot", p.baso, p.pokja, []string{"as", "administrator"}, "people_only_admin"},
		{"the bot taken out by no admin", "bot", p.baso, p.pokja, []string{"as", "none"}, "people_only_admin"},
	})
	p.byHand("promote", p.siti, p.dewan, "", "member", baso, "on", "1")
	p.refusesDeeds(t, []refusedDeed{
		{"the creator is taken out", "remove", p.baso, p.dewan, []string{"member", strconv.FormatInt(p.siti, 10)}, "people_creator"},
		{"the creator is taken down", "promote", p.baso, p.dewan, []string{"member", strconv.FormatInt(p.siti, 10)}, "people_creator"},
	})
	p.takeUpdates(p.LastUpdateID() + 1)
	p.byHand("remove", p.siti, p.dewan, "", "member", baso)
	if updates := p.takeUpdates(0); len(updates) != 1 || updates[0].Message.From.ID != p.siti || updates[0].Message.LeftMember.ID != p.baso {
		t.Errorf("removed: %+v", updates)
	}
	if got := p.ask("getChatMember", parameters{"chat_id": p.dewan, "user_id": p.baso}); !strings.Contains(got.raw, `"status":"kicked"`) {
		t.Errorf("removed from a supergroup: %s", got.raw)
	}
	p.byHand("remove", p.baso, p.pokja, "", "member", baso)
	if got := p.ask("getChatMember", parameters{"chat_id": p.pokja, "user_id": p.baso}); !strings.Contains(got.raw, `"status":"left"`) {
		t.Errorf("left: %s", got.raw)
	}
	p.refusesDeeds(t, []refusedDeed{{"taken out twice", "remove", p.siti, p.pokja, []string{"member", baso}, "people_not_inside"}})
}

func TestTheBotByHand(t *testing.T) {
	p := newPage(t)
	as := func(what string) string {
		p.byHand("bot", p.baso, p.strangers, "", "as", what)
		return p.groupOf(p.baso, p.strangers).Bot
	}
	for _, step := range []struct{ as, want string }{{"administrator", statusAdministrator}, {"member", statusMember}, {"none", statusKicked}, {"member", statusMember}} {
		if got := as(step.as); got != step.want {
			t.Errorf("as %s it is %s", step.as, got)
		}
	}
	var heard []string
	for _, update := range p.takeUpdates(0) {
		if update.MyMember != nil {
			heard = append(heard, update.MyMember.New.Status)
		}
	}
	if got := strings.Join(heard, " "); got != "member administrator member kicked member" {
		t.Errorf("the bot hears %s", got)
	}
}

func TestSpeakingAsTheGroup(t *testing.T) {
	p := newPage(t)
	p.Promote(p.dewan, p.BotID(), true)
	p.takeUpdates(p.LastUpdateID() + 1)
	p.byHand("hide", p.siti, p.dewan, "", "on", "1")
	p.act("/api/say", p.siti, p.dewan, "text", "/tugas")
	updates := p.takeUpdates(0)
	if len(updates) != 2 || !strings.Contains(updates[0].raw, `"new_chat_member":{"status":"creator","user"`) || !strings.Contains(updates[0].raw, `"is_anonymous":true`) {
		if p.queue.wants("chat_member") {
			t.Fatalf("got %+v", updates)
		}
	}
	said := updates[len(updates)-1].Message
	if said.SenderChat == nil || said.SenderChat.ID != p.dewan || said.From.ID != anonymousAdmin.ID {
		t.Errorf("said %+v", said)
	}
	if got := p.ask("getChatMember", parameters{"chat_id": p.dewan, "user_id": p.siti}); !strings.Contains(got.raw, `"is_anonymous":true`) {
		t.Errorf("getChatMember: %s", got.raw)
	}
	if group := p.groupOf(p.siti, p.dewan); !group.Members[0].Hidden {
		t.Errorf("the tools show %+v", group)
	}
	p.byHand("hide", p.siti, p.dewan, "", "on", "0")
	p.act("/api/say", p.siti, p.dewan, "text", "halo")
	messages := p.Messages(p.dewan)
	if last := messages[len(messages)-1]; last.Anonymous {
		t.Errorf("still hidden: %+v", last)
	}
	p.Hide(p.dewan, p.siti, true)
	p.Leave(p.dewan, p.siti)
	p.Join(p.dewan, p.siti)
	if p.groupOf(p.siti, p.dewan).Members[0].Hidden {
		t.Error("who comes back is still hidden")
	}
}

func TestTopicsAndGrowthByHand(t *testing.T) {
	p := newPage(t)
	thread := p.byHand("topic", p.siti, p.dewan, "thread", "name", "Rapat")
	if topics := p.Topics(p.dewan); topics[int(thread)] != "Rapat" {
		t.Errorf("topics %v", topics)
	}
	p.byHand("droptopic", p.siti, p.dewan, "", "thread", strconv.FormatInt(thread, 10))
	if status, body := p.act("/api/say", p.siti, p.dewan, "text", "halo", "thread", strconv.FormatInt(thread, 10)); status != http.StatusConflict || !strings.Contains(body, "no_such_topic") {
		t.Errorf("in a topic that is gone: %d %s", status, body)
	}
	grown := p.byHand("upgrade", p.siti, p.pokja, "chat")
	if group := p.groupOf(p.siti, grown); group.Kind != kindSupergroup || len(group.Members) != 2 || group.Bot != statusMember {
		t.Errorf("grown: %+v", group)
	}
	p.refusesDeeds(t, []refusedDeed{{"in the old one", "add", p.siti, p.pokja, []string{"member", "7"}, "chat_moved"}})
	if status, body := p.act("/api/say", p.siti, p.pokja, "text", "halo"); status != http.StatusConflict || !strings.Contains(body, "chat_moved") {
		t.Errorf("said in the old one: %d %s", status, body)
	}
}
