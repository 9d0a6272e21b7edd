// The room without this script is whole; with it, times are the reader's own and the page moves by itself.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);

  // Instants in the reader's own zone and manner.
  const local = (root) => {
    const form = new Intl.DateTimeFormat([], { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
    for (const time of root.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      if (!isNaN(at)) {
        time.textContent = form.format(at);
        time.title = at.toString();
      }
    }
  };
  local(document);

  const zone = by("zone");
  if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";

  // What is being written outlives other presses and a server that is away: it is kept until it was sent, and a page came back.
  const draft = (field) => {
    if (!field.form || !/^(text|field-.*)$/.test(field.name) || field.type === "hidden" || field.form.action.endsWith("/edit")) return;
    const { form, topic } = field.form.elements;
    return ["draft", form?.value || topic?.value, field.name, field.form.action].join(" ");
  };
  const fields = () => [...document.querySelectorAll("textarea, input[type=text]")].filter(draft);
  // Going back to a page means that sending came to nothing.
  const [{ type } = {}] = performance.getEntriesByType("navigation");
  const sent = type === "back_forward" ? [] : (sessionStorage.getItem("sent") || "").split("\n");
  sessionStorage.removeItem("sent");
  for (const field of fields()) {
    if (sent.includes(draft(field))) sessionStorage.removeItem(draft(field));
    else if (!field.value) field.value = sessionStorage.getItem(draft(field)) || "";
  }
  sent.forEach((key) => sessionStorage.removeItem(key));
  document.addEventListener("input", ({ target }) => {
    if (draft(target)) sessionStorage.setItem(draft(target), target.value);
  });

  // A second press while the first is under way is none.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    sessionStorage.setItem("sent", fields().filter((field) => field.form === form).map(draft).join("\n"));
  });
  // A page that is gone back to has old forms.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sessionStorage.removeItem("sent");
    location.reload();
  });

  // Ctrl+Enter sends what is being written.
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.form) field.form.requestSubmit();
  });

  const room = by("room");
  if (!room || !window.EventSource) return;
  const { me, topic, token, seen, leads } = room.dataset;
  const one = new URLSearchParams(location.search).has("topic");

  // Own lines may be changed, own places stand out, and forms carry what shows whose they are.
  const mine = (root) => {
    for (const own of root.querySelectorAll(`[data-by="${me}"]`)) {
      own.classList.add("mine");
      own.querySelector("a.own")?.removeAttribute("hidden");
    }
    if (leads === "true") root.querySelectorAll("li:not(.mine) > .by > a.take").forEach((link) => (link.hidden = false));
    for (const field of root.querySelectorAll("input[name=token]")) {
      if (field.value) continue;
      field.value = token;
      const random = crypto.getRandomValues(new Uint8Array(16));
      field.form.elements.id.value = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    }
  };
  mine(document);

  const within = (root) => root !== document.activeElement && root.contains(document.activeElement);
  const busy = (root) =>
    within(root) || [...root.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value !== field.defaultValue);

  const read = (tag, html) => {
    const fresh = document.createElement(tag);
    fresh.innerHTML = html;
    local(fresh);
    mine(fresh);
    return fresh;
  };

  // What somebody is at changes once they have left it.
  const waiting = new Map();
  const when = (part, change) => (within(part) ? waiting.set(part, change) : (waiting.delete(part), change()));
  document.addEventListener("focusout", () => setTimeout(() => waiting.forEach((change, part) => when(part, change))));

  // A screen reader should not be told again what it has read.
  const put = (part, html) => {
    const fresh = read("div", html);
    if (fresh.textContent !== part.textContent) part.replaceChildren(...fresh.childNodes);
  };
  const line = ({ id, after, html }) => {
    const [fresh, old, before] = [read("ol", html).firstChild, by(`line-${id}`), after && by(`line-${after}`)];
    if (old) when(old, () => old.replaceWith(fresh));
    else if (before) before.after(fresh);
    else by("lines").prepend(fresh);
  };

  // What would take away what somebody is typing is offered, not done.
  const offer = (text, act) => {
    by("offer")?.remove();
    const button = document.createElement("button");
    button.id = "offer";
    button.type = "button";
    button.textContent = text;
    button.onclick = () => { button.remove(); act(); };
    by("news").append(button);
  };

  const panel = async () => {
    const answer = await fetch("/panel" + (location.search || `?topic=${topic}`));
    if (!answer.ok) return;
    by("panel").innerHTML = await answer.text();
    local(by("panel"));
  };

  const events = new EventSource(`/events?topic=${topic}&seen=${seen}`);
  events.onmessage = (event) => {
    const { parts, lines, whole, gone, yours } = JSON.parse(event.data);
    for (const [id, html] of Object.entries(parts)) {
      const part = by(id);
      if (part) when(part, () => put(part, html));
    }
    if (whole) by("lines").replaceChildren();
    lines.forEach(line);
    gone.forEach((id) => by(`line-${id}`)?.remove());
    const newest = by("topics").querySelector("[data-open=true]")?.dataset.topic;
    if (newest && newest > topic) {
      const go = () => location.assign(`/?topic=${newest}`);
      if (one || busy(by("main")) || busy(by("panel"))) offer("Something new was asked here. Show it", go); else go();
    }
    if (yours) busy(by("panel")) ? offer("There is something new for you. Show it", panel) : panel();
  };
})();
