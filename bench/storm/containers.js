/**
 * Lambda in a process of its own: hands a function all its events at once, each to a container that is free, or to a new one: the
 * module loaded anew. `node containers.js <file>`, with module, export, port of the answers and events in the file. An invocation that
 * throws is delivered again after one and two minutes, as Lambda does. What functions return is put to the event's ResponseURL where
 * they don't do that themselves.
 */
const { readFileSync } = require('node:fs');
const https = require('node:https');
const { Socket } = require('node:net');

const { module: path, exported, answersItself, port, events, timeoutMs, functionArn } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// The bucket's public name, and the port of https that some know alone, lead to this machine.
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  if (options?.port === 443) Object.assign(options, { host: 'localhost', port });
  return connect.apply(this, args);
};
process.stdout.write = (...args) => args.findLast(arg => typeof arg === 'function')?.() ?? true;

const RETRIES_AFTER_MS = [60_000, 120_000];
const free = [];

function container() {
  for (const id of Object.keys(require.cache)) if (!id.includes('node_modules/@') || id === path) delete require.cache[id];
  return require(path)[exported];
}

async function invoke(event) {
  const handler = free.pop() ?? container();
  const ends = Date.now() + timeoutMs;
  const context = {
    functionName: 'bench',
    invokedFunctionArn: functionArn,
    logGroupName: '/aws/lambda/bench',
    logStreamName: 'bench',
    awsRequestId: 'bench',
    getRemainingTimeInMillis: () => ends - Date.now(),
  };
  try {
    return await handler(event, context);
  } finally {
    free.push(handler);
  }
}

/** What the Provider framework does around a function that only returns: it answers, and a throw is FAILED. */
async function answered(event) {
  const result = await invoke(event).then(
    ({ PhysicalResourceId }) => ({ Status: 'SUCCESS', PhysicalResourceId }),
    error => ({ Status: 'FAILED', Reason: `${error.name}: ${error.message}`, PhysicalResourceId: event.PhysicalResourceId ?? 'failed' }),
  );
  const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
  await new Promise((resolve, reject) => {
    https.request(ResponseURL, { method: 'PUT' }, response => response.resume().on('end', resolve)).on('error', reject)
      .end(JSON.stringify({ ...result, StackId, RequestId, LogicalResourceId }));
  });
}

async function deliver(event) {
  for (let delivery = 0; ; delivery++) {
    try {
      return await (answersItself ? invoke(event) : answered(event));
    } catch (error) {
      if (delivery === RETRIES_AFTER_MS.length) throw error;
      await new Promise(resolve => setTimeout(resolve, RETRIES_AFTER_MS[delivery]));
    }
  }
}

Promise.allSettled(events.map(deliver)).then(() => process.exit(0));
