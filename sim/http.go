package sim

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// handler carries out one method; it is called with the mutex held.
type handler func(*Server, *request) (any, *refusal)

// handlers are the methods by their lower-case name, as Telegram does not look at case. getUpdates is not among them:
// it waits.
var handlers = map[string]handler{
	"getme":                  (*Server).getMe,
	"deletewebhook":          (*Server).deleteWebhook,
	"getwebhookinfo":         (*Server).getWebhookInfo,
	"sendmessage":            (*Server).sendMessage,
	"senddocument":           sendFile(documentKind),
	"sendphoto":              sendFile(photoKind),
	"sendvideo":              sendFile("video"),
	"sendaudio":              sendFile("audio"),
	"sendvoice":              sendFile("voice"),
	"sendvideonote":          sendFile("video_note"),
	"sendanimation":          sendFile(animationKind),
	"sendlocation":           (*Server).sendLocation,
	"sendmediagroup":         (*Server).sendMediaGroup,
	"sendpoll":               (*Server).sendPoll,
	"stoppoll":               (*Server).stopPoll,
	"editmessagetext":        (*Server).editMessageText,
	"editmessagecaption":     (*Server).editMessageCaption,
	"editmessagemedia":       (*Server).editMessageMedia,
	"editmessagereplymarkup": (*Server).editMessageReplyMarkup,
	"deletemessage":          (*Server).deleteMessage,
	"answercallbackquery":    (*Server).answerCallbackQuery,
	"setmycommands":          (*Server).setMyCommands,
	"getmycommands":          (*Server).getMyCommands,
	"deletemycommands":       (*Server).deleteMyCommands,
	"getchat":                (*Server).getChat,
	"getchatmember":          (*Server).getChatMember,
	"getchatadministrators":  (*Server).getChatAdministrators,
	"getchatmembercount":     (*Server).getChatMemberCount,
	"leavechat":              (*Server).leaveChat,
	"getfile":                (*Server).getFile,
	"sendchataction":         (*Server).sendChatAction,
	"setmydescription":       (*Server).setMyDescription,
	"setmyshortdescription":  (*Server).setMyShortDescription,
	"setmyname":              (*Server).setMyName,
	"pinchatmessage":         (*Server).pinChatMessage,
	"setmessagereaction":     (*Server).setMessageReaction,
}

// Handler serves the Bot API under /bot<token>/METHOD and files under /file/bot<token>/PATH.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if rest, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		s.serveFile(w, r, rest)
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	if !ok {
		writeAnswer(w, nil, &refusal{code: http.StatusNotFound, description: "Not Found"})
		return
	}
	token, method, _ := strings.Cut(rest, "/")
	if refused := s.checkToken(token); refused != nil {
		writeAnswer(w, nil, refused)
		return
	}
	call, err := readRequest(r, strings.ToLower(method))
	if errors.Is(err, errTooLarge) {
		writeAnswer(w, nil, &refusal{code: http.StatusRequestEntityTooLarge, description: "Request Entity Too Large"})
		return
	}
	if err != nil {
		writeAnswer(w, nil, badRequest("can't parse parameters of the request"))
		return
	}
	s.answer(w, r, call)
}

func (s *Server) checkToken(token string) *refusal {
	switch {
	case token == s.token:
		return nil
	case !tokenShape.MatchString(token):
		return &refusal{code: http.StatusUnauthorized, description: "Unauthorized: invalid token specified"}
	}
	return &refusal{code: http.StatusUnauthorized, description: "Unauthorized"}
}

// answer carries a call out, with the faults that were ordered for it.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, call *request) {
	if s.wire.begun.Load() {
		written := watch(w, r)
		defer s.keepWire(call, written)
		w = written
	}
	if s.breaks(call) {
		breakLine(w)
	}
	fault, at := s.begin(call), time.Now()
	if fault != nil && fault.before() {
		s.record(call, at, fault.outcome())
		fault.answer(w)
		return
	}
	result, refused := s.carryOut(r.Context(), call)
	outcome := "200"
	if refused != nil {
		outcome = strconv.Itoa(refused.code) + " " + refused.description
	}
	cut := s.LineBroken()
	s.sent(call, cut || fault != nil && fault.Kind == BreakAfter)
	if cut {
		breakLine(w)
	}
	late := s.lateness()
	if fault != nil {
		late += fault.Delay
		outcome += fault.outcome()
	}
	s.record(call, at, outcome)
	if late > 0 && !waitFor(r.Context(), late) {
		return
	}
	if fault != nil && fault.Kind == BreakAfter {
		breakLine(w)
		return
	}
	writeAnswer(w, result, refused)
}

func (s *Server) carryOut(ctx context.Context, call *request) (any, *refusal) {
	if call.method == pollMethod {
		return s.getUpdates(ctx, call)
	}
	method, known := handlers[call.method]
	if !known {
		return nil, &refusal{code: http.StatusNotFound, description: "Not Found: method not found"}
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return method(s, call)
}

// waitFor waits in real time and reports false if the client went away first.
func waitFor(ctx context.Context, span time.Duration) bool {
	timer := time.NewTimer(span)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
