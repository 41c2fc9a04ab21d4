import type { Processor as ProcessorDetails } from '@aws-sdk/client-chime-sdk-messaging';
import { newArnIn } from '../store/arns';
import { isAssociated } from './access/associated';
import { Call } from './access/call';
import { Operation, Operations } from './operation';
import { tagCreated } from './tags';
import { conflict, limitExceeded, refused } from '../protocol/errors';
import { findAppInstance, findChannelFlow } from './access/lookup';
import { page, Page } from './access/pagination';
import { AppInstance, ChannelFlow, Processor } from '../store/state';

const FLOW_LIMIT = 100;

const CreateChannelFlow: Operation<'CreateChannelFlow', AppInstance> = {
  check(call) {
    const appInstance = findAppInstance(call, call.input.AppInstanceArn!);
    if (flowsIn(call, appInstance.arn).length >= FLOW_LIMIT) {
      throw limitExceeded(`${appInstance.arn} has ${FLOW_LIMIT} channel flows: more are not allowed`);
    }
    refuseDuplicateName(call, appInstance.arn, call.input.Name!);
    return appInstance;
  },
  act(call, appInstance) {
    const arn = newArnIn(appInstance.arn, 'channel-flow');
    call.state.channelFlows.set(arn, {
      arn,
      appInstanceArn: appInstance.arn,
      name: call.input.Name!,
      processors: call.input.Processors as Processor[],
      created: call.now,
      updated: call.now,
    });
    tagCreated(call, arn);
    return { ChannelFlowArn: arn };
  },
};

const DescribeChannelFlow: Operation<'DescribeChannelFlow', ChannelFlow> = {
  check: call => findChannelFlow(call, call.input.ChannelFlowArn!),
  act: (_, flow) => ({
    ChannelFlow: {
      ChannelFlowArn: flow.arn,
      Name: flow.name,
      Processors: flow.processors as ProcessorDetails[],
      CreatedTimestamp: new Date(flow.created),
      LastUpdatedTimestamp: new Date(flow.updated),
    },
  }),
};

const UpdateChannelFlow: Operation<'UpdateChannelFlow', ChannelFlow> = {
  check(call) {
    const flow = findChannelFlow(call, call.input.ChannelFlowArn!);
    refuseDuplicateName(call, flow.appInstanceArn, call.input.Name!, flow.arn);
    return flow;
  },
  act(call, flow) {
    const { Name, Processors } = call.input;
    call.state.channelFlows.set(
      flow.arn, { ...flow, name: Name!, processors: Processors as Processor[], updated: call.now },
    );
    return { ChannelFlowArn: flow.arn };
  },
};

const DeleteChannelFlow: Operation<'DeleteChannelFlow', ChannelFlow> = {
  check(call) {
    const flow = findChannelFlow(call, call.input.ChannelFlowArn!);
    if (isAssociated(call, flow.arn)) {
      throw refused(
        call.behaviour.deleteAssociatedFlow,
        `channel flow ${flow.arn} is associated with channels: disassociate them first`,
      );
    }
    return flow;
  },
  act(call, flow) {
    call.state.removeTree(flow.arn);
    call.state.lastDisassociation.delete(flow.arn);
  },
};

const ListChannelFlows: Operation<'ListChannelFlows', Page<ChannelFlow>> = {
  check(call) {
    const { arn } = findAppInstance(call, call.input.AppInstanceArn!);
    return page(call, call.state.channelFlows, arn, flow => flow.appInstanceArn === arn);
  },
  act: (_, { items, nextToken }) => ({
    ChannelFlows: items.map(({ arn, name, processors }) => ({
      ChannelFlowArn: arn,
      Name: name,
      Processors: processors as ProcessorDetails[],
    })),
    NextToken: nextToken,
  }),
};

export const channelFlowOperations: Operations = {
  CreateChannelFlow, DescribeChannelFlow, UpdateChannelFlow, DeleteChannelFlow, ListChannelFlows,
};

function flowsIn(call: Call<unknown>, appInstanceArn: string): ChannelFlow[] {
  return call.state.channelFlows.values().filter(flow => flow.appInstanceArn === appInstanceArn);
}

function refuseDuplicateName(call: Call<unknown>, appInstanceArn: string, name: string, ownArn?: string): void {
  const taken = flowsIn(call, appInstanceArn).some(flow => flow.name === name && flow.arn !== ownArn);
  if (taken && call.behaviour.duplicateFlowName === 'conflict') {
    throw conflict(`${appInstanceArn} has a channel flow of the name ${name} already`);
  }
}
