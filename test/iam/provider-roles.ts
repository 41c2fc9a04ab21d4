import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ACCOUNT, type PolicyDocument } from '../../local/iam/authorization';
import { AppInstanceTags, Channel, ChannelFlowVerification, Probe, TaggedAppInstance } from '../../src';
import { newChat, newFlow } from '../fixture';

/** The policy of each provider's role as it is deployed, by the provider's handler. */
export function providerPolicies(): Map<string, PolicyDocument> {
  const stack = new Stack(new App(), 'Chat', { env: { region: 'us-east-1', account: ACCOUNT } });
  const { appInstance, admin } = newChat(stack);
  const channel = new Channel(stack, 'Lobby', { appInstance, bearer: admin });
  const channelFlow = newFlow(stack, { appInstance, bearer: admin });
  channelFlow.associate('Lobby', channel, { bearer: admin });
  new ChannelFlowVerification(
    stack, 'Verification', { channelFlow, channel, sender: admin, probes: [Probe.delivered('hello')] },
  );
  const existing = TaggedAppInstance.fromAppInstanceArn(
    stack, 'Existing', `arn:aws:chime:us-east-1:${ACCOUNT}:app-instance/existing`,
  );
  new AppInstanceTags(stack, 'Tags', { appInstance: existing, tags: { team: 'care' } });

  const { Resources } = Template.fromStack(stack).toJSON();
  const handlers = Object.values(Resources as Record<string, { Type: string; Properties: any }>)
    .filter(({ Type, Properties }) => Type === 'AWS::Lambda::Function'
      && /^index\.(?!handler$)/.test(Properties.Handler) && Properties.Runtime === 'nodejs24.x');
  return new Map(handlers
    .map(({ Properties: { Handler, Role } }) =>
      [folderOf(Handler), Resources[Role['Fn::GetAtt'][0]].Properties.Policies?.[0].PolicyDocument] as const)
    .filter(([, policy]) => policy !== undefined)
    .map(([handler, policy]) => [handler, chimeStatements(policy)]));
}

/** The folder below src/handlers. */
function folderOf(handler: string): string {
  return handler.replace('index.', '').replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

/** As CloudFormation resolves it; the statement on logs is about another service. */
function chimeStatements(policy: any): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: policy.Statement
      .filter(({ Action }: { Action: string | string[] }) => [Action].flat()[0].startsWith('chime:'))
      .map(({ Effect, Action, Resource }: any) => ({ Effect, Action, Resource: resolved(Resource) })),
  };
}

/** A part of a template, with the joined texts that CloudFormation makes of it in the partition aws. */
export function resolved(value: any): any {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(resolved).join('');
  if (value.Ref === 'AWS::Partition') return 'aws';
  if (value.Ref === 'AWS::URLSuffix') return 'amazonaws.com';
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, resolved(part)]));
}
