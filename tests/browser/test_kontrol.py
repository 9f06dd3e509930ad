"""The control that every page goes through finds what it is there to find."""

import pytest

from tests.browser.kontrol import Side


@pytest.mark.parametrize(
    ("skade", "fund"),
    [
        ("document.querySelector('main').append(new Image())", "image-alt"),
        (
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')",
            "style-src",
        ),
        ("document.querySelector('h1').style.width = '3000px'", "for bred"),
        ("console.error('noget gik galt')", "noget gik galt"),
        ("setTimeout(() => { throw new Error('fejl i scriptet') })", "fejl i scriptet"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ],
)
def test_damage_to_a_page_is_found(side: Side, skade: str, fund: str) -> None:
    side.aabn("/was")
    side.page.evaluate(skade)
    with pytest.raises(AssertionError, match=fund):
        side.kontrol()
