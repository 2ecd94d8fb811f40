// SPDX-License-Identifier: Apache-2.0
// An assessment on the page: verdict, what blocks with the way out, what could not be seen, the rest. Pure: JSON in, elements out.

import {copyable, count, duration, el, visible} from './dom.js';

const FIRST = 10;
const MORE = 500;

const EFFECTS = [
  ['BLOCKS_MIGRATION', 'Blocks the migration', 'x', 'bad'],
  ['BLOCKS_REPLICATION', 'Blocks replication', 'x', 'bad'],
  ['BLOCKS_DUMP', 'Blocks a dump', 'x', 'bad'],
  ['WARNING', 'Warnings', '!', 'warn'],
];

const COUNTED = {
  BLOCKS_MIGRATION: ['blocks the migration', 'block the migration'],
  BLOCKS_REPLICATION: ['blocks replication', 'block replication'],
  BLOCKS_DUMP: ['blocks a dump', 'block a dump'],
  WARNING: ['warning', 'warnings'],
  NOTICE: ['notice', 'notices'],
};

const FLAVORS = {MYSQL: 'MySQL', MARIADB: 'MariaDB', PERCONA: 'Percona Server', RDS: 'Amazon RDS for MySQL', AURORA: 'Amazon Aurora'};

/** What a task came to, in a word, and how good that is: `good`, `warn`, `bad`, or `none` while it has not ended. */
export function outcome(task) {
  switch (task.state) {
    case 'queued':
      return ['Queued', 'none'];
    case 'running':
      return ['Running', 'none'];
    default:
  }
  if (task.method === 'replication') {
    return ['Replication', task.success ? 'good' : 'bad'];
  }
  if (task.method === 'dump') {
    return ['Dump', task.success ? 'warn' : 'bad'];
  }
  if (task.success) {
    return ['Passed', 'good'];
  }
  return task.assessed ? ['Failed', 'bad'] : ['No result', 'bad'];
}

/** The sections below the verdict. */
export function report(assessment) {
  const sections = [];
  const {checks} = assessment;
  for (const [effect, title, mark, tone] of EFFECTS) {
    const entries = checks
        .map((check) => [check, check.findings.filter((finding) => finding.effect === effect)])
        .filter(([, findings]) => findings.length > 0)
        .map(([check, findings]) => entry(check.id, mark, tone, findingsOf(check, findings)));
    sections.push(section(title, tone, entries));
    if (effect === 'WARNING') {
      sections.push(section('Could not be seen', 'unknown', unknowns(checks)));
      sections.push(section('Broke', 'bad', broken(checks, assessment.tool)));
    }
  }
  const notices = checks
      .map((check) => [check, check.findings.filter((finding) => finding.effect === 'NOTICE')])
      .filter(([, findings]) => findings.length > 0)
      .map(([check, findings]) => entry(check.id, 'i', 'note', findingsOf(check, findings)));
  sections.push(section('Notices', 'note', notices));
  sections.push(rest(checks));
  return sections.filter((it) => it !== null);
}

/** The source in a line. */
export function sourceLine(assessment) {
  const {source, plan} = assessment;
  if (source === null) {
    return '';
  }
  const words = [];
  if (source.version !== null) {
    words.push(`${FLAVORS[source.flavor] ?? 'Server'} ${source.version}, as ${source.user}`);
    if (plan !== null) {
      words.push(`${count(plan.databases.length, 'database')} to migrate`, `target ${plan.targetVersion}`);
    }
    words.push(`read in ${duration(source.readMillis)} over ${count(source.connections, 'connection')}`);
    words.push(source.tlsVersion ?? 'not encrypted');
  } else {
    words.push(`asked as ${source.user}`);
  }
  return visible(words.join(', '));
}

/** The verdict in a sentence. */
export function sentence({checks, plan, reasons, source}) {
  if (source === null || plan === null || source.failure) {
    return 'The source could not be read.';
  }
  const blocked = (...effects) => checks.filter(({findings}) => findings.some(({effect}) => effects.includes(effect))).length;
  const replication = blocked('BLOCKS_MIGRATION', 'BLOCKS_REPLICATION');
  const dump = blocked('BLOCKS_MIGRATION', 'BLOCKS_DUMP');
  const open = Math.max(0, reasons.replication.length - replication);
  const by = (number) => (number === 0 ? 'none' : count(number, 'check'));
  if (plan.method === 'dump') {
    return `A dump was asked for, and ${dump === 0 ? 'nothing blocks it' : `is blocked by ${by(dump)}`}.`;
  }
  const asked = plan.method === 'replication';
  const who = asked ? 'Replication was asked for, and' : 'Replication';
  const unjudged = `${count(open, 'check')} could not be judged`;
  let words = 'Nothing blocks replication';
  if (replication > 0) {
    words = `${who} is blocked by ${by(replication)}${open > 0 ? `, and ${unjudged}` : ''}`;
  } else if (open > 0) {
    words = `${who} is left open: ${unjudged}`;
  }
  if (asked || replication + open + dump === 0) {
    return `${words}.`;
  }
  return `${words}; ${dump === 0 ? 'nothing blocks a dump' : `a dump is blocked by ${by(dump)}`}.`;
}

