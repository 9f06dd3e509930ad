// The platform's own behaviour: DKFDS start-up, keyboard shortcuts, and what screen readers hear of htmx changes.
/* global DKFDS */

const SLAAET_FRA = "genveje-slaaet-fra";
const MINDST_MELLEM_ANNONCER = 8000; // ms: progress must not talk all the time

// --- Components --------------------------------------------------------------------------------------------------

// DKFDS.init() may run only once (its navigation would add a second "Mere" menu), so swapped-in parts get these.
const KOMPONENTER = [
  [".accordion", "Accordion"],
  [".alert.has-close", "Alert"],
  [".form-limit", "CharacterLimit"],
  [".js-checkbox-toggle-content", "CheckboxToggleContent"],
  [".js-dropdown", "Dropdown"],
  [".js-radio-toggle-group", "RadioToggleGroup"],
  ["div.tab-container", "Tabs"],
  [".tooltip-wrapper", "Tooltip"],
  ["[data-module='error-summary']", "ErrorSummary"],
];

function startKomponenter(rod) {
  for (const [vaelger, navn] of KOMPONENTER) {
    for (const element of rod.querySelectorAll(vaelger)) new DKFDS[navn](element).init();
  }
}

// --- Announcements -----------------------------------------------------------------------------------------------

const annoncering = document.getElementById("annoncering");
let sidstSagt = "";
let venter = null;
let naesteTid = 0;

function annoncer(tekst) {
  if (!tekst || tekst === sidstSagt) return;
  clearTimeout(venter);
  venter = setTimeout(() => {
    annoncering.textContent = tekst;
    sidstSagt = tekst;
    naesteTid = Date.now() + MINDST_MELLEM_ANNONCER;
  }, Math.max(0, naesteTid - Date.now()));
}

// --- htmx --------------------------------------------------------------------------------------------------------

function efterSkift(rod) {
  startKomponenter(rod);
  const tale = rod.matches("[data-annoncer]") ? rod : rod.querySelector("[data-annoncer]");
  if (tale) annoncer(tale.dataset.annoncer);
  const maal = rod.matches("[data-fokus]") ? rod : rod.querySelector("[data-fokus]");
  if (maal) {
    if (!maal.matches("a[href], button, input, select, textarea, [tabindex]")) maal.tabIndex = -1;
    maal.focus();
  }
}

function visNetfejl() {
  const skabelon = document.getElementById("netfejl-skabelon");
  document.getElementById("netfejl").replaceChildren(skabelon.content.cloneNode(true));
}

const spurgte = new WeakMap(); // request -> what stood in the form when it asked for a fragment

const indhold = (form) => new URLSearchParams(new FormData(form)).toString();

// What somebody has typed since must not be swapped away: the answer is dropped, and the choice asks again with all of it.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt.form) spurgte.set(detail.xhr, indhold(detail.elt.form));
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig.elt.form;
  if (!form || !detail.target.contains(form) || !detail.shouldSwap) return;
  if (indhold(form) === spurgte.get(detail.xhr)) return huskFoldede(form, detail.target.id);
  detail.shouldSwap = false;
  form.addEventListener("change", () => window.htmx.trigger(detail.requestConfig.elt, "change"), { once: true });
});

// What somebody has unfolded stays so in what takes its place: the groups of the form, and what has an id of its own.
function huskFoldede(form, id) {
  const aabne = [...form.querySelectorAll("details")].map((gruppe) => gruppe.open);
  const navngivne = [...document.querySelectorAll(`#${id} details[id][open]`)].map((gruppe) => gruppe.id);
  const genaabn = () => {
    const grupper = document.querySelectorAll(`#${id} form details`);
    for (const navn of navngivne) document.getElementById(navn)?.setAttribute("open", "");
    grupper.forEach((gruppe, nummer) => (gruppe.open ||= aabne[nummer]));
  };
  document.addEventListener("htmx:afterSwap", genaabn, { once: true });
}

