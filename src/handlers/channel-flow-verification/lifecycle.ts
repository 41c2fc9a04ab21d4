/**
 * The verification of a channel flow: probe messages go through a channel, and the deployment fails unless each ends as
 * expected.
 *
 * | Event | Does |
 * |---|---|
 * | Create | runs the probes; one that does not end as expected → FAILED |
 * | Update | the same; what it returns to was verified before → never FAILED, for CloudFormation's rollback looks just so |
 * | Create, Update: the sender may not read the channel | FAILED: a message that nobody sees was not therefore denied |
 * | Update, to what is verified already | no call: the rollback of an update that failed |
 * | Delete | nothing: probe messages are removed as soon as they have ended |
 *
 * The physical id says what was verified last, and what before it. It changes with each verification; CloudFormation's
 * Delete of the old id does nothing.
 */
import { ProbeMessages } from './probe-messages';
import { runProbes, type ProbeResult } from './probe-run';
import {
  CHANNEL_FLOW_VERIFICATION_ATTRIBUTES, PROBES_WITH_ATTRIBUTES, type ChannelFlowVerificationProperties,
} from './properties';
import { CHANNEL_FLOW_VERIFICATION } from './schema';
import { log } from '../../lambda-environment/log';
import { shortHash } from '../claims/owner';
import { type LifecycleEvent, type Outcome } from '../protocol/lifecycle';
import { checkProperties } from '../schema/rules';
import { appInstanceArnOf } from '../service/arn';
import type { Clients } from '../service/clients';
import { Unfinished, type Clock } from '../service/clock';
import { failureMessage } from '../service/service-error';

type Event = LifecycleEvent<ChannelFlowVerificationProperties>;

export async function channelFlowVerification(given: Event, clients: Clients, clock: Clock): Promise<Outcome> {
  const event = checkProperties(given, CHANNEL_FLOW_VERIFICATION);
  if (event.RequestType === 'Delete') return { physicalId: event.PhysicalResourceId! };
  checkAppInstance(event.ResourceProperties);

  const desired = stateOf(event.ResourceProperties);
  const verified = VerifiedStates.parse(event.PhysicalResourceId);
  if (desired === verified?.last) {
    return {
      physicalId: event.PhysicalResourceId!, data: attributes(event.ResourceProperties.Probes.map(() => NOT_RUN)),
    };
  }

  const mustSucceed = desired === verified?.before;
  const results = await verify(event, clients, clock).catch((error): ProbeResult[] => {
    if (!mustSucceed || Unfinished.in(error)) throw error;
    log({
      level: 'WARN', message: 'what was verified before could not be verified again', reason: failureMessage(error),
    });
    return event.ResourceProperties.Probes.map(() => NOT_RUN);
  });
  const failed = results.filter(({ asExpected }) => !asExpected);
  if (failed.length > 0 && !mustSucceed) throw new Error(verificationFailure(results));
  return { physicalId: new VerifiedStates(desired, verified?.last).toString(), data: attributes(results) };
}

async function verify(
  { ResourceProperties: properties, LogicalResourceId }: Event, clients: Clients, clock: Clock,
): Promise<ProbeResult[]> {
  const messages = new ProbeMessages(properties, LogicalResourceId, clients, clock);
  await messages.requireFlow();
  await messages.removeLeftOvers();
  try {
    return await runProbes(properties.Probes, messages, Number(properties.TimeoutMilliseconds), clock);
  } finally {
    await messages.remove();
  }
}

/** What has been verified: all that decides how the probes end. Who sends them and how long they may take does not. */
function stateOf({ ChannelArn, ChannelFlowArn, Probes, Revision }: ChannelFlowVerificationProperties): string {
  const probes = Probes.map(({ Expect, Content, Replacement, EditOf }) => [Expect, Content, Replacement, EditOf]);
  return shortHash(JSON.stringify([ChannelArn, ChannelFlowArn, probes, Revision]));
}

/** The physical id. */
class VerifiedStates {
  public static parse(physicalId: string | undefined): VerifiedStates | undefined {
    const [, last, before] = /^verification:([\w-]+)(?::([\w-]+))?$/.exec(physicalId ?? '') ?? [];
    return last === undefined ? undefined : new VerifiedStates(last, before);
  }

  public constructor(public readonly last: string, public readonly before?: string) {}

  public toString(): string {
    return ['verification', this.last, this.before].filter(part => part !== undefined).join(':');
  }
}

const NOT_RUN: ProbeResult = {
  expected: 'as verified before', outcome: 'verified before', asExpected: true, milliseconds: 0,
};

/** Details of an outcome are for the Reason of a failure; attributes have to fit into an answer. */
function attributes(results: readonly ProbeResult[]): Record<string, string> {
  return Object.fromEntries(results.slice(0, PROBES_WITH_ATTRIBUTES).flatMap(({ outcome, milliseconds }, index) => [
    [CHANNEL_FLOW_VERIFICATION_ATTRIBUTES.outcome(index + 1), outcome.split(/[,(]/)[0].trim()],
    [CHANNEL_FLOW_VERIFICATION_ATTRIBUTES.milliseconds(index + 1), String(milliseconds)],
  ]));
}

/** Names probes by their number: their text may be what the processor is there to keep away from everybody. */
function verificationFailure(results: readonly ProbeResult[]): string {
  const lines = results.map(({ expected, outcome, asExpected, milliseconds }, index) =>
    `probe ${index + 1} was ${outcome} after `
      + `${milliseconds} ms${asExpected ? ', as it must' : ` and must be ${expected}`}`);
  return `channel flow verification failed: ${lines.join('; ')} — the log of the processor's function says why, if it `
    + 'was invoked';
}

function checkAppInstance({ ChannelArn, Sender }: ChannelFlowVerificationProperties): void {
  if (appInstanceArnOf(Sender) !== appInstanceArnOf(ChannelArn)) {
    throw new Error(`${Sender} is not of the app instance of ${ChannelArn} — send as one who is`);
  }
}
