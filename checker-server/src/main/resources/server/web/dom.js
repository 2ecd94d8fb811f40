// SPDX-License-Identifier: Apache-2.0
// Elements, words and numbers. Everything is inserted as text: nothing in this console ever parses HTML.

/**
 * An element. Properties whose value is a function are listeners (`click`), `class` and everything else are attributes;
 * null, undefined and false leave an attribute out. Children are elements or text.
 */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') {
      element.addEventListener(key, value);
    } else if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, String(value));
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Says something to a screen reader, and to nobody else. */
export function say(words) {
  const said = document.getElementById('said');
  said.textContent = '';
  requestAnimationFrame(() => {
    said.textContent = words;
  });
}

export function count(number, one, many = one + 's') {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** Controls, formats, line ends, private use, halves of a pair: as the reports of the command line have it. */
const UNPRINTED = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** The text with what cannot be seen, or would reorder what can, written as `<U+202E>`; names of a source may hold anything. */
export function visible(text) {
  return text.replace(UNPRINTED, (it) => `<U+${it.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);
}

/** A moment in the reader's own time, with the exact one behind it. */
export function time(iso) {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) {
    return el('span', {}, String(iso));
  }
  const sameYear = moment.getFullYear() === new Date().getFullYear();
  const words = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : {year: 'numeric'}),
    hour: '2-digit',
    minute: '2-digit',
  }).format(moment).replace(',', '');
  return el('time', {datetime: iso, title: iso}, words);
}

export function clock(moment) {
  return new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'}).format(moment);
}

export function duration(millis) {
  if (millis < 1000) {
    return `${Math.max(0, Math.round(millis))} ms`;
  }
  if (millis < 10_000) {
    return `${(millis / 1000).toFixed(1)} s`;
  }
  return whole(millis);
}

/** A duration in whole seconds, for what counts up. */
export function whole(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Puts text on the clipboard; where the browser keeps it from us (plain HTTP beyond this machine), the old way. */
async function toClipboard(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed: the other way may be.
    }
  }
  const before = document.activeElement;
  const area = el('textarea', {class: 'unseen', 'aria-hidden': 'true', tabindex: '-1', readonly: true});
  area.value = text;
  document.body.append(area);
  area.select();
  let done;
  try {
    done = document.execCommand('copy');
  } catch {
    done = false;
  }
  area.remove();
  before?.focus();
  return done;
}

/**
 * Text to paste elsewhere, with its button.
 *
 * @param shown the element that holds the text for the eye
 * @param text what goes to the clipboard, to the letter
 * @param what what it is, such as "the fix for obj.engine"
 */
export function copyable(shown, text, what) {
  const button = el('button', {type: 'button', class: 'copy', 'aria-label': `Copy ${what}`}, 'Copy');
  let back;
  button.addEventListener('click', async () => {
    const done = await toClipboard(text);
    if (!done) {
      getSelection().selectAllChildren(shown);
    }
    button.textContent = done ? 'Copied' : 'Press Ctrl+C';
    say(done ? `Copied ${what}` : 'The text is selected: press Control C to copy it');
    clearTimeout(back);
    back = setTimeout(() => {
      button.textContent = 'Copy';
    }, 2500);
  });
  return el('div', {class: 'copyable block'}, shown, button);
}

/** Asks before something that cannot be taken back; Escape is no. The focus returns to where it was. */
export function ask(title, text, yes, no) {
  const dialog = document.getElementById('question');
  document.getElementById('question-title').textContent = title;
  document.getElementById('question-text').textContent = text;
  document.getElementById('question-yes').textContent = yes;
  document.getElementById('question-no').textContent = no;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener('close', () => answer(dialog.returnValue === 'yes'), {once: true});
  });
}
