// Photos, files, sound, films and places in a message, and the photo seen large.

import { word } from "./words.js";
import { make, makeButton, sign } from "./make.js";

const find = (id) => document.getElementById(id);

const source = (file) => "api/file?id=" + encodeURIComponent(file.id);

/** The pictures and files of one message or of the messages of an album. */
export function filesOf(messages) {
  const element = make("div", "files");
  const photos = messages.filter((message) => message.file?.photo);
  if (photos.length) {
    const grid = make("div", "photos" + (photos.length > 1 ? " many" : ""));
    const rows = rowsOf(photos.length).flatMap((length) => Array(length).fill(length));
    photos.forEach((message, at) => grid.append(photo(message, at, photos, rows[at])));
    element.append(grid);
  }
  for (const message of messages) {
    if (message.file && !message.file.photo) element.append(...played(message.file), attached(message.file));
    if (message.location) element.append(place(message.location));
  }
  return element;
}

/** What plays a sound or a film, above the line that names it. */
function played(shown) {
  const kind = { audio: "audio", voice: "audio", video: "video", video_note: "video", animation: /\.gif$/i.test(shown.name) ? "img" : "video" }[shown.kind];
  if (!kind) return [];
  const player = make(kind, "player");
  player.src = source(shown);
  if (kind === "img") return [Object.assign(player, { alt: shown.name, loading: "lazy" })];
  return [Object.assign(player, { controls: true, preload: "none" })];
}

/** What a file of a kind is called where it has no name of its own, as a voice. */
function called(shown) {
  return { voice: word("voice"), video_note: word("video_note"), audio: word("audio"), video: word("video") }[shown.kind] ?? word("file");
}

function place({ latitude, longitude }) {
  const element = make("div", "file");
  const icon = make("span", "file-icon");
  icon.append(sign("place"));
  const words = make("span", "file-words");
  words.append(make("b", "", word("location")), make("span", "", `${latitude}, ${longitude}`));
  element.append(icon, words);
  return element;
}

/** How many photos stand in each row: threes, after a first row with what is left. */
function rowsOf(count) {
  if (count === 3) return [1, 2];
  if (count === 4) return [2, 2];
  return [count % 3, ...Array(Math.floor(count / 3)).fill(3)].filter(Boolean);
}

function photo(message, at, all, inRow) {
  const shown = message.file;
  const link = make("a", "photo row" + inRow);
  link.id = "photo" + message.id;
  link.href = source(shown);
  const picture = make("img");
  picture.src = source(shown);
  picture.loading = "lazy";
  picture.decoding = "async";
  picture.alt = shown.name || word("photo");
  if (shown.width) {
    Object.assign(picture, { width: shown.width, height: shown.height });
    if (all.length === 1) size(link, shown);
  }
  link.append(picture);
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    view(all, at);
  };
  return link;
}

/** A single photo is as wide as it is, within 320 by 360, and no narrower than a line of its caption. */
function size(link, { width, height }) {
  const shrink = Math.min(1, 320 / width, 360 / height);
  const wide = Math.max(140, width * shrink);
  link.style.width = Math.round(wide) + "px";
  link.style.aspectRatio = `${wide} / ${Math.max(80, height * shrink)}`;
}

function attached(shown) {
  const link = make("a", "file");
  link.href = source(shown);
  link.download = shown.name;
  const icon = make("span", "file-icon");
  icon.append(sign("download"), make("i", "", extension(shown.name)));
  const words = make("span", "file-words");
  words.append(make("b", "", shown.name || called(shown)), make("span", "", sizeOf(shown.size)));
  link.append(icon, words);
  return link;
}

export function extension(name) {
  return (name.match(/\.([a-z0-9]{1,5})$/i)?.[1] ?? "").toUpperCase();
}

export function sizeOf(bytes) {
  if (bytes < 1024) return bytes + " B";
  return bytes < 1024 * 1024 ? Math.round(bytes / 1024) + " KB" : (bytes / 1024 / 1024).toFixed(1) + " MB";
}

let viewed = { photos: [], at: 0 };

function view(photos, at) {
  viewed = { photos, at };
  drawView();
  if (!find("viewer").open) find("viewer").showModal();
}

function drawView() {
  const { photos, at } = viewed;
  const shown = photos[at].file;
  const picture = make("img");
  picture.src = source(shown);
  picture.alt = shown.name || word("photo");
  const download = make("a", "plain");
  download.href = source(shown);
  download.download = shown.name || "foto.jpg";
  download.setAttribute("aria-label", word("download"));
  download.append(sign("download"));
  const shut = makeButton("plain", "", word("close"), () => find("viewer").close());
  shut.append(sign("close"));
  const top = make("div", "viewer-top");
  top.append(make("span", "", photos.length > 1 ? `${at + 1} / ${photos.length}` : shown.name), download, shut);
  find("viewer").replaceChildren(top, picture);
}

/** Connects the large view: arrow keys go through an album, a press beside the photo closes it. */
export function begin() {
  find("viewer").onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    viewed.at = (viewed.at + step + viewed.photos.length) % viewed.photos.length;
    drawView();
  };
  find("viewer").onclick = (event) => {
    if (event.target.tagName !== "IMG" || viewed.photos.length === 1) return event.target.closest("a, button, img") || find("viewer").close();
    viewed.at = (viewed.at + 1) % viewed.photos.length;
    drawView();
  };
}
