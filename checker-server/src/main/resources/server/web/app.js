// SPDX-License-Identifier: Apache-2.0
// The console: which view the fragment asks for, and the views. #/ → #/PROJECT/SERVICE[?after=ID] → #/PROJECT/SERVICE/ID

import * as api from './api.js';
import {ask, copyable, duration, el, say, time, visible, whole} from './dom.js';
import {checkForm} from './form.js';
import {countsLine, outcome, reasonsOf, report, sentence, sourceLine} from './report.js';

const PAGE = 25;
const SOON = 2_000;
const LATER = 5_000;
const LONGEST_WAIT = 30_000;
const KINDS = {mysql_migration_check: 'migration', mysql_upgrade_check: 'upgrade'};

const main = document.getElementById('main');
const projectChoice = document.getElementById('project');
const serviceChoice = document.getElementById('service');
const forgetToken = document.getElementById('forget-token');
const trouble = document.getElementById('trouble');

/** Ends with the view that is shown: its requests, its timers. */
let view = new AbortController();
let keepFocus = true;

/** The task that the next new check shall be like; null for none. */
let like = null;

// Routes ---------------------------------------------------------------------------------------------------------------

function address(...parts) {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

function route() {
  const [place, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  let parts;
  try {
    parts = place.split('/').filter((part) => part !== '').map(decodeURIComponent);
  } catch {
    parts = [];
  }
  const [project, service, id] = parts;
  return {project, service, id, after: new URLSearchParams(query).get('after')};
}

async function navigate() {
  view.abort();
  view = new AbortController();
  const {signal} = view;
  const here = route();
  const focus = !keepFocus;
  keepFocus = false;
  calm();
  forgetToken.hidden = api.token.get() === null;
  try {
    const facts = await choose(here, signal);
    if (facts === undefined) {
      return;
    }
    if (here.id === undefined) {
      await listView({...here, facts, focus, signal});
    } else {
      await taskView({...here, focus, signal});
    }
  } catch (failure) {
    if (signal.aborted) {
      return;
    }
    if (!(failure instanceof api.Failure)) {
      throw failure;
    }
    if (failure.kind === 'token') {
      tokenView(failure);
    } else {
      problemView(failure, here);
    }
  }
}

addEventListener('hashchange', navigate);
document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  (main.querySelector('h1') ?? main).focus();
});

/** Puts a view in place of the one before; the heading is that of the view, wherever it stands in it. */
function show(title, focus, heading, ...content) {
  document.title = title === '' ? 'MySQL Preflight' : `${title} – MySQL Preflight`;
  heading.setAttribute('tabindex', '-1');
  main.replaceChildren(...content.includes(heading) ? content : [heading, ...content]);
  if (focus) {
    scrollTo(0, 0);
    heading.focus({preventScroll: true});
  }
}

// Failures -------------------------------------------------------------------------------------------------------------

function calm() {
  trouble.hidden = true;
  trouble.textContent = '';
}

function worry(failure) {
  const words = failure.message.replace(/[.!?]?$/, '.');
  const text = `${words} Trying again.`;
  if (trouble.textContent !== text) {
    trouble.textContent = text;
  }
  trouble.hidden = false;
}

/** Does something until it works or the server says that it never will. Between the attempts it says so and waits. */
async function persistently(signal, action) {
  for (let wait = 1_000; ; wait = Math.min(LONGEST_WAIT, wait * 2)) {
    try {
      const result = await action();
      calm();
      return result;
    } catch (failure) {
      signal.throwIfAborted();
      if (!(failure instanceof api.Failure) || failure.kind !== 'later') {
        throw failure;
      }
      worry(failure);
      const told = failure.retryAt === null ? 0 : failure.retryAt.getTime() - Date.now();
      await Promise.race([api.pause(Math.max(wait, Math.min(told, LONGEST_WAIT)), signal), woken(signal)]);
    }
  }
}

/** When the page comes to the front again, or the network does. */
function woken(signal) {
  return new Promise((resolve) => {
    const wake = () => document.hidden || resolve();
    document.addEventListener('visibilitychange', wake, {once: true, signal});
    addEventListener('online', wake, {once: true, signal});
  });
}

