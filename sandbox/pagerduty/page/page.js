// Shows what the simulator says, as it says it. Everything is put in as text: events come from anywhere.
'use strict';

const byId = (id) => document.getElementById(id);
const expanded = new Set();

const STATE_TEXT = { triggered: 'Triggered', acknowledged: 'Acknowledged', resolved: 'Resolved' };
const ACTION_TEXT = { trigger: 'Triggered again', acknowledge: 'Acknowledged', resolve: 'Resolved' };
const CHANGE_TEXT = { opened: 'opened', updated: 'added to', acknowledged: 'acknowledged', resolved: 'resolved', none: 'nothing open' };
const LONG_TITLE = 220;

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      node.addEventListener(key, value);
    } else if (value !== undefined) {
      node.setAttribute(key, value);
    }
  }
  node.append(...children.filter((child) => child !== undefined && child !== ''));
  return node;
}

function time(iso) {
  return element('time', { datetime: iso }, new Date(iso).toLocaleTimeString([], { hour12: false }));
}

function duration(from, to) {
  const seconds = Math.max(0, Math.round((new Date(to) - new Date(from)) / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A link that opens elsewhere, or plain text when it is no web address. */
function link(href, text) {
  return /^https?:/i.test(href) ? element('a', { href, target: '_blank', rel: 'noreferrer noopener' }, text || href) : element('span', {}, text ? `${text}: ${href}` : href);
}

function title(incident) {
  const isLong = incident.title.length > LONG_TITLE;
  const isExpanded = expanded.has(incident.number);
  const heading = element('h2', { id: `incident-${incident.number}`, class: isLong && !isExpanded ? 'long' : undefined }, incident.title || '(no summary)');
  if (!isLong) {
    return [heading];
  }
  return [heading, element('button', {
    type: 'button',
    class: 'more',
    'aria-expanded': String(isExpanded),
    click: () => {
      if (!expanded.delete(incident.number)) {
        expanded.add(incident.number);
      }
      render(lastState);
    },
  }, isExpanded ? 'show less' : `show all ${[...incident.title].length} characters`)];
}

function facts(incident) {
  const { source, class: kind, component, group, custom_details: details } = incident.payload ?? {};
  const rows = Object.entries({ source, class: kind, component, group, ...(details ?? {}) });
  const list = element('dl');
  for (const [name, value] of rows) {
    if (value !== undefined && value !== '') {
      list.append(element('dt', {}, name), element('dd', { class: 'value' }, typeof value === 'string' ? value.replace(/\n+$/, '') : JSON.stringify(value, null, 2)));
    }
  }
  return list;
}

function timeline(incident) {
  return element('ol', { class: 'timeline' }, ...incident.entries.map((entry, index) => element('li', { class: entry.action },
    element('span', { class: 'what' }, index === 0 ? 'Triggered' : ACTION_TEXT[entry.action]), ' ', time(entry.at),
    entry.summary && entry.summary !== incident.title ? element('p', { class: 'said' }, entry.summary) : undefined)));
}

function card(incident) {
  const { state, severity, links } = incident;
  const since = state === 'resolved'
    ? `open for ${duration(incident.openedAt, incident.resolvedAt)}`
    : element('span', {}, 'since ', time(incident.openedAt));
  const all = [...links.map(({ href, text }) => link(href, text)), ...incident.images.map(({ src, href, alt }) => link(href || src, alt || 'image'))];
  if (incident.clientUrl) {
    all.push(link(incident.clientUrl, `View in ${incident.client || 'client'}`));
  }
  return element('article', { class: `panel incident ${state}`, 'aria-labelledby': `incident-${incident.number}` },
    element('div', { class: 'top' },
      element('div', { class: 'line' },
        element('span', { class: 'badge state' }, STATE_TEXT[state]),
        severity ? element('span', { class: `badge ${severity}` }, severity) : undefined,
        element('span', {}, `#${incident.number}`),
        element('span', {}, incident.service),
        since),
      ...title(incident),
      all.length > 0 ? element('div', { class: 'links' }, ...all) : undefined),
    element('div', { class: 'body' },
      element('section', {}, element('h3', {}, 'Details'), facts(incident)),
      element('section', {}, element('h3', {}, 'Timeline'), timeline(incident))));
}

function requestRow({ at, status, action, change, incident, summary, errors }) {
  const answer = status === null ? 'no answer' : String(status);
  return element('tr', {},
    element('td', {}, time(at)),
    element('td', { class: status === 202 ? 'accepted' : 'refused' }, answer),
    element('td', {}, action ?? '?'),
    element('td', {}, change ? `${CHANGE_TEXT[change]}${incident ? ` #${incident}` : ''}` : ''),
    element('td', {}, errors ? errors.join('; ') : summary ?? ''));
}

const STATUS_TEXT = { firing: 'Firing', resolved: 'Resolved' };

/** One call of a receiver: a line, and what was sent behind it. */
function call(receiver, { number, at, target, status, color, summary, answer, isAccepted, facts, text, hasHtml }) {
  const key = `${receiver}-${number}`;
  const list = element('dl');
  for (const [name, value] of Object.entries(facts ?? {})) {
    list.append(element('dt', {}, name), element('dd', { class: 'value' }, value));
  }
  const item = element('li', { class: color ? 'call bar' : 'call' },
    element('details', { open: expanded.has(key) ? '' : undefined, toggle: ({ target: { open } }) => (open ? expanded.add(key) : expanded.delete(key)) },
      element('summary', {},
        element('span', { class: 'line' },
          time(at),
          element('span', { class: `badge ${isAccepted ? 'accepted' : 'refused'}` }, answer),
          status ? element('span', { class: `badge ${status}` }, STATUS_TEXT[status]) : undefined,
          element('span', { class: 'target' }, target)),
        element('span', { class: 'said' }, summary)),
      list.childElementCount > 0 ? list : undefined,
      text ? element('pre', { tabindex: '0' }, text) : undefined,
      // What labels say stands in it: it runs no script, sends no form, and loads nothing.
      hasHtml ? element('iframe', { src: `/calls/${receiver}/${number}`, sandbox: '', loading: 'lazy', title: summary }) : undefined));
  if (color) {
    item.style.setProperty('--bar', color);
  }
  return item;
}

function receiverPanel({ id, title: heading, count, calls }) {
  return element('section', { class: 'panel receiver', 'aria-labelledby': `receiver-${id}` },
    element('h2', { id: `receiver-${id}` }, heading, ' ', element('span', { class: 'count' }, String(count))),
    element('ol', {}, ...calls.map((each) => call(id, each))));
}

/** Drawn only when calls have come, so that an update of the incidents moves no reader who scrolls in a body. */
function renderReceivers(receivers) {
  const called = receivers.filter(({ count }) => count > 0);
  const drawn = JSON.stringify(called.map(({ id, calls }) => [id, calls.map(({ number, answer }) => [number, answer])]));
  if (byId('receivers').dataset.drawn !== drawn) {
    byId('receivers').dataset.drawn = drawn;
    byId('receivers').replaceChildren(...called.map(receiverPanel));
  }
}

let lastState;

function render(state) {
  lastState = state;
  const open = state.incidents.filter((incident) => incident.state !== 'resolved').length;
  const resolved = state.incidents.length - open;
  byId('totals').replaceChildren(element('strong', {}, `${open} open`), `, ${resolved} resolved`);
  document.title = open > 0 ? `(${open}) Incidents – PagerDuty simulator` : 'Incidents – PagerDuty simulator';
  byId('empty').hidden = state.incidents.length > 0;
  byId('totals').hidden = state.incidents.length === 0;
  byId('incidents').replaceChildren(...state.incidents.map(card));
  renderReceivers(state.receivers);
  byId('request-count').textContent = state.requestCount;
  byId('requests').replaceChildren(...state.requests.map(requestRow));
  for (const button of document.querySelectorAll('#faults button')) {
    button.setAttribute('aria-pressed', String(button.dataset.mode === state.faultMode));
  }
  renderActions(state.actions);
}

function renderActions(actions) {
  const group = byId('actions');
  const ids = actions.map(({ id }) => id).join();
  if (group.dataset.ids === ids) {
    return;
  }
  group.dataset.ids = ids;
  group.hidden = actions.length === 0;
  group.replaceChildren(element('span', { class: 'group-label' }, 'Node exporter'),
    ...actions.map(({ id, label }) => element('button', { type: 'button', click: () => post(`/api/actions/${id}`, {}) }, label)));
}

function post(place, body) {
  return fetch(place, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

byId('faults').addEventListener('click', ({ target }) => {
  if (target.dataset.mode) {
    post('/api/faults', { mode: target.dataset.mode });
  }
});

const connection = byId('connection');
const stream = new EventSource('/api/stream');
stream.onmessage = ({ data }) => {
  connection.textContent = 'live';
  connection.className = 'connection live';
  render(JSON.parse(data));
};
stream.onerror = () => {
  connection.textContent = 'the sandbox has ended';
  connection.className = 'connection lost';
};
