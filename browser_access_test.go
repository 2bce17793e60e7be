//go:build browser

package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/chromedp"
)

// worked are the roles of what people act on, as Chromium names them.
var worked = []string{"button", "link", "textbox", "searchbox", "combobox", "listbox", "option", "checkbox", "radio", "switch", "slider",
	"spinbutton", "tab", "menuitem", "DisclosureTriangle", "Date", "DateTime", "InputTime"}

// Everything that can be acted on says what it is, can be read and can be hit,
// whatever is open.
func TestBrowserAccess(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		b := openBrowser(t)
		for _, device := range []device{phone, deskDark} {
			tab := b.as(device, page, "Sitti")
			tab.accessible("list")
			tab.chat("Pokja Lingkungan")
			tab.accessible("group")
			tab.pressAt("the menu of commands", `document.querySelector("form button[aria-controls=menu]")`)
			tab.until("commands are offered", `document.querySelectorAll("[role=option]").length > 3`)
			tab.accessible("commands")
			tab.pressAt("the menu of commands", `document.querySelector("form button[aria-controls=menu]")`)
			if device.phone {
				tab.press("header", "Alat")
			}
			tabs := await[[]string](tab, "the tabs", `[...document.querySelectorAll("aside [role=tab]")].filter(seen).map(nameOf)`)
			for _, name := range tabs {
				tab.press("[role=tablist]", name)
				tab.until(name+" is open", `[...document.querySelectorAll("aside [role=tabpanel]")].filter(seen).length === 1`)
				tab.accessible(name)
				tab.keep(name)
			}
		}
	})
}

func (b *tab) accessible(where string) {
	b.t.Helper()
	for _, check := range []struct {
		what, script string
	}{{"hard to read", unreadable}, {"too small to hit", tooSmall}, {"named twice or pointing nowhere", wrongReferences}} {
		for _, found := range await[struct{ Found []string }](b, check.what, "{ found: "+check.script+" }").Found {
			b.t.Errorf("%s, %s: %s: %s", b.device.name, where, check.what, found)
		}
	}
	tree, err := chromedp.Call(b.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		b.fail("read the accessibility tree", err)
	}
	count := 0
	for _, node := range tree.Nodes {
		if role := textOf(node.Role); node.Ignored || !slices.Contains(worked, role) {
			continue
		}
		count++
		if name := textOf(node.Name); strings.TrimSpace(name) == "" {
			b.t.Errorf("%s, %s: a %s has no name: %s", b.device.name, where, textOf(node.Role), b.source(node))
		}
	}
	if count < 5 {
		b.t.Errorf("%s, %s: only %d things to act on", b.device.name, where, count)
	}
}

func textOf(value *accessibility.Value) string {
	if value == nil {
		return ""
	}
	var text string
	if err := json.Unmarshal(value.Value, &text); err != nil {
		return ""
	}
	return text
}

// source is an element as it stands in the page.
func (b *tab) source(node *accessibility.Node) string {
	b.t.Helper()
	found, err := chromedp.Call(b.ctx, dom.GetOuterHTML, dom.GetOuterHTMLParams{BackendNodeID: node.BackendDOMNodeID})
	if err != nil {
		b.fail("read an element", err)
	}
	return found.OuterHTML[:min(len(found.OuterHTML), 200)]
}

// unreadable lists texts whose contrast is under what WCAG 2.2 asks for at level
// AA (1.4.3): 4.5, or 3 for large ones. What stands on a picture, or cannot be
// used now, is left out.
const unreadable = `(() => {
	const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
	const rgba = (colour) => {
		canvas.clearRect(0, 0, 1, 1);
		canvas.fillStyle = colour;
		canvas.fillRect(0, 0, 1, 1);
		const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
		return { r, g, b, a: a / 255 };
	};
	const over = (top, below) => Object.fromEntries(["r", "g", "b"].map((part) => [part, top[part] * top.a + below[part] * (1 - top.a)]));
	const behind = (element) => {
		const layers = [];
		for (let at = element; at; at = at.parentElement) {
			const colour = rgba(getComputedStyle(at).backgroundColor);
			if (colour.a > 0) layers.unshift(colour);
			if (colour.a === 1) break;
		}
		return layers.reduce((below, layer) => over(layer, below), { r: 255, g: 255, b: 255 });
	};
	const light = ({ r, g, b }) => [r, g, b].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
		.reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
	const found = new Set();
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const element = walker.currentNode.parentElement;
		if (!walker.currentNode.data.trim() || !seen(element) || element.closest(":disabled, option, .unseen-words, svg")) continue;
		const style = getComputedStyle(element);
		const ground = behind(element);
		const [a, b] = [light(over(rgba(style.color), ground)), light(ground)].sort((one, other) => other - one);
		const size = parseFloat(style.fontSize);
		const least = size >= 24 || size >= 18.66 && style.fontWeight >= 700 ? 3 : 4.5;
		const contrast = (a + 0.05) / (b + 0.05);
		if (contrast < least) found.add(contrast.toFixed(2) + " " + element.localName + "." + element.className + ": " + walker.currentNode.data.trim().slice(0, 40));
	}
	return [...found];
})()`

// tooSmall lists what is smaller than 24 by 24 pixels (WCAG 2.2, 2.5.8). Links
// within a text may be, and what a label makes larger.
const tooSmall = `[...document.querySelectorAll("button, a[href], input, select, textarea, [role=option], [role=menuitem], summary")]
	.filter((one) => seen(one) && !one.closest(".text") && !one.closest("label") && !(one.type === "file"))
	.map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width < 24 || box.height < 24)
	.map(([one, box]) => one.localName + " " + nameOf(one) + " " + Math.round(box.width) + "×" + Math.round(box.height))`

// wrongReferences lists ids that stand twice, and references to what is not there.
const wrongReferences = `(() => {
	const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
	const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => "twice: " + id);
	const nowhere = ["aria-controls", "aria-labelledby", "aria-describedby", "aria-activedescendant", "for"].flatMap((name) =>
		[...document.querySelectorAll("[" + name + "]")].flatMap((one) => one.getAttribute(name).split(/\s+/).filter((id) => !document.getElementById(id)).map((id) => name + " " + id)));
	return [...twice, ...nowhere];
})()`
