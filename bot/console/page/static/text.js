// Slack's texts as elements: mrkdwn that the server took to pieces, plain_text, rich_text.
import { h, link } from "./dom.js";

const TAGS = { bold: "strong", italic: "em", strike: "s", code: "code" };

export function spoken(nodes) {
  const parts = [];
  for (let at = 0; at < nodes.length; at += 1) {
    if (nodes[at].kind === "quote") {
      const lines = [pieces(nodes[at].parts ?? [])];
      while (nodes[at + 1]?.text === "\n" && nodes[at + 2]?.kind === "quote") {
        at += 2;
        lines.push("\n", pieces(nodes[at].parts ?? []));
      }
      if (nodes[at + 1]?.text === "\n") at += 1; // a block ends its line by itself
      parts.push(h("blockquote", {}, lines));
    } else if (nodes[at].text === "\n" && ["quote", "pre"].includes(nodes[at + 1]?.kind)) {
      continue;
    } else parts.push(piece(nodes[at]));
  }
  return parts;
}

function pieces(nodes) {
  return nodes.map(piece);
}

function piece(node) {
  if (node.kind === "link") return link(node.target, node.text);
  if (node.kind === "mention" || node.kind === "call") return h("span", { class: "mention" }, node.text);
  if (node.kind === "pre") return h("pre", {}, node.text);
  if (node.kind in TAGS) return h(TAGS[node.kind], {}, node.text ?? pieces(node.parts ?? []));
  return node.text ?? "";
}

export function text(object) {
  if (!object) return [];
  return object.nodes ? spoken(object.nodes) : [object.text ?? ""];
}

export function words(object) {
  if (!object) return "";
  return h("span", {}, text(object)).textContent;
}

export function rich(block) {
  return (block.elements ?? []).map(richPart);
}

function richPart(part) {
  const inside = (part.elements ?? []).map((element) => (element.type?.startsWith("rich_text_") ? richPart(element) : inline(element)));
  if (part.type === "rich_text_list") {
    return h(part.style === "ordered" ? "ol" : "ul", { class: `rich indent-${Math.min(part.indent ?? 0, 4)}` }, inside.map((item) => h("li", {}, item)));
  }
  const tag = { rich_text_preformatted: "pre", rich_text_quote: "blockquote" }[part.type];
  return tag ? h(tag, {}, inside) : h("div", { class: "rich" }, inside);
}

function inline(element) {
  let shown = element.text ?? element.name ?? "";
  if (element.type === "link") shown = link(element.url, element.text || element.url);
  if (element.type === "mention") shown = h("span", { class: "mention" }, element.text);
  if (element.type === "broadcast") shown = h("span", { class: "mention" }, `@${element.range}`);
  if (element.type === "date") shown = element.fallback ?? new Date(element.timestamp * 1000).toLocaleDateString();
  for (const [style, tag] of Object.entries(TAGS)) if (element.style?.[style]) shown = h(tag, {}, shown);
  return shown;
}
