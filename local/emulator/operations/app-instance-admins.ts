import { Call } from './access/call';
import { conflict, limitExceeded, missing } from '../protocol/errors';
import { identityOf } from '../store/identity';
import { findAppInstance, findMember } from './access/lookup';
import { page, Page } from './access/pagination';
import { Operation, Operations } from './operation';
import { Admin, UserOrBot, keyIn, State } from '../store/state';

const ADMIN_LIMIT = 100;

interface AdminRequest {
  AppInstanceArn: string | undefined;
  AppInstanceAdminArn: string | undefined;
}

const CreateAppInstanceAdmin: Operation<'CreateAppInstanceAdmin', UserOrBot> = {
  check(call) {
    const appInstance = findAppInstance(call, call.input.AppInstanceArn!);
    const member = findMember(call, call.input.AppInstanceAdminArn!, appInstance.arn);
    if (call.state.admins.has(keyIn(appInstance.arn, member.arn))) {
      if (call.behaviour.existingAdmin === 'conflict') throw conflict(`${member.arn} is an app instance admin already`);
    } else if (call.state.admins.values().filter(
      admin => admin.appInstanceArn === appInstance.arn,
    ).length >= ADMIN_LIMIT) {
      throw limitExceeded(`${appInstance.arn} has ${ADMIN_LIMIT} admins: more are not allowed`);
    }
    return member;
  },
  act(call, { arn, appInstanceArn, name }) {
    const key = keyIn(appInstanceArn, arn);
    if (!call.state.admins.has(key)) call.state.admins.set(key, { arn, appInstanceArn, created: call.now });
    return { AppInstanceArn: appInstanceArn, AppInstanceAdmin: { Arn: arn, Name: name } };
  },
};

const DescribeAppInstanceAdmin: Operation<'DescribeAppInstanceAdmin', Admin> = {
  check: findAdmin,
  act: (call, admin) => ({
    AppInstanceAdmin: {
      AppInstanceArn: admin.appInstanceArn,
      Admin: identityOf(call.state, admin.arn),
      CreatedTimestamp: new Date(admin.created),
    },
  }),
};

const DeleteAppInstanceAdmin: Operation<'DeleteAppInstanceAdmin', Admin> = {
  check: findAdmin,
  act(call, admin) {
    demote(call.state, admin);
  },
};

const ListAppInstanceAdmins: Operation<'ListAppInstanceAdmins', Page<Admin>> = {
  check(call) {
    const { arn } = findAppInstance(call, call.input.AppInstanceArn!);
    return page(call, call.state.admins, arn, admin => admin.appInstanceArn === arn);
  },
  act: (call, { items, nextToken }) => ({
    AppInstanceArn: call.input.AppInstanceArn,
    AppInstanceAdmins: items.map(admin => ({ Admin: identityOf(call.state, admin.arn) })),
    NextToken: nextToken,
  }),
};

export const appInstanceAdminOperations: Operations = {
  CreateAppInstanceAdmin, DescribeAppInstanceAdmin, DeleteAppInstanceAdmin, ListAppInstanceAdmins,
};

/** Takes the admin role from a user or bot, if they have it. */
export function demote(state: State, { arn, appInstanceArn }: Pick<Admin, 'arn' | 'appInstanceArn'>): void {
  state.admins.delete(keyIn(appInstanceArn, arn));
}

function findAdmin(call: Call<AdminRequest>): Admin {
  const { arn } = findAppInstance(call, call.input.AppInstanceArn!);
  const admin = call.state.admins.get(keyIn(arn, call.input.AppInstanceAdminArn!));
  if (!admin) throw missing(call.behaviour.missingUser, 'app instance admin', call.input.AppInstanceAdminArn!);
  return admin;
}
