import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH } from './contestants';
import { PROJECT_ROOT } from '../local/deployment/project-root';

/** Packs the library as it would be published, and installs it beside the other contestants; answers the tarball. */
export function installOurs(runDirectory: string): string {
  const [{ filename }] = JSON.parse(execFileSync(
    'npm',
    ['pack', '--json', '--pack-destination', runDirectory],
    { cwd: PROJECT_ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ));
  const tarball = join(runDirectory, filename);
  const installed = join(BENCH, 'node_modules', 'cdk-chime-messaging');
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed);
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  return tarball;
}
