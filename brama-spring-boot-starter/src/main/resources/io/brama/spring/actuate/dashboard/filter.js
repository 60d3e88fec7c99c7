/** Which circuits the reader wants to see, kept in the address so that it can be passed on. */

import { element, icon } from './drawing.js';
import { STATES, count } from './words.js';

const SVG = 'http://www.w3.org/2000/svg';

export class Filter {

  #text = document.getElementById('text');
  #chips = new Map();
  #wanted = new Set();
  #listener;

  constructor(listener) {
    this.#listener = listener;
    Object.entries(STATES).forEach(([state, look]) => this.#addChip(state, look));
    this.#text.addEventListener('input', () => this.#changed());
    document.getElementById('filter').addEventListener('submit', (event) => event.preventDefault());
    window.addEventListener('hashchange', () => this.#read());
    this.#read();
  }

  #addChip(state, { word, icon: shape }) {
    const number = element('b');
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('class', 'icon');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(document.createElementNS(SVG, 'use'));
    const chip = element('button', { type: 'button', class: 'chip', 'data-state': state }, svg, number, ` ${word}`);
    icon(chip, shape);
    chip.addEventListener('click', () => {
      this.#wanted.has(state) ? this.#wanted.delete(state) : this.#wanted.add(state);
      this.#changed();
    });
    this.#chips.set(state, { chip, number });
    document.getElementById('chips').append(chip);
  }

  #read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const text = asked.get('text') ?? '';
    if (text !== this.#text.value.trim()) {
      this.#text.value = text;
    }
    this.#wanted = new Set((asked.get('state') ?? '').split(',').filter((state) => state in STATES));
    this.#press();
    this.#listener();
  }

  #changed() {
    const asked = new URLSearchParams();
    if (this.#text.value.trim()) {
      asked.set('text', this.#text.value.trim());
    }
    if (this.#wanted.size > 0) {
      asked.set('state', [...this.#wanted].join());
    }
    history.replaceState(null, '', asked.size > 0 ? `#${asked}` : location.pathname + location.search);
    this.#press();
    this.#listener();
  }

  #press() {
    this.#chips.forEach(({ chip }, state) => chip.setAttribute('aria-pressed', this.#wanted.has(state)));
  }

  /** Says how many circuits there are in each state. */
  counts(circuits) {
    this.#chips.forEach(({ chip, number }, state) => {
      const many = circuits.filter((circuit) => circuit.state === state).length;
      number.textContent = count(many);
      chip.classList.toggle('none', many === 0);
    });
  }

  get active() {
    return this.#wanted.size > 0 || this.#text.value.trim() !== '';
  }

  matches({ identifier, scope, type, state, metadata = {} }) {
    const text = this.#text.value.trim().toLowerCase();
    return (this.#wanted.size === 0 || this.#wanted.has(state))
      && [identifier, scope, type, ...Object.values(metadata)].some((fact) => fact?.toLowerCase().includes(text));
  }

}
