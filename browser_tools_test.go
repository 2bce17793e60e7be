//go:build browser

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// The tools fold away and come back, and stay as they were left.
func TestBrowserFoldsTools(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		b := openBrowser(t).as(desk, page, "Sitti")
		b.chat("Pokja Lingkungan")
		wide := await[float64](b, "how wide the chat is", `document.querySelector("[role=log]").clientWidth`)
		b.press("aside", "Tutup alat")
		b.until("the chat takes their place", `!seen(document.querySelector("aside")) && document.querySelector("[role=log]").clientWidth > `+fmt.Sprint(wide))
		b.run("load the page again", chromedp.Reload())
		b.until("they stay closed", `document.querySelectorAll("nav li").length > 0 && seen(document.querySelector("header button[aria-controls=tools]")) && !seen(document.querySelector("aside"))`)
		b.press("header", "Alat")
		b.press("[role=tablist]", "Gangguan")
		b.run("load the page again", chromedp.Reload())
		b.until("they are open where they were", `seen(document.querySelector("#tools-faults")) && document.querySelector("[role=tab][aria-selected=true]").textContent === "Gangguan"`)
	})
}

// What is said while the bot is stopped, and while the line breaks, is answered
// when it works again, and once.
func TestBrowserStopsBot(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		b := openBrowser(t).as(desk, page, "Sitti")
		b.chat("Rembuk")
		const answers = `messages().filter((item) => item.textContent.includes("Tugas: ")).length`
		before := await[struct{ Count int }](b, "what was answered before", "{ count: "+answers+" }").Count
		answered := func(times int) string { return fmt.Sprintf("%s === %d", answers, before+times) }
		b.press("[role=tablist]", "Gangguan")
		b.press("#tools-faults", "Hentikan")
		b.until("it is stopped", `document.querySelector("#tools-faults [role=status]").textContent.includes("dihentikan")`)
		b.write("/status")
		b.until("the message waits", `document.querySelector("#tools-faults [role=status]").textContent.includes("menunggu bot")`)
		b.until("nothing is answered", answered(0))
		b.keep("stopped")
		b.press("#tools-faults", "Jalankan")
		b.until("it is answered", answered(1))

		b.press("#tools-faults", "Putus sebelum diterima")
		b.until("a fault is on", `document.querySelector("#tools-faults ul").textContent.includes("Putus sebelum diterima")`)
		b.write("/status")
		b.until("it is answered all the same", answered(2))
		b.until("one call was repeated", `/Diulang oleh bot\s*1/.test(document.querySelector("#tools-faults dl").textContent)`)
		b.press("[role=tablist]", "Kawat")
		b.until("the wire shows the broken call", `document.querySelector("#tools-wire").textContent.includes("putus sebelum dikerjakan")`)
		b.keep("broken")
	})
}
