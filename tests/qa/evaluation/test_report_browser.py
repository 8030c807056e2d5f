"""The page as a reader opens it: a real browser, which asks for nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from qa.evaluation.report import write_report
from tests.qa.evaluation.test_report import HOSTILE, comparison, report

pytestmark = pytest.mark.browser

LONG = "Donaudampfschifffahrtsgesellschaft" * 12
MINIMUM_CONTRAST = 4.5  # WCAG 2, AA
# Texts whose contrast with what is painted behind them is too low, with that contrast.
FAINT = """least => {
    const light = color => {
        const [r, g, b] = color.match(/[\\d.]+/g).map(Number).slice(0, 3).map(value => value / 255)
            .map(value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const behind = element => {
        for (let each = element; each; each = each.parentElement) {
            const color = getComputedStyle(each).backgroundColor;
            if (!/, 0\\)$/.test(color)) return color;
        }
        return 'rgb(255, 255, 255)';
    };
    const faint = [];
    for (const element of document.querySelectorAll('body *:not(svg, svg *)')) {
        if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
        const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
        const contrast = (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
        if (contrast < least) faint.push(`${element.className || element.tagName} ${contrast.toFixed(2)}`);
    }
    return faint;
}"""


@pytest.fixture(scope="module")
def chromium(browser_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--disable-gpu"])
        yield browser
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [380, 1200])
@pytest.mark.parametrize("kind", ["run", "comparison"])
def test_the_page_is_read_without_requests_scripts_or_sideways_scrolling(
    chromium: Browser, tmp_path: Path, kind: str, width: int, scheme: str
) -> None:
    path = tmp_path / "report.html"
    write_report(path, replace(report(), name=LONG) if kind == "run" else replace(comparison(), made_differently=LONG))
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))

    page.goto(path.as_uri())
    for summary in page.locator("summary").all():
        summary.click()

    assert requested == [path.as_uri()]
    assert page.evaluate("window.harmed") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("mark").first.is_visible()
    assert page.evaluate(FAINT, MINIMUM_CONTRAST) == []
    assert HOSTILE.split(" ")[1] in page.inner_text("body")
    context.close()
