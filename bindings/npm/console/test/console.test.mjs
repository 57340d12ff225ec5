// The console in headless Chromium, as users see it.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';

const root = join(import.meta.dirname, '..');
const { images } = JSON.parse(await readFile(join(root, 'src/images.json'), 'utf8'));
const axe = await readFile(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
let browser, server;

before(async () => {
  server = await serve(join(root, 'dist'));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.stop();
});

async function open(options = {}) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
  page.on('pageerror', (error) => assert.fail(error));
  await page.goto(server.address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const copyAcross = async (page, image) => {
  await page.getByRole('button', { name: `Copy to region: ${image}` }).click();
  return page.getByRole('dialog');
};

test('typing an invalid name shows the finding, and a button fixes it', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Copy here: web-base-euleros' }).click();
  const dialog = page.getByRole('dialog');
  const name = dialog.getByLabel('Name');
  await name.fill('');
  await name.pressSequentially('web/base');
  const error = dialog.locator('.error');
  assert.match(await error.textContent(), /^Allowed characters: letters, digits/);
  assert.equal(await name.getAttribute('aria-invalid'), 'true');
  assert.equal(await name.getAttribute('aria-describedby'), await error.getAttribute('id'));
  await dialog.getByText('The cloud would refuse this request.').waitFor();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  assert.equal(await name.inputValue(), 'webbase');
  await dialog.getByText('The cloud will take this request.').waitFor();
  assert.match(await dialog.locator('pre').textContent(), /POST \/v1\/cloudimages\/465076de-dc36-4aec-80f5-ef9d8009428f\/copy/);
});

test('an encrypted image cannot be copied across regions, and the way out is offered', async () => {
  const page = await open();
  const button = page.getByRole('button', { name: 'Copy to region: payments-db-encrypted' });
  assert.equal(await button.getAttribute('aria-disabled'), 'true');
  await button.focus();
  const tooltip = page.locator(`[id="${await button.getAttribute('aria-describedby')}"]`);
  assert.ok(await tooltip.isVisible());
  assert.match(await tooltip.textContent(), /encrypted images cannot be replicated \(copied\) across regions/);
  assert.match(await tooltip.textContent(), /Replicate it within its region first/);
  await button.click({ force: true });
  assert.equal(await page.getByRole('dialog').count(), 0, 'a button that says no does nothing');
  await page.getByRole('button', { name: 'Copy here first: payments-db-encrypted' }).click();
  await page.getByRole('dialog').getByText('Copy within this region').waitFor();
  await page.getByRole('dialog').getByText('The cloud will take this request.').waitFor();
});

test('a missing fact is requested, and its value changes the verdict', async () => {
  const page = await open();
  const dialog = await copyAcross(page, 'web-base-euleros');
  await dialog.getByLabel('Destination region').selectOption('ap-southeast-1');
  await dialog.getByText('some facts are missing').waitFor();
  const submit = dialog.getByRole('button', { name: 'Copy', exact: true });
  assert.equal(await submit.getAttribute('aria-disabled'), 'true');
  // The button can be pressed, but nothing is sent while facts are missing.
  await submit.click({ force: true });
  assert.equal(await dialog.getByRole('status').count(), 0);
  await dialog.getByLabel('Copies to other regions that run now').fill('5');
  await dialog.getByText('5 images are already being replicated').waitFor();
  await dialog.getByLabel('Copies to other regions that run now').fill('4');
  await dialog.getByText('The cloud will take this request.').waitFor();
  await submit.click();
  await dialog.getByRole('status').waitFor();
  assert.match(await dialog.locator('pre').textContent(), /cross_region_copy[^]*"region": "ap-southeast-1"/);
});

test('each region is marked with its verdict', async () => {
  const page = await open();
  const dialog = await copyAcross(page, 'web-base-euleros');
  const option = dialog.locator('option[value="cn-north-4"]');
  assert.match(await option.textContent(), /^✗ CN North-Beijing4/);
  assert.equal(await option.isDisabled(), true);
  assert.match(await dialog.locator('option[value="cn-south-1"]').textContent(), /^\? CN South-Guangzhou/);
});

test('a submit without a region says so at the region', async () => {
  const page = await open();
  const dialog = await copyAcross(page, 'web-base-euleros');
  const region = dialog.getByLabel('Destination region');
  assert.equal(await region.getAttribute('aria-invalid'), 'false');
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click({ force: true });
  const error = page.locator(`[id="${await region.getAttribute('aria-describedby')}"]`);
  await error.waitFor();
  assert.equal(await error.textContent(), 'This field is required.');
  assert.equal(await region.getAttribute('aria-invalid'), 'true');
});

test('a full-ECS image asks for its vault', async () => {
  const page = await open();
  const dialog = await copyAcross(page, 'erp-whole-server');
  await dialog.getByLabel('Destination region').selectOption('cn-south-1');
  await dialog.getByText('This is a full-ECS image').waitFor();
  await dialog.getByLabel('Vault in the destination').fill('6yhtb5df-1bc3-4c3f-893e-3e4716yhgt61');
  await dialog.getByText('some facts are missing').waitFor();
});

test('what the verdict presumes is said in one sentence, in both languages', async () => {
  const page = await open();
  const dialog = await copyAcross(page, 'erp-whole-server');
  await dialog.getByLabel('Destination region').selectOption('cn-south-1');
  await dialog.getByLabel('Vault in the destination').fill('6yhtb5df-1bc3-4c3f-893e-3e4716yhgt61');
  await dialog.getByLabel('Copies to other regions that run now').fill('0');
  await dialog.getByText('The cloud will take this request.').waitFor();
  assert.equal(
    await dialog.locator('.presumed').textContent(),
    'Presumed: the image was not itself copied from another region; the vault is in the destination region; the image quota is not used up.',
  );
  // A settled verdict presumes nothing.
  await dialog.getByLabel('Copies to other regions that run now').fill('5');
  await dialog.getByText('The cloud would refuse this request.').waitFor();
  assert.equal(await dialog.locator('.presumed').count(), 0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByLabel('Language').selectOption('zh-CN');
  await page.getByRole('button', { name: '区域内复制：web-base-euleros' }).click();
  assert.equal(await page.getByRole('dialog').locator('.presumed').textContent(), '以下情况未核实，推定为正常：镜像配额尚有剩余。');
});

// Latin text allowed on a Chinese page: names of images, systems, regions and products, units and codes.
const NAMES = [
  ...images.flatMap(({ name, __os_version }) => [name, __os_version]),
  /\b[a-z]{2}-[a-z]+-\d+\b/g,
  /\bIMG\.\d{4}\b/g,
  /\bimage-preflight\b/g,
  /\b(?:ims|image)\.[\w.-]+/g,
  /\bU\+[0-9A-F]{4,}\b/g,
  /\bGET \/\S+/g,
  // A literal value of the cloud or the user, and the status that a rule requires.
  /“[^”]*”/g,
  /(?<=为 )active/g,
  /\b(?:GiB|JSON|ISO|IMS|CBR|ECS|KMS|ID|API|INIT|RUNNING|Windows|Linux|English|ims_copy_image)\b/g,
];

/**
 * Every text and every accessible name of a page with other Latin words. Code and the titles of documents are
 * excluded.
 */
async function latin(page) {
  const texts = await page.evaluate(() => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (!node.parentElement.closest('code, pre, cite, textarea, script, style')) found.push(node.textContent);
        continue;
      }
      found.push(...['aria-label', 'aria-description', 'title', 'placeholder', 'alt'].map((name) => node.getAttribute(name) ?? ''));
    }
    return found;
  });
  const rest = (text) => NAMES.reduce((rest, name) => rest.replaceAll(name, ' '), text);
  return texts.filter((text) => /[A-Za-z]{2,}/.test(rest(text))).map((text) => text.trim());
}

