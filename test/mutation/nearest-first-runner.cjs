/**
 * Jest's runner, for a mutant: the test files beside what is mutated first, and none after the first that fails. Stryker
 * asks for every test of a mutant, although one that fails is enough.
 */
const { basename, dirname, relative } = require('node:path');
const { default: TestRunner } = require('jest-runner');

module.exports = class NearestFirstRunner extends TestRunner {
  runTests(tests, watcher, options) {
    const { rootDir, nonFlagArgs } = this._globalConfig;
    const rank = ({ path }) => Math.min(...nonFlagArgs.map(file => rankOf(relative(rootDir, path), file, rootDir)), 2);

    this.on('test-file-success', ([, { numFailingTests }]) => {
      if (numFailingTests > 0) watcher.setState({ interrupted: true });
    });
    return super.runTests([...tests].sort((a, b) => rank(a) - rank(b)), watcher, options);
  }
};

function rankOf(test, mutated, rootDir) {
  if (basename(test).startsWith(`${basename(mutated, '.ts')}.`)) return 0;
  const isBeside = dirname(test).replace(/^test\b/, 'src') === dirname(relative(rootDir, mutated));
  return isBeside && !test.endsWith('lifecycle.test.ts') ? 0 : test.endsWith('lifecycle.test.ts') ? 2 : 1;
}