function tokenView(failure) {
  const known = api.token.get() !== null;
  const input = el('input', {
    id: 'token',
    type: 'password',
    required: true,
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': 'token-hint error',
  });
  const error = el('p', {id: 'error', class: 'error', role: 'alert'});
  const form = el('form', {class: 'check narrow', autocomplete: 'off', novalidate: true},
      el('p', {}, known ? visible(failure.message) : 'This server lets in who has a token.'),
      el('div', {class: 'field'},
          el('label', {for: 'token'}, known ? 'Another token' : 'Token'),
          input,
          el('p', {id: 'token-hint', class: 'hint'}, 'Kept by this tab, until it is closed.')),
      el('div', {class: 'buttons'}, el('button', {class: 'primary'}, 'Go on')),
      error);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const value = input.value.trim();
    if (!/^[\x21-\x7e]+$/.test(value)) {
      error.textContent = value === '' ? 'Enter the token.' : 'A token has neither blanks nor letters beyond ASCII.';
      input.focus();
      return;
    }
    input.value = '';
    api.token.set(value);
    navigate();
  });
  const heading = el('h1', {}, known ? 'The token does not open this' : 'Token');
  show('Token', false, heading, form);
  input.focus();
}

forgetToken.addEventListener('click', () => {
  api.token.forget();
  projectChoice.disabled = true;
  serviceChoice.disabled = true;
  navigate();
});

function problemView(failure, here) {
  const back = here.id !== undefined ? address(here.project, here.service) : '#/';
  show('', true, el('h1', {}, failure.status === 404 ? 'Not found' : 'That did not work'),
      el('p', {}, visible(failure.message)),
      el('p', {}, el('a', {href: back, click: () => back === location.hash && navigate()},
          here.id !== undefined ? 'All checks of this service' : 'To the beginning')));
}

// Project and service --------------------------------------------------------------------------------------------------

function fill(choice, names, chosen, label = (name) => name) {
  const all = chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
  const wanted = all.map((name) => [name, label(name)]);
  const there = [...choice.options].map(({value, text}) => [value, text]);
  if (JSON.stringify(wanted) !== JSON.stringify(there)) {
    choice.replaceChildren(...wanted.map(([value, text]) => el('option', {value}, visible(text))));
  }
  choice.value = chosen ?? all[0] ?? '';
  choice.disabled = all.length === 0;
}

/** Fills both choices. Gives what is known of the route's service, or null; undefined where the view is settled already. */
async function choose(here, signal) {
  if (main.childElementCount === 0 || main.querySelector('noscript')) {
    show('', false, el('h1', {}, 'Checks'), el('p', {class: 'muted'}, 'Loading …'));
  }
  const projects = (await persistently(signal, () => api.projects({signal}))).map(({project_name: name}) => name);
  const project = here.project ?? projects[0];
  fill(projectChoice, projects, project);
  if (project === undefined) {
    show('', false, el('h1', {}, 'No project'), el('p', {}, 'The token opens no project.'));
    return undefined;
  }
  const services = await persistently(signal, () => api.services(project, {signal}));
  const name = here.service ?? services[0]?.service_name;
  fill(serviceChoice, services.map((service) => service.service_name), name, (it) => {
    const version = services.find((service) => service.service_name === it)?.target_version;
    return version ? `${it} (${version})` : it;
  });
  if (here.service === undefined) {
    if (name !== undefined) {
      keepFocus = true;
      location.replace(address(project, name));
    }
    return undefined;
  }
  return services.find((service) => service.service_name === name) ?? null;
}

projectChoice.addEventListener('change', () => {
  keepFocus = true;
  location.hash = address(projectChoice.value);
});
serviceChoice.addEventListener('change', () => {
  keepFocus = true;
  location.hash = address(projectChoice.value, serviceChoice.value);
});

// The list -------------------------------------------------------------------------------------------------------------

async function listView({project, service, facts, after, focus, signal}) {
  const rows = new Map();
  const list = el('ol', {class: 'tasks', 'aria-labelledby': 'list-title'});
  const empty = el('p', {class: 'muted', hidden: true}, after === null ? 'No checks yet.' : 'No older checks.');
  const newest = el('a', {href: address(project, service)}, 'Newest');
  const older = el('a', {hidden: true}, 'Older');
  newest.hidden = after === null;
  const form = checkForm({
    project,
    service,
    facts,
    like,
    signal,
    created: (task) => {
      location.hash = address(project, service, task.task_id);
    },
    refused: (failure) => tokenView(failure),
  });

  const load = () => persistently(signal, () => api.tasks(project, service, after, PAGE, {signal}));
  const update = ({tasks, next}) => {
    const gone = new Set(rows.keys());
    tasks.forEach((task, index) => {
      gone.delete(task.task_id);
      let row = rows.get(task.task_id);
      if (row === undefined) {
        row = taskRow(project, service, task.task_id);
        rows.set(task.task_id, row);
      } else if (row.update(task)) {
        say(`The check of ${task.source} has ended: ${outcome(task)[0]}`);
      }
      row.update(task);
      if (list.children[index] !== row.element) {
        list.insertBefore(row.element, list.children[index] ?? null);
      }
    });
    for (const id of gone) {
      rows.get(id).element.remove();
      rows.delete(id);
    }
    empty.hidden = tasks.length > 0;
    older.hidden = next === null || next === undefined;
    older.href = `${address(project, service)}?after=${encodeURIComponent(next ?? '')}`;
    return tasks.some((task) => task.state !== 'ended');
  };

  let busy = update(await load());
  show(`Checks for ${service}`, focus, el('h1', {}, 'Checks for ', el('span', {class: 'name'}, visible(service))),
      el('div', {class: 'columns'},
          form,
          el('section', {class: 'list', 'aria-labelledby': 'list-title'},
              el('h2', {id: 'list-title'}, after === null ? 'Newest first' : 'Older'),
              list,
              empty,
              el('p', {class: 'pages'}, newest, older))));
  if (like !== null) {
    like = null;
    form.querySelector('#uri').focus();
  }
  for (;;) {
    await api.pause(busy ? SOON : LATER, signal);
    if (document.hidden) {
      await woken(signal);
    }
    busy = update(await load());
  }
}

