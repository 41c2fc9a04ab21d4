/**
 * The CDK app of every contestant: `node app.js` with the contestant and the work in the environment, or as context for the `cdk`
 * command. Plain JavaScript, so that nothing but the contestant's own code is loaded.
 */
const { writeFileSync } = require('node:fs');
const { App, Stack } = require('aws-cdk-lib');
const WORKS = require('./works');

const app = new App();
const setting = name => process.env[`BENCH_${name.toUpperCase()}`] ?? app.node.tryGetContext(name);

const contestant = require(`./${setting('contestant')}`);
const loaded = performance.now();
for (let index = 0; index < Number(setting('stacks') ?? 1); index++) {
  const stack = new Stack(app, index === 0 ? 'Bench' : `Bench${index}`, { env: { account: '111122223333', region: 'us-east-1' } });
  WORKS[setting('work')](stack, contestant, {
    name: setting('name') ?? 'moderation',
    appInstanceArn: setting('appInstanceArn') ?? 'arn:aws:chime:us-east-1:111122223333:app-instance/bench',
  });
}
app.synth();

if (process.env.BENCH_FIGURES) {
  writeFileSync(process.env.BENCH_FIGURES, JSON.stringify({
    loadMs: loaded,
    synthMs: performance.now() - loaded,
    peakMB: process.resourceUsage().maxRSS / 1024,
  }));
}
