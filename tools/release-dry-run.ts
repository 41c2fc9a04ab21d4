/**
 * Makes everything that a release would publish, of what is committed, and leaves it in dist/. In a clone: neither the
 * version in package.json nor what is compiled here changes. Nothing is tagged or published, and no test runs.
 *
 * `npm run release:dry-run`
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './languages/command';
import { pack, type Target } from './languages/packing';
import { Steps } from './languages/steps';

const DIST = resolve('dist');
const CLONE = resolve('.local', 'release');

/** What each target must leave, below dist/. */
const ARTIFACTS: Record<Target, readonly RegExp[]> = {
  js: [/\.tgz$/],
  python: [/\.whl$/, /\.tar\.gz$/],
  java: [/[0-9]\.jar$/, /-sources\.jar$/, /-javadoc\.jar$/, /\.pom$/],
  go: [/\/go\.mod$/, /\/version$/, /\.tgz$/],
  dotnet: [/\.(nupkg|csproj)$/],
};

async function main(): Promise<void> {
  const steps = new Steps();
  rmSync(DIST, { recursive: true, force: true });
  rmSync(CLONE, { recursive: true, force: true });

  await steps.step(
    'clone', 'take what is committed', () => run('git', ['clone', '--quiet', '--shared', '.', CLONE], { cwd: '.' }),
  );
  symlinkSync(resolve('node_modules'), join(CLONE, 'node_modules'));
  for (const task of ['bump', 'compile', 'post-compile']) {
    await steps.step(task, 'as a release does', () => run('npx', ['projen', task], { cwd: CLONE }));
  }
  mkdirSync(DIST);
  for (const file of ['changelog.md', 'version.txt', 'releasetag.txt']) {
    cpSync(join(CLONE, 'dist', file), join(DIST, file));
  }

  await steps.step('sbom', 'list what it is made of', () => run('npx', ['projen', 'sbom'], { cwd: '.' }));

  for (const target of Object.keys(ARTIFACTS) as Target[]) {
    const noSdk = target === 'dotnet' && spawnSync('dotnet', ['--version']).status !== 0;
    // A Go module is its code; npm run test:languages compiles it.
    const codeOnly = noSdk || target === 'go';
    await steps.step(
      target,
      noSdk ? 'make the code: a package takes the .NET SDK' : 'pack',
      async () => {
        await pack(target, { codeOnly, library: CLONE, dist: DIST });
        artifacts(target);
      },
    );
  }
  rmSync(CLONE, { recursive: true });

  console.log(`\nversion ${readFileSync(join(DIST, 'version.txt'), 'utf8').trim()}, in dist/:`);
  for (const target of Object.keys(ARTIFACTS) as Target[]) {
    for (const path of artifacts(target)) {
      console.log(`${String(Math.ceil(statSync(join(DIST, path)).size / 1024)).padStart(7)} KB  ${path}`);
    }
  }
}

/** The files that a target is published by; each kind must be there. */
function artifacts(target: Target): string[] {
  const folder = join(DIST, target);
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(path => join(target, path))
    : [];
  return ARTIFACTS[target].flatMap(kind => {
    const found = files.filter(path => kind.test(path));
    if (found.length === 0) {
      throw new Error(`dist/${target} must hold a file like ${kind}, got none: see what jsii-pacmak made`);
    }
    return found;
  });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
