// The page: asks what there is to see, lays it out, and sends off what people do.
import { act, look, lookAgain } from "./api.js";
import { drawing, h, menu, patch, renew, say } from "./dom.js";
import { show } from "./blocks.js";
import { avatar, items } from "./messages.js";
import { composer } from "./composer.js";
import { showModals, viewUse } from "./modal.js";

const at = (id) => document.getElementById(id);
const HOME = "home";
let state = null;
let drawn = {}; // what of the route is on the screen
let again = false; // ask anew, whether or not anything changed
let box = null; // the channel's composer
const seen = new Map(); // "person/channel" -> ts of the newest message that was looked at
const homeValues = new Map();

// The address says who looks at what: #/ana/deals-watch, #/ana/deals-watch/THREAD, #/ana/seams/home
function route() {
  const [who = "", where = "", what = ""] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { who, where, what };
}

function go(who, where, what = "") {
  const next = `#/${[who, where, what].filter(Boolean).map(encodeURIComponent).join("/")}`;
  if (location.hash === next) draw(); else location.hash = next;
}

const user = (id) => state.users.find((each) => each.id === id);
const me = () => user(state.me);
const nameOf = (channel) => (channel.kind === "direct" ? user(state.app).name : channel.name);
const here = () => state.channels.find((channel) => nameOf(channel) === route().where) ?? state.channels[0];
const visible = (channel) => channel.messages.filter((message) => !message.reply || message.broadcast);

async function perform(name, args = {}) {
  try {
    const answer = await act(state.me, name, args);
    lookAgain();
    return answer;
  } catch (error) {
    say(error.message);
    return null;
  }
}

const page = {
  perform,
  state: () => state,
  lists: () => ({
    people: state.users.filter((each) => !each.bot).map((each) => ({ value: each.id, text: { text: each.real_name } })),
    channels: state.channels.filter((each) => each.kind !== "direct").map((each) => ({ value: each.id, text: { text: `#${each.name}` } })),
  }),
  replies: (ts) => here().messages.filter((message) => message.reply && message.thread === ts),
  openThread: (ts) => { go(me().name, nameOf(here()), ts); },
};

function drawBar() {
  renew(at("team"), state.team, () => [h("img", { src: "/mark.svg", alt: "", class: "mark" }), h("span", {}, state.team)]);
  renew(at("clock"), state.now, () => [menu({ class: "plain-button", "data-focus": "clock" }, [h("span", { class: "clock" }, state.now), drawing("down")], [
    { label: "Let an hour pass", run: () => perform("later", { until: "hour" }) },
    { label: "On to tomorrow, 9:00", run: () => perform("later", { until: "tomorrow" }) },
    { label: "On to Monday, 9:00 (the digest)", run: () => perform("later", { until: "monday" }) },
  ])]);
  renew(at("people"), JSON.stringify([state.people, state.me]), () => [h("span", { class: "note" }, "You act as"), state.people.map((id) => {
    const person = user(id);
    const [first, ...family] = person.real_name.split(" ");
    return h("button", {
      type: "button", "aria-pressed": String(id === state.me), "data-focus": id, onclick: () => go(person.name, route().where),
    }, avatar(person), h("span", {}, first, h("span", { class: "family" }, ` ${family.join(" ")}`)));
  })].flat());
}

function drawSide() {
  const rows = state.channels.map((channel) => {
    const newest = channel.messages.at(-1)?.ts ?? "";
    const key = `${state.me}/${channel.id}`;
    if (!seen.has(key) || (here() === channel && route().what !== HOME)) seen.set(key, newest);
    return { channel, unread: newest > seen.get(key), current: here() === channel };
  });
  const sign = JSON.stringify([state.me, route().what === HOME, rows.map((row) => [row.channel.id, row.channel.name, row.channel.kind, row.unread, row.current])]);
  renew(at("side"), sign, () => [
    h("h2", {}, "Channels"),
    h("ul", {}, rows.filter((row) => row.channel.kind !== "direct").map(entry)),
    h("h2", {}, "Apps"),
    h("ul", {}, entry(rows.find((row) => row.channel.kind === "direct") ?? { app: true })),
    state.tries.length > 0 && h("details", { open: true }, h("summary", {}, "Things to try"),
      h("ul", { class: "tries" }, state.tries.map((each) => h("li", {}, h("button", { type: "button", "data-focus": each.title, onclick: () => attempt(each) }, each.title))))),
  ].filter(Boolean));
}

