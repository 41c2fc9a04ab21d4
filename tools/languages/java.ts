import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireMessage } from './bad-input';
import { run } from './command';
import { MAVEN_REPOSITORY, pack } from './packing';
import { BAD_INPUT, ROOT } from './paths';
import { projectOf } from './project';
import type { Steps } from './steps';
import { synthesize, trySynthesis, type Synthesized } from './synthesis';

const ENV = {
  // A short run gains nothing from the optimizing compiler.
  MAVEN_OPTS: `-XX:+TieredCompilation -XX:TieredStopAtLevel=1 -Dmaven.repo.local=${MAVEN_REPOSITORY}`,
};

const PACKAGE = join('src', 'main', 'java', 'com', 'example', 'chat');

/** The artifact, from the Maven repository that was built. */
export async function java(steps: Steps): Promise<Synthesized> {
  const language = 'java';
  const dist = await steps.step(language, 'pack the library', () => pack('java'));
  const project = projectOf(language);

  await steps.step(language, 'install from the built repository and compile', async () => {
    useRepository(join(project, 'pom.xml'), dist);
    // Maven never looks again at a version that it has: an earlier run's is not what was built now.
    rmSync(
      join(MAVEN_REPOSITORY, 'io', 'github', 'cdk-chime-messaging', 'cdk-chime-messaging'),
      { recursive: true, force: true },
    );
    cpSync(join(BAD_INPUT, 'BadInput.java'), join(project, PACKAGE, 'BadInput.java'));
    await run('mvn', ['--quiet', '--batch-mode', 'compile'], { cwd: project, env: ENV });
  });
  const synthesized = await steps.step(language, 'synthesize', () => synthesize(project, ENV));
  await steps.check(language, 'bad input shows the library\'s message', async () => {
    requireMessage(await trySynthesis(project, 'mvn -e -q exec:java -Dexec.mainClass=com.example.chat.BadInput', ENV));
  });
  return synthesized;
}

/** What a user writes into the pom to try a library that is not in Maven Central. */
function useRepository(pom: string, folder: string): void {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const repository = `<repository><id>built</id><url>${pathToFileURL(folder)}</url></repository>`;
  writeFileSync(pom, readFileSync(pom, 'utf8')
    .replace(/(<cdk-chime-messaging\.version>)[^<]*/, `$1${version}`)
    .replace('<dependencies>', `<repositories>${repository}</repositories>\n  <dependencies>`));
}
