// What the pages do beyond showing themselves: theme, place in the other language, search, filters, comparison of editions.
// Everything is readable without it.
'use strict';

const root = document.documentElement;
const store = {
  get() { try { return localStorage.getItem('theme'); } catch { return null; } },
  set(theme) { try { localStorage.setItem('theme', theme); } catch { /* Then the choice lasts for this page. */ } },
};
if (store.get()) root.dataset.theme = store.get();

const search = (() => {
  const HAN = /\p{Script=Han}+/gu;
  const normal = (text) => text.normalize('NFKC').toLowerCase();
  const squashed = (text) => text.replace(/[^\p{L}\p{N}]+/gu, '');

  /** The parts of a query: words, and runs of Chinese characters. */
  function parts(query) {
    const han = query.match(HAN) ?? [];
    const words = query.replace(HAN, ' ').split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
    return { han, words };
  }

  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

  /** How well a word is found in a page: 0 is not at all. */
  function ofWord(word, page) {
    const forms = [word, word.replace(/(ies|es|s|ed|ing)$/, '')].filter((form) => form.length > 1 || form === word);
    for (const [index, form] of forms.entries()) {
      const begins = new RegExp(`(^|[^\\p{L}\\p{N}])${escaped(form)}`, 'u');
      const weight = index === 0 ? 1 : 0.8;
      if (begins.test(page.names)) return 30 * weight;
      if (begins.test(page.title)) return 25 * weight;
      if (page.names.includes(form) || page.squashed.includes(squashed(form) || form)) return 15 * weight;
      if (begins.test(page.beginning)) return 10 * weight;
      if (begins.test(page.text)) return 6 * weight;
      if (form.length > 2 && page.text.includes(form)) return 3 * weight;
    }
    return 0;
  }

  /** The same of a run of Chinese characters: the whole run, or else most of its pairs. */
  function ofHan(run, page) {
    if (page.title.includes(run)) return 30;
    if (page.beginning.includes(run)) return 20;
    if (page.text.includes(run)) return 12;
    if (run.length < 3) return 0;
    const pairs = Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2));
    const share = (text) => pairs.filter((pair) => text.includes(pair)).length / pairs.length;
    const [inTitle, inText] = [share(page.title), share(`${page.title} ${page.text}`)];
    return inText < 0.6 ? 0 : 8 * inText * inText + 10 * inTitle;
  }

  /** As many characters of a rule's page have its title and what must hold. */
  const BEGINNING = 220;

  function prepare(entries) {
    return entries.map(([path, title, kind, names, text]) => {
      const words = normal(text);
      return {
        path, kind, shown: title, text: words, beginning: words.slice(0, BEGINNING),
        title: normal(title), names: normal(names), squashed: squashed(normal(`${names} ${title}`)),
      };
    });
  }

  /** Who asks for words wants rules and operations before error codes, and those before tables of everything. */
  function weight(page, hasNumber) {
    if (page.path.startsWith('codes/')) return hasNumber ? 1 : 0.35;
    return page.path.includes('.') ? 1 : 0.4;
  }

  /** The pages that have every part of the query, the best first. */
  function find(query, pages) {
    const wanted = normal(query).trim();
    const { han, words } = parts(wanted);
    if (han.length + words.length === 0) return [];
    const found = [];
    for (const page of pages) {
      const scores = [...han.map((run) => ofHan(run, page)), ...words.map((word) => ofWord(word, page))];
      if (scores.some((score) => score === 0)) continue;
      let score = scores.reduce((sum, one) => sum + one, page.title.includes(wanted) ? 20 : 0);
      score *= weight(page, /\d/.test(wanted));
      if (page.names.split(' ').some((name) => name === wanted || name.endsWith(`.${wanted}`))) score += 60;
      if (words.length > 1 && page.text.includes(wanted)) score += 15;
      found.push({ page, score });
    }
    return found.sort((a, b) => b.score - a.score || a.page.path.length - b.page.path.length).map(({ page }) => page);
  }
  return { prepare, find, normal };
})();

function begin() {
  const theme = document.querySelector('button.theme');
  if (theme) {
    theme.hidden = false;
    theme.addEventListener('click', () => {
      const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = isDark ? 'light' : 'dark';
      store.set(root.dataset.theme);
    });
  }
  // Ids are the same in every language, so the place in the page is too.
  const keepPlace = () => document.querySelectorAll('a.language').forEach((link) => { link.hash = location.hash; });
  addEventListener('hashchange', keepPlace);
  keepPlace();
  const form = document.querySelector('form[role=search]');
  if (form) beginSearch(form);
  const main = document.querySelector('main[data-filter]');
  if (main) beginFilter(main);
  document.querySelectorAll('.compare').forEach(beginComparison);
}

