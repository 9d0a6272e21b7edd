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

  // A second press while the first is under way is none.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));

  // Ctrl+Enter sends what is being written.
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.form) field.form.requestSubmit();
  });

  const room = by("room");
  if (!room || !window.EventSource) return;
  const { me, daily } = room.dataset;

  // Own lines may be changed; own places stand out.
  const mine = (root) => {
    for (const own of root.querySelectorAll(`[data-by="${me}"]`)) {
      own.classList.add("mine");
      for (const link of own.querySelectorAll("a.own")) link.hidden = false;
    }
  };
  mine(document);

  const busy = (root) =>
    root.contains(document.activeElement) && document.activeElement !== root ||
    [...root.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value !== field.defaultValue);

  // What would take away what somebody is typing is offered, not done.
  const offer = (text, act) => {
    by("offer")?.remove();
    const button = document.createElement("button");
    button.id = "offer";
    button.type = "button";
    button.textContent = text;
    button.onclick = () => { button.remove(); act(); };
    room.before(button);
  };

  const panel = async () => {
    const answer = await fetch(`/panel?daily=${daily}`);
    if (!answer.ok) return;
    by("panel").innerHTML = await answer.text();
    local(by("panel"));
  };

  const again = () => location.assign(daily ? `/?daily=${daily}` : "/");

  const events = new EventSource("/events");
  events.onmessage = (event) => {
    const { parts, yours } = JSON.parse(event.data);
    for (const [id, html] of Object.entries(parts)) {
      const part = by(id);
      if (!part || part.innerHTML === html) continue;
      if (part.contains(document.activeElement) && part !== document.activeElement) continue;
      part.innerHTML = html;
      local(part);
      mine(part);
    }
    const here = by("dailies").querySelector(daily ? `[data-daily="${daily}"]` : "[data-daily]");
    const card = document.querySelector(".question");
    if (here && (!daily || (card && card.dataset.open !== here.dataset.open))) {
      const text = daily ? "This question has closed. Show the reveal" : "A question was asked. Show it";
      if (busy(by("main")) || busy(by("panel"))) offer(text, again); else again();
    }
    if (yours) busy(by("panel")) ? offer("There is something new for you. Show it", panel) : panel();
  };
})();
