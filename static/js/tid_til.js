// Time left, told again every half minute without being announced: screen readers read it where it stands.

const HVERT = 30_000; // ms
const MINUT = 60_000;

function flertal(antal, en, flere) {
  return `${antal.toLocaleString("da-DK")} ${antal === 1 ? en : flere}`;
}

// As faelles.dokument.tal.varighed says it.
function varighed(rest) {
  const minutter = Math.floor(rest / MINUT);
  if (minutter < 1) return "under et minut";
  const dele = [
    [Math.floor(minutter / 1440), "dag", "dage"],
    [Math.floor(minutter / 60) % 24, "time", "timer"],
    [minutter % 60, "minut", "minutter"],
  ];
  const vist = dele[0][0] ? dele.slice(0, 2) : dele.slice(1);
  return vist.filter(([antal]) => antal).map((del) => flertal(...del)).join(" og ");
}

function fortael() {
  for (const tid of document.querySelectorAll("[data-tid-til]")) {
    const rest = new Date(tid.dateTime) - Date.now();
    tid.textContent = rest > 0 ? varighed(rest) : "tiden er gået";
  }
}

fortael();
setInterval(fortael, HVERT);
