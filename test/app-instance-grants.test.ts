import * as iam from 'aws-cdk-lib/aws-iam';
import { APP_INSTANCE_ARN, importedAppInstance, newStack, statementsOf } from './fixture';
import { AppInstanceGrants } from '../src';

const statements: [string, (grants: AppInstanceGrants, grantee: iam.IGrantable) => iam.Grant, object][] = [
  ['read', (grants, grantee) => grants.read(grantee), {
    Action: [
      'chime:DescribeAppInstance', 'chime:ListAppInstanceAdmins', 'chime:ListAppInstanceBots',
      'chime:ListAppInstanceUsers',
      'chime:ListChannelFlows', 'chime:ListChannels', 'chime:ListTagsForResource',
    ],
    Resource: [APP_INSTANCE_ARN, `${APP_INSTANCE_ARN}/*`],
  }],
  ['manage', (grants, grantee) => grants.manage(grantee), {
    Action: ['chime:TagResource', 'chime:UntagResource', 'chime:UpdateAppInstance'],
    Resource: [APP_INSTANCE_ARN],
  }],
  ['sendChannelMessage', (grants, grantee) => grants.sendChannelMessage(grantee), {
    Action: ['chime:SendChannelMessage'],
    Resource: [`${APP_INSTANCE_ARN}/bot/*`, `${APP_INSTANCE_ARN}/channel/*`, `${APP_INSTANCE_ARN}/user/*`],
  }],
  ['channelFlowCallback', (grants, grantee) => grants.channelFlowCallback(grantee), {
    Action: ['chime:ChannelFlowCallback'],
    Resource: [`${APP_INSTANCE_ARN}/channel/*`],
  }],
];

test.each(statements)('%s', (name, grant, statement) => {
  const stack = newStack();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  expect(grant(importedAppInstance(stack).grants, role).success).toBe(true);
  expect(statementsOf(stack, new RegExp(`^Chat${name}`, 'i'))).toEqual([{ ...statement, Effect: 'Allow' }]);
});
