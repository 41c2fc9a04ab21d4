import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';

const app = new App();
const stack = new Stack(app, 'ThrowAway');
const provider = new Function(stack, 'Provider', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'resource.handler',
  code: Code.fromAsset(join(__dirname, 'function')),
});
const resource = new CfnResource(stack, 'Resource', {
  type: 'Custom::ThrowAway',
  properties: {
    ServiceToken: provider.functionArn,
    Name: app.node.tryGetContext('name'),
    Count: Number(app.node.tryGetContext('count')),
    FailOn: app.node.tryGetContext('failOn'),
  },
});
const echo = new Function(
  stack,
  'Echo',
  { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: codeThatSays(app.node.tryGetContext('says')) },
);
resource.node.addDependency(echo);
new CfnOutput(stack, 'Echoes', { value: echo.functionName });
new CfnOutput(stack, 'Greeting', { value: resource.getAtt('Greeting').toString() });

function codeThatSays(word: string): Code {
  const directory = mkdtempSync(join(tmpdir(), 'echo-'));
  writeFileSync(join(directory, 'index.mjs'), `export const handler = async () => ${JSON.stringify(word)};\n`);
  return Code.fromAsset(directory);
}
