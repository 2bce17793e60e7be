package sim

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// mostAlbum is how many photos or files go into one album.
const mostAlbum = 10

// inputMedia is one item of an album, or what a message is to show in place of what it shows.
type inputMedia struct {
	Type      string          `json:"type"`
	Media     string          `json:"media"`
	Caption   string          `json:"caption"`
	ParseMode string          `json:"parse_mode"`
	Entities  json.RawMessage `json:"caption_entities"`
}

// Send is a person sending files of one kind together: an album, or one by one what Telegram makes no album of. Of what
// the message holds beside, only the caption is looked at, which goes with the first file. It returns the ids.
func (s *Server) Send(m Message, kind string, files ...File) (messageIDs []int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.send(m, kind, files)
}

// send needs the mutex.
func (s *Server) send(m Message, kind string, files []File) (ids []int) {
	m.Text, m.Document, m.Photo, m.Kind = "", nil, nil, kind
	if mediaKinds[kind].album != "" {
		m.MediaGroup = s.albumOf(len(files))
	}
	for at := range files {
		m.Media = &files[at]
		ids = append(ids, s.say(m))
		m.Caption, m.TextMention = "", nil
	}
	return ids
}

// albumOf is the next id of an album; what is sent alone has none.
func (s *Server) albumOf(size int) string {
	if size < 2 {
		return ""
	}
	s.albums++
	return strconv.FormatInt(13_000_000_000_000_000+s.albums, 10)
}

func (s *Server) sendMediaGroup(r *request) (any, *refusal) {
	items, refused := s.albumItems(r)
	if refused != nil {
		return nil, refused
	}
	answers, refused := replyTarget(r)
	if refused != nil {
		return nil, refused
	}
	for _, m := range items {
		if refused := s.aim(r, m, answers); refused != nil {
			return nil, refused
		}
		if refused := s.finish(r, m); refused != nil {
			return nil, refused
		}
	}
	if refused := refuseAlbum(items); refused != nil {
		return nil, refused
	}
	if refused := s.pay(items[0].chat, len(items)); refused != nil {
		return nil, refused
	}
	group := s.albumOf(len(items))
	sent := make([]*wireMessage, 0, len(items))
	for _, m := range items {
		m.from, m.mediaGroup = s.bot, group
		r.made = append(r.made, s.add(m))
		sent = append(sent, m.wire())
	}
	return sent, nil
}

func (s *Server) albumItems(r *request) ([]*message, *refusal) {
	var whole []inputMedia
	if raw := r.values["media"]; raw != "" && json.Unmarshal([]byte(raw), &whole) != nil {
		return nil, badRequest("can't parse media JSON object")
	}
	var items []*message
	for _, media := range whole {
		m, refused := s.mediaOf(r, media)
		if refused != nil && refused.description == badRequest(noPicture).description {
			refused = badRequest(fmt.Sprintf("failed to send message #%d with the error message %q", len(items)+1, noPicture))
		}
		if refused != nil {
			return nil, refused
		}
		items = append(items, m)
	}
	return items, nil
}

// refuseAlbum says what Telegram does not put together.
func refuseAlbum(items []*message) *refusal {
	switch {
	case len(items) == 0:
		return badRequest("there are no messages to send")
	case len(items) > mostAlbum:
		return badRequest("too many messages to send as an album")
	}
	kinds := map[string]bool{}
	for _, m := range items {
		kinds[mediaKinds[m.file.kind].album] = true
	}
	for _, kind := range []string{"Audio", "Document"} {
		if kinds[kind] && len(kinds) > 1 {
			return badRequest(strings.ToLower(kind) + " can't be mixed with other media types")
		}
	}
	return nil
}

// mediaOf reads an item into a message that is not sent yet.
func (s *Server) mediaOf(r *request, media inputMedia) (*message, *refusal) {
	if mediaKinds[media.Type].album == "" && (r.method == "sendmediagroup" || media.Type != animationKind) {
		return nil, badRequest(fmt.Sprintf("can't parse InputMedia: type %q is unsupported", media.Type))
	}
	if media.Media == "" {
		return nil, badRequest("can't parse InputMedia: media not found")
	}
	caption := &request{method: r.method, values: map[string]string{"parse_mode": media.ParseMode, "caption_entities": string(media.Entities)}}
	text, entities, refused := formatted(caption, media.Caption, "caption_entities")
	if refused != nil {
		return nil, refused
	}
	file, refused := s.fileOf(r, media.Type, media.Media)
	if refused != nil {
		return nil, refused
	}
	return &message{text: text, entities: entities, file: file}, nil
}

func (s *Server) editMessageCaption(r *request) (any, *refusal) {
	text, entities, refused := formatted(r, r.values["caption"], "caption_entities")
	if refused != nil {
		return nil, refused
	}
	m, shown, refused := s.editable(r)
	if refused != nil {
		return nil, refused
	}
	if m.file == nil {
		return nil, badRequest("there is no caption in the message to edit")
	}
	wanted := &message{text: text, entities: entities, file: m.file}
	if refused := s.finish(r, wanted); refused != nil {
		return nil, refused
	}
	return s.change(m, wanted, shown)
}

func (s *Server) editMessageMedia(r *request) (any, *refusal) {
	var media inputMedia
	if json.Unmarshal([]byte(r.values["media"]), &media) != nil {
		return nil, badRequest("can't parse input media JSON object")
	}
	wanted, refused := s.mediaOf(r, media)
	if refused != nil {
		return nil, refused
	}
	m, shown, refused := s.editable(r)
	if refused != nil {
		return nil, refused
	}
	if m.poll != nil || m.location != nil {
		return nil, badRequest("message media can't be edited")
	}
	if m.mediaGroup != "" && mediaKinds[m.file.kind].album != mediaKinds[wanted.file.kind].album {
		return nil, badRequest("can't change media type in the album")
	}
	if refused := s.finish(r, wanted); refused != nil {
		return nil, refused
	}
	return s.change(m, wanted, shown)
}
