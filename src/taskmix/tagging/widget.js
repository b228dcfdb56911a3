// One task at a time, the codebook beside it. The kernel keeps the answers; this only shows what
// it says and tells it which key was pressed.
//
// Titles are anybody's text: they become text nodes, never HTML. They travel in messages, not in
// the widget's state, so that a notebook saved with its widgets holds none of them.

const PATIENCE = 5000; // ms; the kernel itself waits 3 s for another command that is writing
const WIDE = 720; // px of room from which the codebook stands open beside the task
const LONG = 120; // letters of a title, above which it is set smaller

const SILENCE =
  "The kernel does not answer, and nothing is being saved. It may be busy with another cell. If it " +
  "was stopped or restarted, run the notebook again: it goes on after what was saved.";

function make(tag, classes, text) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  if (text !== undefined) element.textContent = text;
  return element;
}

function button(classes, key, text, act) {
  const element = make("button", classes);
  element.type = "button";
  const cap = make("kbd", "", key);
  cap.setAttribute("aria-hidden", "true");
  element.setAttribute("aria-keyshortcuts", key.replace("←", "ArrowLeft"));
  element.append(cap, make("span", "", text));
  element.addEventListener("click", act);
  return element;
}

/** Build the parts once; `update` fills them. */
function build(act) {
  const part = {
    root: make("div", "tm-tagging"),
    where: make("p", "tm-where"),
    count: make("p", "tm-count"),
    bar: make("div", "tm-bar"),
    filled: make("div", "tm-filled"),
    task: make("div", "tm-task"),
    about: make("p", "tm-about"),
    title: make("p", "tm-title"),
    own: make("p", "tm-own"),
    categories: make("div", "tm-categories"),
    said: make("p", "tm-said"),
    notice: make("p", "tm-notice"),
    book: make("details", "tm-book"),
    buttons: {},
  };
  part.root.tabIndex = 0;
  part.root.setAttribute("role", "group");
  part.root.setAttribute("aria-label", "Tagging: keys 1 to 4 tag the task");
  part.bar.setAttribute("role", "progressbar");
  part.bar.setAttribute("aria-label", "Tagged tasks");
  part.bar.append(part.filled);
  part.task.setAttribute("aria-live", "polite");
  part.task.setAttribute("aria-atomic", "true");
  part.title.dir = "auto";
  part.task.append(part.about, part.title, part.own);
  part.categories.setAttribute("role", "group");
  part.categories.setAttribute("aria-label", "What is it?");
  part.said.setAttribute("role", "status");
  part.notice.setAttribute("role", "alert");

  const steps = make("div", "tm-steps");
  part.back = button("tm-step", "←", "Back", () => act("back"));
  part.skip = button("tm-step", "s", "Skip", () => act("skip"));
  part.undo = button("tm-step", "u", "Undo", () => act("undo"));
  steps.append(part.back, part.skip, part.undo);

  const head = make("header", "tm-head");
  head.append(part.where, part.count, part.bar);
  const desk = make("div", "tm-desk");
  desk.append(part.notice, part.task, part.categories, steps, part.said);
  const columns = make("div", "tm-columns");
  columns.append(desk, part.book);
  part.root.append(head, columns);
  return part;
}

function fillCodebook(part, codebook, act) {
  codebook.entries.forEach((entry, place) => {
    const choose = button("tm-category", String(place + 1), entry.name, () =>
      act("answer", { category: entry.category }),
    );
    choose.append(make("small", "tm-definition", entry.definition));
    choose.setAttribute("aria-label", entry.name);
    choose.setAttribute("aria-description", entry.definition);
    part.buttons[entry.category] = choose;
    part.categories.append(choose);
  });
  const pages = make("div", "tm-pages");
  pages.tabIndex = 0;
  pages.setAttribute("role", "region");
  pages.setAttribute("aria-label", "Codebook");
  pages.append(
    make("p", "tm-rule", codebook.rule),
    ...codebook.entries.map(entryPage),
    make("p", "tm-heading", "Borders"),
    ...codebook.borders.map(borderPage),
  );
  part.book.append(make("summary", "", "Codebook"), pages);
}

function entryPage(entry, place) {
  const page = make("details", "tm-entry");
  page.open = true;
  const summary = make("summary");
  summary.append(make("kbd", "", String(place + 1)), make("strong", "", entry.name));
  page.append(summary, make("p", "tm-definition", entry.definition));
  for (const [heading, lines] of [
    ["Belongs here", entry.belongs],
    ["Does not belong here", entry.does_not_belong],
  ]) {
    const list = make("ul");
    list.append(...lines.map((line) => make("li", "", line)));
    page.append(make("p", "tm-lists", heading), list);
  }
  return page;
}

function borderPage(border) {
  const page = make("details", "tm-entry");
  page.append(make("summary", "", border.between));
  for (const ruling of border.rulings) {
    page.append(
      make("p", "tm-question", ruling.question),
      make("p", "", ruling.ruling),
      make("p", "tm-example", ruling.example),
    );
  }
  return page;
}

