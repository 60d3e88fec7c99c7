/** The few shapes of the page, and the filling in of templates. All text is text, never markup. */

import { SLOTS } from './minute.js';

const SVG = 'http://www.w3.org/2000/svg';

/** A copy of a template, with its parts by name. */
export function stamp(template) {
  const root = document.getElementById(template).content.firstElementChild.cloneNode(true);
  const parts = {};
  root.querySelectorAll('[data-part]').forEach((part) => parts[part.dataset.part] = part);
  return { root, parts };
}

/** An element with text or other elements in it. */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => value !== undefined && made.setAttribute(key, value));
  made.append(...content);
  return made;
}

/** Writes a text, hides what has none, and leaves alone what is right already. */
export function write(part, text = '') {
  if (part.textContent !== text) {
    part.textContent = text;
  }
  show(part, text !== '');
}

export function show(part, wanted) {
  if (part.hidden === wanted) {
    part.hidden = !wanted;
  }
}

export function icon(root, id) {
  root.querySelector('use').setAttribute('href', `#${id}`);
}

/** The parts of a list in their order, moving only what is out of place. */
export function arrange(list, items) {
  const focused = document.activeElement;
  items.forEach((item, i) => list.children[i] !== item && list.insertBefore(item, list.children[i] ?? null));
  while (list.children.length > items.length) {
    list.lastElementChild.remove();
  }
  if (focused !== document.activeElement && focused.isConnected) {
    focused.focus({ preventScroll: true });
  }
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

/** A minute of calls as bars: rejected on failed on succeeded. */
export class Bars {

  #slots;

  constructor(svg) {
    this.#slots = Array.from({ length: SLOTS }, (_, i) => {
      const bar = (kind) => shape('rect', { class: kind, x: i * 4 + 0.4, width: 3.2, y: 32, height: 0 });
      return { success: bar('success'), failure: bar('failure'), rejected: bar('rejected') };
    });
    svg.append(shape('path', { class: 'ground', d: 'M0 31.75h120' }),
      ...this.#slots.flatMap(({ success, failure, rejected }) => [success, failure, rejected]));
  }

  draw(slots) {
    const height = (slot) => (slot ? slot.success + slot.failure + slot.rejected : 0);
    const unit = 31 / Math.max(4, ...slots.map(height));
    slots.forEach((slot, i) => {
      let top = 32;
      ['success', 'failure', 'rejected'].forEach((kind) => {
        const bar = this.#slots[i][kind];
        const tall = (slot?.[kind] ?? 0) * unit;
        top -= tall;
        bar.setAttribute('y', top.toFixed(2));
        bar.setAttribute('height', tall.toFixed(2));
      });
    });
  }

}

/** How far something is on its way to a limit. */
export function gauge(value, limit, whole) {
  const svg = shape('svg', { class: 'line', viewBox: '0 0 100 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const at = (n) => Math.min(100, 100 * n / whole);
  svg.append(shape('rect', { class: 'track', width: 100, height: 1 }),
    shape('rect', { class: value >= limit ? 'fill over' : 'fill', width: at(value), height: 1 }));
  if (limit < whole) {
    svg.append(shape('rect', { class: 'limit', x: at(limit) - 0.4, width: 0.8, height: 1 }));
  }
  return svg;
}
