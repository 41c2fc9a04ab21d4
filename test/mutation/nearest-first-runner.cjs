/**
 * Jest's runner, for a mutant: the test files beside what is mutated first, and none after the first that fails. Stryker asks
 * for every test of a mutant, although one that fails is enough.
 */
const { dirname, join, relative } = require('node:path');
const { default: TestRunner } = require('jest-runner');

module.exports = class NearestFirstRunner extends TestRunner {
  runTests(tests, watcher, options) {
    const { rootDir, nonFlagArgs } = this._globalConfig;
    const folders = nonFlagArgs.map(file => join('test', relative(join(rootDir, 'src'), dirname(file))));
    const isNear = ({ path }) => folders.some(folder => relative(rootDir, dirname(path)) === folder);
    const isSlow = ({ path }) => path.endsWith('lifecycle.test.ts');
    const rank = test => isNear(test) ? 0 : isSlow(test) ? 2 : 1;

    this.on('test-file-success', ([, { numFailingTests }]) => {
      if (numFailingTests > 0) watcher.setState({ interrupted: true });
    });
    return super.runTests([...tests].sort((a, b) => rank(a) - rank(b)), watcher, options);
  }
};
