import { GetRolePolicyCommand, IAMClient, paginateListRolePolicies, paginateListRoles } from '@aws-sdk/client-iam';
import type { PolicyDocument } from './authorization';

/**
 * What the inline policies of each role in the account allow, with all that CloudFormation put in for references, by
 * the role's name.
 */
export async function deployedRoles(iam: IAMClient): Promise<Map<string, PolicyDocument>> {
  const roles = new Map<string, PolicyDocument>();
  for await (const { Roles = [] } of paginateListRoles({ client: iam }, {})) {
    for (const { RoleName } of Roles) roles.set(RoleName!, await inlinePolicies(iam, RoleName!));
  }
  return roles;
}

async function inlinePolicies(iam: IAMClient, RoleName: string): Promise<PolicyDocument> {
  const statements: PolicyDocument['Statement'][] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client: iam }, { RoleName })) {
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument: text } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      statements.push((JSON.parse(decodeURIComponent(text!)) as PolicyDocument).Statement);
    }
  }
  return { Version: '2012-10-17', Statement: statements.flat() };
}
