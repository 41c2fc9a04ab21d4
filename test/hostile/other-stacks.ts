import * as fc from 'fast-check';
import { ACCOUNT_ID, REGION_NAME } from './foreign-arns';

/** A stack that is not the victim's: of another name, or of the same and made anew. */
export const otherStackId: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom('chat', 'other', 'Chat', 'chat-2'), fc.uuid(),
)
  .map(([name, uuid]) => `arn:aws:cloudformation:${REGION_NAME}:${ACCOUNT_ID}:stack/${name}/${uuid}`);

/** Keys of tags that somebody might make up, or look alike. */
export const tagKey = fc.oneof(
  {
    weight: 3, arbitrary: fc.constantFrom('team', 'cost', 'stage', 'Team', 'team ', 'tëam', '__proto__', 'constructor'),
  },
  {
    weight: 1,
    arbitrary: fc.string({ minLength: 1, maxLength: 20 }).filter(key => !/^(aws|cdk-chime-messaging):/i.test(key)),
  },
);
