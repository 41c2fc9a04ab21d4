import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { declaredTypes } from './csharp-declarations';
import { unknownNames } from './csharp-names';
import { pack } from './packing';
import { EXAMPLES } from './paths';
import type { Steps } from './steps';

/** What the example names of .NET and of the CDK. */
const ELSEWHERE = new Set([
  'System', 'Collections', 'Generic', 'Dictionary', 'Linq', 'Select', 'Join', 'Main',
  'Amazon', 'CDK', 'App', 'Synth', 'Stack', 'StackProps', 'IStackProps', 'Env', 'Environment', 'Region', 'Constructs', 'Construct',
  'RemovalPolicy', 'DESTROY', 'CfnOutput', 'CfnOutputProps', 'Value', 'Duration', 'Minutes', 'CdkChimeMessaging',
]);

/** The code for .NET is generated and the example's names are looked up in it; to compile them would take a .NET SDK. */
export async function csharp(steps: Steps): Promise<void> {
  const language = 'csharp';
  const dist = await steps.step(language, 'generate the code', () => pack('dotnet', { codeOnly: true }));
  await steps.check(language, 'the example names what the generated code has', () => {
    const generated = join(dist, 'CdkChimeMessaging', 'CdkChimeMessaging');
    const types = declaredTypes(readdirSync(generated).filter(isCode).map(name => readFileSync(join(generated, name), 'utf8')));
    const example = join(EXAMPLES, 'csharp');
    const sources = readdirSync(example).filter(isCode).map(name => readFileSync(join(example, name), 'utf8'));
    const unknown = unknownNames(sources.join('\n'), types, ELSEWHERE);
    if (unknown.length > 0) {
      throw new Error(`examples/languages/csharp must name types and members of the library, got ${unknown.join(', ')}: correct the example, `
        + 'or add what .NET or the CDK has to ELSEWHERE in test/languages/csharp.ts');
    }
  });
}

function isCode(name: string): boolean {
  return name.endsWith('.cs');
}