/** What the result line says beyond the outcome: the reasons. */
export function reasonsOf(task) {
  return task.result
      .replace(/^(All|Not all) pre-checks passed successfully, preferred migration method will be \[\w+\](: )?/, '')
      .replace(/^Migration pre-checks failed: /, '') || 'Nothing blocks it.';
}

/** How many checks ended how, each counted once, by the gravest thing it found. */
export function countsLine({summary, checks}) {
  const gravest = checks.map(({findings}) =>
    Object.keys(COUNTED).find((effect) => findings.some((finding) => finding.effect === effect)));
  const words = [`${count(summary.passed, 'check')} passed`];
  for (const [effect, [one, many]] of Object.entries(COUNTED)) {
    const number = gravest.filter((it) => it === effect).length;
    if (number > 0) {
      words.push(count(number, one, many));
    }
  }
  const add = (number, text) => number > 0 && words.push(`${number} ${text}`);
  add(summary.unknown, 'could not be judged');
  add(summary.failed, 'broke');
  add(summary.notApplicable, 'not applicable');
  return words.join(', ');
}

let sectionNumber = 0;

function section(title, tone, entries) {
  if (entries.length === 0) {
    return null;
  }
  const id = `section-${++sectionNumber}`;
  return el('section', {class: `findings ${tone}`, 'aria-labelledby': id},
      el('h2', {id}, title, ' ', el('span', {class: 'number'}, String(entries.length))), entries);
}

function entry(id, mark, tone, content) {
  return el('article', {class: `entry ${tone}`},
      el('h3', {}, el('span', {class: 'mark', 'aria-hidden': 'true'}, mark), el('code', {}, id)),
      el('div', {class: 'body'}, content));
}

/** Findings that are mended alike stand together before what mends them. */
function findingsOf(check, findings) {
  const alike = new Map();
  for (const finding of findings) {
    const key = JSON.stringify(finding.remedies.map(({text, settings}) => [text, settings ?? []]));
    alike.set(key, [...alike.get(key) ?? [], finding]);
  }
  const groups = alike.size > 1 && findings.length > 2 * FIRST ? [findings] : [...alike.values()];
  // It counts all findings of the check, whatever their effect.
  const headline = findings.length > 1 && findings.length === check.findings.length ? check.headline : undefined;
  const content = groups.flatMap((group) =>
    [messages(group, headline !== undefined), remedies(check.id, group.map((finding) => finding.remedies))]);
  content.push(links(new Set(findings.flatMap((finding) => finding.docs))));
  return [headline === undefined ? null : el('p', {class: 'found'}, visible(headline)), ...content];
}

/** The words of one finding, or what those of several have in common, unless they have a title, and then what is each one's own. */
function messages(findings, titled) {
  const first = findings[0].message;
  if (findings.length === 1) {
    return el('p', {class: 'found'}, visible(first), values(findings[0], first));
  }
  const colon = first.indexOf(': ');
  const common = colon > 0 && findings.every((finding) => finding.message.startsWith(first.slice(0, colon + 2)))
    ? first.slice(0, colon + 2)
    : '';
  const list = el('ul', {class: 'objects'});
  const rows = findings.map((finding) => () =>
    el('li', {}, visible(finding.message.slice(common.length)), values(finding, finding.message)));
  list.append(...rows.slice(0, FIRST).map((row) => row()));
  let shown = Math.min(FIRST, rows.length);
  const more = el('button', {type: 'button', class: 'quiet'});
  const label = () => {
    more.textContent = `Show ${count(Math.min(MORE, rows.length - shown), 'more', 'more')} of ${count(rows.length, 'finding')}`;
    more.hidden = shown === rows.length;
  };
  more.addEventListener('click', () => {
    const added = rows.slice(shown, shown + MORE).map((row) => row());
    list.append(...added);
    shown += added.length;
    label();
    added[0].setAttribute('tabindex', '-1');
    added[0].focus();
  });
  label();
  const title = common && !titled ? el('p', {class: 'found'}, visible(common.slice(0, -2)), ` (${findings.length.toLocaleString('en')})`) : null;
  return [title, list, more];
}

