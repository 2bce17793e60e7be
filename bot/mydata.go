package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressMyData sends a person everything that is kept of them.
const pressMyData = "mydata"

// myDataPayload is in the link that opens this in private.
const myDataPayload = "data_saya"

// makerMyData makes that file; the word stands in the outbox.
const makerMyData = "mydata"

// myData is /data_saya: a file with everything that is kept of the person, at once.
func (r *request) myData() error {
	if err := r.mayOwnData(); err != nil {
		return err
	}
	if !r.private {
		return r.reply(r.speak.Say("mydata.in_private"), []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(myDataPayload)}})
	}
	return r.sendMyData()
}

// pressMyData is the same by button.
func (r *request) pressMyData(pressArguments) error {
	if !r.private {
		return r.stale()
	}
	if err := r.mayOwnData(); err != nil {
		return err
	}
	return errorsOr(r.sendMyData(), r.toast(""))
}

func (r *request) sendMyData() error {
	asked, err := r.openPrivacyRequest(council.PrivacyAccess)
	if err != nil {
		return err
	}
	if err := r.endPrivacyRequest(asked, council.PrivacyDone); err != nil {
		return err
	}
	file := store.File{Kind: fileDocument, Maker: makerMyData, Name: r.speak.Say("mydata.file", "Reference", asked.Reference().String()),
		Arguments: []string{idText(r.actor.ID), r.speak.Language}}
	return queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: store.Payload{
		Text:    r.speak.Say("mydata.caption", "Reference", asked.Reference().String()),
		Buttons: [][]store.Button{{button(r.speak, "mydata_correct", pressPrivacy, privacyProfile), button(r.speak, "erase", pressErase, erasePreview)}},
		Files:   []store.File{file},
	}})
}
