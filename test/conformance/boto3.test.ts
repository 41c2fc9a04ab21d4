import { join } from 'node:path';
import { runPython } from './python-environment';
import { Emulator, FaultError, startEmulator } from '../../local/emulator';

let emulator: Emulator;
beforeAll(async () => { emulator = await startEmulator(); });
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

test('boto3 takes a channel flow through its life', async () => {
  expect(await runPython('python', [join(__dirname, 'boto3_scenario.py')], emulator)).toEqual({
    exitCode: 0, stdout: 'done\n', stderr: '',
  });
});

test('boto3 sees the exceptions of the model', async () => {
  const expected: [FaultError, string, number][] = [
    ['BadRequest', 'BadRequestException', 400],
    ['Forbidden', 'ForbiddenException', 403],
    ['Conflict', 'ConflictException', 409],
    ['ThrottledClient', 'ThrottledClientException', 429],
    ['ServiceFailure', 'ServiceFailureException', 500],
    ['ServiceUnavailable', 'ServiceUnavailableException', 503],
  ];
  emulator.setBehaviour({
    faults: expected.map(([error], index) => ({ operation: 'CreateChannelFlow', call: index + 1, error })),
  });
  const { stdout, stderr } = await runPython(
    'python', [join(__dirname, 'boto3_errors.py'), String(expected.length)], emulator,
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(expected.map(([, name, status]) => [name, name, status]));
});

test('boto3 sees an IAM denial as what it is', async () => {
  emulator.setBehaviour({ faults: [{ operation: 'CreateChannelFlow', error: 'AccessDenied' }] });
  const { stdout } = await runPython('python', [join(__dirname, 'boto3_errors.py'), '1'], emulator);
  expect(JSON.parse(stdout)).toEqual([['ClientError', 'AccessDeniedException', 403]]);
});
