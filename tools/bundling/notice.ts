/**
 * Writes NOTICE: every package whose code is inside the bundles of lib/, with version, licence and copyright. Each
 * bundle leaves a record of what went into it, so what esbuild shook off is not listed.
 *
 * `npx tsx tools/bundling/notice.ts` after the bundles; the task `notice` does both.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

const RECORDS = '.local/bundled';

/** Licences that ask for no more than what NOTICE gives: names, copyright lines and their text. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT AND Unicode-3.0'];

/** Licences of what packages took from elsewhere, by the file that holds their text; package.json doesn't name them. */
const OF_PARTS: Record<string, string> = { 'UNICODE-LICENSE.txt': 'Unicode-3.0' };

/** The library's own licence: its text is in LICENSE. */
const OWN = 'Apache-2.0';

/** A package of which code is in a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Its copyright line, or who made it. */
  readonly copyright: string;
  /** The texts of its licences without copyright lines, by name; none when it ships none. */
  readonly texts: Record<string, string>;
}

/** Notes which packages have code in a bundle. */
export function recordBundled(bundle: string, { outputs }: Metafile): void {
  const folders = Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0])
    .filter(folder => folder !== undefined);
  mkdirSync(RECORDS, { recursive: true });
  writeFileSync(join(RECORDS, `${encodeURIComponent(bundle)}.json`), JSON.stringify([...new Set(folders)].sort()));
}

/** The packages of all bundles, by name. */
export function bundledPackages(root: string): BundledPackage[] {
  const records = readdirSync(join(root, RECORDS)).map(
    file => JSON.parse(readFileSync(join(root, RECORDS, file), 'utf8')) as string[],
  );
  const packages = [...new Set(records.flat())].map(folder => bundledPackage(join(root, folder)));
  return [...new Map(packages.map(one => [`${one.name} ${one.version}`, one])).entries()]
    .sort(([one], [other]) => one < other ? -1 : 1)
    .map(([, one]) => one);
}

function bundledPackage(folder: string): BundledPackage {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const read = (file: string) => readFileSync(join(folder, file), 'utf8').split(/\r?\n/);
  const isCopyright = (line: string) => /^\s*copyright .*\d{4}/i.test(line);
  const files = readdirSync(folder).filter(file => /licen[cs]e(\.(md|txt))?$/i.test(file));
  const own = files.find(file => /^licen[cs]e/i.test(file));
  const parts = files.filter(file => file !== own);
  const lines = own ? read(own) : [];
  return {
    name,
    version,
    license: [license, ...parts.map(file => OF_PARTS[file] ?? file)].join(' AND '),
    copyright: lines.find(isCopyright)?.trim() ?? `by ${author?.name ?? author}`,
    texts: Object.fromEntries([
      ...own ? [[
        license,
        lines.filter(line => !isCopyright(line) && !/^\s*(the )?[\w-]+ licen[cs]e(\s*\(.*\))?\s*$/i.test(line)),
      ]] : [],
      // These name whose they are in their text.
      ...parts.map(file => [OF_PARTS[file] ?? file, read(file)]),
    ].map(([licence, text]) => [licence, (text as string[]).join('\n').trim()])),
  };
}

/** The content of NOTICE. */
export function notice(packages: readonly BundledPackage[]): string {
  for (const { name, version, license } of packages) {
    if (!ALLOWED.includes(license)) {
      throw new Error(`what is bundled must be under one of ${ALLOWED.join(', ')}, got ${license} of `
        + `${name} ${version}: bundle something else, or allow it in tools/bundling/notice.ts`);
    }
  }
  const texts = packages.flatMap(each => Object.entries(each.texts)).filter(([license]) => license !== OWN);
  return `${[
    'cdk-chime-messaging\nCopyright cdk-chime-messaging maintainers',
    'The files below lib/lambda, lib/local, lib/processor and lib/processors hold code of these packages, minified.\n'
      + `The text of ${OWN} is in LICENSE, those of the other licences follow.`,
    packages.map(({ name, version, license, copyright }) => `${name} ${version}, ${license}, ${copyright}`).join('\n'),
    ...new Set(texts.map(([license, text]) => `--- ${license} ---\n\n${text}`)),
  ].join('\n\n')}\n`;
}

if (require.main === module) writeFileSync('NOTICE', notice(bundledPackages('.')));
