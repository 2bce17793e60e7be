package sim

import (
	"net/http"
	"strings"
	"time"
)

const (
	toastTime = 10 * time.Second // how long a press waits for its answer
)

// acting is who does something where, as every form of the page says.
type acting struct {
	person, chat int64
	message      int
}

// actor reads a form and checks that the person may act in the chat.
func (p *page) actor(w http.ResponseWriter, r *http.Request) (acting, bool) {
	r.Body = http.MaxBytesReader(w, r.Body, mostAlbum*mostDownload+1<<20)
	if err := r.ParseMultipartForm(mostDownload); err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, "file_too_big")
		return acting{}, false
	}
	a := acting{person: numberOf(r, "person"), chat: numberOf(r, "chat"), message: int(numberOf(r, "message"))}
	p.server.mutex.Lock()
	defer p.server.mutex.Unlock()
	someone := p.server.people[a.person]
	if someone == nil || p.server.openFor(someone, a.chat) == nil {
		refuse(w, http.StatusNotFound, "no_such_chat")
		return acting{}, false
	}
	if someone.deactivated {
		refuse(w, http.StatusConflict, "account_gone")
		return acting{}, false
	}
	return a, true
}

func (p *page) edit(w http.ResponseWriter, r *http.Request) {
	a, ok := p.actor(w, r)
	if !ok {
		return
	}
	text := strings.TrimSpace(r.FormValue("text"))
	if text == "" || tooLong(text, mostText) {
		refuse(w, http.StatusBadRequest, "nothing_said")
		return
	}
	p.server.mutex.Lock()
	m := p.server.chats[a.chat].byID[a.message]
	mine := m != nil && !m.deleted && m.from.ID == a.person && m.service == nil
	p.server.mutex.Unlock()
	if !mine {
		refuse(w, http.StatusNotFound, "no_such_message")
		return
	}
	p.server.Edit(a.chat, a.message, text)
	writeJSON(w, http.StatusOK, struct{}{})
}

// press presses a button and waits a while for what the bot says to it.
func (p *page) press(w http.ResponseWriter, r *http.Request) {
	a, ok := p.actor(w, r)
	if !ok {
		return
	}
	changed, cancel := p.server.Subscribe()
	defer cancel()
	id, err := p.server.Press(a.chat, a.message, a.person, r.FormValue("button"))
	if err != nil {
		refuse(w, http.StatusNotFound, "no_such_button")
		return
	}
	late := time.NewTimer(toastTime)
	defer late.Stop()
	for {
		if answer, answered := p.server.Toast(id); answered {
			writeJSON(w, http.StatusOK, map[string]any{"text": answer.Text, "alert": answer.Alert, "url": answer.URL})
			return
		}
		select {
		case <-changed:
		case <-late.C:
			refuse(w, http.StatusGatewayTimeout, "no_answer")
			return
		case <-r.Context().Done():
			return
		}
	}
}
