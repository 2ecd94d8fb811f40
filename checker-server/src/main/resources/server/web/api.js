// SPDX-License-Identifier: Apache-2.0
// The server's API: requests, the token, and what a failure means in words. Nothing here touches the page.

const TOKEN = 'mysql-preflight-token';
const PATIENCE = 30_000;
const SILENCE = 60_000;

/** How far this machine's clock is ahead of the server's, in milliseconds. */
export let ahead = 0;

/** What went wrong, in words for a person. */
export class Failure extends Error {
  /**
   * @param kind `token`: the server wants one, or another; `later`: the same may work later; `refused`: it will not
   * @param retryAt when it may pay to ask again; null where nobody said
   */
  constructor(kind, status, message, retryAt = null) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.retryAt = retryAt;
  }
}

/** The token lives as long as this tab. */
export const token = {
  get: () => sessionStorage.getItem(TOKEN),
  set: (value) => sessionStorage.setItem(TOKEN, value),
  forget: () => sessionStorage.removeItem(TOKEN),
};

function path(...parts) {
  return `v1/project/${parts.map(encodeURIComponent).join('/')}`;
}

const servicePath = (project, service) => path(project, 'service', service, 'task');
const taskPath = (project, service, id, ...more) => path(project, 'service', service, 'task', id, ...more);

function later(response) {
  const header = response.headers.get('retry-after');
  if (header === null) {
    return null;
  }
  const seconds = Number(header);
  const moment = Number.isFinite(seconds) ? new Date(Date.now() + seconds * 1000) : new Date(header);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

async function failure(response) {
  let words = '';
  let code = '';
  try {
    const body = await response.json();
    words = typeof body.message === 'string' ? body.message : '';
    code = body.errors?.[0]?.error_code ?? '';
  } catch {
    // An answer of something in between, such as a proxy: the number has to do.
  }
  const status = response.status;
  const or = (text) => words || `${text} (status ${status})`;
  switch (status) {
    case 401:
      return new Failure('token', status, or('The server wants a token'));
    case 403:
      return new Failure(['', 'authentication_failed', 'project_forbidden'].includes(code) ? 'token' : 'refused', status,
          or('The token does not open this'));
    case 429:
      return new Failure('later', status, or('The server has too much to do'), later(response));
    case 502:
    case 503:
    case 504:
      return new Failure('later', status, or('The server is starting or stopping'), later(response));
    default:
      return new Failure('refused', status, or(status === 404 ? 'There is no such thing here' : 'The server did not do it'));
  }
}

/** One request, with the token if there is one. Gives the response, throws a Failure otherwise. */
async function send(method, url, {body, signal, stream = false} = {}) {
  const headers = {};
  const secret = token.get();
  if (secret !== null) {
    headers.authorization = `Bearer ${secret}`;
  }
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
  }
  const controller = new AbortController();
  const stop = () => controller.abort();
  signal?.addEventListener('abort', stop);
  const timer = setTimeout(stop, PATIENCE);
  let response;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: controller.signal,
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new Failure('later', 0, 'The server does not answer: it is not running, or the network is gone');
  } finally {
    clearTimeout(timer);
    if (!stream) {
      signal?.removeEventListener('abort', stop);
    }
  }
  const date = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(date)) {
    ahead = Date.now() - date;
  }
  if (!response.ok) {
    throw await failure(response);
  }
  return response;
}

async function json(method, url, options) {
  const response = await send(method, url, options);
  try {
    return await response.json();
  } catch {
    options?.signal?.throwIfAborted();
    throw new Failure('later', 0, 'The server broke off its answer');
  }
}

export const projects = async (options) => (await json('GET', 'v1/project', options)).projects;

export const services = async (project, options) => (await json('GET', path(project, 'service'), options)).services;

export function tasks(project, service, after, limit, options) {
  const query = new URLSearchParams({limit});
  if (after) {
    query.set('after', after);
  }
  return json('GET', `${servicePath(project, service)}?${query}`, options);
}

export const task = async (project, service, id, options) =>
  (await json('GET', taskPath(project, service, id), options)).task;

export const create = async (project, service, body, options) =>
  (await json('POST', servicePath(project, service), {...options, body})).task;

/** Cancels a task that runs, forgets one that has ended. */
export const remove = (project, service, id, options) => send('DELETE', taskPath(project, service, id), options);

export const assessment = (project, service, id, options) =>
  json('GET', taskPath(project, service, id, 'assessment'), options);

/** A document of the task, `assessment` or `assessment.html`, as the server has it. */
export const file = async (project, service, id, name, options) =>
  (await send('GET', taskPath(project, service, id, name), options)).blob();

/**
 * The task each time something about it changes, until the server ends the stream. EventSource cannot send a token, so the
 * stream is read by hand.
 */
export async function* events(project, service, id, signal) {
  const silence = new AbortController();
  signal.addEventListener('abort', () => silence.abort(), {once: true});
  const response = await send('GET', taskPath(project, service, id, 'events'), {signal: silence.signal, stream: true});
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let timer;
  let rest = '';
  try {
    for (;;) {
      timer = setTimeout(() => silence.abort(), SILENCE);
      const {value, done} = await reader.read();
      clearTimeout(timer);
      if (done) {
        return;
      }
      const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) {
        const event = parse(block);
        if (event.name === 'task') {
          const data = JSON.parse(event.data);
          yield data.task ?? data;
        }
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof Failure ? error : new Failure('later', 0, 'The server broke off its answer');
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

function parse(block) {
  let name = 'message';
  const data = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') {
      name = value;
    } else if (field === 'data') {
      data.push(value);
    }
  }
  return {name, data: data.join('\n')};
}

/** A pause that ends early, by throwing, when the signal says so. */
export function pause(millis, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, millis);
    signal.addEventListener('abort', stop, {once: true});
  });
}
