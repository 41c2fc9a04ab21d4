/** The lint rules that hold the arrows of CONTRIBUTING's map, against imports that were planted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LegacyESLint } from 'eslint/use-at-your-own-risk';

const ROOT = join(__dirname, '..');
const { settings, rules } = JSON.parse(readFileSync(join(ROOT, '.eslintrc.json'), 'utf8').replace(/^\/\/.*/, ''));
const HELD = ['import/no-restricted-paths', 'import/no-cycle'];

const eslint = new LegacyESLint({
  cwd: ROOT,
  useEslintrc: false,
  overrideConfig: {
    root: true,
    parser: '@typescript-eslint/parser',
    parserOptions: { sourceType: 'module' },
    plugins: ['import'],
    settings,
    rules: Object.fromEntries(HELD.map(rule => [rule, rules[rule]])),
  },
});

async function problemsOf(file: string, statement: string): Promise<string[]> {
  const [{ messages }] = await eslint.lintText(`${statement};\n`, { filePath: join(ROOT, file) });
  return messages.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

test.each([
  ['src/handlers/service/planted.ts', '../protocol/lifecycle'],
  ['src/handlers/protocol/planted.ts', '../claims/owner'],
  ['src/handlers/tags/planted.ts', '../claims/owner'],
  ['src/handlers/claims/planted.ts', '../reconciler/created-resource'],
  ['src/handlers/channel/planted.ts', '../channel-flow/drain'],
  ['src/handlers/channel/planted.ts', '../../channel'],
  ['src/planted.ts', './handlers/channel/lifecycle'],
  ['src/private/planted.ts', '../processor-runtime/decision'],
  ['src/lambda-environment/planted.ts', '../handlers/service/arn'],
  ['src/processor-runtime/planted.ts', '../handlers/service/service-error'],
  ['src/processors/planted.ts', '../handlers/service/arn'],
  ['src/planted.ts', '../local/emulator'],
  ['local/emulator/planted.ts', '../../src/handlers/service/arn'],
  ['local/emulator/protocol/planted.ts', '../store/state'],
  ['local/emulator/store/planted.ts', '../switches/behaviour'],
  ['local/emulator/processors/planted.ts', '../operations/access/call'],
  ['local/emulator/operations/access/planted.ts', '../../http/api'],
  ['local/emulator/http/planted.ts', '../emulator'],
  ['bench/planted.ts', '../test/fixture'],
  ['bench/planted.ts', '../tools/benchmark-chart'],
])('%s must not import %s', async (file, module) => {
  expect(await problemsOf(file, `import '${module}'`)).toEqual([
    expect.stringMatching(/^import\/no-restricted-paths: /),
  ]);
});

test.each([
  ['src/handlers/protocol/planted.ts', '../service/arn'],
  ['src/handlers/channel/planted.ts', '../reconciler/created-resource'],
  ['src/planted.ts', './handlers/channel/properties'],
  ['src/word-filter.ts', './processors/settings'],
  ['src/processors/planted.ts', '../processor-runtime'],
  ['local/emulator/http/planted.ts', '../operations'],
  ['local/emulator/operations/planted.ts', './access/call'],
  ['local/emulator/planted.ts', './http/world'],
  ['bench/planted.ts', '../src/handlers/service/arn'],
])('%s may import %s', async (file, module) => {
  expect(await problemsOf(file, `import '${module}'`)).toEqual([]);
});

test('a circle is found', async () => {
  expect(await problemsOf('src/handlers/service/backoff.ts', 'import { retryWhile } from \'./retry\'')).toEqual([
    expect.stringMatching(/^import\/no-cycle: /),
  ]);
});
