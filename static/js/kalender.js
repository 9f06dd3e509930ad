// The operator's place calendar as one grid: arrow keys move the cell, Space chooses it, Enter chooses it and goes on to what can
// be done there. Without this every cell is a link.

const gitre = [...document.querySelectorAll("table[data-gitter]")];
const raekker = gitre.flatMap((gitter) => [...gitter.tBodies[0].rows]);
const celler = (raekke) => [...raekke.querySelectorAll("td a")];
const foerste = (celle) => Number(celle.dataset.uge); // the column a bar begins in

// One stop for Tab in each table; the arrows do the rest.
function gaaTil(celle) {
  for (const anden of celle.closest("table").querySelectorAll("td a")) anden.tabIndex = -1;
  celle.tabIndex = 0;
  celle.focus();
}

// The bar of a row that covers the week, so that up and down keep to the column.
function iUgen(raekke, uge) {
  return celler(raekke).findLast((celle) => foerste(celle) <= uge);
}

function naboen(celle, tast) {
  const raekke = celle.closest("tr");
  const her = celler(raekke);
  const nummer = raekker.indexOf(raekke);
  if (tast === "ArrowRight") return her[her.indexOf(celle) + 1];
  if (tast === "ArrowLeft") return her[her.indexOf(celle) - 1];
  if (tast === "Home") return her[0];
  if (tast === "End") return her.at(-1);
  const naeste = raekker[nummer + (tast === "ArrowDown" ? 1 : -1)];
  return naeste && iUgen(naeste, foerste(celle));
}

function vaelg(celle) {
  for (const felt of document.querySelectorAll("[data-gitter] td[aria-selected]")) felt.setAttribute("aria-selected", "false");
  celle.closest("td").setAttribute("aria-selected", "true");
}

let videre = false; // whether what is swapped in takes the focus
document.addEventListener("htmx:load", ({ detail }) => {
  if (videre && detail.elt.id === "valgt") detail.elt.querySelector("a[href]")?.focus();
  videre = false;
});

for (const gitter of gitre) {
  gitter.setAttribute("role", "grid");
  const alle = [...gitter.querySelectorAll("td a")];
  const begyndt = gitter.querySelector("td[data-valgt] a") ?? alle[0];
  for (const celle of alle) {
    celle.closest("td").setAttribute("aria-selected", String("valgt" in celle.closest("td").dataset));
    celle.tabIndex = celle === begyndt ? 0 : -1;
    celle.addEventListener("click", () => vaelg(celle));
  }
  gitter.addEventListener("keydown", (haendelse) => {
    const celle = haendelse.target.closest("td a");
    if (!celle || haendelse.ctrlKey || haendelse.metaKey || haendelse.altKey) return;
    videre = haendelse.key === "Enter";
    if (haendelse.key === " ") celle.click();
    else if (/^(Arrow(Up|Down|Left|Right)|Home|End)$/.test(haendelse.key)) {
      const til = naboen(celle, haendelse.key);
      if (til) gaaTil(til);
    } else return;
    haendelse.preventDefault();
  });
}
