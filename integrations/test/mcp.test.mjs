// `image-preflight mcp` with the official client, over standard input and output.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { binary, root } from './binary.mjs';

const client = new Client({ name: 'test', version: '1' });

before(() => client.connect(new StdioClientTransport({ command: binary, args: ['mcp'], cwd: root })));
after(() => client.close());

const call = async (name, args) => {
  const answer = await client.callTool({ name, arguments: args });
  return answer.isError ? answer.content[0].text : answer.structuredContent;
};

const DENIED = { operation: 'ims.whole-image', body: { name: ' n', instance_id: 'i', vault_id: 'v' } };

test('a client is told what there is and how to begin', async () => {
  assert.equal(client.getServerVersion().name, 'image-preflight');
  assert.match(client.getInstructions(), /Nothing is sent/);
  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map((tool) => tool.name),
    ['check', 'explain', 'capabilities', 'destinations', 'plan', 'rules', 'schema'],
  );
  for (const tool of tools) {
    assert.equal(tool.annotations.readOnlyHint, true);
    assert.ok(tool.outputSchema.properties);
  }
});

// The client itself checks each structured answer against the schema that the server gave.
test('a case is checked, and its answer is of the schema', async () => {
  const checked = await call('check', { case: DENIED });
  assert.deepEqual(checked.verdicts, { allowed: 0, denied: 1, undetermined: 0, invalid: 0 });
  const [finding] = checked.reports[0].report.findings;
  assert.equal(finding.rule, 'ims.whole-image.name');
  assert.deepEqual(finding.fixes[0].patch, [{ op: 'replace', path: '/body/name', value: 'n' }]);
  const fixed = structuredClone(DENIED);
  fixed.body.name = finding.fixes[0].patch[0].value;
  assert.equal((await call('check', { case: fixed })).verdicts.allowed, 1);
});

test('what people hold is checked as it is', async () => {
  const command = "hcloud IMS CopyImageInRegion --image_id=a --name=' n'";
  const checked = await call('check', { text: command, locale: 'zh-CN' });
  assert.equal(checked.form, 'koocli');
  assert.equal(checked.reports[0].report.verdict, 'denied');
  assert.match(checked.reports[0].report.findings[0].message, /[一-龥]/);
});

test('the other tools answer', async () => {
  assert.equal((await call('explain', { answer: 'IMG.0146' })).refusal.code, 'IMG.0146');
  const facts = { sourceRegion: 'cn-north-4', image: { encrypted: true } };
  const { capabilities } = await call('capabilities', { facts });
  assert.equal(capabilities.find((one) => one.operation === 'ims.cross-region-copy').verdict, 'denied');
  const { destinations } = await call('destinations', { facts });
  assert.ok(destinations.length > 5 && destinations.every((one) => one.verdict === 'denied'));
  const { plan } = await call('plan', { cases: [DENIED] });
  assert.equal(plan.cases[0].state, 'denied');
  assert.ok((await call('rules', { prefix: 'image.' })).rules.length > 2);
  assert.equal((await call('schema', { name: 'ims.whole-image' })).schema.oneOf.length, 2);
});

test('a mistake is an answer that says what is taken, and the server goes on', async () => {
  assert.match(await call('check', { txt: 'x' }), /did you mean `text`/);
  assert.match(await call('check', { text: 'Dear Sir' }), /terraform show -json/);
  await assert.rejects(client.callTool({ name: 'chek', arguments: {} }), /did you mean `check`/);
  assert.equal((await call('check', { case: DENIED })).verdicts.denied, 1);
});
