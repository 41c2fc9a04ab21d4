import { Call } from './access/call';
import { checkMember, fail, findAppInstance } from './access/lookup';
import { Page, pageWithin } from './access/pagination';
import { Operation, Operations } from './operation';
import { conflict, limitExceeded, missing } from '../protocol/errors';
import { appInstanceArnOf } from '../store/arns';
import { identityOf } from '../store/identity';
import { Admin, keyIn, State } from '../store/state';

const ADMIN_LIMIT = 100;

const CreateAppInstanceAdmin: Operation<'CreateAppInstanceAdmin'> = {
  check(call) {
    const { AppInstanceArn } = findAppInstance(call);
    const arn = call.input.AppInstanceAdminArn!;
    checkMember(call, arn, AppInstanceArn);
    if (call.state.admins.has(keyIn(AppInstanceArn, arn))) {
      if (call.behaviour.existingAdmin === 'conflict') throw conflict(`${arn} is an app instance admin already`);
    } else if (call.state.admins.within(AppInstanceArn).length >= ADMIN_LIMIT) {
      throw limitExceeded(`${AppInstanceArn} has ${ADMIN_LIMIT} admins: more are not allowed`);
    }
  },
  act(call) {
    const { AppInstanceArn, AppInstanceAdminArn } = call.input as Admin;
    const key = keyIn(AppInstanceArn, AppInstanceAdminArn);
    if (!call.state.admins.has(key)) {
      call.state.admins.set(key, { AppInstanceArn, AppInstanceAdminArn, CreatedTimestamp: new Date(call.now) });
    }
    return { AppInstanceArn, AppInstanceAdmin: identityOf(call.state, AppInstanceAdminArn) };
  },
};

const DescribeAppInstanceAdmin: Operation<'DescribeAppInstanceAdmin', Admin> = {
  check: findAdmin,
  act: (call, admin) => ({ AppInstanceAdmin: shown(call.state, admin) }),
};

const DeleteAppInstanceAdmin: Operation<'DeleteAppInstanceAdmin', Admin> = {
  check: findAdmin,
  act(call, { AppInstanceAdminArn }) {
    demote(call.state, AppInstanceAdminArn);
  },
};

const ListAppInstanceAdmins: Operation<'ListAppInstanceAdmins', Page<Admin>> = {
  check: call => pageWithin(call, call.state.admins, findAppInstance(call).AppInstanceArn),
  act: (call, { items, NextToken }) => ({
    AppInstanceArn: call.input.AppInstanceArn,
    AppInstanceAdmins: items.map(admin => shown(call.state, admin)),
    NextToken,
  }),
};

export const appInstanceAdminOperations: Operations = {
  CreateAppInstanceAdmin, DescribeAppInstanceAdmin, DeleteAppInstanceAdmin, ListAppInstanceAdmins,
};

/** Takes the admin role from a user or bot, if they have it. */
export function demote(state: State, arn: string): void {
  state.admins.delete(keyIn(appInstanceArnOf(arn), arn));
}

function findAdmin(call: Call<{ [Member in 'AppInstanceArn' | 'AppInstanceAdminArn']: string | undefined }>): Admin {
  const arn = call.input.AppInstanceAdminArn!;
  return call.state.admins.get(keyIn(findAppInstance(call).AppInstanceArn, arn))
    ?? fail(missing(call.behaviour.missingUser, 'app instance admin', arn));
}

function shown(state: State, admin: Admin) {
  return { ...admin, Admin: identityOf(state, admin.AppInstanceAdminArn) };
}
