import { cpSync, writeFileSync } from 'fs';
import * as path from 'path';
import { Annotations, AssetHashType, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { OnError } from './on-error';
import { PROCESSOR_BUNDLES, processorFunction, removeTogether, SHARED_CODE } from './private/processor-function';
import { checkFindsNoMask, checkMask, checkPatterns, checkWords, PatternEngine } from './private/processor-validation';
import { makeReadable } from './private/readable-code';
import { validateAtSynthesis } from './private/validation';
import { ENVIRONMENT, Lists, LISTS_FILE, PATTERNS_FILE } from './processors/settings';

const ENTRY = 'word-filter';
const DEFAULT_MASK = '***';

/** To RE2, as to JavaScript, a word boundary is one of ASCII letters: next to other letters `\b` matches nothing. */
const ASCII_BORDER_AT_OTHER_LETTERS = /\\[bB]\P{ASCII}|\P{ASCII}\\[bB]/u;

/**
 * What a `WordFilter` does with a message that holds a word or matches a pattern.
 */
export enum WordFilterAction {
  /** The message is not sent. Its sender is told. */
  DENY = 'DENY',
  /** The message is sent with each word and each match replaced by the mask. */
  MASK = 'MASK',
}

/**
 * Properties of a `WordFilter`. It needs at least one of words, patterns and a parameter.
 */
export interface WordFilterProps {
  /**
   * Words and phrases to look for: whole words, whatever their case. In scripts that write without spaces they are
   * found anywhere. Any number of them: they are deployed with the function's code.
   *
   * @default - no words
   */
  readonly words?: string[];

  /**
   * Regular expressions to look for, anywhere in the text and whatever the case, in the syntax of RE2. It has no
   * lookaround and no backreferences, so that no sender can write a message that takes long. A pattern may take 2,000
   * instructions of RE2, all together 5,000; a repetition repeats them. Use `words` for whole words: `\b` is a boundary
   * of ASCII words only.
   *
   * @see https://github.com/google/re2/wiki/Syntax
   * @default - no patterns
   */
  readonly patterns?: string[];

  /**
   * An SSM parameter with further words and phrases, one a line or separated by commas. It may be encrypted. A change
   * is seen within five minutes, without a deployment.
   *
   * @default - no further words
   */
  readonly wordsParameter?: ssm.IStringParameter;

  /**
   * What to do with a message in which something is found.
   *
   * @default WordFilterAction.DENY
   */
  readonly action?: WordFilterAction;

  /**
   * The text that replaces each word and match when the action is to mask: 1 to 64 characters, at least one of them
   * visible. Words and patterns must not find anything in it.
   *
   * @default - three asterisks
   */
  readonly mask?: string;

  /**
   * Whether to look at the values of message attributes too, for apps that show them. No processor can change them: a
   * message is denied when something is found there.
   *
   * @default false
   */
  readonly messageAttributes?: boolean;

  /**
   * What happens to a message that cannot be decided about, because the parameter cannot be read.
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
 * A processor that denies or masks messages with unwanted words.
 *
 * Full-width and other compatible forms of letters, ß and ss, capitals in any language, typographic apostrophes,
 * invisible characters inside a word and skin tones of emoji make no difference; accents do. It looks at the content,
 * at each text in content of the type `application/amz-chime-lex-msgs`, and at the push notification of a message. A
 * notification can't be changed, so a message is denied when something is found there. A masked content is masked again
 * until nothing is found in it; one that holds something still after eight rounds is denied.
 *
 * @see https://docs.aws.amazon.com/chime-sdk/latest/dg/using-channel-flows.html
 */
export class WordFilter extends lambda.Function {
  constructor(scope: Construct, id: string, props: WordFilterProps) {
    const { words = [], patterns = [], wordsParameter, action = WordFilterAction.DENY } = props;
    super(scope, id, processorFunction(scope, id, {
      code: codeWith({ words, patterns }),
      entry: ENTRY,
      description: 'Denies or masks messages with unwanted words',
      environment: {
        [ENVIRONMENT.ACTION]: action,
        ...action === WordFilterAction.MASK && { [ENVIRONMENT.MASK]: props.mask ?? DEFAULT_MASK },
        ...props.messageAttributes && { [ENVIRONMENT.MESSAGE_ATTRIBUTES]: 'true' },
        ...wordsParameter && { [ENVIRONMENT.WORDS_PARAMETER]: wordsParameter.parameterName },
      },
      onError: props.onError,
      logGroup: props.logGroup,
    }));
    removeTogether(this);
    if (wordsParameter) grantGetParameter(wordsParameter, this);

    patterns.filter(pattern => ASCII_BORDER_AT_OTHER_LETTERS.test(pattern)).forEach(pattern => {
      Annotations.of(this).addWarningV2(
        'cdk-chime-messaging:asciiWordBorder',
        `the pattern ${JSON.stringify(pattern)} needs a word `
          + 'boundary next to a letter that is not ASCII, which \\b does not match: put the word into words, which '
            + 'supports all letters',
      );
    });
    validateAtSynthesis(this, () => [
      ...words.length === 0 && patterns.length === 0 && !wordsParameter
        ? ['a word filter must have words, patterns or wordsParameter, got none of them: add what to look for'] : [],
      ...checkWords(words),
      ...patterns.length === 0 ? [] : checkPatterns(patterns, patternEngine()),
      ...checkMask(props.mask),
      ...action === WordFilterAction.MASK
        ? checkFindsNoMask(props.mask ?? DEFAULT_MASK, words, patterns, patternEngine())
        : [],
      ...props.mask !== undefined && action !== WordFilterAction.MASK
        ? [`mask must not be given when the action is ${action}, got ${JSON.stringify(props.mask)}: remove it or set `
          + 'the action to MASK'] : [],
    ]);
  }
}

/** The bundle with the lists as a file of it: as environment variables they could not be longer than 4 KB. */
function codeWith(lists: Lists): lambda.Code {
  const tryBundle = (folder: string) => {
    for (const part of [
      ENTRY, SHARED_CODE,
    ]) { cpSync(path.join(PROCESSOR_BUNDLES, part), path.join(folder, part), { recursive: true }); }
    writeFileSync(path.join(folder, ENTRY, LISTS_FILE), `export default ${JSON.stringify(lists)};\n`);
    makeReadable(folder);
    return true;
  };
  return lambda.Code.fromAsset(path.join(PROCESSOR_BUNDLES, ENTRY), {
    assetHashType: AssetHashType.OUTPUT,
    // Bundled here always: the image is never run.
    bundling: { image: lambda.Runtime.NODEJS_24_X.bundlingImage, local: { tryBundle } },
  });
}

/**
 * The engine that runs the patterns in the function. It is bundled with the function, so that the library needs no
 * dependency.
 */
function patternEngine(): PatternEngine {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(path.join(PROCESSOR_BUNDLES, ENTRY, PATTERNS_FILE));
}

/**
 * The one call that the filter makes; the parameter's own `grantRead` allows three more. Of its key, whatever else that
 * encrypts, no more than Parameter Store decrypts for this parameter.
 */
function grantGetParameter(parameter: ssm.IStringParameter, grantee: iam.IGrantable): void {
  iam.Grant.addToPrincipal({ grantee, actions: ['ssm:GetParameter'], resourceArns: [parameter.parameterArn] });
  const { encryptionKey } = parameter as { readonly encryptionKey?: IKey };
  if (!encryptionKey) return;
  iam.Grant.addToPrincipalOrResource({
    grantee,
    actions: ['kms:Decrypt'],
    resourceArns: [encryptionKey.keyArn],
    resource: encryptionKey,
    resourceSelfArns: ['*'],
    conditions: {
      StringEquals: {
        'kms:ViaService': `ssm.${parameter.env.region}.${Stack.of(parameter).urlSuffix}`,
        'kms:EncryptionContext:PARAMETER_ARN': parameter.parameterArn,
      },
    },
  });
}
