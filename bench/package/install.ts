import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isolatedEnvironment } from '../../local/deployment/environment';
import { versions, type Contestant } from '../contestants';
import { inRounds, type Figure } from '../figures';

const ROUNDS = 3;

/**
 * Time and disk of an installation from npm's cache, which a first one fills; aws-cdk-lib is there in any case, and
 * left out.
 */
export function measureInstall(runDirectory: string, tarball: string): Promise<Figure[]> {
  const packages: Partial<Record<Contestant, string>> = {
    'ours': tarball,
    'chime-resources': `cdk-amazon-chime-resources@${versions()['cdk-amazon-chime-resources']}`,
  };
  const warm = new Set<Contestant>();
  return inRounds({
    part: 'package',
    rounds: ROUNDS,
    contestants: Object.keys(packages) as Contestant[],
    units: { 'install': 's', 'on disk': 'B', 'files': '' },
  }, async contestant => {
    const install = () => timedInstall(packages[contestant]!, runDirectory, contestant);
    if (!warm.has(contestant)) {
      install();
      warm.add(contestant);
    }
    return install();
  });
}

function timedInstall(what: string, runDirectory: string, contestant: Contestant) {
  const project = join(runDirectory, contestant);
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  const started = performance.now();
  execFileSync('npm', [
    'install', '--prefer-offline', '--legacy-peer-deps', '--no-audit', '--no-fund', '--cache',
    join(runDirectory, 'cache'), what,
  ], {
    cwd: project,
    env: {
      ...process.env, HOME: isolatedEnvironment(runDirectory).HOME,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const seconds = (performance.now() - started) / 1000;
  const installed = readdirSync(join(project, 'node_modules'), { recursive: true, encoding: 'utf8' })
    .map(path => statSync(join(project, 'node_modules', path))).filter(entry => entry.isFile());
  return {
    'install': seconds, 'on disk': installed.reduce((sum, { size }) => sum + size, 0), 'files': installed.length,
  };
}
