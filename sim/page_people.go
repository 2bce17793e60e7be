package sim

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// deed is something that is done by hand to people and groups. It is carried out with the mutex held.
type deed struct {
	server *Server
	by     *person // who does it, nil if there is nobody yet
	c      *chat   // the chat that is open for them, nil if there is none
	form   *http.Request
}

// deeds are what can be done, by the names of their endpoints: POST api/people/NAME with person, chat and what stands at
// each. The answer names what is new.
var deeds = map[string]func(d deed) (answer map[string]any, problem *obstacle){
	"new":       deed.newPerson,   // name, username, language, started=1
	"block":     deed.block,       // on=1 or 0
	"vanish":    deed.vanish,      // deletes the account
	"hide":      deed.hide,        // on=1: speaks as the group
	"group":     deed.newGroup,    // title, kind (group, supergroup or forum), members=1,2, bot=1
	"bot":       deed.changeBot,   // as=member, administrator or none
	"topic":     deed.openTopic,   // name
	"droptopic": deed.dropTopic,   // thread
	"add":       deed.add,         // member
	"remove":    deed.remove,      // member
	"promote":   deed.promoteSome, // member, on=1 or 0
	"upgrade":   deed.upgrade,     // becomes a supergroup
}

// handlePeople adds the endpoints of the deeds.
func (p *page) handlePeople(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/people", p.people)
	mux.HandleFunc("POST /api/people/{deed}", func(w http.ResponseWriter, r *http.Request) {
		act, known := deeds[r.PathValue("deed")]
		if !known {
			http.NotFound(w, r)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
		answer, problem := p.server.carryOutDeed(act, r, numberOf(r, "person"), numberOf(r, "chat"))
		if problem != nil {
			refuse(w, http.StatusConflict, problem.word)
			return
		}
		writeJSON(w, http.StatusOK, answer)
	})
}

func (s *Server) carryOutDeed(act func(deed) (map[string]any, *obstacle), form *http.Request, person, chat int64) (map[string]any, *obstacle) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	d := deed{server: s, by: s.people[person], form: form}
	if d.by != nil {
		d.c = s.openFor(d.by, chat)
	}
	return act(d)
}

func (d deed) on() bool { return d.form.FormValue("on") == "1" }

func (d deed) text(name string) string {
	return strings.Join(strings.Fields(d.form.FormValue(name)), " ")
}

var usernameShape = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{3,30}[A-Za-z0-9]$`)

func (d deed) newPerson() (map[string]any, *obstacle) {
	name, username := d.text("name"), strings.TrimPrefix(d.text("username"), "@")
	switch {
	case name == "" || tooLong(name, 64):
		return nil, hinder("people_no_name", "a person needs a name of at most 64 characters")
	case username != "" && !usernameShape.MatchString(username):
		return nil, hinder("people_bad_username", "%q is no @username", username)
	case d.server.taken(username):
		return nil, hinder("people_username_taken", "@%s is taken", username)
	}
	made := Person{FirstName: name, Username: username, LanguageCode: d.text("language")}
	if at := strings.LastIndex(name, " "); at > 0 {
		made.FirstName, made.LastName = name[:at], name[at+1:]
	}
	p := d.server.person(made)
	if d.form.FormValue("started") == "1" {
		d.server.say(Message{Chat: p.ID, Person: p.ID, Text: "/start"})
	}
	return map[string]any{"person": p.ID}, nil
}

// taken says whether somebody, or the bot, has the @username.
func (s *Server) taken(username string) bool {
	for _, p := range s.cast {
		if username != "" && strings.EqualFold(p.Username, username) {
			return true
		}
	}
	return strings.EqualFold(s.bot.Username, username)
}

func (d deed) block() (map[string]any, *obstacle) {
	if problem := d.alive(); problem != nil {
		return nil, problem
	}
	d.server.blocks(d.by, d.on())
	return map[string]any{}, nil
}

func (d deed) vanish() (map[string]any, *obstacle) {
	if problem := d.alive(); problem != nil {
		return nil, problem
	}
	d.server.vanish(d.by)
	return map[string]any{}, nil
}

// alive says what keeps the person from doing anything.
func (d deed) alive() *obstacle {
	switch {
	case d.by == nil:
		return hinder("people_nobody", "there is no such person")
	case d.by.deactivated:
		return hinder("account_gone", "person %d has deleted the account", d.by.ID)
	}
	return nil
}

func (d deed) newGroup() (map[string]any, *obstacle) {
	if problem := d.alive(); problem != nil {
		return nil, problem
	}
	title, kind := d.text("title"), d.form.FormValue("kind")
	if title == "" || tooLong(title, 128) {
		return nil, hinder("people_no_title", "a group needs a title of at most 128 characters")
	}
	members := []int64{d.by.ID}
	for _, field := range strings.Split(d.form.FormValue("members"), ",") {
		member, err := strconv.ParseInt(field, 10, 64)
		if p := d.server.people[member]; err == nil && p != nil && !p.deactivated {
			members = append(members, member)
		}
	}
	c := d.server.group(Group{Title: title, Supergroup: kind == kindSupergroup, Forum: kind == "forum", Members: members})
	if d.form.FormValue("bot") == "1" {
		d.server.addBot(c, d.by)
	}
	return map[string]any{"chat": c.ID}, nil
}
