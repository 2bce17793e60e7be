package sim

import (
	"cmp"
	"net/http"
)

// inGroup says what keeps the person from acting in the open group; leading is whether it needs an administrator.
func (d deed) inGroup(leading bool) *obstacle {
	if problem := d.alive(); problem != nil {
		return problem
	}
	switch {
	case d.c == nil || d.c.Type == kindPrivate:
		return hinder("people_no_group", "no group is open")
	case d.c.migratedTo != 0:
		return hinder("chat_moved", "chat %d has become supergroup %d", d.c.ID, d.c.migratedTo)
	case leading && !d.c.leads(d.by.ID):
		return hinder("people_only_admin", "person %d is no administrator of chat %d", d.by.ID, d.c.ID)
	}
	return nil
}

// member is whom the form names, inside the group or outside.
func (d deed) member(inside bool) (*person, *obstacle) {
	p := d.server.people[numberOf(d.form, "member")]
	switch {
	case p == nil || p.deactivated:
		return nil, hinder("people_nobody", "there is no such person")
	case inside && !d.c.inside(p.ID):
		return nil, hinder("people_not_inside", "person %d is not in chat %d", p.ID, d.c.ID)
	case !inside && d.c.inside(p.ID):
		return nil, hinder("people_inside", "person %d is in chat %d already", p.ID, d.c.ID)
	}
	return p, nil
}

func (d deed) changeBot() (map[string]any, *obstacle) {
	as := d.form.FormValue("as")
	if problem := d.inGroup(as != "member" || d.c != nil && d.c.botInside()); problem != nil {
		return nil, problem
	}
	switch as {
	case "none":
		d.server.removeBot(d.c, d.by)
	case "member", "administrator":
		d.server.addBot(d.c, d.by)
		if leads := as == "administrator"; leads != (d.c.bot == statusAdministrator) {
			d.server.promote(d.c, d.server.bot.ID, leads)
		}
	}
	return map[string]any{}, nil
}

func (d deed) add() (map[string]any, *obstacle) {
	if problem := d.inGroup(false); problem != nil {
		return nil, problem
	}
	p, problem := d.member(false)
	if problem != nil {
		return nil, problem
	}
	d.server.invite(d.c, p, d.by)
	return map[string]any{}, nil
}

// remove takes a member out, or is a member leaving.
func (d deed) remove() (map[string]any, *obstacle) {
	if problem := d.inGroup(d.by == nil || numberOf(d.form, "member") != d.by.ID); problem != nil {
		return nil, problem
	}
	p, problem := d.member(true)
	if problem != nil {
		return nil, problem
	}
	if p != d.by && d.c.members[p.ID] == statusCreator {
		return nil, hinder("people_creator", "person %d made chat %d", p.ID, d.c.ID)
	}
	d.server.expel(d.c, p, d.by)
	return map[string]any{}, nil
}

func (d deed) promoteSome() (map[string]any, *obstacle) {
	if problem := d.inGroup(true); problem != nil {
		return nil, problem
	}
	p, problem := d.member(true)
	if problem != nil {
		return nil, problem
	}
	if d.c.members[p.ID] == statusCreator {
		return nil, hinder("people_creator", "person %d made chat %d", p.ID, d.c.ID)
	}
	d.server.promote(d.c, p.ID, d.on())
	return map[string]any{}, nil
}

func (d deed) hide() (map[string]any, *obstacle) {
	if problem := d.inGroup(true); problem != nil {
		return nil, problem
	}
	if d.c.Type != kindSupergroup {
		return nil, hinder("people_only_supergroup", "in chat %d nobody can speak as the group", d.c.ID)
	}
	d.server.veil(d.c, d.by, d.on())
	return map[string]any{}, nil
}

func (d deed) openTopic() (map[string]any, *obstacle) {
	name := d.text("name")
	switch problem := d.inGroup(false); {
	case problem != nil:
		return nil, problem
	case !d.c.IsForum:
		return nil, hinder("people_no_forum", "chat %d has no topics", d.c.ID)
	case name == "" || tooLong(name, 128):
		return nil, hinder("people_no_title", "a topic needs a name of at most 128 characters")
	}
	return map[string]any{"thread": d.server.openTopic(d.c, d.by.wireUser, name)}, nil
}

func (d deed) dropTopic() (map[string]any, *obstacle) {
	if problem := d.inGroup(true); problem != nil {
		return nil, problem
	}
	thread := int(numberOf(d.form, "thread"))
	if _, living := d.c.topics[thread]; !living {
		return nil, hinder("no_such_topic", "there is no topic %d in chat %d", thread, d.c.ID)
	}
	d.server.dropTopic(d.c, thread)
	return map[string]any{}, nil
}

func (d deed) upgrade() (map[string]any, *obstacle) {
	if problem := d.inGroup(true); problem != nil {
		return nil, problem
	}
	if d.c.Type != kindGroup {
		return nil, hinder("people_no_basic_group", "chat %d is no basic group", d.c.ID)
	}
	return map[string]any{"chat": d.server.migrate(d.c).ID}, nil
}

// pageGroup is what the tools show of the open group and of everybody.
type pageGroup struct {
	ID      int64        `json:"id"` // 0: no group is open
	Kind    string       `json:"kind"`
	Forum   bool         `json:"forum"`
	Bot     string       `json:"bot"`   // its status
	Leads   bool         `json:"leads"` // this person is an administrator
	Members []pageMember `json:"members"`
}

type pageMember struct {
	ID     int64  `json:"id"`
	Status string `json:"status"`
	Hidden bool   `json:"hidden"` // speaks as the group
}

// people tells who is in the open group and how: GET api/people (person, chat). Everybody's names are in api/state.
func (p *page) people(w http.ResponseWriter, r *http.Request) {
	shown := pageGroup{Members: []pageMember{}}
	p.server.fillGroup(&shown, numberOf(r, "person"), numberOf(r, "chat"))
	writeJSON(w, http.StatusOK, shown)
}

func (s *Server) fillGroup(shown *pageGroup, person, chat int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	viewer := s.people[person]
	if viewer == nil {
		return
	}
	c := s.openFor(viewer, chat)
	if c == nil || c.Type == kindPrivate || c.migratedTo != 0 {
		return
	}
	shown.ID, shown.Kind, shown.Forum, shown.Bot, shown.Leads = c.ID, c.Type, c.IsForum, cmp.Or(c.bot, statusLeft), c.leads(person)
	for _, member := range c.order {
		if s.people[member] != nil && c.inside(member) {
			shown.Members = append(shown.Members, pageMember{ID: member, Status: c.members[member], Hidden: c.hidden[member]})
		}
	}
}
