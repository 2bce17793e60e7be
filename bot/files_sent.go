package bot

import (
	"cmp"

	"github.com/go-telegram/bot/models"
)

// file is one that came with a message.
type file struct {
	Kind, ID, UniqueID, Name string
}

// filesOf are the files that came with a message, and the place on the map. What
// has no name in Telegram, as a photo, has none here.
func filesOf(message *models.Message) []file {
	var files []file
	add := func(kind, id, uniqueID, name string) { files = append(files, file{kind, id, uniqueID, name}) }
	if m := message.Animation; m != nil {
		add(fileAnimation, m.FileID, m.FileUniqueID, m.FileName)
	} else if m := message.Document; m != nil { // an animation comes as a document too
		add(fileDocument, m.FileID, m.FileUniqueID, m.FileName)
	}
	if count := len(message.Photo); count > 0 {
		largest := message.Photo[count-1]
		add(filePhoto, largest.FileID, largest.FileUniqueID, "")
	}
	if m := message.Video; m != nil {
		add(fileVideo, m.FileID, m.FileUniqueID, m.FileName)
	}
	if m := message.Audio; m != nil {
		add(fileAudio, m.FileID, m.FileUniqueID, cmp.Or(m.FileName, m.Title))
	}
	if m := message.Voice; m != nil {
		add(fileVoice, m.FileID, m.FileUniqueID, "")
	}
	if m := message.VideoNote; m != nil {
		add(fileVideoNote, m.FileID, m.FileUniqueID, "")
	}
	if m := message.Location; m != nil {
		place := locationID(m.Latitude, m.Longitude)
		add(fileLocation, place, place, "")
	}
	return files
}
