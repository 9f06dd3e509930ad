// Draws the charts of a page: each holds its own Vega-Lite specification as JSON, and the page says the same in words and in a table.
/* global vegaEmbed */

// `ast`: expressions are interpreted, never compiled, as the page's policy demands.
const VALG = { ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: false };

for (const figur of document.querySelectorAll("[data-diagram]")) {
  const spec = JSON.parse(document.getElementById(figur.dataset.diagram).textContent);
  vegaEmbed(figur, spec, VALG).then(() => {
    const svg = figur.querySelector("svg");
    svg.setAttribute("aria-hidden", "true"); // the figure's own name says it; the axes would be read as hundreds of words
    svg.removeAttribute("role");
    figur.dataset.tegnet = "";
  });
}
