// The page's own words in its two languages. What the bot says comes from the bot.

const words = {
  id: {
    as: "Anda sebagai", language: "English", move_clock: "Majukan", plus_hour: "+1 jam", plus_day: "+1 hari",
    next: "Pengingat berikut", no_next: "Tidak ada pengingat", to_date: "Ke tanggal", go: "Pindah", chats: "Percakapan",
    start: "Mulai", write: "Tulis pesan", attach: "Lampirkan berkas", send: "Kirim", back: "Kembali", menu: "Perintah",
    reply: "Balas", change: "Ubah", cancel: "Batal", edited: "diubah", unseen: "tidak terlihat oleh bot", ok: "Baik", general: "Umum", earlier: "Pesan sebelumnya",
    replying: "Balas ke", changing: "Mengubah pesan", attached: "Lampiran", bot: "bot", group: "grup", members: "anggota",
    supergroup: "grup", you: "Anda", empty: "Belum ada pesan.", choose: "Pilih percakapan di sebelah kiri.", moving: "Jam sedang dimajukan…", photo: "Foto",
    not_started: "Orang ini belum pernah membuka percakapan dengan bot.", opens: "membuka percakapan pribadi",
    service_joined: "{} bergabung", service_left: "{} keluar dari grup", service_topic: "Topik “{}” dibuat",
    service_migrated_to: "Grup ini menjadi grup besar", service_migrated_from: "Grup ini menjadi grup besar",
    service_pinned: "Pesan disematkan", copied: "Disalin", link_elsewhere: "Tautan ini hanya bekerja di Telegram",
    offline: "Sambungan terputus, mencoba lagi…", failed: "Belum berhasil, silakan coba lagi.",
    file_too_big: "Berkas kosong atau lebih dari 20 MB.", no_such_chat: "Percakapan ini tidak ada.",
    chat_moved: "Grup ini sudah menjadi grup besar.", nothing_said: "Pesan masih kosong.", text_too_long: "Pesan terlalu panjang.",
    no_such_message: "Pesan ini tidak ada lagi.", no_such_button: "Tombol ini sudah tidak ada.", no_answer: "Bot belum menjawab.",
    no_reminder: "Tidak ada pengingat yang menunggu.", no_date: "Tanggal ini tidak terbaca.",
    not_later: "Jam hanya dapat dimajukan.",
    tools: "Alat", tools_close: "Tutup alat", tools_clock: "Jam", tools_people: "Orang", tools_faults: "Gangguan", tools_stories: "Cerita", tools_wire: "Kawat",
  },
  en: {
    as: "You are", language: "Bahasa Indonesia", move_clock: "Move on", plus_hour: "+1 hour", plus_day: "+1 day",
    next: "Next reminder", no_next: "No reminder waiting", to_date: "To a date", go: "Go", chats: "Chats",
    start: "Start", write: "Write a message", attach: "Attach a file", send: "Send", back: "Back", menu: "Commands",
    reply: "Reply", change: "Edit", cancel: "Cancel", edited: "edited", unseen: "the bot does not see this", ok: "OK", general: "General", earlier: "Earlier messages",
    replying: "Reply to", changing: "Editing", attached: "Attached", bot: "bot", group: "group", members: "members",
    supergroup: "group", you: "You", empty: "No messages yet.", choose: "Choose a chat on the left.", moving: "Moving the clock…", photo: "Photo",
    not_started: "This person has never opened a chat with the bot.", opens: "opens the private chat",
    service_joined: "{} joined", service_left: "{} left the group", service_topic: "Topic “{}” created",
    service_migrated_to: "This group became a supergroup", service_migrated_from: "This group became a supergroup",
    service_pinned: "Message pinned", copied: "Copied", link_elsewhere: "This link works in Telegram only",
    offline: "Disconnected, trying again…", failed: "That did not work, please try again.",
    file_too_big: "The file is empty or larger than 20 MB.", no_such_chat: "This chat does not exist.",
    chat_moved: "This group has become a supergroup.", nothing_said: "The message is still empty.", text_too_long: "The message is too long.",
    no_such_message: "This message is gone.", no_such_button: "This button is gone.", no_answer: "The bot has not answered yet.",
    no_reminder: "No reminder is waiting.", no_date: "This date cannot be read.",
    not_later: "The clock can only move forward.",
    tools: "Tools", tools_close: "Close the tools", tools_clock: "Clock", tools_people: "People", tools_faults: "Faults", tools_stories: "Stories", tools_wire: "Wire",
  },
};

let language = localStorage.getItem("language") === "en" ? "en" : "id";

/** Takes up the words of another module, as {id: {name: "…"}, en: {name: "…"}}; a name begins with the module's own ("wire_copy"). */
export function addWords(more) {
  for (const of of Object.keys(words)) Object.assign(words[of], more[of]);
}

export function word(name, about = "") {
  return (words[language][name] ?? words[language].failed).replace("{}", about);
}

export function switchLanguage() {
  language = language === "id" ? "en" : "id";
  localStorage.setItem("language", language);
}

export function applyWords() {
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = word(place.dataset.word);
}

/** Writes a day such as "2026-11-25" in full, or short for lists. */
export function day(text, short = false) {
  const options = short ? { day: "numeric", month: "short" } : { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  return new Intl.DateTimeFormat(language === "id" ? "id" : "en-GB", { ...options, timeZone: "UTC" }).format(new Date(text + "T12:00:00Z"));
}

/** Writes the time of a moment: 09.00 in Indonesian, 09:00 in English. */
export function time(at) {
  return language === "id" ? at.time : at.time.replace(".", ":");
}

/** Writes a moment for the clock: Rabu, 25 Nov 2026 · 09.00 WITA. */
export function moment(at) {
  const options = { weekday: language === "id" ? "long" : "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  const date = new Intl.DateTimeFormat(language === "id" ? "id" : "en-GB", options).format(new Date(at.day + "T12:00:00Z"));
  return `${date} · ${time(at)}${at.zone.match(/^[A-Z]/) ? " " + at.zone : ""}`;
}
