/**
 * Writes an assembly into .local/docs whose submodules' READMEs are the pages of docs/: so jsii-rosetta compiles the
 * examples of these pages as it does those of the README and the docstrings.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join('.local', 'docs');

const assembly = JSON.parse(readFileSync('.jsii', 'utf8'));
const pages = readdirSync('docs').filter(file => file.endsWith('.md'));
assembly.submodules = Object.fromEntries(pages.map(page =>
  [`${assembly.name}.${page}`, { readme: { markdown: readFileSync(join('docs', page), 'utf8') } }]));
mkdirSync(FOLDER, { recursive: true });
writeFileSync(join(FOLDER, '.jsii'), JSON.stringify(assembly));
cpSync('rosetta', join(FOLDER, 'rosetta'), { recursive: true });
