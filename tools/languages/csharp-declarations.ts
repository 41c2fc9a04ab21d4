/** The members of a generated type, each with the library's type that it has or returns, if any. */
export type Members = ReadonlyMap<string, string | undefined>;

/** The types that generated C# code declares. */
export function declaredTypes(sources: readonly string[]): ReadonlyMap<string, Members> {
  const types = new Map<string, Members>();
  for (const source of sources) {
    const name = /^ {4}public (?:abstract )?(?:class|interface|enum) (\w+)/m.exec(source)?.[1];
    if (name) types.set(name, membersOf(source));
  }
  if (types.size === 0) {
    throw new Error('the generated C# code must declare types, got none: see tools/languages/csharp-declarations.ts');
  }
  return types;
}

/** Each member has an attribute of jsii before it; its own line comes after that one and other attributes. */
function membersOf(source: string): Members {
  const members = new Map<string, string | undefined>();
  const declaration = /\[Jsii(?:Method|Property|EnumMember)\(.*\n(?:\s*\[.*\n)*(.*)/g;
  for (const [, line] of source.matchAll(declaration)) {
    const [beforeParameters] = line.split('(');
    const name = /(\w+)\W*$/.exec(beforeParameters)?.[1];
    if (name) members.set(name, /CdkChimeMessaging\.(\w+)\?? \w+\W*$/.exec(beforeParameters)?.[1]);
  }
  return members;
}
