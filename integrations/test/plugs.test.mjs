// The files that plug the command line into other tools: what can be run here is run.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { binary, root } from './binary.mjs';

const read = (file) => readFileSync(join(root, file), 'utf8');
const DENIED = '{"operation":"ims.whole-image","body":{"name":" n","instance_id":"i","vault_id":"v"}}\n';

/** A folder with cases, in which the command line is on the path. */
const folder = (files) => {
  const made = mkdtempSync(join(tmpdir(), 'image-preflight-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text);
  return made;
};
const run = (script, cwd, env) => {
  const path = [dirname(binary), process.env.PATH].join(delimiter);
  return spawnSync('bash', ['-euo', 'pipefail', '-c', script], { cwd, env: { ...process.env, ...env, PATH: path }, encoding: 'utf8' });
};
const help = () => spawnSync(binary, ['--locale', 'en', 'check', '--help'], { encoding: 'utf8' }).stdout;

test('the action annotates, writes a log, and runs nothing of its inputs', () => {
  const action = parse(read('action.yml'));
  const step = action.runs.steps.find((step) => step.name === 'Check');
  assert.ok(!step.run.includes('${{'), 'inputs come as variables');
  for (const [name, value] of Object.entries(step.env)) {
    assert.match(value, new RegExp(`^\\$\\{\\{ inputs\\.${name.toLowerCase()} \\}\\}$`));
    assert.ok(action.inputs[name.toLowerCase()]);
  }
  const cwd = folder({ 'a b.ndjson': DENIED });
  const inputs = { FILES: 'a b.ndjson\n', ARGUMENTS: '', SARIF: 'log.sarif' };
  const done = run(step.run, cwd, inputs);
  assert.equal(done.status, 1, done.stderr);
  assert.match(done.stdout, /^::error file=a b\.ndjson,line=1,/);
  assert.equal(JSON.parse(readFileSync(join(cwd, 'log.sarif'), 'utf8')).version, '2.1.0');
  assert.equal(run(step.run, cwd, { ...inputs, ARGUMENTS: '--fail-on=never\n--ignore=ims.whole-image\n' }).status, 0);
  const hostile = run(step.run, cwd, { ...inputs, FILES: '$(touch ran); `touch ran`\n; touch ran' });
  assert.equal(hostile.status, 2);
  assert.ok(!existsSync(join(cwd, 'ran')));
});

test('the hooks check the files that they are for, and fix them', () => {
  const hooks = parse(read('.pre-commit-hooks.yaml'));
  assert.deepEqual(hooks.map((hook) => hook.id), ['image-preflight', 'image-preflight-fix']);
  for (const hook of hooks) {
    const files = new RegExp(hook.files);
    assert.ok(files.test('a/b.case.json') && files.test('b.cases.ndjson') && !files.test('package.json') && !files.test('train.jsonl'));
    const cwd = folder({ 'b.ndjson': DENIED });
    const done = run(`${hook.entry} b.ndjson`, cwd, {});
    assert.equal(done.status, hook.id.endsWith('fix') ? 0 : 1, done.stderr);
    assert.equal(readFileSync(join(cwd, 'b.ndjson'), 'utf8'), hook.id.endsWith('fix') ? DENIED.replace(' n', 'n') : DENIED);
  }
});

test('the component of GitLab writes the reports that it names', () => {
  const [spec, jobs] = parseAllDocuments(read('templates/check/template.yml')).map((document) => document.toJS());
  const job = jobs['image-preflight'];
  const inputs = spec.spec.inputs;
  assert.deepEqual(inputs['fail-on'].options, help().match(/--fail-on[\s\S]*?--baseline/)[0].match(/- (\w+):/g).map((word) => word.slice(2, -1)));
  const cwd = folder({ 'a.ndjson': DENIED });
  const done = run(job.script.join('\n'), cwd, { FILES: 'a.ndjson', FAIL_ON: 'undetermined' });
  assert.equal(done.status, 1, done.stderr);
  assert.match(done.stdout, /denied/);
  const [issue] = JSON.parse(readFileSync(join(cwd, job.artifacts.reports.codequality), 'utf8'));
  assert.equal(issue.location.path, 'a.ndjson');
  assert.match(readFileSync(join(cwd, job.artifacts.reports.junit), 'utf8'), /<testsuite name="a\.ndjson" tests="1" failures="1"/);
});

test('the container is built of what is there', () => {
  const file = read('integrations/Dockerfile');
  const toolchain = read('rust-toolchain.toml').match(/channel = "(\d+\.\d+)/)[1];
  assert.ok(file.includes(`FROM rust:${toolchain}-`), 'with the compiler of the project');
  const [, packageName] = file.match(/cargo build --release --locked -p (\S+)/);
  assert.match(read('crates/image-preflight-cli/Cargo.toml'), new RegExp(`name = "${packageName}"`));
  assert.match(file, /target\/release\/image-preflight \/usr\/local\/bin\/image-preflight/);
});

test('the policy of conftest denies what is denied and warns of what is open', (context) => {
  // An interpreter of the policy language that is a package of Python; conftest itself is none.
  const script = `
import json, regopy, sys
policy = regopy.Interpreter()
policy.add_module("policy", open(sys.argv[1]).read())
policy.set_input_term(sys.stdin.read())
print(json.dumps([json.loads(str(policy.query("data.main." + name)))["expressions"][0] for name in ["deny", "warn"]]))
`;
  if (spawnSync('python3', ['-c', 'import regopy']).status !== 0) return context.skip('regopy is not installed');
  const evaluated = (input) => {
    const policy = join(root, 'integrations/conftest/image_preflight.rego');
    const done = spawnSync('python3', ['-c', script, policy], { input: JSON.stringify(input), encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    return JSON.parse(done.stdout);
  };
  const open = '{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{"name":"n"}}\n';
  const checked = (text, ...more) => spawnSync(binary, ['check', '--format', 'json', ...more], { input: text, encoding: 'utf8' }).stdout;
  const reports = checked(DENIED + open).trim().split('\n').map((line) => JSON.parse(line));
  const [deny, warn] = evaluated(reports);
  assert.match(deny[0], /^<stdin>:1: ims\.whole-image\.name: /);
  assert.match(warn[0], /^<stdin>:2: not decided yet; missing: \/facts\/image\/fullEcs, /);
  assert.deepEqual([deny.length, warn.length], [1, 1]);
  assert.equal(evaluated(reports[0])[0].length, 1, 'one report alone');
  assert.equal(evaluated(JSON.parse(checked(DENIED, '--override', 'ims.whole-image.name')))[0].length, 0);
});

/** A stand-in for the two modules of checkov that the check imports, where checkov itself is not installed. */
const STAND_IN = `
import sys, types
class CheckResult: PASSED = "PASSED"; FAILED = "FAILED"; UNKNOWN = "UNKNOWN"
class CheckCategories: GENERAL_SECURITY = 1
class BaseResourceCheck:
    def __init__(self, **given): self.given = given; self.entity_path = ""
def module(name, **members):
    made = types.ModuleType(name); made.__dict__.update(members); sys.modules[name] = made
for name in ["checkov", "checkov.common", "checkov.common.models", "checkov.terraform", "checkov.terraform.checks", "checkov.terraform.checks.resource"]: module(name)
module("checkov.common.models.enums", CheckCategories=CheckCategories, CheckResult=CheckResult)
module("checkov.terraform.checks.resource.base_resource_check", BaseResourceCheck=BaseResourceCheck)
# As checkov does: a folder without this file is passed over.
import os
if not os.path.isfile(os.path.join(os.environ["PYTHONPATH"], "__init__.py")): sys.exit("checkov would load nothing")
import image_preflight
check = image_preflight.check
check.entity_path = "/" + os.environ["ENTITY"] + ":huaweicloud_images_image_copy.dr"
for address in sys.argv[1:]:
    print(address, check.scan_resource_conf({"__address__": address}), getattr(check, "details", []))
`;

const PLAN = 'tests/examples/terraform-plan.json';

test('the check of checkov gives each resource its verdict', (context) => {
  if (spawnSync('python3', ['--version']).status !== 0) return context.skip('Python is not installed');
  const resources = ['huaweicloud_images_image_copy.dr', 'module.base.huaweicloud_images_image_copy.local[0]', 'huaweicloud_ims_ecs_whole_image.nightly', 'none'];
  const checked = (entity, more) => spawnSync('python3', ['-c', STAND_IN, ...resources], {
    cwd: root,
    env: { ...process.env, PYTHONPATH: join(root, 'integrations/checkov'), PYTHONDONTWRITEBYTECODE: '1', IMAGE_PREFLIGHT: binary, ENTITY: entity, ...more },
    encoding: 'utf8',
  });
  for (const done of [checked(PLAN, {}), checked('elsewhere.json', { IMAGE_PREFLIGHT_PLAN: PLAN })]) {
    assert.equal(done.status, 0, done.stderr);
    const lines = done.stdout.trim().split('\n');
    assert.deepEqual(lines.map((line) => line.split(' ')[1]), ['UNKNOWN', 'FAILED', 'PASSED', 'UNKNOWN']);
    assert.match(lines[1], /ims\.in-region-copy\.name: /);
  }
  assert.match(checked('elsewhere.json', {}).stderr, /set IMAGE_PREFLIGHT_PLAN to the plan/);
});

test('checkov itself runs the check', { skip: !process.env.CHECKOV && '`cargo xtask tools integrations` runs it' }, () => {
  // The example has what image-preflight reads; what checkov reads is the same once more, by module.
  const plan = JSON.parse(read(PLAN));
  const planned = plan.resource_changes.filter((change) => change.change.after).map(({ change, ...resource }) => ({ ...resource, values: change.after }));
  const moduleOf = (resource) => resource.address.match(/^module\.\w+(?=\.)/)?.[0];
  const resourcesOf = (address) => planned.filter((resource) => moduleOf(resource) === address);
  const modules = [...new Set(planned.map(moduleOf).filter(Boolean))];
  const children = modules.map((address) => ({ address, resources: resourcesOf(address) }));
  plan.planned_values = { root_module: { resources: resourcesOf(undefined), child_modules: children } };
  const cwd = folder({ 'plan.json': JSON.stringify(plan, null, 1) });
  for (const arguments_ of ['-f plan.json', '-d .']) {
    const checks = join(root, 'integrations/checkov');
    const done = run(`"$CHECKOV" ${arguments_} --external-checks-dir "${checks}" --skip-download --framework terraform_plan -o json`, cwd, { IMAGE_PREFLIGHT: binary, PYTHONDONTWRITEBYTECODE: '1' });
    assert.equal(done.status, 1, done.stderr);
    const { results, summary } = JSON.parse(done.stdout);
    const found = (list) => list.filter((record) => record.check_id === 'CKV2_IMAGE_PREFLIGHT_1').map((record) => record.resource);
    assert.deepEqual(found(results.failed_checks), ['module.base.huaweicloud_images_image_copy.local[0]'], arguments_);
    assert.deepEqual(found(results.passed_checks), ['huaweicloud_ims_ecs_whole_image.nightly'], arguments_);
    assert.match(results.failed_checks[0].details[0], /^ims\.in-region-copy\.name: /);
    assert.deepEqual(results.failed_checks[0].check_result.evaluated_keys, ['name']);
    assert.equal(summary.resource_count, planned.length);
  }
});