function beginSearch(form) {
  const MAX_SHOWN = 20;
  const input = form.querySelector('input');
  const box = form.querySelector('.results');
  const [status, list] = [box.querySelector('p'), box.querySelector('ol')];
  const up = document.body.dataset.up;
  let pages = null;
  const load = () => {
    if (pages === null) {
      pages = [];
      const script = document.createElement('script');
      script.src = form.dataset.index;
      script.onload = () => { pages = search.prepare(window.referencePages); show(); };
      document.head.append(script);
    }
  };
  function show() {
    const query = input.value.trim();
    box.hidden = query === '' || pages === null || pages.length === 0;
    if (box.hidden) return;
    const found = search.find(query, pages);
    status.textContent = found.length === 0 ? form.dataset.none : `${form.dataset.some} ${found.length}`;
    list.replaceChildren(...found.slice(0, MAX_SHOWN).map((page) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = `${up}${page.path}.html`;
      link.textContent = page.shown;
      const more = document.createElement('small');
      more.textContent = `${page.kind} · ${page.path}`;
      item.append(link, more);
      return item;
    }));
  }
  form.hidden = false;
  input.addEventListener('focus', load);
  input.addEventListener('input', () => { load(); show(); });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    list.querySelector('a')?.click();
  });
  form.addEventListener('keydown', (event) => {
    const places = [input, ...list.querySelectorAll('a')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      places[(places.indexOf(document.activeElement) + step + places.length) % places.length].focus();
      event.preventDefault();
    } else if (event.key === 'Escape') {
      input.value = '';
      input.focus();
      show();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      input.focus();
    }
  });
  document.addEventListener('click', (event) => { if (!form.contains(event.target)) box.hidden = true; });
}

/** A field above the tables that hides the rows without its text. */
function beginFilter(main) {
  const label = document.createElement('label');
  label.className = 'filter';
  const name = document.createElement('span');
  name.textContent = main.dataset.filter;
  const input = document.createElement('input');
  input.type = 'search';
  label.append(name, input);
  const rows = [...main.querySelectorAll('tbody tr')].map((row) => [row, search.normal(row.textContent)]);
  input.addEventListener('input', () => {
    const wanted = search.normal(input.value).trim().split(/\s+/);
    rows.forEach(([row, text]) => { row.hidden = !wanted.every((part) => text.includes(part)); });
  });
  main.querySelector('h2, .wide')?.before(label);
}

/** Two lists of editions, and a table of what differs between the chosen ones. */
function beginComparison(box) {
  const limits = JSON.parse(box.dataset.editions);
  const names = [...new Set(limits.flatMap(([, values]) => Object.keys(values)))];
  const result = document.createElement('div');
  result.setAttribute('role', 'status');
  const choices = [0, 1].map((index) => {
    const label = document.createElement('label');
    label.textContent = index === 0 ? document.body.dataset.compare : '→';
    const select = document.createElement('select');
    select.append(...names.map((name) => new Option(name, name)));
    select.value = names[Math.min(index * 3, names.length - 1)];
    select.setAttribute('aria-label', `${document.body.dataset.compare} ${index + 1}`);
    select.addEventListener('change', show);
    label.append(document.createElement('br'), select);
    return { label, select };
  });
  function show() {
    const [from, to] = choices.map(({ select }) => select.value);
    // What only one of two clouds has is no difference.
    const differing = limits.filter(([, values]) => from in values && to in values && values[from] !== values[to]);
    const table = document.createElement('table');
    const head = table.createTHead().insertRow();
    for (const title of ['', from, to]) {
      const cell = document.createElement(title === '' ? 'td' : 'th');
      cell.textContent = title;
      head.append(cell);
    }
    const body = table.createTBody();
    for (const [title, values] of differing) {
      const row = body.insertRow();
      for (const [label, text] of [['', title], [from, values[from]], [to, values[to]]]) {
        const cell = row.insertCell();
        cell.dataset.label = label;
        const inner = document.createElement('div');
        inner.textContent = text;
        cell.append(inner);
      }
    }
    result.replaceChildren(differing.length === 0 ? '=' : table);
  }
  box.append(...choices.map(({ label }) => label), result);
  show();
}

document.addEventListener('DOMContentLoaded', begin);
