/** The way to the endpoint that knows the circuits. */

import { problem } from './words.js';

/** Who looks wants to know soon that nobody answers. */
const PATIENCE = 4000;

/** A command may take longer; to give it twice helps nobody. */
const PATIENCE_WITH_COMMANDS = 10000;

const address = new URL(document.body.dataset.circuits || '.', document.baseURI);

/* No request may carry them in its address; the browser knows them anyway. */
address.username = address.password = '';

/** An answer that is none, in words. */
export class Problem extends Error {
  constructor(status, message) {
    super(problem(status, message));
    this.status = status;
  }
}

/** Whether the page knows where the circuits are. */
export const reachable = document.body.dataset.circuits !== '';

/** What tells a circuit from all others. */
export function key({ identifier, scope, type }) {
  return JSON.stringify([identifier, scope ?? '', type]);
}

/** All circuits in short. */
export async function all() {
  const answer = await ask(address);
  answer.connections.forEach(received);
  return answer;
}

/** One circuit in full; undefined if it is gone. */
export async function one(circuit) {
  const url = new URL(address);
  const { identifier, scope, type } = circuit;
  url.search = new URLSearchParams({ identifier, type, ...(scope && { scope }) });
  const { connections } = await ask(url);
  return connections.find((connection) => key(connection) === key(circuit));
}

/** Tells a circuit what to do and returns what it is like then. */
export async function command({ identifier, scope = '', type }, order) {
  const token = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie);
  return received(await ask(address, {
    method: 'POST',
    signal: AbortSignal.timeout(PATIENCE_WITH_COMMANDS),
    headers: { 'Content-Type': 'application/json', ...(token && { 'X-XSRF-TOKEN': decodeURIComponent(token[1]) }) },
    body: JSON.stringify({ identifier, scope, type, ...order })
  }));
}

/** Notes when, because the times in an answer are as of then. */
function received(circuit) {
  circuit.receivedAt = performance.now();
  return circuit;
}

/** What is not JSON is no answer of the endpoint; what ends early is no answer at all. */
function brokenOff(reason) {
  if (!(reason instanceof SyntaxError)) {
    throw new Problem(0);
  }
}

async function ask(url, options = {}) {
  const headers = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest', ...options.headers };
  let response;
  try {
    response = await fetch(url,
      { cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE), ...options, headers });
  } catch {
    throw new Problem(0);
  }
  if (response.type === 'opaqueredirect') {
    throw new Problem(401);
  }
  const body = await response.json().catch(brokenOff);
  if (!response.ok || body === undefined) {
    throw new Problem(response.status, body?.message);
  }
  return body;
}
