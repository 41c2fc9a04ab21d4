import { isAssociated } from './access/associated';
import { Call } from './access/call';
import { findAppInstance, findChannelFlow } from './access/lookup';
import { Page, pageWithin } from './access/pagination';
import { Operation, Operations } from './operation';
import { tagCreated } from './tags';
import { conflict, limitExceeded, refused } from '../protocol/errors';
import { appInstanceArnOf, newArnIn } from '../store/arns';
import { created, updated } from '../store/record';
import { AppInstance, ChannelFlow, Processor } from '../store/state';

const FLOW_LIMIT = 100;

const CreateChannelFlow: Operation<'CreateChannelFlow', AppInstance> = {
  check(call) {
    const appInstance = findAppInstance(call);
    const { AppInstanceArn } = appInstance;
    if (call.state.channelFlows.within(AppInstanceArn).length >= FLOW_LIMIT) {
      throw limitExceeded(`${AppInstanceArn} has ${FLOW_LIMIT} channel flows: more are not allowed`);
    }
    refuseDuplicateName(call, AppInstanceArn);
    return appInstance;
  },
  act(call, { AppInstanceArn }) {
    const ChannelFlowArn = newArnIn(AppInstanceArn, 'channel-flow');
    call.state.channelFlows.set(ChannelFlowArn, { ChannelFlowArn, ...configuration(call), ...created(call) });
    tagCreated(call, ChannelFlowArn);
    return { ChannelFlowArn };
  },
};

const DescribeChannelFlow: Operation<'DescribeChannelFlow', ChannelFlow> = {
  check: findChannelFlow,
  act: (_, flow) => ({ ChannelFlow: flow }),
};

const UpdateChannelFlow: Operation<'UpdateChannelFlow', ChannelFlow> = {
  check(call) {
    const flow = findChannelFlow(call);
    refuseDuplicateName(call, appInstanceArnOf(flow.ChannelFlowArn), flow.ChannelFlowArn);
    return flow;
  },
  act(call, flow) {
    const { ChannelFlowArn } = flow;
    call.state.channelFlows.set(ChannelFlowArn, { ...flow, ...configuration(call), ...updated(call) });
    return { ChannelFlowArn };
  },
};

const DeleteChannelFlow: Operation<'DeleteChannelFlow', ChannelFlow> = {
  check(call) {
    const flow = findChannelFlow(call);
    if (isAssociated(call, flow.ChannelFlowArn)) {
      throw refused(
        call.behaviour.deleteAssociatedFlow,
        `channel flow ${flow.ChannelFlowArn} is associated with channels: disassociate them first`,
      );
    }
    return flow;
  },
  act(call, { ChannelFlowArn }) {
    call.state.removeTree(ChannelFlowArn);
    call.state.lastDisassociation.delete(ChannelFlowArn);
  },
};

const ListChannelFlows: Operation<'ListChannelFlows', Page<ChannelFlow>> = {
  check: call => pageWithin(call, call.state.channelFlows, findAppInstance(call).AppInstanceArn),
  act: (_, { items, NextToken }) => ({ ChannelFlows: items, NextToken }),
};

export const channelFlowOperations: Operations = {
  CreateChannelFlow, DescribeChannelFlow, UpdateChannelFlow, DeleteChannelFlow, ListChannelFlows,
};

type ConfigurationRequest = Call<{ Name: string | undefined; Processors: object[] | undefined }>;

function configuration({ input: { Name, Processors } }: ConfigurationRequest) {
  return { Name: Name!, Processors: Processors as Processor[] };
}

function refuseDuplicateName(call: ConfigurationRequest, appInstanceArn: string, ownArn?: string): void {
  const { state, behaviour, input: { Name } } = call;
  const isTaken = state.channelFlows.within(appInstanceArn).some(flow =>
    flow.Name === Name && flow.ChannelFlowArn !== ownArn);
  if (isTaken && behaviour.duplicateFlowName === 'conflict') {
    throw conflict(`${appInstanceArn} has a channel flow of the name ${Name} already`);
  }
}
