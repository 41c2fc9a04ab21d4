import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  BEARER, ENV, importedChannel, newFlow, newStack, resourceOf, statementsOf, synthesisError, warnings,
} from './fixture';
import { ChannelFlowProcessor, OnError, WordFilter, WordFilterAction, WordFilterProps } from '../src';

const WORDS: WordFilterProps = { words: ['canary'] };

function filtering(props: WordFilterProps, stack = newStack()): Stack {
  new WordFilter(stack, 'Filter', props);
  return stack;
}

/** The folder that is uploaded as the function's code. */
function assetOf(stack: Stack): string {
  const assembly = (stack.node.root as App).synth();
  const [hash] = resourceOf(stack, 'AWS::Lambda::Function').Properties.Code.S3Key.split('.');
  return join(assembly.directory, `asset.${hash}`);
}

const listsOf = (stack: Stack) => JSON.parse(
  readFileSync(join(assetOf(stack), 'word-filter/lists.mjs'), 'utf8').replace(/^export default (.*);$/m, '$1'),
);

describe('the function', () => {
  test('is small and short-lived, and denies', () => {
    const { Properties } = resourceOf(filtering(WORDS), 'AWS::Lambda::Function');
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'word-filter/index.handler',
      MemorySize: 512,
      Timeout: 30,
      Environment: { Variables: { ACTION: 'DENY', ON_ERROR: 'deny' } },
    });
    expect(Object.keys(Properties.Environment.Variables)).toEqual(['ACTION', 'ON_ERROR']);
  });

  test('does what it is told', () => {
    const stack = filtering({ ...WORDS, action: WordFilterAction.MASK, mask: '[removed]', onError: OnError.ALLOW });
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.Environment.Variables)
      .toEqual({ ACTION: 'MASK', MASK: '[removed]', ON_ERROR: 'allow' });
  });

  test('looks at attributes where it is told', () => {
    const stack = filtering({ ...WORDS, messageAttributes: true });
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.Environment.Variables).toEqual({
      ACTION: 'DENY', MESSAGE_ATTRIBUTES: 'true', ON_ERROR: 'deny',
    });
  });

  test('masks with three stars by default', () => {
    const stack = filtering({ ...WORDS, action: WordFilterAction.MASK });
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.Environment.Variables).toMatchObject({ MASK: '***' });
  });

  test('may log, and nothing else', () => {
    const stack = filtering(WORDS);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
    const { Properties } = resourceOf(stack, 'AWS::IAM::Role');
    expect(Properties.ManagedPolicyArns).toBeUndefined();
    expect(Properties.Policies).toHaveLength(1);
    expect(Properties.Policies[0].PolicyDocument.Statement).toEqual([{
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^FilterLogs/), 'Arn'] },
    }]);
  });

  test('keeps its log for a month', () => {
    expect(resourceOf(filtering(WORDS), 'AWS::Logs::LogGroup')).toMatchObject({
      Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete',
    });
  });

  test('logs where it is told', () => {
    const stack = newStack();
    filtering({ ...WORDS, logGroup: logs.LogGroup.fromLogGroupName(stack, 'Logs', 'moderation') }, stack);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.LoggingConfig).toEqual({ LogGroup: 'moderation' });
    expect(JSON.stringify(resourceOf(stack, 'AWS::IAM::Role'))).toContain('log-group:moderation');
  });
});

