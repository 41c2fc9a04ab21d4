import { outcomeOf, remarked } from '../outcome';
import { Question, settle, Unanswered } from '../question';

/** Asked first: what comes later takes the admin for one. */
export const adminPromotion: Question = {
  asks: { adminPromotionDelayMs: 'how long a new admin is still refused, in ms' },
  async ask(workspace) {
    const { identity, messaging } = workspace.service;
    const ChannelArn = await workspace.channel();
    const ChannelFlowArn = await workspace.flow();
    const since = performance.now();
    await identity.createAppInstanceAdmin({
      AppInstanceArn: workspace.appInstanceArn, AppInstanceAdminArn: workspace.admin,
    });
    const { value, ms, happened } = await workspace.patience.until(
      () => outcomeOf(messaging.associateChannelFlow({ ChannelArn, ChannelFlowArn, ChimeBearer: workspace.admin })),
      ({ code }) => code !== 'Forbidden',
      since,
    );
    const evidence = [remarked(value, `after ${ms} ms`)];
    if (!happened) throw new Unanswered(`longer than ${ms} ms: wait longer with --patience`, evidence);
    return settle('adminPromotionDelayMs', { success: ms }, evidence);
  },
};
