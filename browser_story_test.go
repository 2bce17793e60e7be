//go:build browser

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// id is a person's or a group's, by the beginning of the name.
func (p openPlayground) id(name string) int64 {
	p.t.Helper()
	state := p.state("")
	for _, one := range state.People {
		if strings.HasPrefix(one.Name, name) {
			return one.ID
		}
	}
	for _, one := range state.Chats {
		if strings.HasPrefix(one.Title, name) {
			return one.ID
		}
	}
	p.t.Fatalf("there is no %s", name)
	return 0
}

// as opens a tab as a person.
func (b browser) as(device device, page openPlayground, name string) *tab {
	b.t.Helper()
	return b.open(device, page.address, fmt.Sprint(page.id(name)))
}

// A task from the promise to the thanks, by two people on devices of one kind,
// and then the next reminder.
func TestBrowserTask(t *testing.T) {
	inPlayground(t, "", func(page openPlayground) {
		b := openBrowser(t)
		for _, device := range []device{phoneDark, desk} {
			playTask(t, page, b.as(device, page, "Sitti"), b.as(device, page, "Baso"))
		}
	})
}

func playTask(t *testing.T, page openPlayground, sitti, baso *tab) {
	t.Helper()
	title := "Foto pantai untuk " + sitti.device.name
	sitti.chat("Pokja Lingkungan")
	sitti.write("/tugas_baru @baso_contoh " + title + " #lingkungan, tenggat Jumat 16.00")
	sitti.sees("· " + title)
	card := await[string](sitti, "the card", `inside(`+script("message · "+title)+`)[0].textContent.match(/T-\d+/)[0]`)
	message := "message " + card + " · " + title

	baso.chat("Pokja Lingkungan")
	baso.press(message, "Siap")
	baso.until("a toast answers", `seen(document.querySelector("#toast")) && document.querySelector("#toast").textContent !== ""`)
	baso.keep("toast")
	sitti.until("the button is gone", `!button(`+script(message)+`, "Siap")`)

	baso.chat("Rembuk")
	baso.sees(title)
	baso.attach("foto-pantai.txt", "Pantai Marannu, pukul 10.12")
	baso.write("/selesai " + card)
	baso.sees("foto-pantai.txt")
	sitti.chat("Rembuk")
	sitti.press("message "+card, "Sesuai")
	baso.sees("Terima kasih")
	baso.keep("thanks")
	sitti.chat("Pokja Lingkungan")
	sitti.until("the card says so", `inside(`+script("message "+title)+`)[0]?.textContent.includes("Selesai")`)
	sitti.keep("done")
	moveToNext(page, sitti)
}

// moveToNext moves the clock with the page's button, and looks whether the bot
// says what was announced.
func moveToNext(page openPlayground, b *tab) {
	b.t.Helper()
	coming := page.tools().Coming
	if len(coming) == 0 {
		b.t.Fatal("nothing will be said")
	}
	next := coming[0]
	place := page.id(next.To[0])
	viewer := place
	if place < 0 {
		viewer = page.id("Sitti")
	}
	before := page.state(fmt.Sprintf("person=%d&chat=%d", viewer, place)).Chat.Messages
	b.pressAt("the clock", `document.querySelector("header button[id=clock]")`)
	b.until("what will be said is listed", fmt.Sprintf(`document.querySelector("aside ol")?.textContent.includes(%s)`, script(next.About)))
	b.keep("clock")
	b.press("aside", "Pengingat berikut")
	b.until("the clock has moved", fmt.Sprintf(`document.querySelector("#now").textContent.includes(%s)`, script(next.When.Time)))
	b.press("aside", "Tutup alat")
	said := browser{b.t, b.ctx}.open(b.device, page.address, fmt.Sprintf("%d/%d", viewer, place))
	said.until("the reminder is there", fmt.Sprintf(`messages().some((item) => Number(item.id.slice(1)) > %d && item.textContent.includes(%s))`,
		before[len(before)-1].ID, script(next.About)))
	said.keep("reminder")
}

// attach chooses a file for the next message.
func (b *tab) attach(name, content string) {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.run("attach "+name, chromedp.SetUploadFiles(chromedp.CSS(`input[type=file]`), []string{path}, chromedp.NodeReady))
	b.until(name+" is attached", `[...document.querySelectorAll("form li")].some((item) => item.textContent.includes(`+script(name)+`))`)
}
