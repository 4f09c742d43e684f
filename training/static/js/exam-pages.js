// The pages of the form, fetched ahead one by one once the first is shown, so that every question can be opened without a connection.
// They are kept in this page's memory and nowhere else: they are gone when the tab is.

const FIRST_REST = 2000;
const REST = 700;
const PATIENCE = 4000;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
// A question of a form whose questions stay open: not a cover, and not a question that is final once it is answered.
const isLasting = (page) => page.querySelector("#exam-room:not([data-cover]) .exam-palette li button") !== null;

export class Pages {
  constructor() {
    this.texts = new Map();
    this.pictures = new Map();
    this.isFetching = false;
  }

  // The page at this address: from the server, else as it was when it was kept. What else the server said is told as it is.
  async open(url) {
    const { pathname } = new URL(url, location.href);
    let response;
    try {
      response = await fetch(url, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) });
      const text = await response.text();
      const page = response.ok ? new DOMParser().parseFromString(text, "text/html") : null;
      if (page?.getElementById("exam-room")) {
        if (isLasting(page)) this.keep(pathname, text);
        return { page };
      }
    } catch {
      response = null;
    }
    const isGone = response && !response.redirected && response.status < 500 && response.status !== 429;
    const isOver = response?.redirected && response.url.endsWith("/result");
    if (isGone || isOver) return { goTo: isOver ? response.url : url };
    const kept = this.texts.get(pathname);
    return { page: kept ? new DOMParser().parseFromString(kept, "text/html") : null, isKept: true, isSignedOut: response?.redirected ?? false };
  }

  keep(pathname, text) {
    this.texts.set(pathname, text);
  }

  forget() {
    this.texts.clear();
  }

  // One at a time, with a rest between, and only while `mayGoOn` says so.
  async fetchAhead(paths, mayGoOn) {
    if (this.isFetching || paths.every((path) => this.texts.has(path))) return;
    this.isFetching = true;
    await wait(FIRST_REST);
    for (const path of paths) {
      if (this.texts.has(path)) continue;
      if (!mayGoOn() || !(await this.fetchOne(path))) break;
      await wait(REST * (0.5 + Math.random()));
    }
    this.isFetching = false;
  }

  async fetchOne(path) {
    try {
      const response = await fetch(path, { headers: { Accept: "text/html" }, priority: "low", signal: AbortSignal.timeout(PATIENCE) });
      if (!response.ok || response.redirected) return false;
      const text = await response.text();
      const page = new DOMParser().parseFromString(text, "text/html");
      if (!isLasting(page)) return false;
      this.keep(path, text);
      for (const { src } of page.querySelectorAll("#exam-room img")) this.fetchPicture(new URL(src, location.href).href);
      return true;
    } catch {
      return false;
    }
  }

  fetchPicture(src) {
    if (this.pictures.has(src)) return;
    const picture = new Image();
    picture.src = src;
    this.pictures.set(src, picture);
  }
}
