/** What cdk-nag's AwsSolutions says of the examples, which the library itself knows nothing of. */
import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, NagSuppressions, type NagPackSuppression } from 'cdk-nag';
import { everyConstruct } from './every-construct';

jest.mock('cdk-chime-messaging', () => jest.requireActual('../../src'), { virtual: true });

/** What a security team has to accept, and why; without one of them the check fails. */
const PROVIDERS: NagPackSuppression[] = [
  {
    id: 'AwsSolutions-IAM5',
    reason: 'a resource that leaves the template is deleted after its role was updated, so the policy can not depend '
      + 'on what the template holds',
    appliesTo: ['Resource::arn:<AWS::Partition>:chime:us-east-1:<AWS::AccountId>:app-instance/*'],
  },
  {
    id: 'AwsSolutions-IAM5',
    reason: 'IAM knows no resource for CreateAppInstance, CreateAppInstanceUser and ListAppInstances',
    appliesTo: ['Resource::*'],
  },
];
const PROCESSORS: NagPackSuppression[] = [
  {
    id: 'AwsSolutions-IAM5',
    reason: 'a processor answers for messages of all channels that get its flow, and of its app instance only',
    appliesTo: [{ regex: '/^Resource::.*\\/channel\\/\\*$/' }],
  },
];
/** Of the CDK's own doing, in any stack with a function. */
const FUNCTIONS: NagPackSuppression[] = [
  {
    id: 'AwsSolutions-IAM4',
    reason: 'lambda.Function gives its role this policy',
    appliesTo: ['Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
  },
];
const COMPREHEND: NagPackSuppression[] = [
  { id: 'AwsSolutions-IAM5', reason: 'IAM knows no resource for DetectPiiEntities', appliesTo: ['Resource::*'] },
];

/** An example, and what of it is suppressed where. */
interface Example {
  readonly stack: Stack;
  readonly suppressions: readonly (readonly [path: RegExp, list: readonly NagPackSuppression[]])[];
}

const COMMON = [
  [/\/ChimeMessaging\/\w+\/Role\/Resource$/, PROVIDERS], [/\/ServiceRole\/Resource$/, FUNCTIONS],
] as const;

const EXAMPLES: Record<string, (app: App) => Example> = {
  'examples/typescript': app => ({
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    stack: new (require('../../examples/typescript/lib/support-chat-stack').SupportChatStack)(
      app, 'Example', { env: { region: 'us-east-1' } },
    ),
    suppressions: [...COMMON, [/\/ChimeMessaging\/CallbackPolicy\w+\/Resource$/, PROCESSORS]],
  }),
  'examples/languages/typescript': app => ({
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    stack: new (require('../../examples/languages/typescript/lib/chat-stack').ChatStack)(
      app, 'Example', { env: { region: 'us-east-1' } },
    ),
    suppressions: [...COMMON, [/\/ChimeMessaging\/CallbackPolicy\w+\/Resource$/, PROCESSORS]],
  }),
  'every construct': app => ({
    stack: everyConstruct(new Stack(app, 'Example', { env: { region: 'us-east-1' } })),
    suppressions: [
      ...COMMON, [/\/ChimeMessaging\/CallbackPolicy\w+\/Resource$/, PROCESSORS],
      [/\/PiiRole\/DefaultPolicy\/Resource$/, COMPREHEND],
    ],
  }),
};

/** Errors and warnings of the pack. */
function findings(stack: Stack): string[] {
  const annotations = Annotations.fromStack(stack);
  const nag = Match.stringLikeRegexp('AwsSolutions-.*');
  return [...annotations.findError('*', nag), ...annotations.findWarning('*', nag)].map(
    ({ id, entry }) => `${id}: ${String(entry.data).split('\n')[0]}`,
  );
}

function check(make: (app: App) => Example, without?: NagPackSuppression): string[] {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const { stack, suppressions } = make(app);
  for (const construct of stack.node.findAll()) {
    for (const [path, list] of suppressions) {
      const rest = list.filter(suppression => suppression !== without);
      if (path.test(construct.node.path) && rest.length > 0) NagSuppressions.addResourceSuppressions(construct, rest);
    }
  }
  Aspects.of(app).add(new AwsSolutionsChecks());
  return findings(stack);
}

describe.each(Object.entries(EXAMPLES))('%s', (_, make) => {
  test('is clean, with what is suppressed for a reason', () => expect(check(make)).toEqual([]));
});

test.each([
  ['providers', PROVIDERS[0]], ['no resources', PROVIDERS[1]], ['processors', PROCESSORS[0]],
  ['functions', FUNCTIONS[0]], ['Comprehend', COMPREHEND[0]],
])('the suppression for %s is needed', (_, suppression) => {
  expect(Object.values(EXAMPLES).flatMap(make => check(make, suppression))).not.toEqual([]);
});
