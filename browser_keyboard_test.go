//go:build browser

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// key presses a key, which goes to where the focus is.
func (b *tab) key(key string, modifiers ...chromedp.Modifier) {
	b.t.Helper()
	b.run("press a key", chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers...)))
}

// focusOf is a script for what has the focus: its kind and its name.
const focusOf = `(() => {
	const at = document.activeElement;
	return (at.getAttribute("role") ?? at.localName) + " " + nameOf(at).slice(0, 60);
})()`

// focused says what has the focus.
func (b *tab) focused() string {
	b.t.Helper()
	return await[string](b, "what has the focus", focusOf)
}

// tabTo presses Tab, or Shift and Tab, until something whose kind and name begin so has the focus, and tells what had it on the way.
func (b *tab) tabTo(wanted string, modifiers ...chromedp.Modifier) (way []string) {
	b.t.Helper()
	for range 60 {
		b.key(kb.Tab, modifiers...)
		now := b.focused()
		way = append(way, now)
		if strings.HasPrefix(now, wanted) {
			return way
		}
	}
	b.t.Fatalf("Tab does not lead to %q but to\n%s", wanted, strings.Join(way, "\n"))
	return nil
}

func (b *tab) wantFocus(wanted string) {
	b.t.Helper()
	b.until("the focus is on "+wanted, focusOf+`.startsWith(`+script(wanted)+`)`)
}

// goTo opens a chat with Tab, the arrow keys and Enter.
func (b *tab) goTo(title string) {
	b.t.Helper()
	b.tabTo("button Rembuk")
	for range 20 {
		if strings.HasPrefix(b.focused(), "button "+title) {
			b.key(kb.Enter)
			return
		}
		b.key(kb.ArrowDown)
	}
	b.t.Fatalf("the arrow keys do not lead to %s", title)
}

// The order in which Tab leads through the page is the order in which it is seen.
func TestBrowserTabOrder(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		b := openBrowser(t).as(desk, page, "Sitti")
		way := b.tabTo("button Rembuk")
		for at, wanted := range []string{"select Sebagai", "button Senin", "button Tampilan gelap", "button English", "button Alat", "button Rembuk"} {
			if at >= len(way) || !strings.HasPrefix(way[at], wanted) {
				t.Fatalf("Tab does not lead to %q but over\n%s", wanted, strings.Join(way, "\n"))
			}
		}
		for _, row := range []struct{ key, place string }{{kb.ArrowDown, "1"}, {kb.End, "list.length - 1"}, {kb.ArrowUp, "list.length - 2"}, {kb.Home, "0"}} {
			b.key(row.key)
			b.until("the arrow keys lead through the chats", "(() => { const list = [...document.querySelectorAll('nav li button')]; return list.indexOf(document.activeElement) === "+row.place+"; })()")
		}
		b.tabTo("tab Jam")
		b.key(kb.ArrowRight)
		b.key(kb.End)
		b.wantFocus("tab Kawat")
		b.key(kb.Home)
		b.wantFocus("tab Jam")
		b.key(kb.Escape)
		b.until("the tools are closed", `!seen(document.querySelector("aside"))`)
		b.wantFocus("button Alat")
		b.key(kb.Enter)
		b.until("the tools are open", `seen(document.querySelector("aside"))`)
		b.key(kb.Escape)
	})
}

// Everything that a task needs can be done without a mouse.
func TestBrowserKeyboard(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		b := openBrowser(t)
		sitti := b.as(desk, page, "Sitti")
		sitti.goTo("Pokja Lingkungan")
		sitti.until("the group is open", `document.querySelector("section h2").textContent === "Pokja Lingkungan"`)
		sitti.wantFocus("textarea Tulis pesan")
		sitti.insert("/tug")
		sitti.until("commands are offered", `seen(document.querySelector("[role=listbox]")) && document.querySelectorAll("[role=option]").length > 1`)
		first := await[string](sitti, "the first", `document.querySelector("[role=option][aria-selected=true] b").textContent`)
		sitti.keep("commands")
		sitti.key(kb.ArrowDown)
		sitti.until("another is chosen", `document.querySelector("[role=option][aria-selected=true] b").textContent !== `+script(first))
		sitti.key(kb.ArrowUp)
		sitti.key(kb.Escape)
		sitti.until("nothing is offered", `!seen(document.querySelector("[role=listbox]"))`)
		sitti.insert("as_b")
		sitti.until("it is offered", `document.querySelector("[role=option] b")?.textContent === "/tugas_baru"`)
		sitti.key(kb.Tab)
		sitti.until("it is written", `document.querySelector("textarea").value === "/tugas_baru "`)
		sitti.insert("@baso_contoh Peta rute #lingkungan, tenggat Jumat 16.00")
		sitti.key(kb.Enter)
		sitti.sees("· Peta rute")

		baso := b.as(desk, page, "Baso")
		baso.goTo("Pokja Lingkungan")
		baso.wantFocus("textarea Tulis pesan")
		baso.sees("· Peta rute")
		baso.tabTo("button Siap", chromedp.ModifierShift)
		baso.keep("siap")
		baso.key(kb.Enter)
		sitti.until("it is acknowledged", `inside("message · Peta rute")[0].textContent.includes("(siap)")`)

		baso.tabTo("textarea Tulis pesan")
		baso.insert("selamat pagi")
		baso.key(kb.Enter)
		baso.sees("selamat pagi")
		baso.key(kb.ArrowUp)
		baso.until("the own message can be changed", `document.querySelector("textarea").value === "selamat pagi"`)
		baso.insert(" semua")
		baso.key(kb.Enter)
		sitti.sees("selamat pagi semua")
		baso.until("the change is done here, too", `document.querySelector("textarea").value === ""`)
		baso.key(kb.Escape)
		baso.until("the chat is left", `!seen(document.querySelector("main > section"))`)
		baso.until("the focus is in the list", `document.activeElement.closest("nav")`)

		sitti.choose("header select", "Yuliana")
		sitti.until("it is another person's page", fmt.Sprintf(`location.hash.startsWith("#%d/")`, page.id("Yuliana")))
	})
}
