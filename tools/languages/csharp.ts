import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command';
import { declaredTypes } from './csharp-declarations';
import { unknownNames } from './csharp-names';
import { pack } from './packing';
import { EXAMPLES, LIBRARY } from './paths';
import { projectOf } from './project';
import type { Steps } from './steps';
import { synthesize, trySynthesis, type Synthesized } from './synthesis';

/** An app that imports things by their ARNs. */
const IMPORTS = join(__dirname, 'imports');

const ENV = { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };

/** What the examples name of .NET and of the CDK. */
const ELSEWHERE = new Set([
  'System', 'Collections', 'Generic', 'Dictionary', 'Linq', 'Select', 'Join', 'Main',
  'Amazon', 'CDK', 'App', 'Synth', 'Stack', 'StackProps', 'IStackProps', 'Env', 'Environment', 'Region', 'Constructs',
  'Construct',
  'Console', 'WriteLine', 'Instance', 'ChannelArn', 'ChannelFlowArn', 'BearerArn', 'RemovalPolicy', 'DESTROY',
  'CfnOutput', 'CfnOutputProps', 'Value', 'Duration', 'Minutes', 'CdkChimeMessaging',
]);

const LANGUAGE = 'csharp';

/**
 * As the examples of the other languages where there is a .NET SDK; else only names are looked up, which a loud line
 * says.
 */
export async function csharp(steps: Steps): Promise<Synthesized | void> {
  if (spawnSync('dotnet', ['--version']).status === 0) return compiled(steps);
  console.log(`${LANGUAGE.padEnd(10)}  NOT CHECKED: there is no dotnet on the PATH, so the package is not built, and `
    + 'the example neither compiled nor '
    + 'synthesized; only the names that it uses are looked up');
  await named(steps);
}

/** The package, from a folder as a source of packages. */
async function compiled(steps: Steps): Promise<Synthesized> {
  const dist = await steps.step(LANGUAGE, 'pack the library', () => pack('dotnet'));
  const project = projectOf(LANGUAGE);
  await steps.step(LANGUAGE, 'install the built package and compile', async () => {
    const { version } = JSON.parse(readFileSync(join(LIBRARY, 'package.json'), 'utf8'));
    useSource(project, dist, version);
    cpSync(join(IMPORTS, 'Imports.cs'), join(project, 'Imports.cs'));
    await run('dotnet', ['build', 'Chat.csproj', '-p:StartupObject=Chat.Program'], { cwd: project, env: ENV });
  });
  const synthesized = await steps.step(
    LANGUAGE,
    'synthesize',
    () => synthesize(project, ENV, 'dotnet run --project Chat.csproj -p:StartupObject=Chat.Program'),
  );
  // A proxy that lacks a member of what it implements is not loaded before the first value of its type comes from
  // JavaScript.
  await steps.check(LANGUAGE, 'what is imported by its ARN comes as its interface', async () => {
    const { code, output } = await trySynthesis(
      project, 'dotnet run --project Chat.csproj -p:StartupObject=Chat.Imports', ENV,
    );
    if (code !== 0 || /TypeLoadException/.test(output)) {
      throw new Error(`imports by ARN must load in .NET, got:\n${output.slice(-4_000)}`);
    }
  });
  return synthesized;
}

/** What a user writes to try a library that is not in the NuGet Gallery. */
function useSource(project: string, folder: string, version: string): void {
  const file = join(project, 'Chat.csproj');
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(
    'Include="CdkChimeMessaging" Version="0.*"', `Include="CdkChimeMessaging" Version="${version}"`,
  );
  if (changed === text) {
    throw new Error(`${file} must refer to CdkChimeMessaging 0.*, and does not: see tools/languages/csharp.ts`);
  }
  writeFileSync(file, changed);
  writeFileSync(join(project, 'nuget.config'), [
    '<configuration>', '  <packageSources>', `    <add key="built" value="${folder}" />`, '  </packageSources>',
    // An earlier run's package of the same version would be taken from the user's own cache.
    '  <config>', `    <add key="globalPackagesFolder" value="${join(project, 'packages')}" />`, '  </config>',
    '</configuration>', '',
  ].join('\n'));
}

/** The code is generated, and the example's names are looked up in it. */
async function named(steps: Steps): Promise<void> {
  const dist = await steps.step(LANGUAGE, 'generate the code', () => pack('dotnet', { codeOnly: true }));
  await steps.check(LANGUAGE, 'the examples name what the generated code has', () => {
    const generated = join(dist, 'CdkChimeMessaging', 'CdkChimeMessaging');
    const types = declaredTypes(sourcesIn(generated));
    const unknown = unknownNames(
      [...sourcesIn(join(EXAMPLES, 'csharp')), ...sourcesIn(IMPORTS)].join('\n'), types, ELSEWHERE,
    );
    if (unknown.length > 0) {
      throw new Error(`the C# examples must name types and members of the library, got ${unknown.join(', ')}: correct `
        + 'the example, '
        + 'or add what .NET or the CDK has to ELSEWHERE in tools/languages/csharp.ts');
    }
  });
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder).filter(isCode).map(name => readFileSync(join(folder, name), 'utf8'));
}

function isCode(name: string): boolean {
  return name.endsWith('.cs');
}
