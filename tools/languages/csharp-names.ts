import type { Members } from './csharp-declarations';

/**
 * The capitalized names in C# code that are neither the library's, nor declared in the code, nor known from elsewhere.
 * Members are looked up in the type that they are used with, where that is the library's.
 */
export function unknownNames(
  source: string, types: ReadonlyMap<string, Members>, elsewhere: ReadonlySet<string>,
): string[] {
  return new Names(tokensOf(source), types, elsewhere).unknown();
}

function tokensOf(source: string): string[] {
  const bare = source.replace(/\/\/.*/g, '').replace(/@"[^"]*"|"(?:\\.|[^"\\])*"/g, '""');
  return bare.match(/\w+|"|=>|\S/g) ?? [];
}

class Names {
  private readonly declared: ReadonlySet<string>;

  public constructor(
    private readonly tokens: readonly string[],
    private readonly types: ReadonlyMap<string, Members>,
    private readonly elsewhere: ReadonlySet<string>,
  ) {
    this.declared = new Set(tokens.filter((_, place) => ['class', 'namespace', 'void'].includes(tokens[place - 1])));
  }

  public unknown(): string[] {
    const found = this.tokens.flatMap((token, place) => /^[A-Z]/.test(token) ? this.problemOf(token, place) : []);
    return [...new Set(found)];
  }

  private problemOf(name: string, place: number): string[] {
    const owner = this.ownerOf(place);
    const members = owner !== undefined && this.types.get(owner);
    if (members) return members.has(name) ? [] : [`${owner}.${name}`];
    return this.types.has(name) || this.declared.has(name) || this.elsewhere.has(name) ? [] : [name];
  }

  /** The type of which the name at this place is a member. */
  private ownerOf(place: number): string | undefined {
    if (this.tokens[place - 1] === '.') return this.typeOf(place - 2);
    return this.tokens[place + 1] === '=' ? this.initialized(place) : undefined;
  }

  /** The type of the expression that ends at this place: a type's own name, a variable, or a call. */
  private typeOf(place: number): string | undefined {
    const token = this.tokens[place];
    if (this.types.has(token)) return token;
    if (token === ')') {
      const method = this.opening(place) - 1;
      const owner = this.ownerOf(method);
      return this.tokens[method - 1] === 'new'
        ? this.tokens[method]
        : this.types.get(owner ?? '')?.get(this.tokens[method]);
    }
    return this.typeOfVariable(token);
  }

  private typeOfVariable(name: string): string | undefined {
    const place = this.tokens.findIndex((token, at) => token === name && this.tokens[at - 1] === 'var');
    if (place < 0 || this.tokens[place + 1] !== '=') return undefined;
    const [first, second] = this.tokens.slice(place + 2);
    if (first === 'new') return second;
    return this.types.get(first)?.get(this.tokens[place + 4]);
  }

  /** The type whose initializer, the braces after `new Type(…)`, holds this place directly. */
  private initialized(place: number): string | undefined {
    const brace = this.opening(place);
    const before = this.tokens[brace - 1] === ')' ? this.opening(brace - 1) - 1 : brace - 1;
    return this.tokens[before - 1] === 'new' ? this.tokens[before] : undefined;
  }

  /** The place of the bracket that is open before this place. */
  private opening(place: number): number {
    let depth = 0;
    for (let at = place - 1; at >= 0; at--) {
      if (')}]'.includes(this.tokens[at])) depth += 1;
      if ('({['.includes(this.tokens[at])) depth -= 1;
      if (depth < 0) return at;
    }
    return -1;
  }
}
