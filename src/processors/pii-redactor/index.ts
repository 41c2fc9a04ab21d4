/** The function of a PII redactor. */
import { channelFlowProcessor } from '../../processor-runtime';
import { onErrorFrom } from '../on-error';
import { comprehend } from './comprehend';
import { redactMessage } from './redaction';
import { piiRedactorSettings } from './settings';

const detect = comprehend();

export const handler = channelFlowProcessor(
  // The settings are read here: a function that could not start would leave its messages pending.
  (message, { signal }) => redactMessage(message, detect, piiRedactorSettings(process.env), signal),
  { onError: onErrorFrom(process.env) },
);
