package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/store"
)

// sendFiles makes the one request of a row that carries files.
func (s *sender) sendFiles(ctx context.Context, out store.Outgoing, message *sentMessage) error {
	if len(out.Payload.Files) > 1 {
		return s.sendAlbum(ctx, out, message)
	}
	file := out.Payload.Files[0]
	var content madeFile
	if file.Maker != "" {
		var err error
		if content, err = s.make(ctx, file); err != nil {
			return err
		}
		defer content.close()
		if file.Kind == filePhoto && content.size > photoLimit {
			file.Kind = fileDocument // as which it may be larger
		}
	}
	parameters := common(out)
	if replyMarkup := markup(out.Payload); replyMarkup != nil {
		parameters["reply_markup"] = replyMarkup
	}
	if text := strings.TrimSpace(out.Payload.Text + "\n" + content.words); sendable[file.Kind].caption && text != "" {
		parameters["caption"] = shorten(text, captionLimit)
	}
	method := sendable[file.Kind].method
	switch {
	case file.Maker != "":
		return s.bot.send.upload(ctx, method, parameters, file.Kind, file.Name, content, message)
	case file.Kind == fileLocation:
		latitude, longitude, err := readLocation(file.FileID)
		if err != nil {
			return err
		}
		parameters["latitude"], parameters["longitude"] = latitude, longitude
	default:
		parameters[file.Kind] = file.FileID
	}
	return s.bot.send.call(ctx, method, parameters, message)
}

// common are the parameters that all messages with files have.
func common(out store.Outgoing) map[string]any {
	parameters := map[string]any{"chat_id": out.ChatID}
	if out.ThreadID != 0 {
		parameters["message_thread_id"] = out.ThreadID
	}
	if out.Payload.Silent {
		parameters["disable_notification"] = true
	}
	if out.Payload.ReplyTo != 0 {
		parameters["reply_parameters"] = models.ReplyParameters{MessageID: out.Payload.ReplyTo, AllowSendingWithoutReply: true}
	}
	return parameters
}

// inputMedia is a file of an album. The library's types lose their kind in JSON.
type inputMedia struct {
	Kind string `json:"type"`
	File string `json:"media"`
}

func (s *sender) sendAlbum(ctx context.Context, out store.Outgoing, message *sentMessage) error {
	media := make([]inputMedia, len(out.Payload.Files))
	for i, file := range out.Payload.Files {
		media[i] = inputMedia{Kind: file.Kind, File: file.FileID}
	}
	parameters := common(out)
	parameters["media"] = media
	var sent []sentMessage
	if err := s.bot.send.call(ctx, "sendMediaGroup", parameters, &sent); err != nil {
		return err
	}
	for i, one := range sent {
		if i == 0 {
			message.ID = one.ID
			continue
		}
		message.others = append(message.others, one.ID)
	}
	return nil
}

// locationID writes a place on the map as the id of a file.
func locationID(latitude, longitude float64) string {
	return strconv.FormatFloat(latitude, 'f', -1, 64) + "," + strconv.FormatFloat(longitude, 'f', -1, 64)
}

func readLocation(id string) (latitude, longitude float64, err error) {
	north, east, _ := strings.Cut(id, ",")
	latitude, wrong := strconv.ParseFloat(north, 64)
	longitude, alsoWrong := strconv.ParseFloat(east, 64)
	if errors.Join(wrong, alsoWrong) != nil {
		return 0, 0, errNotMade
	}
	return latitude, longitude, nil
}