function entry({ channel, unread, current, app }) {
  const direct = app || channel.kind === "direct";
  const mark = direct ? h("img", { src: "/mark.svg", alt: "", class: "mark" }) : channel.kind === "private" ? drawing("lock") : "#";
  const name = direct ? user(state.app).real_name : channel.name;
  return h("li", {}, h("button", {
    type: "button", "aria-current": current ? "page" : null, class: unread ? "unread" : null, "data-focus": `channel ${name}`,
    onclick: () => { narrow(false); go(me().name, direct ? user(state.app).name : channel.name, direct ? HOME : ""); },
  }, h("span", { class: "kind", "aria-hidden": "true" }, mark), h("span", {}, name),
    channel?.kind === "private" && h("span", { class: "unseen" }, " (private)"), unread && h("span", { class: "new" }, "new")));
}

function attempt({ text, channel }) {
  narrow(false);
  const wanted = state.channels.find((each) => nameOf(each) === channel) ?? here();
  go(me().name, nameOf(wanted));
  draw();
  box?.put(text);
}

function drawTitle(channel) {
  const direct = channel.kind === "direct";
  const home = route().what === HOME;
  const sign = JSON.stringify([channel.id, channel.name, channel.kind, channel.members, channel.has_app, home, state.me]);
  renew(at("title"), sign, () => {
    if (!direct) {
      const kind = channel.kind === "private" ? "Private channel" : "Public channel";
      return [h("h1", {}, channel.kind === "private" ? drawing("lock") : "#", ` ${channel.name}`), h("p", { class: "note" }, `${kind} · ${channel.members.map((name) => `@${name}`).join(", ")}`),
        !channel.has_app && h("button", { type: "button", class: "press", onclick: () => perform("post", { channel: channel.id, text: "/invite @seams" }) }, "Invite Seams")].filter(Boolean);
    }
    const tab = (label, what) => h("button", {
      type: "button", "aria-current": home === (what === HOME) ? "page" : null, "data-focus": label, onclick: () => go(me().name, user(state.app).name, what),
    }, label);
    return [h("h1", {}, user(state.app).real_name), h("nav", { class: "tabs", "aria-label": "Seams" }, tab("Home", HOME), tab("Messages", ""))];
  });
}

function drawHome() {
  const view = state.home;
  renew(at("home"), JSON.stringify(view), () => (
    view ? show(view.blocks, viewUse(view, homeValues, perform, page.lists())) : [h("p", { class: "note" }, "Seams shows nothing here yet.")]));
}

function isLow(scroll) {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
}

// Whoever reads the end of a list stays there when it grows, also by a picture that arrives later.
const atEnd = new Map();
function follow(scroll, list) {
  let last = 0;
  scroll.addEventListener("scroll", () => {
    // Only who goes up leaves the end: a list that grew before this event came leaves it to nobody.
    if (isLow(scroll)) atEnd.set(scroll, true);
    else if (scroll.scrollTop < last) atEnd.set(scroll, false);
    last = scroll.scrollTop;
  });
  new ResizeObserver(() => { if (atEnd.get(scroll)) scroll.scrollTop = scroll.scrollHeight; }).observe(list);
}

function drawConversation(channel, fresh) {
  const scroll = at("scroll");
  const before = at("messages").lastElementChild?.dataset.key;
  patch(at("messages"), items(visible(channel), page, false));
  const newest = at("messages").lastElementChild;
  const arrived = newest && newest.dataset.key !== before;
  const mine = visible(channel).at(-1)?.only_you || visible(channel).at(-1)?.user === state.me;
  if (fresh || (arrived && mine)) atEnd.set(scroll, true);
  if (atEnd.get(scroll)) scroll.scrollTop = scroll.scrollHeight;
  if (!fresh && arrived && newest.offsetHeight > scroll.clientHeight) {
    atEnd.set(scroll, false);
    newest.scrollIntoView({ block: "start" });
  }
  if (fresh) {
    box = composer(at("composer"), {
      label: channel.kind === "direct" ? "Message Seams" : `Message #${channel.name}`,
      draft: `${state.me}/${channel.id}`,
      send: (text) => perform("post", { channel: channel.id, text }),
      article: (args) => perform("upload", { channel: channel.id, ...args }),
      known: suggestions,
    });
    if (!matchMedia("(pointer: coarse)").matches && !document.querySelector("dialog[open]")) at("composer").querySelector("textarea").focus();
  }
}

