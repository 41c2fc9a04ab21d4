import type { AppInstance as AppInstanceDetails } from '@aws-sdk/client-chime-sdk-identity';
import { refused } from '../protocol/errors';
import { newAppInstanceArn } from '../store/arns';
import { findAppInstance, isInRegion } from './access/lookup';
import { page, Page } from './access/pagination';
import { Operation, Operations } from './operation';
import { tagCreated } from './tags';
import { AppInstance } from '../store/state';

const CreateAppInstance: Operation<'CreateAppInstance'> = {
  check() {},
  act(call) {
    const arn = newAppInstanceArn(call.region, call.accountId);
    const { Name, Metadata } = call.input;
    call.state.appInstances.set(arn, { arn, name: Name!, metadata: Metadata, created: call.now, updated: call.now });
    tagCreated(call, arn);
    return { AppInstanceArn: arn };
  },
};

const DescribeAppInstance: Operation<'DescribeAppInstance', AppInstance> = {
  check: call => findAppInstance(call, call.input.AppInstanceArn!),
  act: (_, appInstance) => ({ AppInstance: details(appInstance) }),
};

const UpdateAppInstance: Operation<'UpdateAppInstance', AppInstance> = {
  check: call => findAppInstance(call, call.input.AppInstanceArn!),
  act(call, appInstance) {
    const { Name, Metadata } = call.input;
    call.state.appInstances.set(
      appInstance.arn, { ...appInstance, name: Name!, metadata: Metadata, updated: call.now },
    );
    return { AppInstanceArn: appInstance.arn };
  },
};

const DeleteAppInstance: Operation<'DeleteAppInstance', AppInstance> = {
  check(call) {
    const appInstance = findAppInstance(call, call.input.AppInstanceArn!);
    const answer = call.behaviour.deleteAppInstanceWithFlows;
    if (answer !== 'success'
      && call.state.channelFlows.values().some(flow => flow.appInstanceArn === appInstance.arn)) {
      throw refused(answer, `${appInstance.arn} has channel flows: delete them first`);
    }
    return appInstance;
  },
  act(call, appInstance) {
    call.state.removeTree(appInstance.arn);
  },
};

const ListAppInstances: Operation<'ListAppInstances', Page<AppInstance>> = {
  check: call => page(call, call.state.appInstances, call.region, appInstance => isInRegion(call, appInstance.arn)),
  act: (_, { items, nextToken }) => ({
    AppInstances: items.map(({ arn, name, metadata }) => ({ AppInstanceArn: arn, Name: name, Metadata: metadata })),
    NextToken: nextToken,
  }),
};

export const appInstanceOperations: Operations = {
  CreateAppInstance, DescribeAppInstance, UpdateAppInstance, DeleteAppInstance, ListAppInstances,
};

function details(appInstance: AppInstance): AppInstanceDetails {
  return {
    AppInstanceArn: appInstance.arn,
    Name: appInstance.name,
    Metadata: appInstance.metadata,
    CreatedTimestamp: new Date(appInstance.created),
    LastUpdatedTimestamp: new Date(appInstance.updated),
  };
}
