// The queue by keyboard. Keys act on rows that stand in the page; what they do is a link or a form that is there too.
(() => {
  const frame = document.getElementById("queue");
  const say = document.querySelector("[data-say]");
  const keys = document.getElementById("keys");
  const on = document.getElementById("keys-on");
  // The row survives a page that is loaded again: back from a dossier, or a form sent before HTMX had taken it over.
  let current = sessionStorage.getItem("queue-row");

  const rows = () => [...frame.querySelectorAll("tr[data-hit]")];
  const announce = (text) => { say.textContent = text; };
  // By its number, not by its mark: a table that was just fetched is marked a moment later.
  const chosen = () => rows().find((row) => row.dataset.hit === current) || null;

  const mark = (row, focus) => {
    for (const each of rows()) {
      each.classList.toggle("current", each === row);
    }
    if (row && row.dataset.hit !== current) {
      current = row.dataset.hit;
      sessionStorage.setItem("queue-row", current);
    }
    if (row && focus) {
      row.querySelector("[data-open]").focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
      announce(`${rows().indexOf(row) + 1} / ${rows().length}`);
    }
  };

  const move = (step) => {
    const all = rows();
    const at = all.findIndex((row) => row.dataset.hit === current);
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
    if (all[next]) mark(all[next], true);
  };

  const follow = (row, what) => {
    const link = row && row.querySelector(what);
    if (link) link.click();
  };

  const claim = (row) => {
    const form = row && row.querySelector("[data-claim]");
    if (!form) return;
    form.requestSubmit();
    announce(form.dataset.said);
  };

  const acts = {
    j: () => move(1),
    k: () => move(-1),
    o: () => follow(chosen(), "[data-open]"),
    c: () => claim(chosen()),
    d: () => follow(chosen(), "[data-decide]"),
    "?": () => keys.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (typing || keys.open || event.ctrlKey || event.metaKey || event.altKey || !acts[event.key]) return;
    if (!on.checked && event.key !== "?") return;
    event.preventDefault();
    acts[event.key]();
  });

  document.querySelector("[data-help]").addEventListener("click", () => keys.showModal());
  frame.addEventListener("focusin", (event) => {
    const row = event.target.closest("tr[data-hit]");
    if (row) mark(row, false);
  });

  on.checked = localStorage.getItem("queue-keys") !== "off";
  on.addEventListener("change", () => localStorage.setItem("queue-keys", on.checked ? "on" : "off"));

  let total = null;
  const count = () => {
    const table = frame.querySelector("table");
    return table ? table.dataset.total : "0";
  };
  total = count();
  mark(chosen(), false);
  // After settling, not before: until then HTMX keeps the attributes of the rows that stood there.
  document.body.addEventListener("htmx:afterSettle", () => {
    mark(chosen(), false);
    if (count() !== total) announce(`${frame.dataset.changed}: ${count()}`);
    total = count();
  });
  document.body.addEventListener("htmx:responseError", () => announce(frame.dataset.refused));
})();
