import { outcomeOf } from '../outcome';
import { Question, settle, Unanswered } from '../question';
import { refusal } from './refusal';

export const missingAppInstance: Question = {
  asks: { missingAppInstance: 'operations on an app instance that is gone' },
  async ask(bench) {
    const { identity, messaging } = bench.service;
    const AppInstanceArn = await bench.appInstances.create();
    const deletion = await bench.appInstances.deleteAsked(AppInstanceArn);
    if (deletion.code !== 'success') throw new Unanswered('an empty app instance could not be deleted', [deletion]);
    return settle('missingAppInstance', { NotFound: 'not-found', Forbidden: 'forbidden' }, [
      await refusal(bench, () => identity.describeAppInstance({ AppInstanceArn })),
      await outcomeOf(identity.deleteAppInstance({ AppInstanceArn })),
      await outcomeOf(messaging.listChannelFlows({ AppInstanceArn })),
    ]);
  },
};
