// Boxes on a picture, `[left, top, width, height]` in the picture's own pixels: where a pointer is, what lies between two points, following a drag.

export const SMALLEST = 4;

export const sizeOf = (image) => [Number(image.getAttribute("width")), Number(image.getAttribute("height"))];

// Where a pointer is, in pixels of the picture.
export function pointOf(image, { clientX, clientY }) {
  const frame = image.getBoundingClientRect();
  const [wide, high] = sizeOf(image);
  const within = (value, most) => Math.round(Math.min(Math.max(value, 0), most));
  return [within(((clientX - frame.left) / frame.width) * wide, wide), within(((clientY - frame.top) / frame.height) * high, high)];
}

export const between = ([x, y], [otherX, otherY]) => [Math.min(x, otherX), Math.min(y, otherY), Math.abs(x - otherX), Math.abs(y - otherY)];

// Put an element over a box of a picture that fills what it stands in.
export function place(element, [x, y, width, height], [wide, high]) {
  element.style.insetInlineStart = `${(100 * x) / wide}%`;
  element.style.insetBlockStart = `${(100 * y) / high}%`;
  element.style.inlineSize = `${(100 * width) / wide}%`;
  element.style.blockSize = `${(100 * height) / high}%`;
}

// Follow a pointer from where it was pressed until it is let go.
export function followPointer(sheet, { pointerId }, { move, done }) {
  const following = new AbortController();
  const { signal } = following;
  sheet.setPointerCapture(pointerId);
  sheet.addEventListener("pointermove", move, { signal });
  const finish = (last) => {
    following.abort();
    done(last);
  };
  for (const type of ["pointerup", "pointercancel"]) sheet.addEventListener(type, finish, { signal });
}
