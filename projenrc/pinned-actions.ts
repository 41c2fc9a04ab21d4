import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every action of the workflows; `tools/upgrade-actions.ts` writes it anew. */
export const ACTIONS_FILE = join(__dirname, 'actions.json');

export interface PinnedAction {
  readonly version: string;
  /** A tag can be moved; a commit can't. */
  readonly commit: string;
}

export function pinnedActions(): Record<string, PinnedAction> {
  return JSON.parse(readFileSync(ACTIONS_FILE, 'utf8'));
}

/** What a step of a workflow uses. */
export function pinned(action: string): string {
  const { commit } = pinnedActions()[action] ?? {};
  if (commit === undefined) throw new Error(`${ACTIONS_FILE} must have the commit of ${action}, got none: add it`);
  return `${action}@${commit}`;
}
