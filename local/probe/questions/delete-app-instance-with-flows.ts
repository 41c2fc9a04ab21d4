import { Question, settle } from '../question';

export const deleteAppInstanceWithFlows: Question = {
  asks: { deleteAppInstanceWithFlows: 'deleting an app instance that has a channel flow' },
  async ask(workspace) {
    const appInstanceArn = await workspace.appInstances.create();
    await workspace.flow(workspace.flowInput(appInstanceArn));
    const outcome = await workspace.appInstances.deleteAsked(appInstanceArn);
    return settle(
      'deleteAppInstanceWithFlows', { success: 'success', Conflict: 'conflict', BadRequest: 'bad-request' }, [outcome],
    );
  },
};
