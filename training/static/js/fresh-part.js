// A part of a page that changes by itself is fetched anew every few seconds, for as long as it asks for it. Without script a link does the same.

const part = () => document.getElementById("fresh-part");

async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("fresh-part");
      if (fresh) part().replaceWith(fresh);
    }
  } catch {
    // The network is away: the next round asks again.
  }
  plan();
}

function plan() {
  const seconds = Number(part()?.dataset.fresh);
  if (seconds) setTimeout(refresh, seconds * 1000);
}

plan();
