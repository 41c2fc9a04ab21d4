import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { newFlow, newStack, resourceOf, statementsOf, synthesisError, warnings } from './fixture';
import { ChannelFlowProcessor, OnError, PiiEntityType, PiiLanguage, PiiRedactor, PiiRedactorProps } from '../src';

function redacting(props?: PiiRedactorProps, stack = newStack()): Stack {
  new PiiRedactor(stack, 'Redactor', props);
  return stack;
}

const environmentOf = (stack: Stack) => resourceOf(stack, 'AWS::Lambda::Function').Properties.Environment.Variables;

describe('the function', () => {
  test('is small and short-lived, redacts everything in English, and denies what it can\'t decide', () => {
    const stack = redacting();
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: [
        'arm64',
      ],
      Handler: 'pii-redactor/index.handler',
      MemorySize: 512,
      Timeout: 30,
    });
    expect(environmentOf(stack)).toEqual({ LANGUAGES: 'en', ON_ERROR: 'deny' });
  });

  test('comes with its own code only', () => {
    const stack = redacting();
    const assembly = (stack.node.root as App).synth();
    const [hash] = resourceOf(stack, 'AWS::Lambda::Function').Properties.Code.S3Key.split('.');
    const files = readdirSync(join(assembly.directory, `asset.${hash}`), { recursive: true, encoding: 'utf8' });
    expect(files).toContain(join('pii-redactor', 'index.mjs'));
    expect(files.filter(file => !/^(chunks(.\w+\.mjs)?|pii-redactor(.index\.mjs)?)$/.test(file))).toEqual([]);
  });

  test('does what it is told', () => {
    const stack = redacting({
      entityTypes: [PiiEntityType.EMAIL, PiiEntityType.of('STAR_SIGN'), PiiEntityType.EMAIL],
      languages: [PiiLanguage.SPANISH, PiiLanguage.ENGLISH, PiiLanguage.SPANISH],
      minimumScore: 0.75,
      mask: '•••',
      onError: OnError.ALLOW,
    });
    expect(environmentOf(stack))
      .toEqual({
        ENTITY_TYPES: 'EMAIL,STAR_SIGN', LANGUAGES: 'es,en', MINIMUM_SCORE: '0.75', MASK: '•••', ON_ERROR: 'allow',
      });
  });

  test('may ask Comprehend and log, and nothing else', () => {
    const stack = redacting();
    expect(statementsOf(stack, /^RedactorRole/)).toEqual([
      { Effect: 'Allow', Action: ['comprehend:DetectPiiEntities'], Resource: ['*'] },
    ]);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 1);
    const { Properties } = resourceOf(stack, 'AWS::IAM::Role');
    expect(Properties.ManagedPolicyArns).toBeUndefined();
    expect(Properties.Policies.map(({ PolicyDocument }: any) => PolicyDocument.Statement))
      .toEqual([[expect.objectContaining({
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      })]]);
  });

  test('keeps its log for a month', () => {
    expect(resourceOf(redacting(), 'AWS::Logs::LogGroup')).toMatchObject({
      Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete',
    });
  });

  test('logs where it is told', () => {
    const stack = newStack();
    redacting({ logGroup: logs.LogGroup.fromLogGroupName(stack, 'Logs', 'moderation') }, stack);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.LoggingConfig).toEqual({ LogGroup: 'moderation' });
  });
});

test('all types of the service have a constant of their name', () => {
  const constants = Object.entries(PiiEntityType).filter(([, value]) => value instanceof PiiEntityType);
  expect(constants).toHaveLength(36);
  for (const [constant, { name }] of constants) expect(name).toBe(constant);
});

test('all types together fit into the environment', () => {
  const entityTypes = Object.values(PiiEntityType).filter(value => value instanceof PiiEntityType);
  expect(JSON.stringify(environmentOf(redacting({ entityTypes, mask: '😀'.repeat(64) }))).length).toBeLessThan(2_048);
});

test('is the processor of a flow, which may invoke it and lets it answer', () => {
  const stack = newStack();
  newFlow(stack, { processors: [ChannelFlowProcessor.fromFunction(new PiiRedactor(stack, 'Redactor'))] });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Permission', {
    Principal: 'messaging.chime.amazonaws.com',
    FunctionName: {
      'Fn::GetAtt': [Match.stringLikeRegexp('^Redactor'), 'Arn'],
    },
  });
  expect(JSON.stringify(statementsOf(stack, /CallbackPolicy/))).toContain('chime:ChannelFlowCallback');
  expect(warnings(stack)).toEqual([]);
});

describe('what can\'t be is an error', () => {
  test.each<[string, PiiRedactorProps, string]>([
    [
      'no types', { entityTypes: [] },
      'entityTypes must name at least one type, got none: add one, or leave it out for all types',
    ],
    [
      'a type of another form', { entityTypes: [PiiEntityType.of('E-Mail')] },
      'an entity type must be capital letters, digits and _, got "E-Mail": use Comprehend\'s name of it',
    ],
    [
      'all as a type', { entityTypes: [PiiEntityType.of('ALL')] },
      'an entity type must be one that Comprehend reports, got "ALL": leave entityTypes out for all types',
    ],
    ['no languages', { languages: [] }, 'languages must name at least one language, got none: add one'],
    [
      'a score above 1', { minimumScore: 90 },
      'minimumScore must be a number from 0 to 1, got 90: choose one in between',
    ],
    ['a score below 0', { minimumScore: -0.1 }, 'minimumScore must be a number from 0 to 1, got -0.1'],
    ['no number as a score', { minimumScore: NaN }, 'minimumScore must be a number from 0 to 1, got NaN'],
    ['an empty mask', { mask: '' }, 'mask must be 1 to 64 characters, got 0: give it a value'],
  ])('%s', (_, props, message) => expect(synthesisError(redacting(props))).toContain(message));
});
