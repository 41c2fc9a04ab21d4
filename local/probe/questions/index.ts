import type { Question, Switch } from '../question';
import { adminPromotion } from './admin-promotion';
import { associateOverExisting } from './associate-over-existing';
import { associateSameFlow } from './associate-same-flow';
import { deleteAppInstanceWithFlows } from './delete-app-instance-with-flows';
import { deleteAssociatedFlow } from './delete-associated-flow';
import { deleteConsistency } from './delete-consistency';
import { deletedChannel } from './deleted-channel';
import { deniedMessageStatus } from './denied-message-status';
import { disassociateNotAssociated } from './disassociate-not-associated';
import { disassociateScope } from './disassociate-scope';
import { duplicateFlowName } from './duplicate-flow-name';
import { existingAdmin, existingMember, existingModerator } from './existing-roles';
import { listConsistency } from './list-consistency';
import { listTagsOfMissing } from './list-tags-of-missing';
import { missingAppInstance } from './missing-app-instance';
import { missingChannel } from './missing-channel';
import { missingFlow } from './missing-flow';
import { missingMessage } from './missing-message';
import { missingUser } from './missing-user';
import { nonPersistentStatus } from './non-persistent-status';
import { repeatedCallback } from './repeated-callback';
import { repeatedToken } from './repeated-token';
import { sendWithoutMembership } from './send-without-membership';
import { unnamedByCallback } from './unnamed-by-callback';
import { unsentMessage } from './unsent-message';
import { untagMissingKey } from './untag-missing-key';

/** In the order in which they are asked: delays first, because what they measure could be taken for an answer later. */
export const QUESTIONS: readonly Question[] = [
  adminPromotion, listConsistency, deleteConsistency, deleteAppInstanceWithFlows,
  associateOverExisting, associateSameFlow, disassociateNotAssociated, disassociateScope,
  deleteAssociatedFlow, deletedChannel, duplicateFlowName,
  missingFlow, missingChannel, missingAppInstance, missingUser,
  untagMissingKey, listTagsOfMissing, repeatedToken,
  existingAdmin, existingModerator, existingMember,
  sendWithoutMembership, missingMessage, unsentMessage, nonPersistentStatus,
  repeatedCallback, deniedMessageStatus, unnamedByCallback,
];

/** What no question finds out, and why. */
export const UNASKED: readonly { readonly name: Switch; readonly question: string; readonly reason: string }[] = [
  {
    name: 'processorDeliveries',
    question: 'how often a processor gets each event',
    reason: 'at least once, as documented; a repetition can\'t be provoked',
  },
  {
    name: 'requestRate',
    question: 'how many calls an operation takes',
    reason: 'reaching the limit would throttle whoever else uses the account',
  },
];