describe('words and patterns', () => {
  test('stand beside the code, not in the template', () => {
    const stack = filtering({ words: ['canary', 'go away'], patterns: ['canar.'] });
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('canar');
    expect(listsOf(stack)).toEqual({ words: ['canary', 'go away'], patterns: ['canar.'] });
  });

  test('come with this processor and no other', () => {
    expect(readdirSync(assetOf(filtering(WORDS))).sort()).toEqual(['chunks', 'word-filter']);
  });

  test('change the code, so that a deployment brings them', () => {
    const keyOf = (props: WordFilterProps) =>
      resourceOf(filtering(props), 'AWS::Lambda::Function').Properties.Code.S3Key;
    expect(keyOf(WORDS)).toBe(keyOf(WORDS));
    expect(keyOf({ words: ['canary', 'bird'] })).not.toBe(keyOf(WORDS));
  });

  test('may be as many as one likes', () => {
    const words = Array.from({ length: 10_000 }, (_, index) => `word${index}`);
    expect(listsOf(filtering({ words })).words).toHaveLength(10_000);
  });

  test('leave nothing behind', () => {
    const folders = () => readdirSync(tmpdir()).filter(name => name.startsWith('word-filter-'));
    const before = folders();
    filtering(WORDS);
    expect(folders().filter(name => !before.includes(name))).toEqual([]);
  });

  test('are where the app reads them, when it does not copy assets', () => {
    const stack = new Stack(
      new App({ context: { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:enable-asset-metadata': true } }),
      'Stack',
      { env: ENV },
    );
    filtering(WORDS, stack);
    const folder = resourceOf(stack, 'AWS::Lambda::Function').Metadata['aws:asset:path'];
    expect(existsSync(join(folder, 'word-filter/lists.mjs'))).toBe(true);
  });
});

describe('a parameter', () => {
  test('is read by its name, with the permission for it alone', () => {
    const stack = newStack();
    filtering({ wordsParameter: ssm.StringParameter.fromStringParameterName(stack, 'Words', '/chat/words') }, stack);
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.Environment.Variables)
      .toEqual({ ACTION: 'DENY', ON_ERROR: 'deny', WORDS_PARAMETER: '/chat/words' });
    const statements = statementsOf(stack, /^FilterRole/);
    expect(statements).toHaveLength(1);
    expect(statements).toEqual([expect.objectContaining({ Action: ['ssm:GetParameter'] })]);
    expect(JSON.stringify(statements)).toContain('parameter/chat/words');
  });

  test('of the same stack is there before the function reads it', () => {
    const stack = newStack();
    const wordsParameter = new ssm.StringParameter(stack, 'Words', { stringValue: 'canary' });
    filtering({ wordsParameter }, stack);
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.Environment.Variables.WORDS_PARAMETER).toHaveProperty(
      'Ref',
    );
  });

  test('that is encrypted is decrypted', () => {
    const stack = newStack();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111111111111:key/words');
    const wordsParameter = ssm.StringParameter.fromSecureStringParameterAttributes(
      stack, 'Words', { parameterName: '/chat/words', encryptionKey },
    );
    filtering({ wordsParameter }, stack);
    const [read, decrypt, ...others] = statementsOf(stack, /^FilterRole/) as any[];
    expect(others).toEqual([]);
    expect(decrypt).toEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [encryptionKey.keyArn],
      Condition: {
        StringEquals: {
          'kms:ViaService': { 'Fn::Join': ['', [`ssm.${ENV.region}.`, { Ref: 'AWS::URLSuffix' }]] },
          'kms:EncryptionContext:PARAMETER_ARN': [read.Resource].flat()[0],
        },
      },
    });
  });

  test('that is encrypted by a key of another account is decrypted within the same limits', () => {
    const app = new App();
    const keys = new Stack(app, 'Keys', { env: { account: '999999999999', region: ENV.region } });
    const stack = new Stack(app, 'Chat', { env: ENV });
    const wordsParameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Words', {
      parameterName: '/chat/words',
      encryptionKey: kms.Key.fromKeyArn(
        keys, 'Key', 'arn:aws:kms:us-east-1:999999999999:key/words',
      ),
    });
    filtering({ wordsParameter }, stack);
    const decrypts = (statementsOf(stack, /^FilterRole/) as any[]).filter(
      ({ Action }) => [Action].flat().includes('kms:Decrypt'),
    );
    expect(decrypts).toHaveLength(1);
    expect(Object.keys(decrypts[0].Condition.StringEquals)).toEqual([
      'kms:ViaService', 'kms:EncryptionContext:PARAMETER_ARN',
    ]);
  });
});

test('is the processor of a flow, which may invoke it and lets it answer', () => {
  const stack = newStack();
  const filter = new WordFilter(stack, 'Filter', WORDS);
  newFlow(stack, { processors: [ChannelFlowProcessor.fromFunction(filter)] }).associate(
    'Lobby', importedChannel(stack), { bearer: BEARER },
  );
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Principal: 'messaging.chime.amazonaws.com',
    FunctionName: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Filter'), 'Arn'] },
  });
  expect(JSON.stringify(statementsOf(stack, /CallbackPolicy/))).toContain('chime:ChannelFlowCallback');
  expect(warnings(stack)).toEqual([]);
});

test('is an IFunction like any other', () => {
  const stack = newStack();
  const filter = new WordFilter(stack, 'Filter', WORDS);
  newFlow(stack, { processors: [ChannelFlowProcessor.fromFunction(filter.addAlias('live'))] });
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Alias', 1);
  expect(warnings(stack)).toEqual([]);
});

test('a flow finds it when two are in a stack', () => {
  const stack = newStack();
  new WordFilter(stack, 'A', WORDS);
  new WordFilter(stack, 'B', { words: ['bird'] });
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 2);
});

