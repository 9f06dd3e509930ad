"""What holds for every page that is opened: accessible, inside the content security policy, silent, and no wider than the screen."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Error, Locator, Page

from drift.laan import ROD
from tests.fabrik import ADGANGSKODE

AXE = (ROD / "node_modules/axe-core/axe.min.js").read_text()
BRED, SMAL = 1280, 390  # CSS pixels
SMALLEST = 320  # what WCAG 1.4.10 asks for: 1280 pixels at 400 per cent
FLEST_TRYK = 150  # Tab presses before a target counts as out of reach
# The policy's own event says which directive and what; the console only says that something was refused.
LYT_EFTER_BRUD = """
window.__brud = [];
document.addEventListener("securitypolicyviolation", (e) =>
  window.__brud.push(`${e.effectiveDirective}: ${e.blockedURI} ${e.sourceFile ?? ""}:${e.lineNumber}`));
"""
# Counts what the page's scripts have asked for and not been answered yet, and notes when the page is being left.
TAEL_KALD = """
window.__igang = 0;
window.__forlades = -Infinity;
const forlades = (e) => { if (!e.defaultPrevented) window.__forlades = performance.now(); };
const uden_anker = (adresse) => adresse.split("#")[0];
addEventListener("beforeunload", forlades);
addEventListener("submit", forlades);
addEventListener("click", (e) => {
  const led = e.target.closest("a[href]");
  if (led && !led.target && uden_anker(led.href) !== uden_anker(location.href)) forlades(e);
});
const hentet = window.fetch, sendt = XMLHttpRequest.prototype.send;
window.fetch = (...alt) => { window.__igang += 1; return hentet(...alt).finally(() => { window.__igang -= 1; }); };
XMLHttpRequest.prototype.send = function (...alt) {
  window.__igang += 1;
  this.addEventListener("loadend", () => { window.__igang -= 1; });
  return sendt.apply(this, alt);
};
"""
# Everything is loaded, answered, swapped in and drawn at the width the page has now; or the time is up, and the checks say what is wrong.
FALD_TIL_RO = """async (frist) => {
  const slut = performance.now() + frist;
  const diagrammer = () => [...document.querySelectorAll("[data-diagram]")];
  const uro = () => document.readyState !== "complete" || window.__igang > 0
    || performance.now() - window.__forlades < 3000 // longer than that it was a file, and the page stays
    || document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling, [data-diagram]:not([data-tegnet])")
    || diagrammer().some((figur) => figur.scrollWidth > figur.clientWidth);
  while (uro() && performance.now() < slut) await new Promise((videre) => setTimeout(videre, 10));
  await document.fonts.ready;
}"""
RO_FRIST = 5_000  # ms
RO_FORSOEG = 5  # pages that lead on by themselves
# Runs through the debugger, which the page's policy does not bind, so the policy is the real one while axe looks.
KOER_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]}))
  .violations.map((v) => ({id: v.id, hvor: v.nodes.map((n) => n.html + " " + n.failureSummary)}))"""

FOKUS = """() => {
  const her = document.activeElement, stil = getComputedStyle(her), kasse = her.getBoundingClientRect();
  const ramme = stil.outlineStyle !== "none" && parseFloat(stil.outlineWidth) > 0;
  const udenfor = her === document.body;  // past the last stop: the browser's own controls
  return {synligt: udenfor || ((ramme || stil.boxShadow !== "none") && kasse.width > 0), hvor: her.outerHTML.slice(0, 200)};
}"""


