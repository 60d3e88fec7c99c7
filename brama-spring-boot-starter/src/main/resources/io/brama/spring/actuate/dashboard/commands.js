/** The dialog in which an operator confirms a command. */

import { command } from './circuits.js';
import { show, write } from './drawing.js';

const COMMANDS = {
  open: {
    title: 'Open', confirm: 'Open the circuit',
    effect: 'Calls are rejected without being run, until the time is over and a trial succeeds.'
  },
  close: {
    title: 'Close', confirm: 'Close the circuit',
    effect: 'Calls are let in again at once, and the failures so far are forgotten.'
  },
  mode: {
    title: 'Change the mode of', confirm: 'Change the mode',
    effect: 'The mode says whether the circuit may reject calls. It lasts until it is changed again or the application restarts.'
  },
  reset: {
    title: 'Reset', confirm: 'Reset the circuit',
    effect: 'The circuit becomes as it was at the start: closed, with all totals, times and openings forgotten.'
  }
};

const part = (id) => document.getElementById(id);

/** One dialog for all commands; the listener hears what a circuit is like after one. */
export class Dialog {

  #dialog = part('dialog');
  #form = part('command');
  #action;
  #circuit;

  constructor(listener) {
    part('cancel').addEventListener('click', () => this.#dialog.close());
    part('duration').addEventListener('change', () => this.#offerOther());
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#carryOut(listener);
    });
  }

  ask(action, circuit) {
    this.#action = action;
    this.#circuit = circuit;
    const { title, confirm, effect } = COMMANDS[action];
    this.#form.reset();
    write(part('dialog-title'), `${title} ${circuit.identifier}?`);
    write(part('dialog-effect'), effect);
    write(part('confirm'), confirm);
    write(part('problem'));
    show(part('field-duration'), action === 'open');
    show(part('field-mode'), action === 'mode');
    this.#form.elements.mode.value = circuit.mode.toLowerCase();
    this.#offerOther();
    this.#dialog.showModal();
    part('reason').focus();
  }

  #offerOther() {
    const other = this.#action === 'open' && part('duration').value === 'other';
    show(part('field-other'), other);
    part('other').required = other;
    part('other').disabled = !other;
  }

  #order() {
    const order = { action: this.#action, reason: part('reason').value.trim() || undefined };
    if (this.#action === 'mode') {
      order.mode = this.#form.elements.mode.value;
    }
    if (this.#action === 'open') {
      const duration = part('duration').value;
      order.expiresIn = (duration === 'other' ? part('other').value : duration) || undefined;
    }
    return order;
  }

  async #carryOut(listener) {
    part('confirm').disabled = true;
    write(part('problem'));
    try {
      const circuit = await command(this.#circuit, this.#order());
      this.#dialog.close();
      listener.commanded(circuit);
    } catch (error) {
      write(part('problem'), error.message);
    } finally {
      part('confirm').disabled = false;
    }
  }

}
