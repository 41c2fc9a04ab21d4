import { conflict } from '../protocol/errors';
import { newArnIn } from '../store/arns';
import { findAppInstance, findUser } from './access/lookup';
import { page, Page } from './access/pagination';
import { demote } from './app-instance-admins';
import { Operation, Operations } from './operation';
import { tagCreated } from './tags';
import { UserOrBot } from '../store/state';

const CreateAppInstanceUser: Operation<'CreateAppInstanceUser', string> = {
  check(call) {
    const appInstance = findAppInstance(call, call.input.AppInstanceArn!);
    const arn = newArnIn(appInstance.arn, 'user', call.input.AppInstanceUserId);
    if (call.state.users.has(arn)) throw conflict(`app instance user ${arn} exists already`);
    return arn;
  },
  act(call, arn) {
    const { AppInstanceArn, Name, Metadata } = call.input;
    call.state.users.set(arn, {
      arn, appInstanceArn: AppInstanceArn!, name: Name!, metadata: Metadata, created: call.now, updated: call.now,
    });
    tagCreated(call, arn);
    return { AppInstanceUserArn: arn };
  },
};

const DescribeAppInstanceUser: Operation<'DescribeAppInstanceUser', UserOrBot> = {
  check: call => findUser(call, call.input.AppInstanceUserArn!),
  act: (_, user) => ({
    AppInstanceUser: {
      AppInstanceUserArn: user.arn,
      Name: user.name,
      Metadata: user.metadata,
      CreatedTimestamp: new Date(user.created),
      LastUpdatedTimestamp: new Date(user.updated),
    },
  }),
};

const UpdateAppInstanceUser: Operation<'UpdateAppInstanceUser', UserOrBot> = {
  check: call => findUser(call, call.input.AppInstanceUserArn!),
  act(call, user) {
    const { Name, Metadata } = call.input;
    call.state.users.set(user.arn, { ...user, name: Name!, metadata: Metadata, updated: call.now });
    return { AppInstanceUserArn: user.arn };
  },
};

const DeleteAppInstanceUser: Operation<'DeleteAppInstanceUser', UserOrBot> = {
  check: call => findUser(call, call.input.AppInstanceUserArn!),
  act(call, user) {
    demote(call.state, user);
    call.state.removeTree(user.arn);
  },
};

const ListAppInstanceUsers: Operation<'ListAppInstanceUsers', Page<UserOrBot>> = {
  check(call) {
    const { arn } = findAppInstance(call, call.input.AppInstanceArn!);
    return page(call, call.state.users, arn, user => user.appInstanceArn === arn);
  },
  act: (call, { items, nextToken }) => ({
    AppInstanceArn: call.input.AppInstanceArn,
    AppInstanceUsers: items.map(
      ({ arn, name, metadata }) => ({ AppInstanceUserArn: arn, Name: name, Metadata: metadata }),
    ),
    NextToken: nextToken,
  }),
};

export const appInstanceUserOperations: Operations = {
  CreateAppInstanceUser, DescribeAppInstanceUser, UpdateAppInstanceUser, DeleteAppInstanceUser, ListAppInstanceUsers,
};
