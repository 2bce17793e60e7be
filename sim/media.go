package sim

import (
	"math"
	"strconv"
	"strings"
)

const (
	photoKind     = "photo"
	documentKind  = "document"
	animationKind = "animation"
)

// mediaKinds are the kinds of files, as messages and methods call them: how Telegram names them where it refuses one,
// in which folder they lie, and with what they make an album ("" for nothing).
var mediaKinds = map[string]struct{ name, folder, album string }{
	photoKind:     {"Photo", "photos", "pictures"},
	"video":       {"Video", "videos", "pictures"},
	documentKind:  {"Document", "documents", "Document"},
	"audio":       {"Audio", "music", "Audio"},
	"voice":       {"VoiceNote", "voice", ""},
	animationKind: {"Animation", "animations", ""},
	"video_note":  {"VideoNote", "video_notes", ""},
}

// Location is a place on the map, in degrees: south and west are negative.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// String writes it as "-2.5,121.1".
func (l Location) String() string {
	return strconv.FormatFloat(l.Latitude, 'f', -1, 64) + "," + strconv.FormatFloat(l.Longitude, 'f', -1, 64)
}

func (s *Server) sendLocation(r *request) (any, *refusal) {
	place, refused := locationOf(r)
	if refused != nil {
		return nil, refused
	}
	return s.deliver(r, &message{location: place})
}

func locationOf(r *request) (*Location, *refusal) {
	degrees := func(name string) float64 {
		value, err := strconv.ParseFloat(strings.TrimSpace(r.values[name]), 64)
		if err != nil {
			return 0 // as Telegram reads what is no number
		}
		return value
	}
	for _, name := range []string{"latitude", "longitude"} {
		if strings.TrimSpace(r.values[name]) == "" {
			return nil, badRequest(name + " is empty")
		}
	}
	place := Location{degrees("latitude"), degrees("longitude")}
	if math.Abs(place.Latitude) > 90 || math.Abs(place.Longitude) > 180 || math.IsNaN(place.Latitude+place.Longitude) {
		return nil, badRequest("wrong location specified")
	}
	return &place, nil
}

// show fills the fields of a message that tell of its file. An animation is shown as a document too.
func (f *storedFile) show(shape *wireMessage) {
	whole := &wireFile{ID: f.id, UniqueID: f.id[4:16], Size: len(f.Bytes), Name: f.Name, MIME: f.MIME}
	timed := *whole
	timed.Duration = new(int)
	unnamed := timed
	unnamed.Name = ""
	switch f.kind {
	case photoKind:
		shape.Photo = []wireFile{f.photoSize()}
	case "video":
		shape.Video = &timed
	case "audio":
		shape.Audio = &timed
	case "voice":
		shape.Voice = &unnamed
	case "video_note":
		unnamed.MIME = ""
		shape.VideoNote = &unnamed
	case animationKind:
		shape.Animation, shape.Document = &timed, whole
	default:
		shape.Document = whole
	}
}
