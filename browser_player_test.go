//go:build browser

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

const (
	player     = `section[aria-label="Pemutar cerita"]`
	playedName = "A task from the promise to the thanks"
)

// A story is looked for, played step by step and then to its end, and the city
// comes back.
func TestBrowserPlaysStory(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		b := openBrowser(t)
		for _, device := range []device{desk, phoneDark} {
			tab := b.as(device, page, "Sitti")
			tab.begin(playedName, "Langkah demi langkah")
			for range 3 {
				tab.step()
			}
			tab.sees("/tugas_baru @baso_contoh Rekap tonase bank sampah")
			tab.keep("step")
			tab.choose(player+" select", "Sekaligus")
			began := time.Now()
			tab.until("the story is over, as it was written", fmt.Sprintf(`document.querySelector(%s).textContent.includes("Cerita selesai, semua sesuai.")`, script(player)))
			t.Logf("%s: played to the end in %v", device.name, time.Since(began))
			tab.keep("over")
			tab.press(player, "Kembali ke kota")
			tab.until("the city is back", fmt.Sprintf(`!seen(document.querySelector(%s)) && document.querySelector("nav").textContent.includes("Dewan Smart City")`, script(player)))
		}
	})
}

// A story is taken over in the middle; what is then done by hand is saved as a
// story, which passes as a test like those that were written.
func TestBrowserSavesStory(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		b := openBrowser(t).as(desk, page, "Sitti")
		b.begin(playedName, "Langkah demi langkah")
		for range 5 {
			b.step()
		}
		b.press(player, "Ambil alih")
		b.until("it is taken over", fmt.Sprintf(`button(%s, "Simpan sebagai cerita")`, script(player)))
		b.choose("header select", "Baso")
		b.chat("Pokja Lingkungan")
		b.press("message T-1 · Rekap tonase", "Siap")
		b.until("it is acknowledged", `inside("message T-1 · Rekap tonase")[0].textContent.includes("(siap)")`)
		b.chat("Rembuk")
		b.write("/progres T-1 40%")
		b.until("it is noted", `messages().at(-1).textContent.includes("40")`)

		b.until("what is downloaded is remembered", `(() => {
			const make = URL.createObjectURL.bind(URL);
			URL.createObjectURL = (file) => { file.text().then((text) => { window.downloaded = text; }); return make(file); };
			return true;
		})()`)
		b.press(player, "Simpan sebagai cerita")
		b.pressAt("the title", `document.querySelector("aside details[open] input[type=text]")`)
		b.insert("Diambil alih dan diteruskan")
		b.press("aside form", "Unduh cerita")
		b.until("it passes as a test", `document.querySelector("aside [role=status].story-result").textContent.includes("lulus sebagai uji")`)
		b.keep("saved")
		file := filepath.Join(t.TempDir(), "taken.txtar")
		if err := os.WriteFile(file, []byte(await[string](b, "what was downloaded", "window.downloaded")), 0o600); err != nil {
			t.Fatal(err)
		}
		playStory(t, file)
	})
}

// begin looks for a story in the tools and begins it with one of its buttons.
func (b *tab) begin(title, how string) {
	b.t.Helper()
	if b.device.phone {
		b.press("header", "Alat")
	}
	b.press("[role=tablist]", "Cerita")
	b.pressAt("the search for stories", `document.querySelector("aside input[type=search]")`)
	b.insert(title)
	b.press("aside li", title)
	b.press("aside li", how)
	if b.device.phone {
		b.press("aside", "Tutup alat")
	}
	b.until("the story is on the page", fmt.Sprintf(`button(%s, "Langkah berikut")`, script(player)))
}

// step plays one step.
func (b *tab) step() {
	b.t.Helper()
	count := fmt.Sprintf(`Number(document.querySelector(%s).textContent.match(/(\d+)\/\d+/)[1])`, script(player))
	before := await[struct{ Done int }](b, "how far it is", "{ done: "+count+" }").Done
	b.press(player, "Langkah berikut")
	b.until("a step is played", fmt.Sprintf("%s > %d", count, before))
}
