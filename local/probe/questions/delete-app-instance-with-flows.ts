import { Question, settle } from '../question';

export const deleteAppInstanceWithFlows: Question = {
  asks: { deleteAppInstanceWithFlows: 'deleting an app instance that has a channel flow' },
  async ask(bench) {
    const appInstanceArn = await bench.appInstances.create();
    await bench.flow(bench.flowInput(appInstanceArn));
    const outcome = await bench.appInstances.deleteAsked(appInstanceArn);
    return settle(
      'deleteAppInstanceWithFlows', { success: 'success', Conflict: 'conflict', BadRequest: 'bad-request' }, [outcome],
    );
  },
};
