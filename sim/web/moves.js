// Moves the clock forward.

import { day, time } from "./words.js";
import { make, makeButton } from "./make.js";

export function begin(page) {
  const section = document.getElementById("tools-clock");
  const move = async (fields) => {
    for (const button of section.querySelectorAll("button")) button.disabled = true;
    await page.act("clock", fields);
    await page.refresh();
    draw();
  };
  const input = make("input");
  input.type = "datetime-local";
  const draw = () => {
    const { word } = page;
    const { clock, next } = page.state();
    input.setAttribute("aria-label", word("to_date"));
    input.min = `${clock.day}T${clock.time.replace(".", ":")}`;
    if (input.value < input.min) input.value = input.min;
    const waiting = makeButton("", next ? `${word("next")}: ${day(next.day, true)} ${time(next)}` : word("no_next"), "", () => move({ by: "next" }));
    waiting.disabled = !next;
    section.replaceChildren(
      makeButton("", word("plus_hour"), "", () => move({ by: "hour" })), makeButton("", word("plus_day"), "", () => move({ by: "day" })),
      waiting, input, makeButton("", word("go"), "", () => move({ by: "date", to: input.value })));
  };
  page.addWords({
    id: { plus_hour: "+1 jam", plus_day: "+1 hari", next: "Pengingat berikut", no_next: "Tidak ada pengingat", to_date: "Ke tanggal", go: "Pindah" },
    en: { plus_hour: "+1 hour", plus_day: "+1 day", next: "Next reminder", no_next: "No reminder waiting", to_date: "To a date", go: "Go" },
  });
  draw();
  page.changed(draw);
}
