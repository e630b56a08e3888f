// Portico: enhancement only. Every page works without this file.
const { documentElement: html, body } = document;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const lang = html.lang === "en" ? "en-GB" : html.lang || "en-GB";
html.classList.add("js");

/* Times: the server writes the provider's zone. Where the reader's differs, show that in the same form, with its name,
   and keep the server's words as title. */
const format = (options) => (at) => new Intl.DateTimeFormat(lang, options).format(at);
const date = format({ day: "numeric", month: lang === "vi" ? "numeric" : "long", year: "numeric" });
const time = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const weekday = format({ weekday: "long" });
const zones = new Intl.DateTimeFormat(lang, { timeZoneName: "shortOffset" });
const zone = (at) => zones.formatToParts(at).find(({ type }) => type === "timeZoneName").value;
const full = {
  vi: (at) => `${time(at)} ${weekday(at).replace(/Thứ|Nhật/, (word) => word.toLowerCase())}, ${date(at)}`,
  "en-GB": (at) => `${weekday(at)} ${date(at)}, ${time(at)}`,
};
function localTimes() {
  for (const el of all("time[data-local]:not([title])")) {
    const at = new Date(el.dateTime);
    if (isNaN(at)) continue;
    const words = el.dataset.local === "full" ? full[lang](at) : `${date(at)}, ${time(at)}`;
    const given = el.textContent.trim();
    if (given.startsWith(words)) continue;
    el.title = given;
    el.textContent = `${words} (${zone(at)})`;
  }
}

/* Radios that show a part of the form */
function showParts() {
  for (const radio of all("[data-shows]")) {
    const part = document.querySelector(radio.dataset.shows);
    if (part) part.hidden = part.disabled = !radio.checked;
  }
}

/* Select all, live count */
const boxes = (name) => all(`input[type=checkbox][name="${name}"]`);
function countSelected() {
  for (const head of all("[data-select-all]")) {
    const name = head.dataset.selectAll;
    const n = boxes(name).filter((box) => box.checked).length;
    head.checked = n > 0 && n === boxes(name).length;
    head.indeterminate = n > 0 && !head.checked;
    for (const out of all(`[data-selected="${name}"]`)) out.textContent = out.dataset.text.replace("{n}", n);
  }
}

function reveal(button, shown) {
  const input = document.getElementById(button.dataset.reveal);
  input.type = shown ? "text" : "password";
  (button.querySelector("span") ?? button).textContent = shown ? button.dataset.hide : button.dataset.show;
}

function enhance() {
  localTimes();
  showParts();
  countSelected();
  for (const button of all("[data-reveal], [data-print], [data-copy]")) button.hidden = false;
}

document.addEventListener("click", async ({ target }) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  const button = target.closest("button");
  if (!button) return;
  const { reveal: password, copy, done } = button.dataset;
  if (password) reveal(button, document.getElementById(password).type === "password");
  if ("print" in button.dataset) print();
  if (copy) {
    const from = document.querySelector(copy);
    await navigator.clipboard.writeText((from.value ?? from.textContent).trim());
    announce(done);
    button.textContent = done;
  }
});

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of all("details.menu[open]")) {
    menu.open = false;
    menu.firstElementChild.focus();
  }
});

document.addEventListener("change", ({ target }) => {
  if ("autosubmit" in target.dataset) target.form.requestSubmit();
  if (target.type === "radio") showParts();
  if (target.type !== "checkbox") return;
  for (const box of boxes(target.dataset.selectAll)) box.checked = target.checked;
  countSelected();
});

/* One submit a form, unless it answers with a download (data-again) */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || "again" in form.dataset) return;
  for (const button of all("[data-reveal]", form)) reveal(button, false);
  // Later: the pressed button's value is still to be sent.
  setTimeout(() => {
    for (const button of form.elements) {
      if (button.type === "submit" && !button.disabled) button.disabled = button.dataset.sent = true;
    }
  });
});
addEventListener("pageshow", () => {
  for (const button of all("[data-sent]")) button.disabled = false;
});

/* News: take the page's new content in place, never over something half written. */
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
const live = make("p", { className: "vh", role: "status" });
body.append(live);
const announce = (text) => (live.textContent = text ?? "");

const main = document.querySelector("main");
let dirty = false;
main?.addEventListener("input", () => (dirty = true));

function newsBar() {
  if (document.querySelector(".news")) return;
  const bar = make("div", { className: "news" });
  bar.append(main.dataset.news, make("a", { href: location.href, textContent: main.dataset.reload }));
  body.append(bar);
  announce(main.dataset.news);
}

async function refresh() {
  if (dirty || main.querySelector(".error-summary")) return newsBar();
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("main");
  if (dirty || answer.redirected || !fresh) return newsBar();
  const focus = main.contains(document.activeElement) && document.activeElement;
  const open = all("details[id][open]", main).map((details) => details.id);
  main.replaceChildren(...fresh.childNodes);
  document.title = page.title;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  enhance();
  if (focus) {
    const twin = (focus.id && document.getElementById(focus.id)) || all("a", main).find((a) => a.href === focus.href);
    (twin ?? main).focus({ preventScroll: true });
  }
  announce(fresh.dataset.announce ?? main.dataset.announce);
}

if (main?.dataset.events) {
  main.tabIndex = -1;
  const events = new EventSource(main.dataset.events);
  let missed = false;
  let queue = Promise.resolve();
  const later = () => (queue = queue.then(refresh).catch(() => {}));
  events.addEventListener("changed", later);
  events.addEventListener("error", () => (missed = true));
  events.addEventListener("open", () => {
    if (missed) later();
    missed = false;
  });
}

enhance();
// After a form that failed, what is wrong comes first.
if (!location.hash) document.querySelector(".error-summary")?.focus();
