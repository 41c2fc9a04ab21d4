/**
 * Fails for a patch of the upgrade workflow that changes anything but versions: it was made by code of the dependencies that it upgrades. Plain
 * JavaScript without dependencies: nothing is installed where it runs.
 *
 * `node tools/check-upgrade-patch.mjs <patch>`
 */
import { readFileSync } from 'node:fs';

const VERSION = '"[\\^~]?\\d+\\.\\d+\\.\\d+[\\w.+-]*"';

/** Which lines may change in which files. */
const ALLOWED = [
  // npm refuses what is not as the lock file's hashes say.
  [/^(\.github\/publish\/)?package-lock\.json$/, /^/],
  [/^(\.github\/publish\/)?package\.json$/, new RegExp(`^\\s+"[@\\w./-]+": ${VERSION},?$`)],
  [/^\.projen\/deps\.json$/, new RegExp(`^\\s+"version": ${VERSION},?$`)],
  [/^projenrc\/actions\.json$/, /^ {2}"[\w./-]+": \{ "version": "v\d+\.\d+\.\d+", "commit": "[0-9a-f]{40}" \},?$/],
  [/^\.github\/workflows\/[a-z-]+\.yml$/, /^\s+(- )?uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40}$/],
];

function problemsOf(patch) {
  return patch.split(/^(?=diff --git )/m).filter(part => part.trim() !== '').flatMap(part => {
    const lines = part.split('\n');
    const [, before, after] = /^diff --git a\/(\S+) b\/(\S+)$/.exec(lines[0]) ?? [];
    if (before === undefined || before !== after) return [`${JSON.stringify(lines[0].slice(0, 200))} is not the change of one file`];
    const firstHunk = lines.findIndex(line => line.startsWith('@@'));
    const header = lines.slice(1, firstHunk);
    const isPlain = header.every(line => line.startsWith('index ') || line === `--- a/${before}` || line === `+++ b/${before}`);
    if (firstHunk < 0 || !isPlain) return [`${before} is added, removed, renamed or binary`];
    // For git apply another file may begin without a line of its own; no file of versions has such a line.
    if (lines.slice(firstHunk).some(line => /^(---|\+\+\+)/.test(line))) return [`${before} is followed by another file`];
    const [, line] = ALLOWED.find(([file]) => file.test(before)) ?? [];
    if (line === undefined) return [`${before} has no versions`];
    const changes = lines.slice(firstHunk).filter(each => /^[-+]/.test(each));
    return changes.every(each => line.test(each.slice(1))) ? [] : [`${before} changes in a line that is not a version`];
  });
}

const problems = problemsOf(readFileSync(process.argv[2], 'utf8'));
for (const problem of problems) console.error(`the patch must change versions only, but ${problem}: make this change by hand`);
process.exitCode = problems.length === 0 ? 0 : 1;
