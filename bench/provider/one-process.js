/**
 * Loads a provider's code and hands it a hundred events, in a process of its own: `node --expose-gc one-process.js <file>` with
 * module, export and events in the file. Answers what each took, as a line of JSON.
 */
const { readFileSync } = require('node:fs');
const { Socket } = require('node:net');

const { module: path, exported, port, events } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// The bucket's public name, and the port of https that some know alone, lead to this machine.
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  if (options?.port === 443) Object.assign(options, { host: 'localhost', port });
  return connect.apply(this, args);
};

const context = {
  functionName: 'bench',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:bench',
  logGroupName: '/aws/lambda/bench',
  logStreamName: 'bench',
  awsRequestId: 'bench',
  getRemainingTimeInMillis: () => 300_000,
};
// Logs are part of the work, but not of the answer.
const say = process.stdout.write.bind(process.stdout);
process.stdout.write = (...args) => args.findLast(arg => typeof arg === 'function')?.() ?? true;

function heap() {
  global.gc();
  return process.memoryUsage().heapUsed / 1e6;
}

async function timed(work) {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, wallMs: performance.now() - started, cpuMs: (user + system) / 1000 };
}

async function main() {
  // Node loads its clock when it is first asked, which is nobody's code.
  performance.now();
  const before = heap();
  const load = await timed(async () => path.endsWith('.mjs') ? import(path) : require(path));
  const heapMB = heap() - before;
  const handled = [];
  let heapAfterFirstMB;
  let physicalId;
  for (const event of events) {
    const { result, ...times } = await timed(() => load.result[exported]({ ...event, ...physicalId ? { PhysicalResourceId: physicalId } : {} }, context));
    handled.push(times);
    heapAfterFirstMB ??= heap() - before;
    physicalId ??= result?.PhysicalResourceId ?? await idAnswered(event);
  }
  say(`${JSON.stringify({ load: { wallMs: load.wallMs, cpuMs: load.cpuMs }, heapMB, heapAfterFirstMB, handled, rssMB: process.resourceUsage().maxRSS / 1024 })}\n`);
  // Connections that a client keeps would keep the process.
  process.exit(0);
}

/** The id in the answer to CloudFormation; who listens there knows it. */
async function idAnswered({ ResponseURL }) {
  const { request } = require('node:https');
  return new Promise((resolve, reject) => request(ResponseURL, { method: 'GET' }, async response => {
    let text = '';
    for await (const chunk of response) text += chunk;
    const { Status, Reason, PhysicalResourceId } = JSON.parse(text);
    return Status === 'SUCCESS' ? resolve(PhysicalResourceId) : reject(new Error(Reason));
  }).on('error', reject).end());
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
