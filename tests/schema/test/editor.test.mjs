// Completion, hover and diagnostics of a case, as VS Code's JSON language service gives them from the schema for editors.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import jsonService from 'vscode-json-languageservice';
import { folder } from './shared.mjs';

const { getLanguageService, TextDocument } = jsonService;
const schema = JSON.parse(readFileSync(join(folder, 'editor/case.json'), 'utf8'));
const service = getLanguageService({ schemaRequestService: () => Promise.reject(new Error('no schema is loaded')) });
service.configure({ validate: true, schemas: [{ uri: schema.$id, fileMatch: ['*.case.json'], schema }] });

/** A document with its place of the mark `|`. */
function open(text) {
  const offset = text.indexOf('|');
  const document = TextDocument.create('file:///a.case.json', 'json', 1, text.replace('|', ''));
  return { document, parsed: service.parseJSONDocument(document), position: document.positionAt(Math.max(offset, 0)) };
}

const body = (operation, body) => JSON.stringify({ operation, path: { image_id: 'i' }, body });

/** What is underlined, and why. */
async function problems(text) {
  const { document, parsed } = open(text);
  const found = await service.doValidation(document, parsed);
  return found.map(({ message, range }) => [document.getText(range), message]);
}

async function labels(text) {
  const { document, parsed, position } = open(text);
  return (await service.doComplete(document, position, parsed)).items;
}

async function hover(text) {
  const { document, parsed, position } = open(text);
  return (await service.doHover(document, position, parsed)).contents.join('\n');
}

const whole = (fields) => body('ims.whole-image', { name: 'whole', ...fields });

test('an allowed case has no problem, with $schema in it too', async () => {
  const { examples } = schema;
  assert.deepEqual(await problems(JSON.stringify({ $schema: schema.$id, ...examples[0] })), []);
  assert.deepEqual(await problems(whole({ instance_id: 'i', vault_id: 'v' })), []);
  assert.deepEqual(await problems(whole({ backup_id: 'b', whole_image_type: 'CBR', description: null, enterprise_project_id: ' ' })), []);
  assert.deepEqual(await problems(body('CopyImageInRegion', { name: 'copy', cmk_id: '' })), []);
});

test('a problem is told in the words of its rule, of the variant that is meant', async () => {
  const table = [
    [body('ims.in-region-copy', { name: ' copy' }), '" copy"', /^The name has 1 to 128 characters/],
    [body('ims.in-region-copy', { name: 'copy😀' }), '"copy😀"', /^The name has 1 to 128 characters/],
    [body('ims.in-region-copy', { name: 'copy', description: 'a\nb' }), '"a\\nb"', /^The description has at most 1024 characters/],
    [body('ims.in-region-copy', { name: 'copy', enterprise_project_id: 'mine' }), '"mine"', /^`enterprise_project_id` is blank or "0"/],
    [whole({ backup_id: 'b' }), undefined, /whole_image_type/],
    [whole({ instance_id: 'i' }), undefined, /vault_id/],
    [whole({}), undefined, /instance_id/],
    [whole({ instance_id: 'i', vault_id: 'v', backup_id: 'b', whole_image_type: 'CBR' }), '"i"', /^This field is not used with/],
    [whole({ backup_id: 'b', whole_image_type: 'CSBS' }), '"CSBS"', /^`whole_image_type` is required/],
    [whole({ instance_id: 'i', vault_id: 'v', tags: ['.a'] }), '".a"', /^Tags are at most 10 strings/],
    [JSON.stringify({ operation: 'ims.in-region-copie' }), '"ims.in-region-copie"', /./],
  ];
  for (const [text, underlined, message] of table) {
    const found = await problems(text);
    assert.ok(found.some(([at, why]) => (underlined === undefined || at === underlined) && message.test(why)), `${text}: ${JSON.stringify(found)}`);
    assert.ok(found.every(([, why]) => why.length < 400 && !/pattern of|not allowed\.|multiple schemas/.test(why)), `${text}: ${JSON.stringify(found)}`);
  }
  const missing = (await problems(whole({ backup_id: 'b' }))).map(([, why]) => why).join();
  assert.ok(!/instance_id|vault_id/.test(missing), missing);
});

test('a hover tells what a field is, and links to its rule', async () => {
  const region = await hover('{"operation": "ims.cross-region-copy", "body": {"region|": "cn-south-1"}}');
  assert.match(region, /^ID of the region that the image is replicated to\./);
  assert.match(region, /\[ims\.cross-region-copy\.region\]\(https:\/\/\S+\/ims\.cross-region-copy\.region\.html\)/);
  const vault = await hover('{"operation": "ims.whole-image", "body": {"instance_id": "i", "vault_id": "|v"}}');
  assert.match(vault, /ID of the vault that stores the image\. Required when the image is created from an ECS\./);
  assert.match(await hover('{"facts": {"image": {"sizeBytes|": 1}}}'), /size in bytes/);
  assert.match(await hover('{"facts": {"ecs": {"sanPolicy|": "OnlineAll"}}}'), /SAN policy of the Windows ECS/);
  assert.match(await hover('{"operation|": "ims.in-region-copy"}'), /The name of an operation/);
  assert.match(await hover('{"edition|": "default"}'), /edition/i);
});

test('completion offers the fields of the operation, with examples of their own', async () => {
  const fields = await labels('{"operation": "ims.cross-region-copy", "body": {|}}');
  const names = fields.map(({ label }) => label);
  for (const name of ['name', 'region', 'project_name', 'agency_name', 'vault_id']) {
    assert.ok(names.includes(name), names.join());
  }
  assert.ok(!names.includes('cmk_id') && !names.includes('backup_id'), names.join());
  const regions = await labels('{"operation": "ims.cross-region-copy", "body": {"region": |}}');
  assert.ok(regions.length > 20, regions.map(({ label }) => label).join());
  const agencies = await labels('{"operation": "ims.cross-region-copy", "body": {"agency_name": |}}');
  assert.deepEqual(agencies.map(({ label }) => label), ['"ims_copy_agency"']);
  const operations = (await labels('{"operation": |}')).map(({ label }) => label);
  assert.ok(operations.includes('"ims.cross-region-copy"') && operations.includes('"CreateWholeImage"'));
});