/** Show what the kernel said; nothing of the page is made anew, so that focus stays. */
function update(part, shown) {
  part.where.textContent = shown.where;
  part.count.textContent = shown.count;
  part.filled.style.width = `${(100 * shown.n_answered) / Math.max(shown.n_tasks, 1)}%`;
  part.bar.setAttribute("aria-valuemin", 0);
  part.bar.setAttribute("aria-valuemax", shown.n_tasks);
  part.bar.setAttribute("aria-valuenow", shown.n_answered);
  const task = shown.task;
  part.about.textContent = task ? task.about : "";
  part.title.textContent = task ? task.title : shown.done;
  part.title.classList.toggle("tm-long", part.title.textContent.length > LONG);
  part.own.textContent = task ? task.own : "";
  part.root.classList.toggle("tm-all-done", !task);
  for (const [category, choose] of Object.entries(part.buttons)) {
    choose.setAttribute("aria-pressed", String(Boolean(task) && task.category === category));
    setOff(choose, !task);
  }
  setOff(part.skip, !task);
  setOff(part.back, !shown.can_go_back);
  setOff(part.undo, !shown.can_undo);
  part.said.textContent = shown.said;
}

// Not `disabled`: a button that is switched off while it has the focus would lose it, and the
// keys with it.
function setOff(element, off) {
  element.setAttribute("aria-disabled", String(off));
}

function isOff(element) {
  return element.getAttribute("aria-disabled") === "true";
}

/** Name what a key means here; null leaves it to the page. */
function meaning(event, part) {
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (modified) {
    const undoes = event.key.toLowerCase() === "z" && !event.altKey && !event.shiftKey;
    return undoes ? part.undo : null;
  }
  // French keyboards type digits with Shift, and without it other signs on the same keys.
  const place = event.shiftKey ? null : /^Digit([1-4])$/.exec(event.code)?.[1];
  const digit = /^[1-4]$/.test(event.key) ? event.key : place;
  if (digit) return Object.values(part.buttons)[Number(digit) - 1] ?? null;
  if (event.shiftKey) return null;
  switch (event.key) {
    case "u":
    case "Backspace":
      return part.undo;
    case "s":
    case "ArrowRight":
      return part.skip;
    case "ArrowLeft":
      return part.back;
    default:
      return null;
  }
}

function render({ model, el }) {
  const view = Math.random().toString(36).slice(2);
  let shown = null;
  let waiting = null; // the number of the message whose answer is awaited
  let number = 0;
  let alarm = 0;

  function send(kind, facts = {}) {
    number += 1;
    waiting = `${view}-${number}`;
    clearTimeout(alarm);
    alarm = setTimeout(() => complain(SILENCE), PATIENCE);
    part.root.classList.add("tm-waiting");
    try {
      model.send({ kind, number: waiting, ...facts });
    } catch {
      // The channel of a kernel that was restarted is closed.
      complain(SILENCE);
    }
  }

  function act(kind, facts = {}) {
    // One step at a time: who presses twice must not tag a task before seeing it.
    if (waiting || !shown) return;
    const pressed = kind === "answer" ? part.buttons[facts.category] : part[kind];
    if (isOff(pressed)) return;
    pressed.classList.add("tm-pressed");
    send(kind, { ...facts, task: shown.task?.id ?? null });
  }

  function complain(text) {
    part.notice.textContent = text;
    part.root.classList.add("tm-troubled");
  }

  function receive(message) {
    if (message.codebook && !shown) fillCodebook(part, message.codebook, act);
    if (message.shown) {
      shown = message.shown;
      update(part, shown);
    }
    if (message.number !== waiting) return; // the answer to another view of the same widget
    waiting = null;
    clearTimeout(alarm);
    part.root.classList.remove("tm-waiting", "tm-troubled");
    part.root.dataset.step = String(number); // what is shown belongs to this step
    part.notice.textContent = "";
    for (const pressed of part.root.querySelectorAll(".tm-pressed")) {
      pressed.classList.remove("tm-pressed");
    }
    if (message.trouble) complain(message.trouble);
  }

  function press(event) {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    const pressed = meaning(event, part);
    // JupyterLab cuts, deletes and changes cells by plain keys; none typed here may reach it.
    if (pressed || (!modified && event.key !== "Escape")) event.stopPropagation();
    if (!pressed) return;
    event.preventDefault();
    if (!event.repeat) pressed.click();
  }

  const part = build(act);
  part.root.addEventListener("keydown", press);
  model.on("msg:custom", receive);
  const room = new ResizeObserver(([entry]) => {
    const wide = entry.contentRect.width >= WIDE;
    if (wide === part.root.classList.contains("tm-wide")) return;
    part.root.classList.toggle("tm-wide", wide);
    part.book.open = wide;
  });
  room.observe(el);
  el.append(part.root);
  send("show");
  return () => {
    clearTimeout(alarm);
    room.disconnect();
    model.off("msg:custom", receive);
  };
}

export default { render };