function suggestions() {
  const commands = [...state.commands, "/invite"].map((word) => ({ word, about: word === "/invite" ? "@seams" : "NAME, or help" }));
  return [...commands, ...state.users.map((each) => ({ word: `@${each.name}`, about: each.real_name }))];
}

function drawThread(channel, ts, fresh) {
  const root = channel.messages.find((message) => message.ts === ts);
  at("thread").hidden = !root;
  document.body.classList.toggle("threaded", Boolean(root));
  if (!root) { at("replies").replaceChildren(); return; }
  if (fresh) atEnd.set(at("thread-scroll"), false); // from the beginning
  patch(at("replies"), items([root, ...page.replies(ts)], page, true));
  if (!fresh) return;
  const close = () => go(me().name, nameOf(channel));
  at("thread-title").replaceChildren(h("h2", {}, "Thread"), h("button", { type: "button", class: "plain-button", "aria-label": "Close thread", onclick: close }, drawing("cross")));
  composer(at("reply"), {
    label: "Reply", draft: `${state.me}/${channel.id}/${ts}`, known: suggestions,
    send: (text) => perform("post", { channel: channel.id, thread: ts, text }),
  });
  at("thread-scroll").scrollTop = 0;
  at("reply").querySelector("textarea").focus({ preventScroll: true });
}

function draw() {
  if (!state) return;
  const { who, where, what } = route();
  if (who && who !== me().name && state.people.some((id) => user(id).name === who)) { lookAgain(); return; }
  const channel = here();
  if (!channel) return;
  if (where && where !== nameOf(channel)) say(`${me().real_name} is not in #${where}.`);
  if (where !== nameOf(channel) || who !== me().name) { go(me().name, nameOf(channel)); return; }
  const place = `${state.me}/${channel.id}`;
  const home = channel.kind === "direct" && what === HOME;
  if (home && drawn.home !== place) perform("home");
  for (const id of ["scroll", "composer"]) at(id).hidden = home;
  at("home").hidden = !home;
  drawBar();
  drawSide();
  drawTitle(channel);
  if (home) drawHome();
  else drawConversation(channel, drawn.place !== place);
  drawThread(channel, home ? "" : what, drawn.thread !== `${place}/${what}`);
  showModals(state.modals, perform, page.lists());
  drawn = { place: home ? "" : place, home: home ? place : "", thread: `${place}/${what}` };
  document.title = `${home ? "Home" : nameOf(channel)} · ${me().real_name} · Seams demo`;
  document.body.dataset.ready = state.version;
}

function narrow(open) {
  document.body.classList.toggle("choosing", open);
  at("burger").setAttribute("aria-expanded", String(open));
}

async function watch() {
  for (let lost = 0; ;) {
    const { who } = route();
    try {
      state = await look(who, state && !again && who === me().name ? state.version : -1);
      again = false;
      if (lost) say("");
      lost = 0;
    } catch (error) {
      again = true;
      if (error.name === "AbortError") continue;
      lost += 1;
      say("The demo does not answer. Has it ended?");
      await new Promise((resolve) => { setTimeout(resolve, Math.min(1000 * lost, 5000)); });
      continue;
    }
    draw();
  }
}

function lead(event) {
  const target = event.target.closest?.("a[data-ts]");
  if (!target) return;
  event.preventDefault();
  const { channel: id, ts } = target.dataset;
  const channel = state.channels.find((each) => each.id === id);
  const message = channel?.messages.find((each) => each.ts === ts);
  if (!message) { say("You can't see that message, or it is gone."); return; }
  go(me().name, nameOf(channel), message.reply ? message.thread : "");
  draw();
  const shown = document.querySelector(`${message.reply ? "#replies" : "#messages"} [data-key="${ts}"]`);
  shown?.scrollIntoView({ block: "center" });
  if (shown) shown.tabIndex = -1;
  shown?.focus({ preventScroll: true });
}

follow(at("scroll"), at("messages"));
follow(at("thread-scroll"), at("replies"));
document.addEventListener("click", lead);
at("burger").addEventListener("click", () => narrow(!document.body.classList.contains("choosing")));
window.addEventListener("hashchange", draw);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (document.body.classList.contains("choosing")) { narrow(false); at("burger").focus(); } else if (!at("thread").hidden) go(me().name, nameOf(here()));
});
watch();
