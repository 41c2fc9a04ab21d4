import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { requireMessage } from './bad-input';
import { run } from './command';
import { pack } from './packing';
import { BAD_INPUT } from './paths';
import { projectOf } from './project';
import type { Steps } from './steps';
import { synthesize, trySynthesis, type Synthesized } from './synthesis';

const MODULE = 'github.com/cdk-chime-messaging/cdk-chime-messaging-go/cdkchimemessaging';

/** Versions that are not to be had everywhere. No app uses the module: it only belongs to what the CDK asks for. */
const REPLACED = [
  'github.com/cdklabs/awscdk-asset-node-proxy-agent-go/nodeproxyagentv6/v2@v2.1.3='
  + 'github.com/cdklabs/awscdk-asset-node-proxy-agent-go/nodeproxyagentv6/v2@v2.1.2',
];

/** The checksum database is not to be had everywhere, and the project is thrown away. */
const ENV = { GOSUMDB: 'off' };

/** The generated module, in place of the published one. */
export async function go(steps: Steps): Promise<Synthesized> {
  const language = 'go';
  const dist = await steps.step(language, 'generate the module', () => pack('go', { codeOnly: true }));
  const project = projectOf(language);

  await steps.step(language, 'install the generated module and compile', async () => {
    const replacements = [`${MODULE}=${join(dist, 'cdkchimemessaging')}`, ...REPLACED];
    await run('go', ['mod', 'edit', ...replacements.map(replacement => `-replace=${replacement}`)], { cwd: project });
    cpSync(join(BAD_INPUT, 'badinput'), join(project, 'badinput'), { recursive: true });
    await run('go', ['mod', 'tidy'], { cwd: project, env: ENV });
    await run('go', ['build', './...'], { cwd: project, env: ENV });
  });
  const synthesized = await steps.step(language, 'synthesize', () => synthesize(project, ENV));
  await steps.check(language, 'bad input shows the library\'s message', async () => {
    requireMessage(await trySynthesis(project, 'go run ./badinput', ENV));
  });
  return synthesized;
}
