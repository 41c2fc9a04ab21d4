import { join, relative } from 'node:path';
import { isInterfaceType, loadAssemblyFromPath, type Assembly, type InterfaceType } from '@jsii/spec';
import * as ts from 'typescript';

/** What a type of another library demands of who implements it. */
export type Members = ReadonlySet<string>;

/** jsii assemblies by the names of their packages. */
export type Assemblies = Readonly<Record<string, Pick<Assembly, 'types'>>>;

/** What the assemblies may make use of: nothing of it matters here. */
const FEATURES = ['intersection-types', 'class-covariant-overrides'];

/** The assemblies of the CDK in a `node_modules` folder. */
export function assembliesIn(nodeModules: string): Assemblies {
  return Object.fromEntries(
    ['aws-cdk-lib', 'constructs'].map(name => [name, loadAssemblyFromPath(join(nodeModules, name), false, FEATURES)]),
  );
}

/**
 * The interfaces of other libraries that the behavioural interfaces of a jsii library inherit, by what jsii calls them:
 * found in the sources, so that no list has to be kept.
 */
export function inheritedInterfaces(entry: string, assemblies: Assemblies): string[] {
  const program = ts.createProgram(
    [entry], { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, skipLibCheck: true },
  );
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!);
  const found = new Set<string>();
  for (const symbol of exported) {
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    if (!type.isClassOrInterface() || type.isClass() || !/^I[A-Z]/.test(symbol.name)) continue;
    for (const base of checker.getBaseTypes(type)) {
      const [declaration] = base.symbol.declarations ?? [];
      const fqn = fqnOf(base.symbol.name, declaration.getSourceFile().fileName, assemblies);
      if (fqn !== undefined) found.add(fqn);
    }
  }
  return [...found].sort();
}

/** What jsii calls an interface that is declared in a package; undefined for what is declared elsewhere. */
function fqnOf(name: string, file: string, assemblies: Assemblies): string | undefined {
  const [, packageName] = /\/node_modules\/(aws-cdk-lib|constructs)\//.exec(file) ?? [];
  if (packageName === undefined) return undefined;
  const root = file.slice(0, file.indexOf(`/${packageName}/`) + packageName.length + 2);
  const module = relative(root, file.replace(/\.d\.ts$/, ''));
  const place = (symbolId = '') =>
    symbolId.replace(/^(src|lib)\//, '') === `${module.replace(/^(src|lib)\//, '')}:${name}`;
  const type = Object.values(assemblies[packageName].types ?? {}).find(({ symbolId }) => place(symbolId));
  if (type === undefined) {
    throw new Error(
      `${packageName} must have the type ${name} of ${module} in its jsii assembly, got none: look how jsii names it `
        + 'now',
    );
  }
  return type.fqn;
}

/** What an implementation of the interface must have: its own members and all that it inherits, as `fqn.member`. */
export function requiredMembers(fqn: string, assemblies: Assemblies): Members {
  const members = new Set<string>();
  const visited = new Set<string>();
  const visit = (name: string) => {
    if (visited.has(name)) return;
    visited.add(name);
    const { interfaces = [], methods = [], properties = [] } = interfaceNamed(name, assemblies);
    for (const member of [...methods, ...properties.filter(({ optional }) => !optional)]) members.add(member.name);
    interfaces.forEach(visit);
  };
  visit(fqn);
  return members;
}

function interfaceNamed(fqn: string, assemblies: Assemblies): InterfaceType {
  const type = assemblies[fqn.split('.')[0]]?.types?.[fqn];
  if (!isInterfaceType(type)) {
    throw new Error(
      `${fqn} must be an interface of the CDK, got ${type === undefined ? 'nothing' : type.kind}: look where it went`,
    );
  }
  return type;
}

/**
 * What the newer CDK demands of an interface and the older does not: a package that is compiled against the older lacks
 * it in C#.
 */
export function addedMembers(fqn: string, older: Assemblies, newer: Assemblies): string[] {
  const known = requiredMembers(fqn, older);
  return [...requiredMembers(fqn, newer)].filter(member => !known.has(member));
}
