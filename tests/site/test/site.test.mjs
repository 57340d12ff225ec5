// The site of the rule reference in Chromium: its search, its layout, its accessibility, and what is the same in both languages.
// `cargo xtask site` builds it; it is opened as files, so nothing in it needs a server.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { launch } from '../../../bindings/npm/scripts/chromium.mjs';

const target = process.env.CARGO_TARGET_DIR ?? path.join(import.meta.dirname, '../../../target');
const site = path.join(target, 'site');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const address = (page) => {
  const [file, anchor] = page.split('#');
  return pathToFileURL(path.join(site, file)).href + (anchor ? `#${anchor}` : '');
};

/** One page of each kind, in one of the languages each; all tables. */
const PAGES = [
  'index.html', '404.html',
  'reference/en/index.html', 'reference/zh-CN/codes.html', 'reference/en/facts.html', 'reference/zh-CN/editions.html',
  'reference/en/statements.html', 'reference/zh-CN/problems.html', 'reference/zh-CN/case.html',
  'reference/en/ims.whole-image.html', 'reference/zh-CN/jd.copy-images.html', 'reference/en/image.export.html',
  'reference/zh-CN/ims.cross-region-copy.size-cap.html', 'reference/en/ims.whole-image.tags.html',
  'reference/en/codes/IMG.0146.html', 'reference/zh-CN/codes/FAILED_PRECONDITION.html',
];

let browser;
before(async () => {
  assert.ok(existsSync(path.join(site, 'index.html')), 'run `cargo xtask site` first');
  browser = await launch();
});
after(() => browser?.close());

async function opened(page, options = {}) {
  const tab = await browser.newPage(options);
  await tab.goto(address(page));
  return tab;
}

async function searched(tab, query) {
  await tab.fill('input[type=search]', '');
  await tab.fill('input[type=search]', query);
  await tab.waitForFunction(() => !document.querySelector('.results').hidden);
  return tab.$$eval('.results a', (links) => links.map((link) => link.getAttribute('href').replace(/\.html$/, '')));
}

test('the search finds Chinese words', async () => {
  const tab = await opened('reference/zh-CN/index.html');
  const wanted = {
    加密: 'ims.cross-region-copy.not-encrypted', 委托: 'ims.cross-region-copy.agency_name', 整机镜像: 'ims.whole-image',
    跨区域: 'ims.cross-region-copy', 配额: 'ims.whole-image.image-quota', 存储库: 'ims.cross-region-copy.vault-for-full-ecs',
    超过跨区域复制的上限: 'ims.cross-region-copy.size-cap', 共享镜像: 'ims.in-region-copy.shared-accepted',
    企业项目: 'ims.in-region-copy.enterprise-project', 备份: 'ims.whole-image.backup-single-use', 标签: 'ims.whole-image.tags',
    裸金属: 'ims.in-region-copy.bare-metal-not-encrypted', 并发: 'ims.cross-region-copy.concurrent-limit',
    快照: 'jd.copy-images.snapshot-quota', 'Windows 镜像': 'ims.in-region-copy.not-windows',
  };
  assert.equal(Object.keys(wanted).length, 15);
  for (const [query, page] of Object.entries(wanted)) {
    const found = await searched(tab, query);
    assert.ok(found.slice(0, 5).includes(page), `${query}: ${found.slice(0, 5)}`);
  }
  assert.deepEqual(await searched(tab, '咖啡'), []);
  assert.equal(await tab.textContent('.results p'), '没有找到结果。');
  await tab.close();
});

test('the search finds codes, fields and English words', async () => {
  const tab = await opened('reference/en/codes/IMG.0001.html');
  const wanted = {
    'IMG.0146': '../codes/IMG.0146', 'img.0146': '../codes/IMG.0146', '0146': '../codes/IMG.0146', IMG0146: '../codes/IMG.0146',
    QUOTA_EXCEEDED: '../codes/QUOTA_EXCEEDED', 'APIGW.0308': '../codes/APIGW.0308',
  };
  for (const [query, page] of Object.entries(wanted)) {
    assert.equal((await searched(tab, query))[0], page, query);
  }
  for (const [query, page] of [['too large', 'codes/IMG.0146'], ['sizeBytes', 'ims.cross-region-copy.size-cap'], ['agencies', 'ims.cross-region-copy.agency_name']]) {
    const found = await searched(tab, query);
    assert.ok(found.slice(0, 5).includes(`../${page}`), `${query}: ${found.slice(0, 5)}`);
  }
  const kinds = await tab.$$eval('.results small', (lines) => lines.map((line) => line.textContent));
  assert.ok(kinds.length > 2 && kinds.every((kind) => /^[A-Z]/.test(kind)), `${kinds}`);
  // Enter opens the first one.
  await searched(tab, '0146');
  await tab.press('input[type=search]', 'Enter');
  await tab.waitForURL('**/IMG.0146.html');
  await tab.close();
});

test('nothing is cut off, on a wide and on a narrow screen', async () => {
  const tab = await browser.newPage();
  for (const page of PAGES) {
    await tab.goto(address(page));
    for (const width of [1440, 390]) {
      await tab.setViewportSize({ width, height: 900 });
      const cut = await tab.evaluate(() => {
        const isCut = (element) => element.scrollWidth > element.clientWidth + 1;
        const tables = [...document.querySelectorAll('.wide, .compare')].filter(isCut).length;
        return [document.documentElement.scrollWidth - innerWidth > 0, tables];
      });
      assert.deepEqual(cut, [false, 0], `${page} at ${width}`);
    }
  }
  await tab.close();
});

