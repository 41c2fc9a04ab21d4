import { Token } from 'aws-cdk-lib';
import { APP_INSTANCE_ARN, USER_ARN } from './fixture';
import { Bearer } from '../src';

test.each([USER_ARN, `${APP_INSTANCE_ARN}/bot/helper`, Token.asString({ Ref: 'Arn' })])('%s is a bearer', arn => {
  expect(Bearer.fromArn(arn).bearerArn).toBe(arn);
});

test.each([APP_INSTANCE_ARN, `${APP_INSTANCE_ARN}/channel/lobby`, 'ada'])('%s is not', arn => {
  expect(() => Bearer.fromArn(arn)).toThrow(
    `bearerArn must be arn:<partition>:chime:<region>:<account>:app-instance/<id>/(user|bot)/<id>, got "${arn}"`);
});
