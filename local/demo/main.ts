import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Demo } from './demo';
import { Narrator } from './narrator';
import { playStory } from './story';
import { PrerequisiteError } from '../deployment/prerequisite-error';
import { PROJECT_ROOT } from '../deployment/project-root';
import { makeRunDirectory } from '../deployment/run-directory';

/** `npm run demo` */
async function main(): Promise<void> {
  // Would tell the reader about the SDK's plans with old versions of Node.js, in the middle of the story.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  requireBundle();
  const narrator = new Narrator();
  const runDirectory = makeRunDirectory('demo');
  const started = performance.now();
  console.log('The real cdk command deploys examples/typescript to an AWS and an Amazon Chime on this machine.');
  try {
    await play(narrator, runDirectory);
  } catch (error) {
    if (error instanceof PrerequisiteError) throw error;
    narrator.gaveUp(error instanceof Error ? error.message : String(error));
  }
  console.log(
    `\nIt took ${((performance.now() - started) / 1000).toFixed(0)} s; logs: ${relative(process.cwd(), runDirectory)}`,
  );
  process.exitCode = narrator.conclude() ? 0 : 1;
}

async function play(narrator: Narrator, runDirectory: string): Promise<void> {
  const demo = await Demo.start(narrator, runDirectory);
  try {
    await playStory(demo);
  } catch (error) {
    narrator.say(...await demo.examine());
    throw error;
  } finally {
    await demo.stop();
  }
}

/** What the deployed functions are made of: the library's own, and the runtime of the example's processor. */
const BUNDLES = ['lambda/index.js', 'processor/index.mjs'];

function requireBundle(): void {
  if (!BUNDLES.every(bundle => existsSync(join(PROJECT_ROOT, 'lib', bundle)))) {
    throw new PrerequisiteError('the bundled Lambda code is not there: run npx projen bundle first');
  }
}

main().catch(error => {
  console.error(error instanceof PrerequisiteError ? error.message : error);
  process.exitCode = 1;
});
