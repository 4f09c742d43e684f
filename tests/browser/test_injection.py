"""What people write is text on every page: no script in it ever runs, even where no content security policy would stop it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.accounts.factories import PersonFactory
from tests.browser.conftest import PATIENCE_MILLISECONDS, sign_in
from tests.browser.hostile import SCRIPTS, hostile_demo
from tests.browser.test_places import behind, is_page, plain_addresses
from tests.courses.factories import ModuleFactory, body, clause
from tests.demo.serving import Served, serving

pytestmark = [pytest.mark.browser, pytest.mark.long]

WATCH = "window.ran = 0; window.injected = () => { window.ran += 1; }; window.alert = window.injected;"
FOUND = """() => {
  const found = [];
  const LEADING = new Set(['href', 'src', 'action', 'formaction', 'data', 'xlink:href']);
  const isScript = (address) => /^\\s*(javascript|vbscript|data:text\\/html)/i.test((address || '').replace(/[\\t\\n\\r]/g, ''));
  const isMeasure = (style) => /^--column-height: \\d+px;$/.test(style);  // What case-columns.js measures of columns.
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on') || name === 'srcdoc' || (name === 'style' && !isMeasure(value))) found.push(`${element.tagName} ${name}=${value}`);
      else if (LEADING.has(name) && isScript(value)) found.push(`${element.tagName} ${name}=${value}`);
    }
  }
  for (const script of document.querySelectorAll('script')) if (!script.src && script.type !== 'application/json') found.push(script.outerHTML);
  for (const element of document.querySelectorAll('base, iframe, object, embed, style, math, meta[http-equiv]')) found.push(element.outerHTML);
  if (window.ran) found.push(`${window.ran} scripts ran`);
  return found.map((fault) => `${location.pathname}: ${fault.slice(0, 200)}`);
}"""
"""What of the scripts is more than text on the page that is open: what ran, and what would on a hover, a click or another browser."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("hostile")
    hostile_demo(folder)
    with serving(folder, CONTENT_DIR=str(folder / "content")) as served:
        yield served


@pytest.fixture
def without_policy(chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """Opens pages in a browser that no policy protects and that counts what runs."""
    contexts = []

    def opened(address: str) -> Page:
        context = chromium.new_context(base_url=address, bypass_csp=True)
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    "person", ["renewing", "trainer", *(pytest.param(person, marks=pytest.mark.full) for person in ("newhire", "lead", "admin", "auditor"))]
)
def test_no_script_that_anybody_typed_is_more_than_text(hostile: Served, without_policy: Callable[[str], Page], person: str) -> None:
    page = without_policy(hostile.address)
    sign_in(page, person)
    plain = [address for address in plain_addresses() if is_page(page, address)]
    faults: list[str] = []
    telling = 0
    for address in [*plain, *behind(page, plain)]:
        if is_page(page, address):
            page.goto(address)
            faults += page.evaluate(FOUND)
            telling += "injected()" in page.locator("body").inner_text()
    assert not faults, "\n".join(faults)
    assert telling > 10, f"only {telling} pages show what was written"


@pytest.mark.usefixtures("app")
def test_no_html_of_a_module_is_more_than_text(page_of: Callable[..., Page]) -> None:
    lines = "\n\n".join(f"Seen {script}\n\n- {script}\n\n### A heading {script}\n\n| {script} | b |\n|---|---|\n| c | {script} |" for script in SCRIPTS)
    inside = "\n\n".join(SCRIPTS)
    ModuleFactory(id="goods", title=SCRIPTS[0], summary=SCRIPTS[3], body=body(clause(rule=inside), opening=lines) + "\n\n" + "\n".join(SCRIPTS))
    page = page_of(PersonFactory(), "/", allowing=("404",), bypass_csp=True)  # a picture of no file
    page.context.add_init_script(WATCH)
    faults = []
    for address in ("/handbook", "/handbook/goods", "/handbook/clauses/PRO-01.a", "/handbook/search?words=seen", "/handbook/goods/versions/1.0.0"):
        response = page.goto(address)
        assert response is not None and response.ok, address
        faults += page.evaluate(FOUND)
    assert not faults, "\n".join(faults)
