// A page that is shown once: copy its fields, lead a reload elsewhere, and leave nothing behind when somebody comes back to it.

const ramme = document.querySelector("[data-vis-en-gang]");
const annoncering = document.getElementById("annoncering");

// Reloading would send the form again; the page's address becomes that of the thing it is about.
history.replaceState(null, "", ramme.dataset.visEnGang);

for (const knap of ramme.querySelectorAll("[data-kopier]")) {
  const felt = document.getElementById(knap.dataset.kopier);
  knap.hidden = false;
  knap.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(felt.value);
      annoncering.textContent = `${felt.labels[0].textContent} er kopieret`;
      knap.textContent = "Kopieret";
    } catch {
      felt.focus(); // the browser allows no copying by script: the text is marked, ready for the keyboard
      felt.select();
      annoncering.textContent = "Teksten er markeret. Kopiér den med tastaturet.";
    }
  });
}

// The browser may keep the page in memory for its Back button.
window.addEventListener("pagehide", () => {
  for (const felt of ramme.querySelectorAll("[data-hemmelig]")) felt.value = felt.defaultValue = "";
});
