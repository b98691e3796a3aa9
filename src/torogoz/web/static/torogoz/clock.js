// Keeps the header's clocks and every countdown going between two loads of the page. Without it they stand still.
(() => {
  const pad = (number) => String(number).padStart(2, "0");
  const spanish = document.documentElement.lang === "es";

  const duration = (seconds) => {
    const minutes = Math.floor(Math.abs(seconds) / 60);
    const hours = Math.floor(minutes / 60);
    const short = hours ? `${hours} h ${pad(minutes % 60)} min` : `${minutes} min`;
    const text = hours >= 48 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : short;
    if (seconds >= 0) return spanish ? `en ${text}` : `in ${text}`;
    return spanish ? `hace ${text}` : `${text} ago`;
  };

  const tick = () => {
    const now = new Date();
    for (const clock of document.querySelectorAll("[data-clock]")) {
      const wall = now.toLocaleTimeString("en-GB", { timeZone: clock.dataset.zone, hour: "2-digit", minute: "2-digit" });
      clock.querySelector("[data-clock-local]").textContent = wall;
      clock.querySelector("[data-clock-utc]").textContent = `${pad(now.getUTCHours())}:${pad(now.getUTCMinutes())}`;
    }
    for (const each of document.querySelectorAll("[data-until]")) {
      each.textContent = duration(Number(each.dataset.until) - now.getTime() / 1000);
    }
  };

  tick();
  setInterval(tick, 10_000);
  document.addEventListener("htmx:afterSettle", tick);
})();
