import { IgnoreMode } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { OnError } from './on-error';
import { PiiEntityType } from './pii-entity-type';
import { PROCESSOR_BUNDLES, processorFunction, removeTogether, SHARED_CODE } from './private/processor-function';
import { checkEntityTypes, checkLanguages, checkMask, checkMinimumScore } from './private/processor-validation';
import { ReadableCode } from './private/readable-code';
import { validateAtSynthesis } from './private/validation';
import { ENVIRONMENT } from './processors/settings';

const ENTRY = 'pii-redactor';

/**
 * A language in which Amazon Comprehend finds personal data.
 */
export enum PiiLanguage {
  /** English. */
  ENGLISH = 'en',
  /** Spanish. */
  SPANISH = 'es',
}

/**
 * Properties of a `PiiRedactor`.
 */
export interface PiiRedactorProps {
  /**
   * What to redact.
   *
   * @default - everything that Amazon Comprehend finds
   */
  readonly entityTypes?: PiiEntityType[];

  /**
   * Languages in which messages may be written. Each costs one call per message, and what is found in any of them is
   * redacted.
   *
   * @default - English
   */
  readonly languages?: PiiLanguage[];

  /**
   * How sure Amazon Comprehend must be, from 0 to 1, where 0 is everything that it reports.
   *
   * @default 0
   */
  readonly minimumScore?: number;

  /**
   * The text that replaces each entity: 1 to 64 characters.
   *
   * @default - the type of the entity in brackets, such as `[EMAIL]`
   */
  readonly mask?: string;

  /**
   * What happens to a message that cannot be decided about, because Amazon Comprehend does not respond.
   *
   * @default OnError.DENY
   */
  readonly onError?: OnError;

  /**
   * Where the function logs: one line a message, never what it says nor what was found.
   *
   * @default - a log group of its own, kept for a month
   */
  readonly logGroup?: logs.ILogGroup;
}

/**
 * A processor that replaces personal data in messages, found by Amazon Comprehend.
 *
 * It looks at the content and at the push notification of a message. A notification can't be changed, so a message is
 * denied when something is found there.
 *
 * @see https://docs.aws.amazon.com/comprehend/latest/dg/how-pii.html
 */
export class PiiRedactor extends lambda.Function {
  constructor(scope: Construct, id: string, props: PiiRedactorProps = {}) {
    const languages = props.languages ?? [PiiLanguage.ENGLISH];
    const entityTypes = props.entityTypes?.map(({ name }) => name);
    super(scope, id, processorFunction(scope, id, {
      code: new ReadableCode(PROCESSOR_BUNDLES, {
        ignoreMode: IgnoreMode.GIT, exclude: ['/*', `!/${ENTRY}`, `!/${SHARED_CODE}`],
      }),
      entry: ENTRY,
      description: 'Replaces personal data in messages, found by Amazon Comprehend',
      environment: {
        [ENVIRONMENT.LANGUAGES]: [...new Set(languages)].join(','),
        ...entityTypes && { [ENVIRONMENT.ENTITY_TYPES]: [...new Set(entityTypes)].join(',') },
        ...props.minimumScore !== undefined && { [ENVIRONMENT.MINIMUM_SCORE]: `${props.minimumScore}` },
        ...props.mask !== undefined && { [ENVIRONMENT.MASK]: props.mask },
      },
      onError: props.onError,
      logGroup: props.logGroup,
    }));
    removeTogether(this);
    // Comprehend knows no resource for it.
    this.addToRolePolicy(new iam.PolicyStatement({ actions: ['comprehend:DetectPiiEntities'], resources: ['*'] }));

    validateAtSynthesis(this, () => [
      ...checkEntityTypes(entityTypes),
      ...checkLanguages(languages.length),
      ...checkMinimumScore(props.minimumScore),
      ...checkMask(props.mask),
    ]);
  }
}
