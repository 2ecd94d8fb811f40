// SPDX-License-Identifier: Apache-2.0
// The form that creates a check. The URI leaves it once, in the body of the request, and is kept nowhere.

import * as api from './api.js';
import {clock, el, say} from './dom.js';

/**
 * The form.
 *
 * @param facts what the list of services says about this one; null where it does not
 * @param like the task whose settings the form begins with; null for none
 * @param created what to do with the new task
 * @param refused what to do when the server wants a token
 */
export function checkForm({project, service, facts, like, signal, created, refused}) {
  const uri = el('input', {
    id: 'uri',
    type: 'password',
    required: true,
    autocomplete: 'off',
    autocapitalize: 'off',
    autocorrect: 'off',
    spellcheck: 'false',
    'data-1p-ignore': true,
    'data-lpignore': 'true',
    'aria-describedby': 'uri-hint error',
  });
  const show = el('button', {type: 'button', class: 'show', 'aria-label': 'Show the URI', 'aria-pressed': 'false'}, 'Show');
  const reveal = (shown) => {
    uri.type = shown ? 'text' : 'password';
    show.setAttribute('aria-pressed', String(shown));
  };
  show.addEventListener('click', () => reveal(uri.type === 'password'));

  const upgrade = like?.task_type === 'mysql_upgrade_check';
  const radio = (value, label, checked) =>
    el('label', {}, el('input', {type: 'radio', name: 'type', value, ...(checked ? {checked} : {}), change: switchType}), ' ', label);
  const method = el('select', {id: 'method'},
      el('option', {value: ''}, 'Recommend one'), el('option', {value: 'replication'}, 'Replication'), el('option', {value: 'dump'}, 'Dump'));
  const version = el('input', {
    id: 'version',
    inputmode: 'decimal',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: facts?.target_version ?? '8.4',
  });
  const ignored = el('input', {
    id: 'ignored',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': 'ignored-hint',
  });
  const methodField = field('method', 'Method', method);
  const versionField = field('version', 'Target version', version);
  const ignoredField = field('ignored', 'Databases to leave out', ignored,
      el('p', {id: 'ignored-hint', class: 'hint'}, 'Names with commas between them.'));
  const ownServer = el('p', {class: 'hint'}, `Empty for the server of the service, ${facts?.target}.`);
  const error = el('p', {id: 'error', class: 'error', role: 'alert'});
  const button = el('button', {class: 'primary'}, 'Check');

  function type() {
    return form.querySelector('input[name=type]:checked').value;
  }

  function switchType() {
    const forUpgrade = type() === 'upgrade_check';
    methodField.hidden = forUpgrade;
    ignoredField.hidden = forUpgrade;
    versionField.hidden = !forUpgrade;
    version.required = forUpgrade;
    ownServer.hidden = !forUpgrade || !facts?.target;
    uri.required = ownServer.hidden;
  }

  const form = el('form', {class: 'check', autocomplete: 'off', novalidate: true, 'aria-labelledby': 'form-title'},
      el('h2', {id: 'form-title'}, 'New check'),
      el('fieldset', {}, el('legend', {}, 'What for'),
          el('div', {class: 'choices'}, radio('migration_check', 'Migration', !upgrade), radio('upgrade_check', 'Upgrade', upgrade))),
      el('div', {class: 'field'},
          el('label', {for: 'uri'}, 'URI of the source'),
          el('div', {class: 'with-button'}, uri, show),
          el('p', {id: 'uri-hint', class: 'hint'}, el('code', {}, 'mysql://user:password@host:3306/'),
              ' User and password percent-encoded. Sent once, kept nowhere in this page.'),
          ownServer),
      methodField,
      versionField,
      ignoredField,
      el('div', {class: 'buttons'}, button),
      error);
  ignored.value = like?.ignore_dbs ?? '';
  switchType();

  function fail(words, at) {
    error.textContent = words;
    at?.setAttribute('aria-invalid', 'true');
    at?.focus();
  }

  form.addEventListener('input', (event) => event.target.removeAttribute('aria-invalid'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.getAttribute('aria-disabled') === 'true') {
      return;
    }
    error.textContent = '';
    if (uri.required && uri.value.trim() === '') {
      fail('Enter the URI of the source.', uri);
      return;
    }
    if (version.required && version.value.trim() === '') {
      fail('Enter the version to upgrade to, such as 8.4.', version);
      return;
    }
    const body = request(type(), uri.value, ignored.value.trim(), method.value, version.value.trim());
    uri.value = '';
    reveal(false);
    button.setAttribute('aria-disabled', 'true');
    say('Sending');
    try {
      created(await api.create(project, service, body, {signal}));
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      if (!(failure instanceof api.Failure)) {
        throw failure;
      }
      if (failure.kind === 'token') {
        refused(failure);
        return;
      }
      fail(words(failure), uri);
    } finally {
      button.removeAttribute('aria-disabled');
    }
  });
  return form;
}

function field(id, label, control, hint) {
  return el('div', {class: 'field'}, el('label', {for: id}, label), control, hint);
}

function request(type, uri, ignored, method, version) {
  const details = {};
  const add = (name, value) => {
    if (value.trim() !== '') {
      details[name] = value;
    }
  };
  add('source_service_uri', uri);
  if (type === 'upgrade_check') {
    add('target_version', version);
  } else {
    add('ignore_dbs', ignored);
    add('method', method);
  }
  return {task_type: type, [type]: details};
}

function words(failure) {
  if (failure.kind !== 'later') {
    return `${sentence(failure.message)} The URI was not kept: enter it again.`;
  }
  if (failure.status === 0) {
    return `${sentence(failure.message)} Look at the list before you send it again: it may have been created.`;
  }
  const when = failure.retryAt === null ? 'Try again later.' : `Try again after ${clock(failure.retryAt)}.`;
  return `${sentence(failure.message)} Nothing was created. ${when}`;
}

function sentence(text) {
  const trimmed = text.trim();
  const first = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