/** A line of the list. It is updated in place, so that it keeps its focus. */
function taskRow(project, service, id) {
  const state = el('span', {class: 'state'});
  const source = el('span');
  const kind = el('span', {class: 'muted'});
  const result = el('span', {class: 'result'});
  const when = el('span', {class: 'when'});
  const link = el('a', {href: address(project, service, id)}, source);
  const element = el('li', {}, state, el('span', {class: 'source'}, link, ' ', kind), result, when);
  let before;
  return {
    element,
    /** Whether the task has ended since the last time. */
    update(task) {
      const [word, tone] = outcome(task);
      state.textContent = word;
      state.className = `state ${tone}`;
      source.textContent = visible(task.source ?? '');
      kind.textContent = task.task_type === 'mysql_upgrade_check' ? 'upgrade' : '';
      result.textContent = visible(task.state === 'ended' ? reasonsOf(task) : task.progress ?? '');
      if (before === undefined) {
        when.replaceChildren(time(task.create_time), task.created_by ? ` by ${visible(task.created_by)}` : '');
      }
      const ended = before !== undefined && before !== 'ended' && task.state === 'ended';
      before = task.state;
      return ended;
    },
  };
}

// One task -------------------------------------------------------------------------------------------------------------

async function taskView({project, service, id, focus, signal}) {
  let task = await persistently(signal, () => api.task(project, service, id, {signal}));
  const name = visible(task.source ?? id);
  const state = el('h2');
  const facts = el('dl', {class: 'facts'});
  const progress = el('p', {class: 'progress'});
  const elapsed = el('span', {class: 'elapsed', 'aria-hidden': 'true'});
  const waiting = el('div', {class: 'waiting'}, state, elapsed, progress);
  const ended = el('div');
  const remove = el('button', {type: 'button', class: 'quiet danger'});
  const again = el('button', {type: 'button'}, 'Check again');
  again.addEventListener('click', () => {
    like = task;
    location.hash = address(project, service);
  });
  const error = el('p', {class: 'error', role: 'alert'});
  remove.addEventListener('click', () => removal(task, {project, service, id, signal, remove, error}));

  let step = '';
  const update = () => {
    const [word] = outcome(task);
    state.textContent = word;
    document.title = `${word}: ${name} – MySQL Preflight`;
    const over = task.state === 'ended';
    waiting.hidden = over;
    again.hidden = !over;
    remove.textContent = over ? 'Forget this check' : 'Cancel this check';
    const words = task.progress || (task.state === 'queued' ? 'Waits for its turn' : 'Runs');
    if (!over) {
      progress.textContent = visible(words);
      // Each step is said once; numbers that count up are for the eye.
      const now = words.replace(/,? \d.*$/, '');
      if (now !== step) {
        say(words);
        step = now;
      }
    }
    facts.replaceChildren(...factsOf(task));
  };
  update();
  const heading = el('h1', {}, el('span', {class: 'name'}, name));
  show(`${outcome(task)[0]}: ${name}`, focus,
      heading,
      el('p', {class: 'up'}, el('a', {href: address(project, service)}, 'All checks for ', el('span', {class: 'name'}, visible(service)))),
      heading,
      facts,
      waiting, ended,
      el('div', {class: 'buttons foot'}, again, remove),
      error);

  const tick = setInterval(() => {
    const begun = task.start_time ?? task.create_time;
    elapsed.textContent = whole(Date.now() - api.ahead - Date.parse(begun));
  }, 1_000);
  signal.addEventListener('abort', () => clearInterval(tick));
  const watched = task.state !== 'ended';
  while (task.state !== 'ended') {
    await persistently(signal, async () => {
      try {
        for await (const now of api.events(project, service, id, signal)) {
          calm();
          task = now;
          update();
          if (task.state === 'ended') {
            return;
          }
        }
      } catch (failure) {
        // Without the stream, as when the server has too many, the task itself is asked for.
        signal.throwIfAborted();
        if (failure.kind !== 'later') {
          throw failure;
        }
      }
      await api.pause(SOON, signal);
      task = await api.task(project, service, id, {signal});
      update();
    });
  }
  clearInterval(tick);
  if (watched) {
    say(`The check has ended: ${outcome(task)[0]}. ${task.result}`);
  }
  await endedTask(task, ended, {project, service, id, signal, error});
}

