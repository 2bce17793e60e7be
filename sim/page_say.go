package sim

import (
	"bytes"
	"image"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
)

// say is a person writing, with up to ten files that become one album:
// POST api/say (person, chat, thread, text, message = which one it answers, file …).
func (p *page) say(w http.ResponseWriter, r *http.Request) {
	a, ok := p.actor(w, r)
	if !ok {
		return
	}
	said := Message{Chat: a.chat, Person: a.person, Thread: int(numberOf(r, "thread")), ReplyTo: a.message,
		Text: strings.TrimSpace(r.FormValue("text"))}
	files, problem := filesOf(r)
	switch {
	case problem != "":
		refuse(w, http.StatusRequestEntityTooLarge, problem)
		return
	case len(files) == 0 && said.Text == "":
		refuse(w, http.StatusBadRequest, "nothing_said")
		return
	case tooLong(said.Text, mostText), len(files) > 0 && tooLong(said.Text, mostCaption):
		refuse(w, http.StatusBadRequest, "text_too_long")
		return
	}
	ids, problem := p.server.sayIfAllowed(said, files)
	if problem != "" {
		refuse(w, http.StatusConflict, problem)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"message": ids[0], "messages": ids})
}

// sayIfAllowed says a text or sends files, whose caption the text becomes, or gives the page's word for what forbids it.
func (s *Server) sayIfAllowed(said Message, files []File) (ids []int, problem string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if problem := s.chats[said.Chat].cannotSay(said); problem != nil {
		return nil, problem.word
	}
	if len(files) == 0 {
		return []int{s.say(said)}, ""
	}
	said.Caption = said.Text
	kind := kindOf(files[0])
	for _, file := range files[1:] {
		if kindOf(file) != kind {
			kind = documentKind // kinds do not mix on the page
		}
	}
	return s.send(said, kind, files), ""
}

// kindOf is as what Telegram's programs would send a file that somebody chose; a voice is told by its format.
func kindOf(file File) string {
	_, _, err := image.DecodeConfig(bytes.NewReader(file.Bytes))
	switch kind, _, _ := mime.ParseMediaType(file.MIME); {
	case err == nil && len(file.Bytes) <= mostPhoto:
		return photoKind
	case kind == "image/gif":
		return animationKind
	case kind == "audio/ogg":
		return "voice"
	case strings.HasPrefix(kind, "audio/"):
		return "audio"
	case strings.HasPrefix(kind, "video/"):
		return "video"
	}
	return documentKind
}

// filesOf reads the files of a form, or says by a word of the page what is wrong with them.
func filesOf(r *http.Request) (files []File, problem string) {
	if r.MultipartForm == nil {
		return nil, ""
	}
	headers := r.MultipartForm.File["file"]
	if len(headers) > mostAlbum {
		return nil, "too_many_files"
	}
	for _, header := range headers {
		content, err := contentOf(header)
		if err != nil || len(content) == 0 || len(content) > mostDownload {
			return nil, "file_too_big"
		}
		files = append(files, File{Name: header.Filename, MIME: header.Header.Get("Content-Type"), Bytes: content})
	}
	return files, ""
}

func contentOf(header *multipart.FileHeader) ([]byte, error) {
	upload, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer upload.Close() // what was read is whole; there is nothing to lose in closing it
	return io.ReadAll(upload)
}
