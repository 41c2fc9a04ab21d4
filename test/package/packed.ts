import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

interface PackReport {
  readonly filename: string;
  readonly size: number;
  readonly files: { path: string; size: number }[];
}

/** The npm package as it would be published, and a project that has installed it. */
export class Packed {
  public readonly folder = mkdtempSync(join(tmpdir(), 'packed-'));
  public readonly report: PackReport;
  public readonly tarball: string;

  public constructor() {
    const report = execFileSync(
      'npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', this.folder], { cwd: ROOT, encoding: 'utf8' },
    );
    [this.report] = Object.values(JSON.parse(report)) as PackReport[];
    this.tarball = join(this.folder, this.report.filename);
  }

  /** A project of a user's: the package unpacked, its peers beside it. No script runs. */
  public project(): string {
    const project = mkdtempSync(join(this.folder, 'project-'));
    const installed = join(project, 'node_modules', 'cdk-chime-messaging');
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', this.tarball, '--strip-components=1', '-C', installed]);
    for (const peer of ['aws-cdk-lib', 'constructs', '@types/node', 'undici-types']) {
      const link = join(project, 'node_modules', peer);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', peer), link);
    }
    return project;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A tool of the repository's own. */
export function tool(name: string): string {
  return join(ROOT, 'node_modules', '.bin', name);
}
