// What a script makes of a page, it makes of every part that comes into the page later, too.

const enhancers = [];

export function onEveryPart(enhance) {
  enhancers.push(enhance);
  enhance(document);
}

export function enhancePart(part) {
  for (const enhance of enhancers) enhance(part);
}
