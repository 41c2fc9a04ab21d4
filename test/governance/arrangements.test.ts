/** The constructs where stacks are arranged otherwise: in a stage of CDK Pipelines, nested, and spread over stacks. */
import { App, CfnOutput, NestedStack, Stack, Stage, type StageProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { everyConstruct } from './every-construct';
import { Channel, ChannelFlow, ChannelFlowAssociation, ChannelFlowProcessor } from '../../src';
import { newChat, newFunction } from '../fixture';

const ENV = { region: 'us-east-1', account: '111111111111' };
const FLOW = 'Custom::ChimeMessagingChannelFlow';
const PERMISSION = 'AWS::Lambda::Permission';

test('a stage of CDK Pipelines', () => {
  class Chat extends Stage {
    public constructor(scope: Construct, id: string, props?: StageProps) {
      super(scope, id, props);
      everyConstruct(new Stack(this, 'Chat'));
    }
  }
  const app = new App();
  const stack = new Stack(app, 'Pipeline', { env: ENV });
  const source = CodePipelineSource.connection(
    'owner/repository', 'main', { connectionArn: 'arn:aws:codestar-connections:us-east-1:111111111111:connection/1' },
  );
  const pipeline = new CodePipeline(
    stack, 'Pipeline', { synth: new ShellStep('Synth', { input: source, commands: ['npx cdk synth'] }) },
  );
  const [beta, live] = ['Beta', 'Live'].map(name => new Chat(app, name, { env: ENV }));
  pipeline.addStage(beta);
  pipeline.addStage(live);

  const assembly = app.synth();
  const resources = (stage: Stage) => assembly.getNestedAssembly(stage.artifactId).stacks[0].template.Resources;
  expect(Object.values<any>(resources(live)).map(({ Type }) => Type)).toContain(FLOW);
  // The same code and the same logical ids in both.
  expect(Object.keys(resources(beta))).toEqual(Object.keys(resources(live)));
  const { Stages } = Object.values(
    Template.fromStack(stack).findResources('AWS::CodePipeline::Pipeline'),
  )[0].Properties;
  expect(Stages.map(({ Name }: { Name: string }) => Name)).toEqual([
    'Source', 'Build', 'UpdatePipeline', 'Assets', 'Beta', 'Live',
  ]);
});

test('a nested stack, with providers of its own', () => {
  const parent = new Stack(new App(), 'Parent', { env: ENV });
  const nested = everyConstruct(new NestedStack(parent, 'Chat'));
  Template.fromStack(parent).resourceCountIs(FLOW, 0);
  Template.fromStack(nested).resourceCountIs(FLOW, 1);
  expect(Object.values(Template.fromStack(nested).findResources(FLOW))[0].Properties.ServiceToken).toEqual({
    'Fn::GetAtt': [expect.any(String), 'Arn'],
  });
});

test('a flow in a nested stack, in what its parent holds', () => {
  const parent = new Stack(new App(), 'Parent', { env: ENV });
  const { appInstance, admin } = newChat(parent);
  const lobby = new Channel(parent, 'Lobby', { appInstance, bearer: admin });
  const processor = ChannelFlowProcessor.fromFunction(newFunction(parent));
  const nested = new NestedStack(parent, 'Nested');
  const flow = new ChannelFlow(nested, 'Flow', { appInstance, processors: [processor], bearer: admin });
  flow.associate('Lobby', lobby, { bearer: admin });
  new CfnOutput(parent, 'Flow', { value: flow.channelFlowArn });
  expect(Object.values(Template.fromStack(nested).findResources(FLOW))[0].Properties.AppInstanceArn).toEqual({
    Ref: expect.stringContaining('AppInstanceArn'),
  });
  Template.fromStack(nested).resourceCountIs(PERMISSION, 1);
  expect(Template.fromStack(parent).findOutputs('Flow').Flow.Value).toEqual({
    'Fn::GetAtt': [expect.any(String), expect.stringContaining('ChannelFlowArn')],
  });
});

describe('two stacks', () => {
  let app: App;
  let [one, other]: Stack[] = [];

  beforeEach(() => {
    app = new App();
    [one, other] = ['One', 'Other'].map(name => new Stack(app, name, { env: ENV }));
  });
  const dependencies = () => [one, other].map(stack => stack.dependencies.map(({ stackName }) => stackName));

  test('the flow in the one, its app instance and processor in the other', () => {
    const { appInstance, admin } = newChat(other);
    const flow = new ChannelFlow(
      one, 'Flow', { appInstance, processors: [ChannelFlowProcessor.fromFunction(newFunction(other))], bearer: admin },
    );
    flow.associate('Lobby', new Channel(other, 'Lobby', { appInstance, bearer: admin }), { bearer: admin });
    app.synth();
    expect(dependencies()).toEqual([['Other'], []]);
    Template.fromStack(one).resourceCountIs(PERMISSION, 1);
    Template.fromStack(other).resourceCountIs(PERMISSION, 0);
  });

  test('the processor in the one, the flow in the other, and the processor\'s role may read the flow', () => {
    const { appInstance, admin } = newChat(other);
    const processor = newFunction(one);
    const flow = new ChannelFlow(
      other, 'Flow', { appInstance, processors: [ChannelFlowProcessor.fromFunction(processor)], bearer: admin },
    );
    flow.grants.read(processor);
    app.synth();
    expect(dependencies()).toEqual([[], ['One']]);
  });

  test('the channel in the one, associated there with a flow from the other', () => {
    const { appInstance, admin } = newChat(other);
    const channelFlow = new ChannelFlow(
      other,
      'Flow',
      { appInstance, processors: [ChannelFlowProcessor.fromFunction(newFunction(other))], bearer: admin },
    );
    const channel = new Channel(one, 'Lobby', { appInstance, bearer: admin });
    new ChannelFlowAssociation(one, 'Association', { channelFlow, channel, bearer: admin });
    app.synth();
    expect(dependencies()).toEqual([['Other'], []]);
  });
});
