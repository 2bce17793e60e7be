package sim

import (
	"net/http"
	"strconv"
	"strings"
)

// vote is a person choosing options of a poll: POST api/vote (person, chat, message, options as "0,2"; "" takes the vote
// back).
func (p *page) vote(w http.ResponseWriter, r *http.Request) {
	a, ok := p.actor(w, r)
	if !ok {
		return
	}
	var options []int
	for _, field := range strings.FieldsFunc(r.FormValue("options"), func(sign rune) bool { return sign == ',' || sign == ' ' }) {
		option, err := strconv.Atoi(field)
		if err != nil {
			option = -1 // no poll has it
		}
		options = append(options, option)
	}
	p.server.mutex.Lock()
	problem := p.server.vote(p.server.people[a.person], p.server.chats[a.chat], a.message, options)
	p.server.mutex.Unlock()
	if problem != nil {
		refuse(w, http.StatusConflict, problem.word)
		return
	}
	writeJSON(w, http.StatusOK, struct{}{})
}
