// Says on the page that a passkey was not used; allauth's own script only says it in the console.

document.addEventListener("allauth.error", (haendelse) => {
  haendelse.preventDefault();
  const skabelon = document.getElementById("noegle-fejl-skabelon");
  document.getElementById("noegle-fejl").replaceChildren(skabelon.content.cloneNode(true));
});
