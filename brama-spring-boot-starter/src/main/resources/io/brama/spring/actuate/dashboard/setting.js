/** The fields in which an operator chooses a setting of a circuit and gives it a value. */

import { element, show, write } from './drawing.js';
import * as words from './words.js';

const part = (id) => document.getElementById(id);

export class Setting {

  #option = part('option');
  #value = part('value');
  #config = {};

  constructor() {
    this.#option.addEventListener('change', () => this.#choose());
    this.#value.addEventListener('input', () => this.refuse(''));
  }

  /** Offers these settings; without any, the fields are not there. */
  offer(config = {}) {
    this.#config = config;
    const options = Object.keys(config);
    this.#option.replaceChildren(...options.map((option) => element('option', {}, option)));
    show(part('field-option'), options.length > 0);
    show(part('field-value'), options.length > 0);
    this.#choose();
  }

  /** Begins with the value in force, which shows how one is written. */
  #choose() {
    const { value = [], origin } = this.#config[this.#option.value] ?? {};
    write(part('now'), origin ? `Now ${words.setting(value)}, set by: ${origin}` : '');
    this.#value.value = words.written(value);
    this.#value.required = !Array.isArray(value);
    this.refuse('');
  }

  focus() {
    this.#option.focus();
  }

  /** The setting and its new value. */
  get wish() {
    return { [this.#option.value]: this.#value.value.trim() };
  }

  /** Says beside the value what is wrong with it, or nothing. */
  refuse(problem) {
    write(part('refused'), problem);
    this.#value.setAttribute('aria-invalid', problem !== '');
    if (problem) {
      this.#value.focus();
    }
  }

}
