import type { Outcome } from '../outcome';
import { Question, Unanswered } from '../question';
import { answeredByFunction, withoutFunction } from './function-messages';

export const unnamedByCallback: Question = {
  asks: { unnamedByCallback: 'metadata and the like, when a callback replaces the content only' },
  obstacle: withoutFunction,
  async ask(workspace) {
    const message = await answeredByFunction(workspace, {
      Metadata: 'metadata', ContentType: 'text/plain', MessageAttributes: { attribute: { StringValues: ['value'] } },
    });
    const left = {
      'metadata': message.Metadata === 'metadata',
      'content type': message.ContentType === 'text/plain',
      'attributes': message.MessageAttributes?.attribute?.StringValues?.[0] === 'value',
    };
    const kept = Object.entries(left).filter(([, there]) => there).map(([name]) => name);
    const evidence: Outcome[] = [{
      operation: 'GetChannelMessage',
      status: 200,
      code: 'success',
      remark: kept.length > 0
        ? `kept: ${kept.join(', ')}`
        : 'all cleared',
    }];
    if (kept.length > 0 && kept.length < Object.keys(left).length) {
      throw new Unanswered('unforeseen: some are kept, others cleared', evidence);
    }
    return { answers: { unnamedByCallback: kept.length > 0 ? 'kept' : 'cleared' }, evidence };
  },
};