document.addEventListener("htmx:load", (haendelse) => {
  if (haendelse.detail.elt !== document.body) efterSkift(haendelse.detail.elt);
});
document.addEventListener("htmx:responseError", visNetfejl);
document.addEventListener("htmx:sendError", visNetfejl);
document.addEventListener("htmx:afterRequest", (haendelse) => {
  if (haendelse.detail.successful) document.getElementById("netfejl").replaceChildren();
});
// A whole page without the part that was asked for is the log-on page of an expired session: load it as a page.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { serverResponse, target } = detail;
  if (!/^\s*<!doctype/i.test(serverResponse) || serverResponse.includes(`id="${target.id}"`)) return;
  detail.shouldSwap = false;
  window.location.reload();
});

// --- Keyboard shortcuts (WCAG 2.1.4: only outside fields, and switchable off) -------------------------------------

const dialog = document.getElementById("genveje");
const tilKontakt = document.getElementById("genveje-til");

function slaaetTil() {
  try {
    return localStorage.getItem(SLAAET_FRA) === null;
  } catch {
    return true; // storage is blocked: shortcuts stay on, they cannot be remembered as off
  }
}

function husk(til) {
  try {
    if (til) localStorage.removeItem(SLAAET_FRA);
    else localStorage.setItem(SLAAET_FRA, "1");
  } catch {
    tilKontakt.checked = true;
  }
}

function sidensGenveje() {
  return [...document.querySelectorAll("[data-genvej]")];
}

function visGenveje() {
  const liste = dialog.querySelector(".genveje__liste");
  for (const gammel of liste.querySelectorAll("[data-fra-siden]")) gammel.remove();
  for (const element of sidensGenveje()) {
    const tast = document.createElement("kbd");
    tast.textContent = element.dataset.genvej;
    const dt = document.createElement("dt");
    dt.append(tast);
    const dd = document.createElement("dd");
    dd.textContent = element.dataset.genvejNavn;
    for (const ny of [dt, dd]) {
      ny.dataset.fraSiden = "";
      liste.append(ny);
    }
  }
  tilKontakt.checked = slaaetTil();
  dialog.showModal();
}

function flyt(trin) {
  const punkter = [...document.querySelectorAll("[data-liste-punkt]")].filter((p) => p.querySelector("a[href], button"));
  if (punkter.length === 0) return;
  const her = punkter.findIndex((p) => p.contains(document.activeElement));
  const til = her === -1 ? (trin > 0 ? 0 : punkter.length - 1) : Math.min(Math.max(her + trin, 0), punkter.length - 1);
  punkter[til].querySelector("a[href], button").focus();
}

function brug(element) {
  if (element.matches("input, select, textarea, .foldbar > summary")) element.focus();
  else element.click();
}

document.addEventListener("keydown", (haendelse) => {
  const iFelt = haendelse.target.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
  if (iFelt || document.querySelector("dialog[open]") || haendelse.ctrlKey || haendelse.metaKey || haendelse.altKey || !slaaetTil()) return;
  const element = sidensGenveje().find((e) => e.dataset.genvej === haendelse.key);
  if (haendelse.key === "?") visGenveje();
  else if (element) brug(element);
  else if (haendelse.key === "j") flyt(1);
  else if (haendelse.key === "k") flyt(-1);
  else return;
  haendelse.preventDefault();
});

tilKontakt.addEventListener("change", () => husk(tilKontakt.checked));
document.querySelector("[data-aabn-genveje]").addEventListener("click", visGenveje);

// --- Forms that make something each time they are sent: a second press is the same press ---------------------------

for (const form of document.querySelectorAll("[data-send-en-gang]")) {
  form.addEventListener("submit", (haendelse) => {
    if (form.dataset.sendt) haendelse.preventDefault();
    form.dataset.sendt = "ja";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sendt);
}

// --- Start -------------------------------------------------------------------------------------------------------

DKFDS.init(); // moves focus to an error summary by itself
