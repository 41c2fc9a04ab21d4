import { outcomeOf, remarked } from '../outcome';
import { Question, settle, Unanswered } from '../question';

/** Asked first: what comes later takes the admin for one. */
export const adminPromotion: Question = {
  asks: { adminPromotionDelayMs: 'how long a new admin is still refused, in ms' },
  async ask(bench) {
    const { identity, messaging } = bench.service;
    const ChannelArn = await bench.channel();
    const ChannelFlowArn = await bench.flow();
    const since = performance.now();
    await identity.createAppInstanceAdmin({ AppInstanceArn: bench.appInstanceArn, AppInstanceAdminArn: bench.admin });
    const { value, ms, happened } = await bench.patience.until(
      () => outcomeOf(messaging.associateChannelFlow({ ChannelArn, ChannelFlowArn, ChimeBearer: bench.admin })),
      ({ code }) => code !== 'Forbidden',
      since,
    );
    const evidence = [remarked(value, `after ${ms} ms`)];
    if (!happened) throw new Unanswered(`longer than ${ms} ms: wait longer with --patience`, evidence);
    return settle('adminPromotionDelayMs', { success: ms }, evidence);
  },
};
