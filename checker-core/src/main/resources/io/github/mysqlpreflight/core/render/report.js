'use strict';
// Known before anything is laid out: a long table waits until it is known how much of it is shown.
document.documentElement.classList.add('js');
document.addEventListener('DOMContentLoaded', function () {
  const said = document.getElementById('said');

  // ---- copy buttons

  /** The text of a box as it is to be pasted: whole lines. */
  function textOf(pre) {
    return pre.textContent.replace(/\s+$/, '') + (pre.classList.contains('result') ? '' : '\n');
  }

  /** For pages opened as files, where a browser may keep the clipboard to itself. */
  function copyBySelection(text) {
    const box = document.createElement('textarea');
    box.value = text;
    box.setAttribute('readonly', '');
    box.className = 'paste';
    document.body.append(box);
    box.select();
    let done = false;
    try {
      done = document.execCommand('copy');
    } finally {
      box.remove();
    }
    return done;
  }

  async function copy(text) {
    if (navigator.clipboard && navigator.clipboard.writeText) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch (refused) {
        return copyBySelection(text);
      }
    }
    return copyBySelection(text);
  }

  function select(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  function addCopyButton(pre) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    const label = pre.dataset.label || 'Copy';
    button.textContent = label;
    button.setAttribute('aria-label', 'Copy ' + pre.dataset.copy);
    const box = pre.closest('.snippet');
    let timer = 0;
    button.addEventListener('click', async function () {
      const done = await copy(textOf(pre));
      if (!done) {
        (pre.closest('details') || {}).open = true;
        select(pre);
      }
      button.focus();
      button.textContent = done ? 'Copied' : 'Ctrl+C';
      button.classList.toggle('done', done);
      said.textContent = done ? 'Copied ' + pre.dataset.copy : 'Selected; press Ctrl+C to copy';
      clearTimeout(timer);
      timer = setTimeout(function () {
        button.textContent = label;
        button.classList.remove('done');
        said.textContent = '';
      }, 2500);
    });
    box.append(button);
    if (pre.childElementCount > 12 || pre.scrollHeight > pre.clientHeight) {
      pre.tabIndex = 0;
      pre.setAttribute('role', 'group');
      pre.setAttribute('aria-label', pre.dataset.copy);
    }
  }

  document.querySelectorAll('pre[data-copy]').forEach(addCopyButton);

  // ---- folded parts: open on paper, and where an address in the page leads into one

  let opened = [];
  addEventListener('beforeprint', function () {
    opened = Array.from(document.querySelectorAll('details:not([open])'));
    opened.forEach(function (part) { part.open = true; });
  });
  addEventListener('afterprint', function () {
    opened.forEach(function (part) { part.open = false; });
  });

  // ---- the table of findings

  const form = document.getElementById('filter');
  const table = document.getElementById('all');
  if (!form || !table) {
    return;
  }
  const PAGE = 200;
  const MOST = 5000;
  const GRAVITY = ['migration', 'replication', 'dump', 'warning', 'notice', 'accepted'];
  const body = table.tBodies[0];
  const output = form.querySelector('output');
  const facets = ['effect', 'check', 'database'];
  const compare = new Intl.Collator('en', {numeric: true, sensitivity: 'base'}).compare;
  const rows = Array.from(body.rows, function (row, index) {
    const cells = row.cells;
    return {
      row, index,
      effect: cells[0].textContent,
      gravity: GRAVITY.indexOf(cells[0].className),
      check: cells[1].textContent,
      database: cells[2].textContent,
      object: cells[3].textContent,
      finding: cells[4].textContent,
      words: row.textContent.toLowerCase()
    };
  });
  let order = rows;
  let matching = rows;
  let shown = PAGE;

  const more = document.createElement('div');
  more.className = 'more';
  const moreButton = document.createElement('button');
  const allButton = document.createElement('button');
  moreButton.type = allButton.type = 'button';
  more.append(moreButton, allButton);
  table.after(more);

  function wanted() {
    const text = form.elements.text.value.trim().toLowerCase();
    return {
      effect: form.elements.effect.value,
      check: form.elements.check.value,
      database: form.elements.database.value,
      words: text ? text.split(/\s+/) : []
    };
  }

  /** Whether a row is wanted, one facet left aside. */
  function matches(entry, want, aside) {
    return facets.every(function (facet) {
      return facet === aside || want[facet] === '' || want[facet] === '=' + entry[facet];
    }) && want.words.every(function (word) { return entry.words.includes(word); });
  }

  /** What can be chosen, with how many rows it would leave. */
  function fill(want) {
    facets.forEach(function (facet) {
      const counts = new Map();
      let all = 0;
      rows.forEach(function (entry) {
        const is = matches(entry, want, facet) ? 1 : 0;
        all += is;
        counts.set(entry[facet], (counts.get(entry[facet]) || 0) + is);
      });
      const choice = form.elements[facet];
      const names = Array.from(counts.keys());
      if (facet !== 'effect') {
        names.sort(compare);
      }
      const options = [new Option('all (' + all + ')', '')].concat(names.map(function (name) {
        return new Option((name || '(none)') + ' (' + counts.get(name) + ')', '=' + name);
      }));
      choice.replaceChildren.apply(choice, options);
      choice.value = want[facet];
      choice.parentElement.hidden = names.length < 2;
    });
  }

  function show(count) {
    shown = Math.min(count, matching.length);
    body.replaceChildren.apply(body, []);
    const part = document.createDocumentFragment();
    for (let i = 0; i < shown; i++) {
      part.append(matching[i].row);
    }
    body.append(part);
    const left = matching.length - shown;
    more.hidden = left === 0;
    moreButton.textContent = 'Show ' + Math.min(PAGE, left) + ' more';
    allButton.textContent = 'Show all ' + matching.length;
    allButton.hidden = matching.length > MOST;
  }

  function say() {
    const all = rows.length + (rows.length === 1 ? ' finding' : ' findings');
    output.textContent = matching.length === rows.length ? all : matching.length + ' of ' + all;
  }

  function update() {
    const want = wanted();
    fill(want);
    matching = order.filter(function (entry) { return matches(entry, want, ''); });
    show(PAGE);
    say();
  }

  moreButton.addEventListener('click', function () {
    const first = shown;
    show(shown + PAGE);
    const link = matching[first].row.querySelector('a');
    if (link) {
      link.focus();
    }
  });
  allButton.addEventListener('click', function () { show(matching.length); });
  addEventListener('beforeprint', function () { show(matching.length); });

  let timer = 0;
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  form.addEventListener('change', update);
  form.elements.text.addEventListener('input', function () {
    clearTimeout(timer);
    timer = setTimeout(update, 150);
  });
  form.addEventListener('reset', function () { setTimeout(update, 0); });

  const KEYS = ['gravity', 'check', 'database', 'object', 'finding'];
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach(function (head, column) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    // A browser paints a button on the first sheet only, and text on each.
    addEventListener('beforeprint', function () { head.replaceChildren(button.textContent); });
    addEventListener('afterprint', function () { head.replaceChildren(button); });
    button.addEventListener('click', function () {
      const down = head.getAttribute('aria-sort') === 'ascending';
      heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const key = KEYS[column];
      const sign = down ? -1 : 1;
      order = rows.slice().sort(function (a, b) {
        return sign * (key === 'gravity' ? a.gravity - b.gravity : compare(a[key], b[key])) || a.index - b.index;
      });
      update();
    });
  });

  form.hidden = false;
  update();
  table.classList.add('ready');
});
