package sim

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestFormattedTexts(t *testing.T) {
	for _, row := range []struct{ name, mode, source, text, entities string }{
		{"bold", "HTML", "<b>T-12</b> baru", "T-12 baru", "bold=T-12"},
		{"after an emoji", "HTML", "🙂 <i>halo</i>", "🙂 halo", "italic=halo"},
		{"nested", "HTML", "<b>a <i>b</i></b>", "a b", "bold=a b;italic=b"},
		{"characters", "HTML", "a &lt; b &amp; c &gt; d &quot;e&quot; &#8211; &#x41;", `a < b & c > d "e" – A`, ""},
		{"unknown character stays", "HTML", "a &nbsp; b & c", "a &nbsp; b & c", ""},
		{"link", "HTML", `<a href="https://contoh.id/?a=1&amp;b=2">sini</a>`, "sini", "text_link(https://contoh.id/?a=1&b=2)=sini"},
		{"link that does not work", "HTML", `<a href="localhost">sini</a>`, "sini", ""},
		{"mention", "HTML", `<a href="tg://user?id=7">Baso</a>`, "Baso", "text_mention(7)=Baso"},
		{"code", "HTML", "<pre><code class=\"language-go\">x</code></pre>", "x", "pre=x"},
		{"quote", "HTML", "<blockquote expandable>lama</blockquote>", "lama", "expandable_blockquote=lama"},
		{"spoiler", "HTML", `<span class="tg-spoiler">x</span> <tg-spoiler>y</tg-spoiler>`, "x y", "spoiler=x;spoiler=y"},
		{"short end tag", "HTML", "<b>a</>b", "ab", "bold=a"},
		{"capitals", "HTML", "<B>a</B>", "a", "bold=a"},
		{"blanks around", "HTML", "  <b>a</b> \n", "a", "bold=a"},
		{"blanks before plain text", "", " \n a ", "a", ""},
		{"found by Telegram", "HTML", "<b>T-1</b> @siti_contoh /status", "T-1 @siti_contoh /status",
			"bold=T-1;mention=@siti_contoh;bot_command=/status"},
		{"nothing found in code", "HTML", "<code>/status</code>", "/status", "code=/status"},
		{"second Markdown", "MarkdownV2", `*a* _b_ __c__ ~d~ ||e|| 1\.`, "a b c d e 1.", "bold=a;italic=b;underline=c;strikethrough=d;spoiler=e"},
		{"its link", "MarkdownV2", `[sini](https://contoh.id)`, "sini", "text_link(https://contoh.id)=sini"},
		{"its quote", "MarkdownV2", ">lama\nbaru", "lama\nbaru", "blockquote=lama"},
		{"first Markdown", "Markdown", "*a* _b_ `c`.", "a b c.", "bold=a;italic=b;code=c"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			c.sent("sendMessage", parameters{"chat_id": c.siti, "text": row.source, "parse_mode": row.mode})
			messages := c.Messages(c.siti)
			shown := messages[len(messages)-1]
			if shown.Text != row.text {
				t.Errorf("text %q, want %q", shown.Text, row.text)
			}
			if got := describe(shown.Text, shown.Entities); got != row.entities {
				t.Errorf("entities %q, want %q", got, row.entities)
			}
		})
	}
}

func describe(text string, entities []Entity) string {
	codes := utf16.Encode([]rune(text))
	var parts []string
	for _, entity := range entities {
		part := entity.Type
		if entity.URL != "" {
			part += "(" + entity.URL + ")"
		}
		if entity.User != nil {
			part += fmt.Sprintf("(%d)", entity.User.ID)
		}
		parts = append(parts, part+"="+string(utf16.Decode(codes[entity.Offset:entity.Offset+entity.Length])))
	}
	return strings.Join(parts, ";")
}

func FuzzFormattedTexts(f *testing.F) {
	for _, seed := range []string{"<b>a</b>", "&#x1F600;<a href='x'>", "</", "*a*[b](c)", ">a\n>b", "\\", "``` `", "\xff<"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		source = strings.ToValidUTF8(source, "")
		for _, parse := range []func(string) (string, []Entity, error){parseHTML, parseMarkdownV2, parseMarkdown} {
			text, entities, err := parse(source)
			if err != nil {
				continue
			}
			text, entities = trim(text, entities)
			for _, entity := range findEntities(text, entities) {
				if entity.Offset < 0 || entity.Length <= 0 || entity.Offset+entity.Length > units(text) {
					t.Fatalf("%q: entity %+v lies outside of %q", source, entity, text)
				}
			}
		}
	})
}
