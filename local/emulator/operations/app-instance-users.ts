import { findAppInstance, findUser } from './access/lookup';
import { Page, pageWithin } from './access/pagination';
import { demote } from './app-instance-admins';
import { Operation, Operations } from './operation';
import { tagCreated } from './tags';
import { conflict } from '../protocol/errors';
import { newArnIn } from '../store/arns';
import { created, updated } from '../store/record';
import { User } from '../store/state';

const CreateAppInstanceUser: Operation<'CreateAppInstanceUser', string> = {
  check(call) {
    const arn = newArnIn(findAppInstance(call).AppInstanceArn, 'user', call.input.AppInstanceUserId);
    if (call.state.users.has(arn)) throw conflict(`app instance user ${arn} exists already`);
    return arn;
  },
  act(call, AppInstanceUserArn) {
    const { Name, Metadata } = call.input;
    call.state.users.set(AppInstanceUserArn, { AppInstanceUserArn, Name: Name!, Metadata, ...created(call) });
    tagCreated(call, AppInstanceUserArn);
    return { AppInstanceUserArn };
  },
};

const DescribeAppInstanceUser: Operation<'DescribeAppInstanceUser', User> = {
  check: findUser,
  act: (_, AppInstanceUser) => ({ AppInstanceUser }),
};

const UpdateAppInstanceUser: Operation<'UpdateAppInstanceUser', User> = {
  check: findUser,
  act(call, user) {
    const { AppInstanceUserArn } = user;
    const { Name, Metadata } = call.input;
    call.state.users.set(AppInstanceUserArn, { ...user, Name: Name!, Metadata, ...updated(call) });
    return { AppInstanceUserArn };
  },
};

const DeleteAppInstanceUser: Operation<'DeleteAppInstanceUser', User> = {
  check: findUser,
  act(call, { AppInstanceUserArn }) {
    demote(call.state, AppInstanceUserArn);
    call.state.removeTree(AppInstanceUserArn);
  },
};

const ListAppInstanceUsers: Operation<'ListAppInstanceUsers', Page<User>> = {
  check: call => pageWithin(call, call.state.users, findAppInstance(call).AppInstanceArn),
  act: ({ input: { AppInstanceArn } }, { items: AppInstanceUsers, NextToken }) =>
    ({ AppInstanceArn, AppInstanceUsers, NextToken }),
};

export const appInstanceUserOperations: Operations = {
  CreateAppInstanceUser, DescribeAppInstanceUser, UpdateAppInstanceUser, DeleteAppInstanceUser, ListAppInstanceUsers,
};