function factsOf(task) {
  const fact = (term, ...words) => el('div', {}, el('dt', {}, term), el('dd', {}, ...words));
  const facts = [fact('For', KINDS[task.task_type] ?? task.task_type), fact('Created', time(task.create_time))];
  if (task.created_by) {
    facts.push(fact('By', visible(task.created_by)));
  }
  if (task.start_time && task.end_time) {
    facts.push(fact('Took', duration(Date.parse(task.end_time) - Date.parse(task.start_time))));
  }
  if (task.ignore_dbs) {
    facts.push(fact('Left out', visible(task.ignore_dbs)));
  }
  return facts;
}

async function endedTask(task, place, {project, service, id, signal, error}) {
  const [word, tone] = outcome(task);
  const words = el('p', {}, task.assessed ? 'Reading the assessment …' : visible(task.result));
  const verdict = el('section', {class: `verdict ${tone}`, 'aria-labelledby': 'verdict'}, el('h2', {id: 'verdict'}, word), words);
  place.replaceChildren(verdict);
  if (!task.assessed) {
    return;
  }
  const assessment = await persistently(signal, () => api.assessment(project, service, id, {signal}));
  const stem = `preflight-${(task.source ?? id).replaceAll(/[^A-Za-z0-9.-]+/g, '-')}-${task.create_time.slice(0, 10)}`;
  const guarded = (action) => async () => {
    error.textContent = '';
    try {
      await action();
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      error.textContent = failure.message;
    }
  };
  words.textContent = sentence(assessment);
  const message = el('pre', {}, visible(task.result));
  const file = (document) => api.file(project, service, id, document, {signal});
  place.replaceChildren(
      verdict,
      el('div', {class: 'documents'},
          el('div', {class: 'buttons'},
              el('button', {type: 'button', click: guarded(() => openReport(() => file('assessment.html'), stem))}, 'Open the report'),
              el('button', {type: 'button', click: guarded(async () => save(await file('assessment.html'), `${stem}.html`))}, 'Save the report'),
              el('button', {type: 'button', click: guarded(async () => save(await file('assessment'), `${stem}.json`))}, 'Save the JSON')),
          el('p', {class: 'muted'}, sourceLine(assessment)),
          el('p', {class: 'muted'}, countsLine(assessment))),
      ...report(assessment),
      el('section', {class: 'message', 'aria-labelledby': 'message'},
          el('h2', {id: 'message'}, 'The result in a line'), copyable(message, task.result, 'the result')));
}

/** The report in a tab of its own, which is opened at once: after waiting, browsers take it for an advertisement. */
async function openReport(load, stem) {
  const tab = open('', '_blank');
  let blob;
  try {
    blob = await load();
  } catch (failure) {
    tab?.close();
    throw failure;
  }
  if (tab === null) {
    save(blob, `${stem}.html`);
    return;
  }
  const url = URL.createObjectURL(new Blob([blob], {type: 'text/html;charset=utf-8'}));
  tab.location.replace(url);
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = el('a', {href: url, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  say(`Saved ${name}`);
}

async function removal(task, {project, service, id, signal, remove, error}) {
  const over = task.state === 'ended';
  const sure = over
    ? await ask('Forget this check?', 'Its result and its report are deleted, for everybody.', 'Forget it', 'Keep it')
    : await ask('Cancel this check?', 'It ends without a result.', 'Cancel the check', 'Let it run');
  if (!sure || signal.aborted) {
    return;
  }
  error.textContent = '';
  remove.disabled = true;
  try {
    await api.remove(project, service, id, {signal});
    if (over) {
      say('Forgotten');
      location.hash = address(project, service);
    } else {
      navigate();
    }
  } catch (failure) {
    if (signal.aborted) {
      return;
    }
    if (failure.kind === 'token') {
      tokenView(failure);
    } else {
      error.textContent = failure.message;
    }
  } finally {
    remove.disabled = false;
  }
}

navigate();
