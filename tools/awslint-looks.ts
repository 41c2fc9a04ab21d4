/**
 * Proves that awslint looks at the resources: without its exclusions it must complain of what they exclude. Releases
 * whose rules are off for CDK v2 pass everything.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PLANTED = 'resource-interface:cdk-chime-messaging.ChannelFlowAssociation';

const folder = mkdtempSync(join(tmpdir(), 'awslint-'));
try {
  for (const file of ['.jsii', 'package.json']) cpSync(file, join(folder, file));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const { stdout, stderr } = spawnSync(
    resolve('node_modules/.bin/awslint'), ['--no-compile'], { cwd: folder, encoding: 'utf8' },
  );
  if (!`${stdout}${stderr}`.includes(PLANTED)) {
    console.error(`awslint must complain of ${PLANTED} without its exclusions, got nothing of the kind: its rules are `
      + 'off, pin a release with rules');
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
