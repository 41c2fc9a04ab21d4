/**
 * Sets each action of actions.json to the commit of its newest version: a tag of the form v1.2.3. The workflow that
 * upgrades dependencies runs it, and then projen, which writes the workflows.
 *
 * `npx tsx tools/upgrade-actions.ts [<base of the repositories' addresses>]`
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { ACTIONS_FILE, pinnedActions, type PinnedAction } from '../projenrc/pinned-actions';

const [base = 'https://github.com'] = process.argv.slice(2);

function newest(action: string): PinnedAction {
  const refs = execFileSync('git', ['ls-remote', '--tags', `${base}/${action}`], { encoding: 'utf8' });
  const versions = new Map<string, string>();
  for (const [, commit, version, peeled] of refs.matchAll(
    /^([0-9a-f]{40})\trefs\/tags\/(v\d+\.\d+\.\d+)(\^\{\})?$/gm,
  )) {
    // An annotated tag has an object of its own; what follows it names the commit.
    if (peeled !== undefined || !versions.has(version)) versions.set(version, commit);
  }
  const [version] = [...versions.keys()].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  if (version === undefined) {
    throw new Error(`${base}/${action} must have tags like v1.2.3, got none: look at its releases`);
  }
  return { version, commit: versions.get(version)! };
}

const upgraded = Object.keys(pinnedActions()).map(
  action => `  "${action}": ${JSON.stringify(newest(action)).replace(/([{:,])"/g, '$1 "').replace(/([}])$/, ' $1')}`,
);
writeFileSync(ACTIONS_FILE, `{\n${upgraded.join(',\n')}\n}\n`);
