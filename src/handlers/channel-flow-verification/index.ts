import { channelFlowVerification } from './lifecycle';
import { clients } from '../clients';
import { lambdaEntry } from '../protocol/entry';

export const handler = lambdaEntry(channelFlowVerification, clients);
