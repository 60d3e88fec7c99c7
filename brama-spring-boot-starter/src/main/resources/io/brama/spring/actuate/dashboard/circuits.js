/** The way to the endpoint that knows the circuits. */

import { problem } from './words.js';

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
export function all(patience) {
  return ask(address, { signal: AbortSignal.timeout(patience) });
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
export function command({ identifier, scope = '', type }, order) {
  const token = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie);
  return ask(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token && { 'X-XSRF-TOKEN': decodeURIComponent(token[1]) }) },
    body: JSON.stringify({ identifier, scope, type, ...order })
  });
}

async function ask(url, options = {}) {
  const headers = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest', ...options.headers };
  let response;
  try {
    response = await fetch(url, { cache: 'no-store', redirect: 'manual', ...options, headers });
  } catch {
    throw new Problem(0);
  }
  if (response.type === 'opaqueredirect') {
    throw new Problem(401);
  }
  const body = await response.json().catch(() => undefined);
  if (!response.ok || body === undefined) {
    throw new Problem(response.status, body?.message);
  }
  return body;
}