test('the Chinese switch changes every text and every accessible name', async () => {
  const page = await open();
  // As a control: on an English page, text is found.
  assert.ok((await latin(page)).length > 30);
  await page.getByLabel('Language').selectOption('zh-CN');
  await page.getByRole('heading', { name: '镜像控制台' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  assert.deepEqual(await latin(page), [], 'the list');

  // A copy within the region: a bad name with its fix, then the request.
  await page.getByRole('button', { name: '区域内复制：web-base-euleros' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('名称').fill('a/b');
  assert.match(await dialog.locator('.error').textContent(), /^只能包含字母、数字/);
  assert.deepEqual(await latin(page), [], 'a field that is wrong');
  await dialog.getByLabel('名称').fill('ab');
  await dialog.getByText('云服务会接受该请求。').waitFor();
  assert.deepEqual(await latin(page), [], 'an allowed request');
  await dialog.getByRole('button', { name: '复制' }).click();
  await dialog.getByText('请求将在此时发出。').waitFor();
  assert.deepEqual(await latin(page), [], 'a request that is sent');
  await dialog.getByRole('button', { name: '取消' }).click();

  // A copy to another region: an empty form, then a missing fact, then a limit that is reached.
  await page.getByRole('button', { name: '跨区域复制：web-base-euleros' }).click();
  assert.deepEqual(await latin(page), [], 'an empty form');
  await dialog.getByLabel('目的区域', { exact: true }).selectOption('cn-south-1');
  await dialog.getByText('目前没有违反任何规则，但仍有信息未知。').waitFor();
  assert.deepEqual(await latin(page), [], 'an undetermined request');
  await dialog.getByLabel('当前正在进行的跨区域复制数').fill('5');
  await dialog.getByText('云服务会拒绝该请求。').waitFor();
  assert.deepEqual(await latin(page), [], 'a denied request');
  await dialog.getByRole('button', { name: '取消' }).click();

  // A full-ECS image, which needs a vault.
  await page.getByRole('button', { name: '跨区域复制：erp-whole-server' }).click();
  await dialog.getByLabel('目的区域的存储库').waitFor();
  assert.deepEqual(await latin(page), [], 'a full-ECS image');
  await dialog.getByRole('button', { name: '取消' }).click();

  const box = page.getByLabel('服务端返回的内容或错误码');
  for (const answer of ['IMG.0146', 'IMG.0149', 'IMG.0015', 'nothing that is known']) {
    await box.fill(answer);
    await page.locator('.explain .said').waitFor();
    assert.deepEqual(await latin(page), [], answer);
  }
});

test("a server's refusal is explained, and a hostile one is only text", async () => {
  const page = await open();
  const box = page.getByLabel("The server's answer, or its error code");
  await box.fill('{"error":{"code":"IMG.0149","message":"m"}}');
  await page.getByText('exceeds the flow control limit').waitFor();
  await page.getByText('Try again later.').waitFor();
  await box.fill('<img src=x onerror="document.title=1">');
  await page.getByText("This answer is not in image-preflight's table.").waitFor();
  assert.equal(await page.locator('.explain img').count(), 0);
});

for (const [name, options] of [
  ['1440-light', {}],
  ['1440-dark', { colorScheme: 'dark' }],
  ['360-light', { viewport: { width: 360, height: 740 } }],
  ['360-dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
]) {
  test(`accessible and whole at ${name}`, async () => {
    const page = await open(options);
    const folder = process.env.SCREENSHOTS;
    const shoot = async (what) => {
      if (folder) {
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `${what}-${name}.png`) });
      }
    };
    const sound = async (what) => {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => [what, id, nodes.map(({ html }) => html)]), []);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 0, `${what} is ${overflow} px too wide`);
    };
    await sound('the list');
    await page.getByRole('button', { name: 'Copy to region: payments-db-encrypted' }).focus();
    await shoot('list');
    await sound('a reason');
    const dialog = await copyAcross(page, 'web-base-euleros');
    await dialog.getByLabel('Name').fill('web/base');
    await dialog.getByLabel('Destination region').selectOption('ap-southeast-1');
    await sound('the dialog');
    await shoot('dialog');
  });
}
