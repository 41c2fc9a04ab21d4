import { findAppInstance, isInRegion } from './access/lookup';
import { page, Page } from './access/pagination';
import { Operation, Operations } from './operation';
import { tagCreated } from './tags';
import { refused } from '../protocol/errors';
import { newAppInstanceArn } from '../store/arns';
import { created, updated } from '../store/record';
import { AppInstance } from '../store/state';

const CreateAppInstance: Operation<'CreateAppInstance'> = {
  check() {},
  act(call) {
    const AppInstanceArn = newAppInstanceArn(call.region, call.accountId);
    const { Name, Metadata } = call.input;
    call.state.appInstances.set(AppInstanceArn, { AppInstanceArn, Name: Name!, Metadata, ...created(call) });
    tagCreated(call, AppInstanceArn);
    return { AppInstanceArn };
  },
};

const DescribeAppInstance: Operation<'DescribeAppInstance', AppInstance> = {
  check: findAppInstance,
  act: (_, found) => ({ AppInstance: found }),
};

const UpdateAppInstance: Operation<'UpdateAppInstance', AppInstance> = {
  check: findAppInstance,
  act(call, appInstance) {
    const { AppInstanceArn } = appInstance;
    const { Name, Metadata } = call.input;
    call.state.appInstances.set(AppInstanceArn, { ...appInstance, Name: Name!, Metadata, ...updated(call) });
    return { AppInstanceArn };
  },
};

const DeleteAppInstance: Operation<'DeleteAppInstance', AppInstance> = {
  check(call) {
    const appInstance = findAppInstance(call);
    const answer = call.behaviour.deleteAppInstanceWithFlows;
    if (answer !== 'success' && call.state.channelFlows.within(appInstance.AppInstanceArn).length > 0) {
      throw refused(answer, `${appInstance.AppInstanceArn} has channel flows: delete them first`);
    }
    return appInstance;
  },
  act(call, { AppInstanceArn }) {
    call.state.removeTree(AppInstanceArn);
  },
};

const ListAppInstances: Operation<'ListAppInstances', Page<AppInstance>> = {
  check: call => page(call, call.state.appInstances, call.region, (_, arn) => isInRegion(call, arn)),
  act: (_, { items, NextToken }) => ({ AppInstances: items, NextToken }),
};

export const appInstanceOperations: Operations = {
  CreateAppInstance, DescribeAppInstance, UpdateAppInstance, DeleteAppInstance, ListAppInstances,
};
