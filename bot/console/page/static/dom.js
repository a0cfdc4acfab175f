// Building the page. Foreign text only ever becomes text nodes and checked addresses, never markup.

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Small drawings, as not every machine has a font for emoji.
const DRAWINGS = {
  lock: "M5 9V6.5a3.5 3.5 0 0 1 7 0V9M3.5 9h10v6.5h-10z",
  plus: "M8.5 3v11M3 8.5h11",
  reply: "M7 4L3 8l4 4M3.5 8H10a4 4 0 0 1 4 4v1.5",
  dots: "M3 8.5h.01M8.5 8.5h.01M14 8.5h.01",
  cross: "M4 4l9 9M13 4l-9 9",
  down: "M4.5 6.5l4 4 4-4",
};
export function drawing(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 17 17", class: `drawing ${name}`, "aria-hidden": "true" })) svg.setAttribute(key, value);
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}

const MESSAGE = /^https:\/\/[\w-]+\.slack\.com\/archives\/(\w+)\/p(\d+)(\d{6})\b/;

// A link to a message of the workspace leads to it on this page; page.js listens.
export function link(address, ...children) {
  const message = MESSAGE.exec(address);
  if (message) return h("a", { href: "#", "data-channel": message[1], "data-ts": `${message[2]}.${message[3]}` }, children);
  let safe = null;
  try {
    const url = new URL(address);
    if (["http:", "https:", "mailto:"].includes(url.protocol)) safe = url.href;
  } catch { /* no address, so plain text */ }
  return safe ? h("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, children) : h("span", {}, children);
}

const signs = new WeakMap();

// Makes the children of `list` be `items` ({key, sign, make}); what has the same sign stays untouched.
export function patch(list, items) {
  const old = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const inside = focused?.closest("[data-key]")?.dataset.key;
  const wanted = items.map((item) => {
    const there = old.get(item.key);
    if (there && signs.get(there) === item.sign) return there;
    const made = item.make();
    made.dataset.key = item.key;
    signs.set(made, item.sign);
    return made;
  });
  const keep = new Set(wanted);
  for (const child of [...list.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
  });
  if (focused && !list.contains(focused)) refocus(wanted.find((node) => node.dataset.key === inside), focused);
}

// Replaces what is in `holder` when `sign` has changed, and puts the focus where it was.
export function renew(holder, sign, make) {
  if (signs.get(holder) === sign) return;
  const focused = holder.contains(document.activeElement) ? document.activeElement : null;
  signs.set(holder, sign);
  holder.replaceChildren(...make());
  if (focused) refocus(holder, focused);
}

function refocus(holder, gone) {
  if (!holder) return;
  const same = [...holder.querySelectorAll("[data-focus]")].find((node) => node.dataset.focus === gone.dataset.focus);
  if (!same) holder.tabIndex = -1;
  (same ?? holder).focus({ preventScroll: true });
}

// A button that opens a menu of `items` ({label, run, danger}); arrow keys walk, Escape closes.
export function menu(attributes, label, items) {
  const list = h("ul", { role: "menu", hidden: true });
  const button = h("button", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", ...attributes }, label);
  const holder = h("span", { class: "menu" }, button, list);
  const close = (back) => {
    list.hidden = true;
    holder.classList.remove("open");
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside);
    if (back) button.focus();
  };
  const outside = (event) => holder.contains(event.target) || close(false);
  for (const item of items) {
    const entry = h("button", { type: "button", role: "menuitem", class: item.danger ? "danger" : null }, item.label);
    entry.addEventListener("click", () => { close(true); item.run(); });
    list.append(h("li", { role: "none" }, entry));
  }
  button.addEventListener("click", () => {
    if (!list.hidden) { close(true); return; }
    list.hidden = false;
    holder.classList.add("open");
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside);
    place(holder, list);
    list.querySelector("button")?.focus();
  });
  holder.addEventListener("keydown", (event) => {
    const entries = [...list.querySelectorAll("button")];
    const at = entries.indexOf(document.activeElement);
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); close(true); }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) { event.preventDefault(); entries.at((at + step) % entries.length).focus(); }
  });
  holder.addEventListener("focusout", (event) => {
    if (!list.hidden && event.relatedTarget && !holder.contains(event.relatedTarget)) close(false);
  });
  return holder;
}

function place(holder, list) {
  list.classList.remove("leftward", "upward");
  const box = list.getBoundingClientRect();
  list.classList.toggle("leftward", box.right > window.innerWidth - 8);
  const frame = holder.closest("#scroll, #thread-scroll, #home, dialog")?.getBoundingClientRect();
  list.classList.toggle("upward", box.bottom > (frame?.bottom ?? window.innerHeight) - 8 && holder.offsetTop > box.height);
}

let silence = 0;
export function say(trouble) {
  const place = document.querySelector("dialog[open]:last-of-type .trouble") ?? document.getElementById("trouble");
  place.textContent = trouble;
  clearTimeout(silence);
  silence = setTimeout(() => { place.textContent = ""; }, 8000);
}
