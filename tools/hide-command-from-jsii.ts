/** Takes the npm package's command out of the jsii assembly: jsii would put it into the Python package as well. */
import { readFileSync, writeFileSync } from 'node:fs';

const { bin, ...assembly } = JSON.parse(readFileSync('.jsii', 'utf8'));
writeFileSync('.jsii', JSON.stringify(assembly, null, 2));