/** Found and needed, as far as the words do not say them. */
function values({found, needed}, words) {
  const said = [];
  if (found && !words.includes(found)) {
    said.push(`found: ${found}`);
  }
  if (needed && !words.includes(needed)) {
    said.push(`needed: ${needed}`);
  }
  return said.length === 0 ? null : el('span', {class: 'muted'}, ` (${visible(said.join('; '))})`);
}

/** Remedies that read alike are said once, with the statements of all. */
function remedies(id, lists) {
  const merged = new Map();
  for (const list of lists) {
    list.forEach((remedy, index) => {
      const key = JSON.stringify([index > 0, remedy.text, remedy.settings ?? []]);
      const known = merged.get(key) ?? {...remedy, other: index > 0, lines: new Set()};
      // What an older version has judged has no notes.
      const statements = remedy.statements ?? remedy.sql.map((sql) => ({sql, note: null}));
      statements.forEach(({sql, note}) => known.lines.add(note === null ? `${sql};` : `${sql};  -- ${note}`));
      merged.set(key, known);
    });
  }
  return [...merged.values()].flatMap(({text, settings, lines, other}) => [
    el('p', {class: 'way'}, visible(`${other ? 'Or: ' : ''}${text}`)),
    lines.size === 0 ? null : code(id, [...lines]),
    !settings?.length ? null : code(id, settings),
  ]).filter((it) => it !== null);
}

function code(id, lines) {
  const text = lines.join('\n');
  const seen = lines.map(visible).join('\n');
  const what = lines.length > 1 ? `the ${count(lines.length, 'line')} that mend ${id}` : `the line that mends ${id}`;
  // What does not fit is scrolled, which has to work from the keyboard too.
  const scrolls = lines.length > 12 || lines.some((line) => line.length > 90);
  const reach = scrolls ? {tabindex: '0', role: 'group', 'aria-label': what} : {};
  const shown = el('pre', reach, el('code', {}, seen));
  return [
    copyable(shown, `${text}\n`, what),
    seen === text ? null : el('p', {class: 'muted'}, '<U+…> stands for a character that is not shown; Copy copies the character.'),
  ];
}

function links(urls) {
  const safe = [...urls].filter((url) => url.startsWith('https://'));
  if (safe.length === 0) {
    return null;
  }
  return el('p', {class: 'links'}, safe.flatMap((url, index) => {
    const {hostname, pathname, hash} = new URL(url);
    const page = decodeURIComponent(hash.slice(1) || pathname.split('/').pop().replace(/\.html$/, '')) || hostname;
    const link = el('a', {href: url, target: '_blank', rel: 'noopener noreferrer'}, visible(page));
    return index > 0 ? [', ', link] : ['Manual: ', link];
  }));
}

function unknowns(checks) {
  const alike = new Map();
  for (const check of checks.filter(({outcome}) => outcome === 'UNKNOWN')) {
    const key = JSON.stringify([check.because, check.remedies ?? []]);
    alike.set(key, [...alike.get(key) ?? [], check]);
  }
  return [...alike.values()].map(([check, ...others]) => entry(check.id, '?', 'unknown', [
    el('p', {}, visible(check.because ?? '')),
    others.length === 0 ? null : el('p', {class: 'muted'}, `Likewise: ${others.map(({id}) => id).join(', ')}`),
    remedies(check.id, [check.remedies ?? []]),
  ].flat()));
}

function broken(checks, tool) {
  return checks.filter(({outcome}) => outcome === 'FAILED').map((check) => entry(check.id, 'x', 'bad', [
    el('p', {}, visible(check.because ?? '')),
    el('p', {class: 'muted'}, `This is a bug of ${tool.name} ${tool.version}, not of the source: please report it.`),
  ]));
}

function rest(checks) {
  const quiet = checks.filter(({outcome}) => outcome === 'PASSED' || outcome === 'NOT_APPLICABLE');
  if (quiet.length === 0) {
    return null;
  }
  const passed = quiet.filter(({outcome}) => outcome === 'PASSED').length;
  const title = [passed > 0 ? `${passed} passed` : '', quiet.length > passed ? `${quiet.length - passed} not applicable` : ''];
  return el('details', {class: 'rest'},
      el('summary', {}, title.filter((it) => it).join(', ')),
      el('dl', {}, quiet.flatMap(({id, title: words, outcome, because}) => [
        el('dt', {}, el('code', {}, id)),
        el('dd', {}, words, outcome === 'PASSED' ? null : el('span', {class: 'muted'}, ` – not applicable: ${visible(because ?? '')}`)),
      ])));
}