describe('what can\'t be is an error', () => {
  test.each<[string, WordFilterProps, string]>([
    [
      'nothing to look for', {},
      'a word filter must have words, patterns or wordsParameter, got none of them: add what to look for',
    ],
    [
      'empty lists', { words: [], patterns: [] },
      'a word filter must have words, patterns or wordsParameter, got none of them',
    ],
    ['a blank word', { words: ['a', ' '] }, 'word 2 must have a visible character, got " ": remove it'],
    ['an invisible word', { words: ['\u200B'] }, 'word 1 must have a visible character'],
    [
      'a broken pattern', { patterns: ['a', '('] },
      'pattern 2 can\'t be used, got "(", which is not valid (missing closing ): `(`): write it in RE2\'s syntax',
    ],
    [
      'lookaround', { patterns: ['a(?!b)'] },
      'write it in RE2\'s syntax, which has no lookaround and no backreferences',
    ],
    [
      'a pattern that is in every message', { patterns: ['a*'] },
      'pattern 1 can\'t be used, got "a*", which matches without a character',
    ],
    [
      'an empty mask', { ...WORDS, action: WordFilterAction.MASK, mask: '' },
      'mask must be 1 to 64 characters, got 0: give it a value',
    ],
    [
      'a long mask', { ...WORDS, action: WordFilterAction.MASK, mask: 'x'.repeat(65) },
      'mask must be 1 to 64 characters, got 65',
    ],
    [
      'a mask of two lines', { ...WORDS, action: WordFilterAction.MASK, mask: 'a\nb' },
      'mask must be one line, got "a\\nb": remove the control characters',
    ],
    ...['   ', '\u200B', '\u00AD\u2060', '\u0301', '\u2800', '\u00A0\u3000', '\u{E0061}', '\u115F', '\uE000'].map((
      mask,
    ): [string, WordFilterProps, string] => [
      `a mask that nobody sees, ${JSON.stringify(mask)}`, { ...WORDS, action: WordFilterAction.MASK, mask },
      'mask must have a visible character',
    ]),
    ['a mask that a word finds', { words: ['a', 'CENSORED'], action: WordFilterAction.MASK, mask: '[censored]' },
      'mask must not be found by the filter, got "[censored]", which word 2 finds: choose another'],
    [
      'a mask that a pattern finds', { patterns: ['x', '[a-z]+ed'], action: WordFilterAction.MASK, mask: 'REMOVED' },
      'which pattern 2 finds: choose another',
    ],
    [
      'a mask by default that is found', { patterns: ['\\*+'], action: WordFilterAction.MASK },
      'got "***", which pattern 1 finds: choose another',
    ],
    [
      'a pattern that repeats much', { patterns: ['([a-z]{30}[0-9]{30}x{30}){33}'] },
      'pattern 1 can\'t be used, got "([a-z]{30}[0-9]{30}x{30}){33}", which',
    ],
    [
      'many patterns', { patterns: Array.from({ length: 40 }, (_, index) => `a{${900 + index}}`) },
      'patterns can\'t be used, got 40, which take',
    ],
    [
      'a mask for nothing', { ...WORDS, mask: '#' },
      'mask must not be given when the action is DENY, got "#": remove it or set the action to MASK',
    ],
  ])('%s', (_, props, message) => expect(synthesisError(filtering(props))).toContain(message));

  test('words and patterns that are known at deployment only', () => {
    const stack = newStack();
    const token = new CfnParameter(stack, 'Word').valueAsString;
    filtering({ words: [token], patterns: [token] }, stack);
    const error = synthesisError(stack);
    expect(error).toContain(
      'word 1 must be known at synthesis, got a token: put it into an SSM parameter and pass wordsParameter',
    );
    expect(error).toContain('pattern 1 must be known at synthesis, got a token: write it out');
  });

  test('all at once, without the other words', () => {
    const error = synthesisError(filtering({ words: ['canary', ''], patterns: ['('], mask: '' }));
    expect(error).toMatch(/word 2 [^]*pattern 1 [^]*mask must be 1 to 64[^]*mask must not be given/);
    expect(error).not.toContain('canary');
  });
});

test('a word boundary next to a letter that is not ASCII gets a warning', () => {
  const stack = filtering({ patterns: ['\\bдурак\\b', '\\bfool\\b', 'é\\b'] });
  expect(warnings(stack)).toEqual(['"\\\\bдурак\\\\b"', '"é\\\\b"'].map(pattern => expect.stringContaining(
    `the pattern ${pattern} needs a word boundary next to a letter that is not ASCII`)));
});
