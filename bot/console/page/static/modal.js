// The stack of modals that a person has before them.
import { drawing, h } from "./dom.js";
import { show } from "./blocks.js";
import { beginning, key } from "./elements.js";

const shown = new Map(); // view id -> {dialog, sign, values}

// `perform` does an act of the page's (see api.js) and shows its trouble; `lists` are people and channels.
export function showModals(views, perform, lists) {
  const wanted = new Set(views.map((view) => view.id));
  for (const [id, entry] of shown) {
    if (wanted.has(id)) continue;
    entry.dialog.close();
    entry.dialog.remove();
    shown.delete(id);
  }
  for (const view of views) {
    const sign = JSON.stringify(view);
    const entry = shown.get(view.id) ?? open(view, perform);
    if (entry.sign === sign) continue;
    entry.sign = sign;
    fill(entry, view, perform, lists);
  }
}

function open(view, perform) {
  const dialog = h("dialog", { class: "modal", "aria-labelledby": `title-${view.id}` });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); perform("close", { view: view.id }); });
  document.body.append(dialog);
  const entry = { dialog, sign: "", values: new Map() };
  shown.set(view.id, entry);
  return entry;
}

function fill(entry, view, perform, lists) {
  const { dialog, values } = entry;
  const focused = dialog.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const use = viewUse(view, values, perform, lists);
  const close = () => perform("close", { view: view.id });
  const form = h("form", { method: "dialog", novalidate: true },
    h("header", {}, h("h2", { id: `title-${view.id}` }, view.title || "Seams"),
      h("button", { type: "button", class: "plain-button", "aria-label": "Close", onclick: close }, drawing("cross"))),
    h("div", { class: "body" }, show(view.blocks, use)),
    h("p", { class: "trouble", role: "alert" }),
    h("footer", {}, h("button", { type: "button", class: "press", onclick: close }, view.close),
      view.can_submit && h("button", { type: "submit", class: "press primary" }, view.submit)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const missing = unfilled(view, values);
    if (missing.length) { complain(entry, view, missing, perform, lists); return; }
    const submit = form.querySelector("[type=submit]");
    if (submit.getAttribute("aria-busy")) return;
    submit.setAttribute("aria-busy", "true");
    entry.sign = ""; // what comes back is shown even when it is what was there before
    await perform("submit", { view: view.id, values: byPlace(view, values) });
    submit.removeAttribute("aria-busy");
  });
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  const target = form.querySelector("[aria-invalid=true]") ?? (focused && form.querySelector(`[data-focus="${CSS.escape(focused)}"]`))
    ?? form.querySelector("[data-first]") ?? form.querySelector(".body input, .body textarea, .body select");
  (target ?? form.querySelector("footer button:last-child")).focus();
}

function complain(entry, view, missing, perform, lists) {
  const errors = Object.fromEntries(missing.map((block) => [block.block_id ?? block.element.action_id, "Fill this in."]));
  fill(entry, { ...view, errors }, perform, lists);
}

// What the elements of a view need to know: see elements.js.
export function viewUse(view, values, perform, lists) {
  return {
    ...lists,
    values,
    errors: view.errors,
    press: (element, value) => perform("press_view", { view: view.id, place: element.place, value, values: byPlace(view, values) }),
    suggest: async (element, typed) => (await perform("suggest", { view: view.id, place: element.place, typed }))?.options ?? [],
  };
}

function elements(view) {
  return view.blocks.flatMap((block) => [block.element, block.accessory, ...(block.elements ?? [])]
    .filter((element) => element?.place !== undefined).map((element) => ({ block, element })));
}

function unfilled(view, values) {
  const empty = ({ block, element }) => {
    const value = values.has(key(block, element)) ? values.get(key(block, element)) : beginning(element);
    return value === null || value === "" || (Array.isArray(value) && !value.length);
  };
  return elements(view).filter((each) => each.block.type === "input" && !each.block.optional && empty(each)).map((each) => each.block);
}

function byPlace(view, values) {
  const held = elements(view).filter(({ block, element }) => values.has(key(block, element)));
  return Object.fromEntries(held.map(({ block, element }) => [element.place, values.get(key(block, element))]));
}
