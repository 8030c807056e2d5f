"""How a page looks to a reader: every text stands out from what is behind it, and nothing is wider than the window."""

from playwright.sync_api import Page

from tests.ui.served_chat import put_in, wait_until_drawn, wait_until_still

NARROW = {"width": 380, "height": 780}
MINIMUM_CONTRAST = 4.5  # WCAG 2, AA
# The texts that stand out too little from all that is painted behind them. Left out is what nobody can use at the
# moment, what is drawn beside its words for the eye alone, and the slider's number, which stands above its thumb.
FAINT = """least => {
    const context = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d');
    const paint = color => { context.fillStyle = color; context.fillRect(0, 0, 1, 1); };
    const luminance = () => {
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map(value => {
            const share = value / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = element => {
        const layers = [];
        for (let at = element; at; at = at.parentElement) layers.unshift(getComputedStyle(at).backgroundColor);
        layers.forEach(paint);
        const behind = luminance();
        paint(getComputedStyle(element).color);
        const [dark, light] = [behind, luminance()].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const says = element => [...element.childNodes].some(each => each.nodeType === 3 && each.data.trim());
    const unread = ':disabled, [aria-disabled=true], [aria-hidden=true], script, style, svg, canvas, .stSlider';
    return [...document.body.querySelectorAll('*')]
        .filter(each => says(each) && each.checkVisibility() && !each.closest(unread) && contrast(each) < least)
        .map(each => each.textContent);
}"""
# Neither the page nor any part of it that the window shows can be scrolled sideways, and nothing sticks out.
FITS = """() => {
    const inside = each => {
        const {left, right} = each.getBoundingClientRect();
        return left >= 0 && right <= innerWidth;
    };
    const frames = [...document.querySelectorAll('html, [data-testid=stMain], [role=dialog]')];
    const parts = [...document.querySelectorAll('.stApp :is(.aq-card, .aq-answer, .aq-refusal, .aq-question)')];
    return frames.every(each => each.scrollWidth <= each.clientWidth) && [...frames, ...parts].every(inside);
}"""


def faint_texts(page: Page) -> list[str]:
    """Those that stand out too little, once nothing fades any more."""
    wait_until_still(page)
    return [str(each) for each in page.evaluate(FAINT, MINIMUM_CONTRAST)]


def expect_to_fit(page: Page) -> None:
    """Nothing on the page is wider than its window."""
    page.wait_for_function(FITS)


def expect_good_looks(page: Page) -> None:
    """In the light and in the dark, in the window as it is."""
    wait_until_drawn(page)
    expect_to_fit(page)
    for scheme in ("dark", "light"):
        put_in(page, scheme)
        assert faint_texts(page) == [], scheme
