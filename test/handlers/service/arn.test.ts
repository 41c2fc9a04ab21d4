import { appInstanceArnOf, idOf, isAppInstanceArn, isArnOf, isUserOrBotArn } from '../../../src/handlers/service/arn';

const APP = 'arn:aws:chime:us-east-1:123456789012:app-instance/a-1';

test.each([
  [APP, APP],
  [`${APP}/user/ann`, APP],
  [`${APP}/channel/lobby`, APP],
  [`${APP}#x`, APP],
  [
    'arn:aws-us-gov:chime:us-gov-west-1:123456789012:app-instance/a',
    'arn:aws-us-gov:chime:us-gov-west-1:123456789012:app-instance/a',
  ],
  [undefined, undefined],
  ['', undefined],
  [`x${APP}`, undefined],
  ['arn:aws:chime:us-east-1:123456789012:app-instance/', undefined],
  ['arn:aws:chime:us-east-1:12345678901:app-instance/a', undefined],
  ['arn:aws:chime:us-east-1:1234567890123:app-instance/a', undefined],
  ['arn:aws:chime:us-east-1:12345678901x:app-instance/a', undefined],
  ['arn:aws:s3:us-east-1:123456789012:app-instance/a', undefined],
  ['arn:AWS:chime:us-east-1:123456789012:app-instance/a', undefined],
  ['arn:aws:chime:US:123456789012:app-instance/a', undefined],
  ['arn::chime:us-east-1:123456789012:app-instance/a', undefined],
  ['arn:aws:chime::123456789012:app-instance/a', undefined],
])('the app instance of %s is %s', (arn, appInstance) => {
  expect(appInstanceArnOf(arn)).toBe(appInstance);
  expect(isAppInstanceArn(arn)).toBe(arn !== undefined && arn === appInstance);
});

test.each([
  ['user', `${APP}/user/ann`, true],
  ['bot', `${APP}/bot/b`, true],
  ['channel', `${APP}/channel/lobby`, true],
  ['channel-flow', `${APP}/channel-flow/f`, true],
  ['channel', `${APP}/channel-flow/f`, false],
  ['user', `${APP}/user/`, false],
  ['user', `${APP}/user/ann/more`, false],
  ['user', `${APP}/user/ann#x`, false],
  ['user', `${APP}/x/user/ann`, false],
  ['user', APP, false],
  ['user', '/user/ann', false],
  ['user', undefined, false],
] as const)('whether a %s is %s: %s', (kind, arn, is) => {
  expect(isArnOf(kind, arn)).toBe(is);
});

test.each([
  [`${APP}/user/ann`, true],
  [`${APP}/bot/b`, true],
  [`${APP}/channel/lobby`, false],
  [APP, false],
  [undefined, false],
])('whether %s is a user or bot: %s', (arn, is) => {
  expect(isUserOrBotArn(arn)).toBe(is);
});

test('the id is the last part', () => {
  expect(idOf(`${APP}/channel/lobby`)).toBe('lobby');
});
