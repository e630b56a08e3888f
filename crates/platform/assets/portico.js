// Portico: progressive enhancement only. Every page works without this file.
const html = document.documentElement;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const lang = html.lang === "en" ? "en-GB" : html.lang || "en-GB";
html.classList.add("js");

/* Times: the server writes the provider's zone; show the reader's and keep the server's words as title. */
const date = { day: "numeric", month: "short", year: "numeric" };
const time = { hour: "2-digit", minute: "2-digit" };
const formats = { "": { ...date, ...time }, date, time, full: { weekday: "short", ...date, ...time, timeZoneName: "short" } };
function localTimes(root) {
  for (const el of all("time[data-local]", root)) {
    const at = new Date(el.dateTime);
    if (isNaN(at) || el.title) continue;
    el.title = el.textContent.trim();
    el.textContent = new Intl.DateTimeFormat(lang, formats[el.dataset.local] ?? formats[""]).format(at);
  }
}

/* Radios that show a part of the form: <input type="radio" data-shows="#enterprise"> */
function showParts(root) {
  for (const radio of all("[data-shows]", root)) {
    const part = document.querySelector(radio.dataset.shows);
    if (part) part.hidden = part.disabled = !radio.checked;
  }
}

/* Select all, with a live count: data-select-all="case", <output data-selected="case" data-text="{n} selected"> */
function countSelected(root) {
  for (const head of all("[data-select-all]", root)) {
    const name = head.dataset.selectAll;
    const boxes = all(`input[type=checkbox][name="${name}"]`);
    const n = boxes.filter((box) => box.checked).length;
    head.checked = n > 0 && n === boxes.length;
    head.indeterminate = n > 0 && n < boxes.length;
    for (const out of all(`[data-selected="${name}"]`)) out.textContent = out.dataset.text.replace("{n}", n);
  }
}

function reveal(button, shown) {
  const input = document.getElementById(button.dataset.reveal);
  input.type = shown ? "text" : "password";
  (button.querySelector("span") ?? button).textContent = shown ? button.dataset.hide : button.dataset.show;
}

function enhance(root) {
  localTimes(root);
  showParts(root);
  countSelected(root);
  const copies = navigator.clipboard ? ", [data-copy]" : "";
  for (const button of all("[data-reveal], [data-print]" + copies, root)) button.hidden = false;
}

document.addEventListener("click", async ({ target }) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  const button = target.closest("button");
  if (!button) return;
  const { reveal: password, copy, done } = button.dataset;
  if (password) reveal(button, document.getElementById(password).type === "password");
  if ("print" in button.dataset) print();
  if (copy) {
    await navigator.clipboard.writeText(document.querySelector(copy).textContent.trim());
    announce(done);
    button.textContent = done;
  }
});

document.addEventListener("keydown", ({ key }) => {
  const menu = key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("change", ({ target }) => {
  if ("shows" in target.dataset || target.type === "radio") showParts(document);
  if ("autosubmit" in target.dataset) target.form.requestSubmit();
  const name = target.dataset.selectAll;
  if (name) for (const box of all(`input[type=checkbox][name="${name}"]`)) box.checked = target.checked;
  if (target.type === "checkbox") countSelected(document);
});

/* One submit a form; data-again exempts forms that answer with a download. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || "again" in form.dataset) return;
  for (const button of all("[data-reveal]", form)) reveal(button, false);
  // Later, so that the pressed button's own value is still sent.
  setTimeout(() => {
    for (const button of form.elements) {
      if (button.type === "submit" && !button.disabled) button.disabled = button.dataset.sent = true;
    }
  });
});
addEventListener("pageshow", () => {
  for (const button of all("[data-sent]")) {
    button.disabled = false;
    delete button.dataset.sent;
  }
});

/* News from the server: take the page's new content in place, never over something half written. */
const live = document.createElement("p");
live.className = "vh";
live.role = "status";
document.body.append(live);
const announce = (text) => (live.textContent = text ?? "");

let main = document.querySelector("main");
let dirty = false;
main?.addEventListener("input", () => (dirty = true));
main?.addEventListener("reset", () => (dirty = false));

function newsBar() {
  if (document.querySelector(".news")) return;
  const bar = document.createElement("div");
  const link = document.createElement("a");
  bar.className = "news";
  bar.setAttribute("role", "status");
  link.href = location.href;
  link.textContent = main.dataset.reload;
  document.body.append(bar);
  bar.append(main.dataset.news, link);
}

async function refresh() {
  if (dirty || main.querySelector(".error-summary")) return newsBar();
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (answer.redirected) return newsBar();
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("main");
  if (!fresh) return;
  if (dirty) return newsBar();
  const focus = main.contains(document.activeElement) && document.activeElement;
  const open = all("details[id][open]", main).map((details) => details.id);
  main.replaceChildren(...fresh.childNodes);
  document.title = page.title;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  enhance(main);
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

enhance(document);
