// Warns before the log-in ends, extends it, and leaves the page when it has ended. The server decides: every tab asks it
// before warning, because another tab may have been used in the meantime.

const dialog = document.getElementById("sessionsudloeb");
const nedtaelling = dialog.querySelector("[data-nedtaelling]");
const opraab = dialog.querySelector("[data-opraab]");
const fejl = dialog.querySelector("[data-fejl]");
const tokenfelt = dialog.querySelector("[name=csrfmiddlewaretoken]");
const kanal = new BroadcastChannel("session");
const PROEV_IGEN = 10; // seconds, when the server did not answer

let varsel = Number(dialog.dataset.varsel); // seconds before the end
let slut = 0; // ms since 1970
let ur = null;

const tilbage = () => Math.ceil((slut - Date.now()) / 1000); // seconds

function vent(sekunder) {
  clearTimeout(ur);
  ur = setTimeout(vurder, Math.max(sekunder, 0) * 1000);
}

function saet(nySlut) {
  slut = nySlut;
  if (dialog.open && tilbage() > varsel) dialog.close();
  vent(tilbage() - varsel);
}

// The page's own token is too old when another tab has changed role or logged on again; each answer brings the one of now.
async function spoerg(method = "GET") {
  try {
    const headers = method === "POST" ? { "X-CSRFToken": tokenfelt.value } : {};
    const svar = await fetch(dialog.dataset.url, { method, headers });
    if (!svar.ok) return null;
    const indhold = await svar.json();
    tokenfelt.value = indhold.token;
    return indhold;
  } catch {
    return null;
  }
}

async function vurder() {
  const svar = await spoerg();
  if (svar === null) return vent(PROEV_IGEN);
  if (svar.sekunder === 0) return forlad();
  varsel = svar.varsel;
  saet(Date.now() + svar.sekunder * 1000);
  if (svar.sekunder <= varsel) {
    clearTimeout(ur);
    if (!dialog.open) vis();
    else taelNed();
  }
}

function forlad() {
  const her = window.location.pathname + window.location.search;
  window.location.replace(`${dialog.dataset.login}?udloebet=1&next=${encodeURIComponent(her)}`);
}

// --- The dialog ---------------------------------------------------------------------------------------------------

function iOrd(sekunder) {
  if (sekunder > 60) return `${Math.ceil(sekunder / 60)} minutter`;
  return sekunder === 1 ? "1 sekund" : `${sekunder} sekunder`;
}

function vis() {
  fejl.replaceChildren();
  dialog.showModal();
  taelNed();
}

function taelNed() {
  if (!dialog.open) return;
  const sekunder = tilbage();
  if (sekunder <= 0) return vent(1); // the server has the last word
  nedtaelling.textContent = iOrd(sekunder);
  if (sekunder % 60 === 0 || sekunder === 20) opraab.textContent = `Du bliver logget af om ${iOrd(sekunder)}.`;
  clearTimeout(ur);
  ur = setTimeout(taelNed, 1000);
}

async function forlaeng() {
  const svar = await spoerg("POST");
  if (svar === null) {
    fejl.replaceChildren(dialog.querySelector("template").content.cloneNode(true));
  } else if (svar.sekunder === 0) {
    forlad();
  } else {
    saet(Date.now() + svar.sekunder * 1000);
    kanal.postMessage(slut);
  }
}

dialog.querySelector("[data-forlaeng]").addEventListener("click", forlaeng);
// Escape is an answer too: somebody is there.
dialog.addEventListener("cancel", (haendelse) => {
  haendelse.preventDefault();
  forlaeng();
});

// --- Start --------------------------------------------------------------------------------------------------------

kanal.addEventListener("message", (haendelse) => saet(haendelse.data));
// Timers stand still in a sleeping computer, and a page may come back from the browser's own memory.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") vurder();
});
window.addEventListener("pageshow", (haendelse) => {
  if (haendelse.persisted) vurder();
});
saet(Date.now() + Number(dialog.dataset.sekunder) * 1000);
kanal.postMessage(slut);