@dataclass
class Side:
    """A tab, and what it has complained about since it was last looked at."""

    page: Page
    adresse: str
    klager: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen from the first byte."""
        self.page.add_init_script(LYT_EFTER_BRUD)
        self.page.add_init_script(TAEL_KALD)
        self.page.on("console", self._konsol)
        self.page.on("pageerror", lambda fejl: self.klager.append(f"fejl i script: {fejl}"))

    def _konsol(self, besked: ConsoleMessage) -> None:
        if besked.type in {"error", "warning"}:
            self.klager.append(f"konsol: {besked.text}")

    def aabn(self, sti: str, status: int = 200) -> None:
        """Open a path and check the page."""
        svar = self.page.goto(self.adresse + sti)
        assert svar is not None
        assert svar.status == status, f"{sti}: {svar.status}"
        self.kontrol(forventet=status)

    def kontrol(self, forventet: int = 200) -> None:
        """Assert everything that holds for every page about the one that is shown now.

        The console mentions every answer that is an error; `forventet` is one that is meant.
        """
        self.ro()
        if forventet != 200:
            self.klager[:] = [klage for klage in self.klager if f"status of {forventet}" not in klage]
        sted = f"{self.page.url} ({self.bredde} px)"
        assert not self.klager, f"{sted}: {self.klager}"
        brud: list[str] = self.page.evaluate("window.__brud")
        assert not brud, f"{sted}: {brud}"
        self._kontrol_bredde()
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        fund: list[dict[str, Any]] = self.page.evaluate(KOER_AXE)
        assert not fund, f"{sted}: {fund}"

    def ro(self) -> None:
        """Wait until the page has come to rest, through a navigation if one is on its way."""
        for _ in range(RO_FORSOEG):
            self.page.wait_for_load_state("load")
            try:
                self.page.evaluate(FALD_TIL_RO, RO_FRIST)
            except Error as fejl:
                if "context was destroyed" not in fejl.message and "navigation" not in fejl.message:
                    raise
            else:
                return
        raise AssertionError(f"{self.page.url} fører stadig videre")

    def _kontrol_bredde(self) -> None:
        bred = self.page.evaluate("document.documentElement.scrollWidth")
        assert bred <= self.bredde, f"{self.page.url} er for bred: {bred} pixel ved {self.bredde}"

    def kontrol_smal(self) -> None:
        """The same page on a telephone and enlarged as far as it must bear, and back."""
        self.page.set_viewport_size({"width": SMAL, "height": 844})
        self.kontrol()
        self.page.set_viewport_size({"width": SMALLEST, "height": 844})
        self._kontrol_bredde()
        self.page.set_viewport_size({"width": BRED, "height": 900})

    def log_paa(self, email: str, sti: str = "/") -> None:
        """Send the log-in form and open a page; that people can fill the form in is for `test_login` to see."""
        klient = Client()
        svar = klient.post("/konto/login/", {"login": email, "password": ADGANGSKODE})
        assert svar.status_code == 302, f"{email} kan ikke logge på: {svar.status_code}"
        navn = settings.SESSION_COOKIE_NAME
        self.page.context.add_cookies([{"name": navn, "value": klient.cookies[navn].value, "url": self.adresse}])
        self.aabn(sti)

    @property
    def bredde(self) -> int:
        """The width of the view in CSS pixels."""
        return int(self.page.evaluate("window.innerWidth"))

    def genvej(self, tast: str) -> None:
        """Press a shortcut once the page's scripts listen: what is seen first is there before them."""
        self.ro()
        self.page.keyboard.press(tast)

    def tab_til(self, maal: Locator) -> None:
        """Go there with Tab alone; every stop on the way shows where one is. Raises AssertionError when one cannot get there."""
        self.ro()
        for _ in range(FLEST_TRYK):
            self.page.keyboard.press("Tab")
            fokus = self.page.evaluate(FOKUS)
            assert fokus["synligt"], f"{self.page.url}: fokus ses ikke på {fokus['hvor']}"
            if maal.evaluate("(element) => element === document.activeElement"):
                return
        raise AssertionError(f"{self.page.url}: {maal} kan ikke nås med tastaturet")

    def tryk(self, maal: Locator) -> None:
        """Go there with Tab and press Enter."""
        self.tab_til(maal)
        self.page.keyboard.press("Enter")

    def skriv(self, felt: str, tekst: str) -> None:
        """Go to the field with that label and type, over what stands there."""
        self.tab_til(self.page.get_by_role("textbox", name=felt))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(tekst)

    def skriv_dato(self, felt: str, dato: date) -> None:
        """Type a date in the three fields with that legend, moving on with Tab."""
        dele = {"Dag": dato.day, "Måned": dato.month, "År": dato.year}
        for navn, tal in dele.items():
            self.tab_til(self.page.get_by_role("group", name=felt, exact=False).get_by_label(navn))
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(str(tal))
