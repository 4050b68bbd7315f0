// Makes elements. Text is only ever set as text, so nothing a visitor wrote becomes markup.
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (name in node && name !== "list") {
      node[name] = value;
    } else {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

let hide;

export function say(text, kind = "error") {
  const message = byId("message");
  message.textContent = text;
  message.dataset.kind = kind;
  message.hidden = false;
  clearTimeout(hide);
  hide = setTimeout(() => { message.hidden = true; }, kind === "error" ? 10_000 : 4_000);
}