test('paper is light, and nothing is cut off on it', async () => {
  const tab = await browser.newPage({ colorScheme: 'dark', viewport: { width: 718, height: 1000 } });
  await tab.goto(address('index.html'));
  const light = await tab.evaluate(() => { document.documentElement.dataset.theme = 'light'; return getComputedStyle(document.body).backgroundColor; });
  await tab.evaluate(() => localStorage.setItem('theme', 'dark'));
  await tab.emulateMedia({ media: 'print' });
  // Of A4 and Letter, without margins of 1 cm.
  for (const width of [718, 740]) {
    await tab.setViewportSize({ width, height: 1000 });
    // That page finds its style on the server only.
    for (const page of PAGES.filter((name) => name !== '404.html')) {
      await tab.goto(address(page));
      const [background, beyond] = await tab.evaluate(() => {
        const isBeyond = (element) => element.getBoundingClientRect().right > innerWidth + 1;
        return [getComputedStyle(document.body).backgroundColor, [...document.querySelectorAll('main *')].filter(isBeyond).length];
      });
      assert.deepEqual([background, beyond], [light, 0], `${page} at ${width}`);
    }
  }
  await tab.close();
});

test('a name with underscores has its underline below them', async () => {
  const tab = await opened('reference/en/ims.cross-region-copy.html');
  const offsets = await tab.$$eval('a:has(code)', (links) => links.map((link) => parseFloat(getComputedStyle(link).textUnderlineOffset) / parseFloat(getComputedStyle(link).fontSize)));
  assert.ok(offsets.length > 10 && offsets.every((offset) => offset >= 0.25), `${offsets}`);
  await tab.close();
});

test('axe has no serious finding, in light and dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const tab = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
    for (const page of PAGES.filter((page) => !/statements|facts|codes\.html/.test(page))) {
      await tab.goto(address(page));
      await tab.evaluate(axe);
      const { violations, passes } = await tab.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      const shown = serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html)}`);
      assert.deepEqual(shown, [], `${page}, ${colorScheme}`);
      assert.ok(passes.length > 10, 'axe has looked');
    }
    await tab.close();
  }
});

test('the other language is shown at the same place', async () => {
  const tab = await opened('reference/en/codes.html#IMG.0146');
  await tab.click('a.language');
  await tab.waitForURL('**/zh-CN/codes.html#IMG.0146');
  assert.equal(await tab.getAttribute('html', 'lang'), 'zh-CN');
  assert.equal(await tab.$eval(':target', (element) => element.id), 'IMG.0146');
  assert.deepEqual(await tab.$$eval('link[hreflang]', (links) => links.map((link) => link.hreflang)), ['en', 'zh-CN', 'x-default']);
  await tab.close();
});

test('pages and their anchors are the same in both languages', () => {
  const files = (tag) => readdirSync(path.join(site, 'reference', tag), { recursive: true }).filter((name) => name.endsWith('.html')).sort();
  const ids = (tag, name) => [...readFileSync(path.join(site, 'reference', tag, name), 'utf8').matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  assert.deepEqual(files('en'), files('zh-CN'));
  for (const name of files('en')) {
    assert.deepEqual(ids('en', name), ids('zh-CN', name), name);
    assert.equal(new Set(ids('en', name)).size, ids('en', name).length, `${name} has an id twice`);
  }
});

test('a table is filtered, and two editions are compared', async () => {
  const codes = await opened('reference/en/codes.html');
  await codes.fill('.filter input', 'quota image');
  const shown = await codes.$$eval('tbody tr', (rows) => rows.filter((row) => !row.hidden).map((row) => row.textContent.toLowerCase()));
  assert.ok(shown.length > 2 && shown.length < 40, `${shown.length} rows`);
  assert.ok(shown.every((row) => row.includes('quota') && row.includes('image')));
  await codes.close();
  const editions = await opened('reference/en/editions.html');
  const compared = async (from, to) => {
    await editions.selectOption('.compare label:nth-of-type(1) select', from);
    await editions.selectOption('.compare label:nth-of-type(2) select', to);
    return editions.$$eval('.compare tbody tr', (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  };
  assert.deepEqual(await compared('partner-2024-04', 'tr-central-201-2024-04'), [['Cross-region replication of full-ECS images', 'yes', 'no']]);
  const jd = await compared('default', 'jd-2024-11');
  assert.ok(jd.length > 0 && jd.every(([title]) => title.startsWith('Copies ')), 'the limits of JD Cloud only');
  await editions.close();
});

test('without JavaScript everything is there to read', async () => {
  const tab = await opened('reference/zh-CN/ims.cross-region-copy.size-cap.html', { javaScriptEnabled: false });
  assert.ok((await tab.innerText('main')).includes('300 GiB'));
  assert.ok(await tab.isVisible('nav a'));
  assert.equal(await tab.isVisible('form[role=search]'), false);
  await tab.close();
});

test('the choice of light or dark lasts', async () => {
  const tab = await opened('reference/en/index.html', { colorScheme: 'light' });
  const background = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await tab.click('button.theme');
  assert.notEqual(await background(), light);
  await tab.reload();
  assert.notEqual(await background(), light);
  await tab.close();
});
