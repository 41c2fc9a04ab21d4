import { outcomeOf } from '../outcome';
import { Question, settle, Unanswered } from '../question';
import { refusal } from './refusal';

export const missingAppInstance: Question = {
  asks: { missingAppInstance: 'operations on an app instance that is gone' },
  async ask(workspace) {
    const { identity, messaging } = workspace.service;
    const AppInstanceArn = await workspace.appInstances.create();
    const deletion = await workspace.appInstances.deleteAsked(AppInstanceArn);
    if (deletion.code !== 'success') throw new Unanswered('an empty app instance could not be deleted', [deletion]);
    return settle('missingAppInstance', { NotFound: 'not-found', Forbidden: 'forbidden' }, [
      await refusal(workspace, () => identity.describeAppInstance({ AppInstanceArn })),
      await outcomeOf(identity.deleteAppInstance({ AppInstanceArn })),
      await outcomeOf(messaging.listChannelFlows({ AppInstanceArn })),
    ]);
  },
};
